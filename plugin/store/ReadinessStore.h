#pragma once
/// Readiness as the last night found it: a row per flow with its counts, and one per learner of the flow.
///
/// A flow's rows are replaced in one transaction, so that nobody ever sees half of two nights. Values; thread-safe;
/// times are microseconds UTC.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Records.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

struct ReadinessFlow {
    host::sdk::RecordId flowId = 0;
    std::string organization;
    std::string project;
    host::sdk::RecordId programmeId = 0;
    std::string programmeTitle;
    std::string flowTitle;
    std::string profile;  ///< with its version
    std::string channel;  ///< "lrs" | "tables"
    bool hasRules = false;
    std::int64_t learners = 0;
    std::int64_t ready = 0;
    std::int64_t notReady = 0;
    std::int64_t onlyWaits = 0;                  ///< of those not ready: nobody has anything to do
    std::map<std::string, std::int64_t> byCode;  ///< code of a lack → learners
    host::sdk::Micros computedAt = 0;
    std::int64_t runId = 0;

    std::int64_t unknown() const { return learners - ready - notReady; }
};

struct ReadinessRow {
    host::sdk::RecordId learnerId = 0;
    std::string verdict;  ///< "ready", "not-ready", "unknown"
    bool onlyWaits = false;
    std::vector<std::string> codes;  ///< each once
    std::string searched;            ///< folded; empty when read back
    std::string rules;               ///< JSON, as readiness::rulesJson
    std::string facts;               ///< JSON
    std::string hints;               ///< JSON
};

struct ReadinessFilter {
    host::sdk::RecordId flowId = 0;
    std::string verdict;
    std::string code;
    std::vector<std::string> words;  ///< folded; all must be in what the learner is looked for by
};

class ReadinessStore {
public:
    explicit ReadinessStore(host::sdk::Database& database) : database_(database) {}

    using AddRow = std::function<void(ReadinessRow&&)>;
    /// Replaces a flow's rows by those that `rows` adds, in any order, and counts them. `rows` may be run again from
    /// the start. Returns the flow with its counts.
    ReadinessFlow replace(const ReadinessFlow& flow, const std::function<void(const AddRow&)>& rows);

    /// Forgets every flow of the organization but these: they are gone, or nobody tells about them any more.
    void keepOnly(const std::string& organization, const std::vector<host::sdk::RecordId>& flows);

    /// In order of flow id, from `after` on; an empty project: all.
    std::vector<ReadinessFlow> flows(const std::string& organization, const std::string& project,
                                     host::sdk::RecordId after, std::size_t limit);
    std::optional<ReadinessFlow> flow(const std::string& organization, host::sdk::RecordId flowId);
    /// In order of learner id, from `after` on.
    std::vector<ReadinessRow> learners(const ReadinessFilter& filter, host::sdk::RecordId after, std::size_t limit);
    std::optional<ReadinessRow> learner(host::sdk::RecordId flowId, host::sdk::RecordId learnerId);

private:
    host::sdk::Database& database_;
};

}  // namespace plugin::store
