#include "plugin/store/ReadinessMigrations.h"

namespace plugin::store {

namespace {

// Names of people stay in the records; `searched` is what a learner is looked for by, folded.
const char* const kReadiness =
    "CREATE TABLE u2035_readiness_flow ("
    " flow_id BIGINT NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " programme_id BIGINT NOT NULL,"
    " programme_title TEXT NOT NULL,"
    " flow_title TEXT NOT NULL,"
    " profile TEXT NOT NULL,"
    " channel TEXT NOT NULL,"
    " has_rules INTEGER NOT NULL,"
    " learners BIGINT NOT NULL,"
    " ready BIGINT NOT NULL,"
    " not_ready BIGINT NOT NULL,"
    " only_waits BIGINT NOT NULL,"
    " by_code TEXT NOT NULL,"
    " computed_at BIGINT NOT NULL,"
    " run_id BIGINT NOT NULL);\n"
    "CREATE INDEX u2035_readiness_flow_list ON u2035_readiness_flow (organization, flow_id);\n"
    "CREATE TABLE u2035_readiness_learner ("
    " flow_id BIGINT NOT NULL,"
    " learner_id BIGINT NOT NULL,"
    " verdict TEXT NOT NULL,"
    " only_waits INTEGER NOT NULL,"
    " codes TEXT NOT NULL,"
    " searched TEXT NOT NULL,"
    " rules TEXT NOT NULL,"
    " facts TEXT NOT NULL,"
    " hints TEXT NOT NULL,"
    " PRIMARY KEY (flow_id, learner_id));\n"
    // Why the last plan could not tell of a record is asked for by record.
    "CREATE INDEX u2035_unsendable_record ON u2035_unsendable (record_kind, record_id)";

}  // namespace

std::vector<std::pair<std::string, std::string>> readinessMigrations() {
    return {{"readiness", kReadiness}};
}

}  // namespace plugin::store
