#pragma once
/// What a planner is told of one flow and one store, and what it counts.

#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"
#include "plugin/footprint/Values.h"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>

namespace plugin::footprint {

/// A file by its record; its address is empty while it is not proven to be in the storage. nullptr: there is no such
/// file. An empty function: the store has no storage beside it.
using FileLookup = std::function<const PlacedFile*(host::sdk::RecordId)>;
/// Why a file isn't there, in Russian; empty: nothing is known.
using FileProblem = std::function<std::string(host::sdk::RecordId)>;

/// The activity id told by a statement the store has, or by the one that it refers to; empty when it is not known.
using SentObjectLookup = std::function<std::string(const Known&)>;

struct PlanInput {
    const Profile& profile;
    const host::sdk::Organization& organization;
    const host::sdk::Project& project;
    const host::sdk::FlowStructure& structure;
    std::span<const host::sdk::Learner> learners;
    std::string installationId;  ///< UUID, namespace of statement ids
    host::sdk::Micros now = 0;
    Contour contour = Contour::Production;
    const std::map<host::sdk::RecordId, std::string>* leftOut = nullptr;  ///< learner → reason
    KnownLookup known;  ///< of this store and this flow; empty: nothing is known
    std::string testMethodistUntiId =
        {};  ///< Contour::Test: stands for the flow's methodist, whose production id stays here
    FileLookup files = {};
    FileProblem fileProblem = {};                    ///< empty: no reason has a detail
    ReflectionVerdictLookup reflectionVerdict = {};  ///< empty: every reflection may go
    SentObjectLookup sentObject = {};                ///< needed where something is to be cancelled
};

struct PlanCounts {
    std::int64_t due = 0;
    std::int64_t cancellations = 0;  ///< of `due`: of what was sent and is no longer so
    std::int64_t unsendable = 0;
    std::int64_t known = 0;    ///< delivered or queued already in this revision
    std::int64_t kept = 0;     ///< changed after sending, and a person said that it stays as it was sent
    std::int64_t waiting = 0;  ///< not final yet: under review, half watched; or a cancellation comes first
    std::map<std::string, std::int64_t> notAsked;  ///< source → records of which the profile asks nothing
    std::int64_t marked = 0;                       ///< reflections sent although they look wrong
    std::int64_t filesLeftOut = 0;  ///< statements without their files: no storage, and the profile allows it
};

}  // namespace plugin::footprint
