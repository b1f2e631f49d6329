#pragma once
/// Finds what is due of one flow for one store, renders and checks it, and names what can't go and why.
///
/// Pure: records, what is known and the time are given. Use: construct, `structure()` once and first, then `results()`
/// and `views()` page by page in any number. The referenced input must outlive the planner. Not thread-safe; one per
/// flow.
///
/// Statement id: UUIDv5, namespace = the installation's UUID, name = `organization|project|flow|kind|record id|attempt|
/// revision`: Organization::id, Project::id, the flow's record id, the statement kind's name, the record's id, the
/// attempt of a result (0 for everything else), the record's revision. The course statement is of the record "flow"
/// and, as its text is the programme's, its revision is flow revision + programme revision − 1.

#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace plugin::footprint {

/// A learner's file that is in the storage, or nullptr: then the statement that needs it can't go yet.
using FileLookup = std::function<const PlacedFile*(host::sdk::RecordId)>;
/// Why it isn't there, in Russian; empty: nothing is known.
using FileProblem = std::function<std::string(host::sdk::RecordId)>;

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
    FileProblem fileProblem = {};  ///< empty: no reason has a detail
};

struct PlanCounts {
    std::int64_t due = 0;
    std::int64_t unsendable = 0;
    std::int64_t known = 0;    ///< delivered or queued already in this revision
    std::int64_t waiting = 0;  ///< not final yet: under review, half watched
};

class FlowPlanner {
public:
    FlowPlanner(const PlanInput& input, PlanSink& sink);
    ~FlowPlanner();
    FlowPlanner(const FlowPlanner&) = delete;
    FlowPlanner& operator=(const FlowPlanner&) = delete;

    void structure();
    void results(std::span<const host::sdk::Result> results);
    void views(std::span<const host::sdk::View> views);
    const PlanCounts& counts() const noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plugin::footprint
