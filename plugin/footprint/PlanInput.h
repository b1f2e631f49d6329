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

/// What decides a file's place in the storage beside its content.
struct FileOwner {
    std::string_view kind;    ///< of the element ("final-work"), or "letter"
    std::string_view untiId;  ///< whose work it is; empty: the programme's own, or a letter
};
/// A file by its record; its address is empty while it is not proven to be in the storage. nullptr: there is no such
/// file. An empty function: the store has no storage beside it.
using FileLookup = std::function<const PlacedFile*(host::sdk::RecordId, const FileOwner&)>;

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
    std::string
        testMethodistUntiId;  ///< Contour::Test: stands for the flow's methodist, whose production id stays here
    FileLookup files;
    SentObjectLookup sentObject;  ///< needed where something is to be cancelled
};

struct PlanCounts {
    std::int64_t due = 0;
    std::int64_t cancellations = 0;  ///< of `due`: of what was sent and is no longer so
    std::int64_t unsendable = 0;
    std::int64_t known = 0;    ///< delivered or queued already in this revision
    std::int64_t kept = 0;     ///< changed after sending, and a person said that it stays as it was sent
    std::int64_t waiting = 0;  ///< not final yet: under review, half watched; or a cancellation comes first
    std::map<std::string, std::int64_t> notAsked;  ///< source → records of which the profile asks nothing
    std::int64_t filesLeftOut = 0;  ///< statements without their files: no storage, and the profile allows it
};

}  // namespace plugin::footprint
