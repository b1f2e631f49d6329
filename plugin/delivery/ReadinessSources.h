#pragma once
/// What rooms beyond delivery know that readiness asks for. Each may be empty: then nothing is known, and what isn't
/// known is never taken for good. Called on the night's thread.

#include "host/sdk/Records.h"
#include "plugin/readiness/Readiness.h"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace plugin::delivery {

/// A learner's file that is on the server, and where it would lie in the storage.
struct StoredFileQuestion {
    const host::sdk::File* file = nullptr;
    host::sdk::ElementKind kind = host::sdk::ElementKind::FinalWork;
    std::string untiId;
};

struct ReadinessSources {
    /// Verdicts of a page's reflections by id; one that is not among them is unchecked. A verdict is of the revision
    /// given, and a person's judgement goes before the check's.
    std::function<std::map<host::sdk::RecordId, readiness::ReflectionVerdict>(
        const std::string& organization, std::span<const host::sdk::Reflection> page)>
        reflections;

    /// For each question: is the file proven to be in the storage that the project's statements name? Of one flow.
    std::function<std::vector<bool>(const std::string& organization, const std::string& project,
                                    const host::sdk::FlowStructure& structure,
                                    const std::vector<StoredFileQuestion>& questions)>
        inStorage;
};

}  // namespace plugin::delivery
