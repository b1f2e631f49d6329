#pragma once
/// Verdicts on reflections and what people decided of them. A verdict is of the last checked revision; a judgement is
/// of one revision, so a changed text is judged anew and the earlier judgement stays readable. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Records.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace plugin::store {

struct ReflectionJudgement {
    std::string decision;  ///< "accept" or "hold"
    std::string comment;
    std::string by;
    host::sdk::Micros at = 0;  ///< set by the store
};

struct ReflectionRow {
    host::sdk::RecordId id = 0;
    std::int64_t revision = 0;
    std::string project;
    host::sdk::RecordId programmeId = 0;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId moduleId = 0;  ///< 0: on the whole programme
    host::sdk::RecordId learnerId = 0;
    std::string verdict;                           ///< "fine", "borderline", "flagged"
    std::vector<std::string> codes;                ///< of checks, the gravest first
    std::string findings = "[]";                   ///< JSON: what each check found, with the texts it resembles
    host::sdk::Micros checkedAt = 0;               ///< set by the store, when the verdict is new
    std::optional<ReflectionJudgement> judgement;  ///< of this revision
};

struct ReflectionFilter {
    std::string organization;
    std::string project;
    std::string verdict;  ///< "fine", "borderline", "flagged"; "doubtful": the last two
    std::string code;
    std::string judged;  ///< "accept", "hold", "none"
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
};

class ReflectionStore {
public:
    ReflectionStore(host::sdk::Database& database, const host::sdk::Clock& clock)
        : database_(database), clock_(clock) {}

    /// Writes what differs from what is there; rows of the flow that `rows` lacks go (their records are gone). `rows`
    /// are all of one flow. Returns how many were new or changed.
    std::size_t replaceFlow(const std::string& organization, host::sdk::RecordId flowId,
                            const std::vector<ReflectionRow>& rows);

    std::optional<ReflectionRow> find(const std::string& organization, host::sdk::RecordId id);
    /// In order of id, from `after` on.
    std::vector<ReflectionRow> list(const ReflectionFilter& filter, host::sdk::RecordId after, std::size_t limit);
    /// Verdict → how many, of what `list` shows.
    std::unordered_map<std::string, std::int64_t> countByVerdict(const ReflectionFilter& filter);

    /// Keeps a person's judgement of a revision; a second one of the same revision takes its place.
    /// \throws AppError 404 when there is no verdict on the reflection, 412 "precondition-failed" (with the verdict's
    /// revision) when `revision` is not the one that was checked.
    void judge(const std::string& organization, host::sdk::RecordId id, std::int64_t revision,
               const ReflectionJudgement& judgement);

    struct Decided {
        std::int64_t revision = 0;
        std::string decision;
        std::string comment;
    };
    /// The judgements of a flow's reflections, each of the revision that was checked last.
    std::unordered_map<host::sdk::RecordId, Decided> decided(const std::string& organization,
                                                             host::sdk::RecordId flowId);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
