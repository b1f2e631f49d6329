#pragma once
/// The learners' part of a plan: results, views, openings and reflections of one flow. Internal to the room; not
/// thread-safe.

#include "plugin/footprint/StructurePlanner.h"

#include <map>
#include <optional>
#include <string>

namespace plugin::footprint {

class LearnerPlanner {
public:
    LearnerPlanner(Planning& planning, const StructurePlanner& structure);

    void add(const host::sdk::Result& result);
    void add(const host::sdk::View& view);
    void add(const host::sdk::Opening& opening);
    void add(const host::sdk::Reflection& reflection);

private:
    template <class Record>
    void record(Source source, const Record& record, int attempt);
    template <class Record>
    std::optional<Refusal> changeOf(Source source, const Record& record, const Known& known, bool& ofPerson);
    /// The check's word on a reflection; nothing of other records.
    std::optional<Refusal> judged(const host::sdk::Reflection& reflection, bool& marked) const;
    template <class Record>
    std::optional<Refusal> judged(const Record&, bool&) const {
        return std::nullopt;
    }
    std::optional<Refusal> refer(const StatementKind& kind, const StructurePlace& place, StatementDraft& draft);

    Planning& p_;
    const StructurePlanner& structure_;
    RecordGate gate_;
};

}  // namespace plugin::footprint
