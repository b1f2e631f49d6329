#pragma once
/// Judges one flow's learners by the profile's rules, from records given page by page in any order.
///
/// Pure: records, what other rooms know of them and the time are given. Memory is a small state per learner, bounded by
/// the flow's structure; time is linear in the records. The referenced input must outlive it. Not thread-safe; one per
/// flow.
///
/// How the rules of seed 003 («Необходимым для получения поддержки…») are read:
/// - They speak of one footprint of the final work: one graded result must have file, mark and success together. Of
///   several attempts, and of several final works of a programme, the best counts.
/// - Presence of success is asked for, not success: `false` meets the rule and is shown as a hint.
/// - A reflection is due for every module of the flow that is not deleted; of several on one module the best counts.
/// - What counts is what University 2035 has: in a flow of the LRS a statement it has accepted, with the file proven in
///   its storage; in a flow of the tables a record that its table carries, with the file on the server (it goes in the
///   archive) — the upload by hand is not seen from here.
/// - unti_id, being enrolled and being covered by the integration are asked for by every profile that has rules.

#include "host/sdk/Organizations.h"
#include "plugin/footprint/Reasons.h"
#include "plugin/readiness/Readiness.h"

#include <functional>
#include <map>
#include <memory>
#include <span>

namespace plugin::readiness {

/// What other rooms know. Answers must be valid until the next call. `recordKind` is "result", "view", "opening" or
/// "reflection". All are asked for records of the page at hand only.
struct Lookups {
    /// What of the record was told to the store that counts for the flow.
    std::function<Telling(const char* recordKind, host::sdk::RecordId id)> told;
    /// Why the last plan could not tell of this revision of the record; nullptr: it names no reason.
    std::function<const footprint::Refusal*(const char* recordKind, host::sdk::RecordId id, std::int64_t revision)>
        blocked;
    std::function<FileState(const host::sdk::Element& element, const host::sdk::Learner& learner,
                            host::sdk::RecordId fileId)>
        file;
    std::function<ReflectionVerdict(const host::sdk::Reflection& reflection)> verdict;
};

struct FlowInput {
    const footprint::Profile& profile;
    const host::sdk::Organization& organization;
    const host::sdk::Project& project;
    const host::sdk::FlowStructure& structure;
    std::span<const host::sdk::Learner> learners;
    std::span<const host::sdk::Enrollment> enrollments;
    footprint::Channel channel = footprint::Channel::Lrs;
    const std::map<host::sdk::RecordId, std::string>* leftOut = nullptr;  ///< learner → reason
    host::sdk::Micros now = 0;
    bool reflectionsGo = false;  ///< the profile says how reflections are told by this channel
    Lookups lookups;
};

/// Does the profile have a statement (or, for the tables, a table) made of reflections?
bool tellsReflections(const footprint::Profile& profile, footprint::Channel channel);

class FlowReadiness {
public:
    explicit FlowReadiness(const FlowInput& input);
    ~FlowReadiness();
    FlowReadiness(const FlowReadiness&) = delete;
    FlowReadiness& operator=(const FlowReadiness&) = delete;

    void results(std::span<const host::sdk::Result> page);
    void views(std::span<const host::sdk::View> page);
    void openings(std::span<const host::sdk::Opening> page);
    void reflections(std::span<const host::sdk::Reflection> page);

    /// Every learner enrolled, in order of `learners`; can be called again.
    void each(const std::function<void(const host::sdk::Learner&, LearnerReadiness&&)>& learner) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plugin::readiness
