#include "plugin/store/QuarantineMigrations.h"

namespace plugin::store {

namespace {

const char* const kQuarantine =
    "ALTER TABLE u2035_refusal ADD COLUMN cause TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE u2035_refusal ADD COLUMN reason_group TEXT NOT NULL DEFAULT '';\n"
    // The word that stands; what was ever said is in the other table.
    "CREATE TABLE u2035_quarantine_mark ("
    " seq BIGINT NOT NULL PRIMARY KEY,"
    " word TEXT NOT NULL,"
    " comment TEXT NOT NULL,"
    " marked_by TEXT NOT NULL,"
    " marked_at BIGINT NOT NULL);\n"
    "CREATE TABLE u2035_quarantine_decision ("
    " id BIGINT NOT NULL PRIMARY KEY,"
    " seq BIGINT NOT NULL,"
    " action TEXT NOT NULL,"
    " comment TEXT NOT NULL,"
    " decided_by TEXT NOT NULL,"
    " decided_at BIGINT NOT NULL,"
    " refused_at BIGINT NOT NULL,"
    " status INTEGER NOT NULL,"
    " conflict INTEGER NOT NULL,"
    " cause TEXT NOT NULL,"
    " reason_group TEXT NOT NULL,"
    " reason TEXT NOT NULL,"
    " error_id TEXT NOT NULL);\n"
    "CREATE INDEX u2035_quarantine_decision_row ON u2035_quarantine_decision (seq, id)";

// Narrow: a statement has one in nearly every case, and what a POST came to stands with the batch.
const char* const kAttempts =
    "CREATE TABLE u2035_attempt ("
    " seq BIGINT NOT NULL,"
    " batch_id BIGINT NOT NULL,"
    " place INTEGER NOT NULL,"
    " PRIMARY KEY (seq, batch_id))";

}  // namespace

std::vector<std::pair<std::string, std::string>> quarantineMigrations() {
    return {{"quarantine", kQuarantine}, {"attempts", kAttempts}};
}

}  // namespace plugin::store
