#pragma once
/// Whether a result could stand in its element's table: what its row would lack or contradict. The row itself is the
/// tables room's; this says it before any table was written. Refers to its input. Not thread-safe; one per flow.

#include "plugin/footprint/RecordGate.h"
#include "plugin/footprint/RecordValues.h"

#include <optional>

namespace plugin::readiness {

class TableGate {
public:
    TableGate(const footprint::Profile& profile, const host::sdk::Organization& organization,
              const host::sdk::Project& project, const footprint::FlowIndex& index, host::sdk::Micros now);

    /// nullopt: it can. What the learner or the file lacks is not asked here.
    std::optional<footprint::Refusal> refusal(const host::sdk::Result& result, const footprint::StructurePlace& place,
                                              const host::sdk::Learner& learner);

private:
    const footprint::Profile& profile_;
    footprint::RecordValues values_;
    footprint::RecordGate gate_;
};

}  // namespace plugin::readiness
