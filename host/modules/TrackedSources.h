#pragma once
/// Kinds of source that a module offers, as the host gets them: while a reader of the module's is open its code counts
/// as running, and once the module is taken back nothing of it is held any more, whoever still holds the kind.

#include "host/modules/ModuleRegistrations.h"
#include "host/sdk/Sources.h"

#include <memory>

namespace host::modules {

class TrackedSources : public sdk::Sources {
public:
    TrackedSources(sdk::Sources& real, std::shared_ptr<ModuleRegistrations> kept)
        : real_(real), kept_(std::move(kept)) {}

    sdk::Registration add(std::shared_ptr<sdk::SourceKind> kind) override;

private:
    sdk::Sources& real_;
    std::shared_ptr<ModuleRegistrations> kept_;
};

}  // namespace host::modules
