#include "plugin/store/ReflectionMigrations.h"

namespace plugin::store {

namespace {

// codes is ",copied-from-learner,repetition,": one code is found by LIKE in both databases. No text of a learner stands
// here but the fragments of the evidence.
const char* const kTables =
    "CREATE TABLE u2035_reflection ("
    " organization TEXT NOT NULL,"
    " reflection_id BIGINT NOT NULL,"
    " revision BIGINT NOT NULL,"
    " project TEXT NOT NULL,"
    " programme_id BIGINT NOT NULL,"
    " flow_id BIGINT NOT NULL,"
    " module_id BIGINT NOT NULL,"
    " learner_id BIGINT NOT NULL,"
    " verdict TEXT NOT NULL,"
    " codes TEXT NOT NULL,"
    " findings TEXT NOT NULL,"
    " checked_at BIGINT NOT NULL,"
    " PRIMARY KEY (organization, reflection_id));\n"
    "CREATE INDEX u2035_reflection_flow ON u2035_reflection (organization, flow_id, reflection_id);\n"
    "CREATE INDEX u2035_reflection_learner ON u2035_reflection (organization, learner_id, reflection_id);\n"
    "CREATE INDEX u2035_reflection_doubt ON u2035_reflection (organization, reflection_id) WHERE verdict <> 'fine';\n"
    "CREATE TABLE u2035_reflection_judgement ("
    " organization TEXT NOT NULL,"
    " reflection_id BIGINT NOT NULL,"
    " revision BIGINT NOT NULL,"
    " decision TEXT NOT NULL,"
    " comment TEXT NOT NULL,"
    " judged_by TEXT NOT NULL,"
    " judged_at BIGINT NOT NULL,"
    " PRIMARY KEY (organization, reflection_id, revision))";

}  // namespace

std::vector<std::pair<std::string, std::string>> reflectionMigrations() {
    return {{"reflections", kTables}};
}

}  // namespace plugin::store
