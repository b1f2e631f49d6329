#include "plugin/store/PackageMigrations.h"

namespace plugin::store {

namespace {

// Which rows of the outbox stand in which export's files: what a person's «передано» is about.
const char* const kXapiFiles =
    "CREATE TABLE u2035_xapi_row ("
    " run_id BIGINT NOT NULL,"
    " seq BIGINT NOT NULL,"
    " project TEXT NOT NULL,"
    " PRIMARY KEY (run_id, seq))";

// What went to a test contour never stands in the outbox: nothing that reads what University 2035 has been told may
// take a trial for a delivery.
const char* const kPackages =
    "CREATE TABLE u2035_package ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " number BIGINT NOT NULL,"
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " flow_id BIGINT NOT NULL,"
    " learner_id BIGINT NOT NULL,"
    " methodist TEXT NOT NULL,"
    " learner TEXT NOT NULL,"
    " store_id TEXT NOT NULL,"
    " generation BIGINT NOT NULL,"
    " endpoint TEXT NOT NULL,"
    " profile_version TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " requested_by TEXT NOT NULL,"
    " idempotency_key TEXT NOT NULL,"
    " fields TEXT NOT NULL,"
    " created_at BIGINT NOT NULL,"
    " finished_at BIGINT,"
    " message TEXT NOT NULL,"
    " unsent TEXT NOT NULL);\n"
    "CREATE UNIQUE INDEX u2035_package_key ON u2035_package (organization, project, idempotency_key)"
    " WHERE idempotency_key <> '';\n"
    "CREATE INDEX u2035_package_list ON u2035_package (organization, project, number);\n"
    "CREATE TABLE u2035_package_statement ("
    " package_id TEXT NOT NULL,"
    " position BIGINT NOT NULL,"
    " statement_id TEXT NOT NULL,"
    " PRIMARY KEY (package_id, position));\n"
    "CREATE TABLE u2035_test_statement ("
    " store_id TEXT NOT NULL,"
    " statement_id TEXT NOT NULL,"
    " kind TEXT NOT NULL,"
    " record_kind TEXT NOT NULL,"
    " record_id BIGINT NOT NULL,"
    " revision BIGINT NOT NULL,"
    " learner_id BIGINT NOT NULL,"
    " depends_on TEXT NOT NULL,"
    " digest TEXT NOT NULL,"
    " profile_version TEXT NOT NULL,"
    " bytes TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " status INTEGER NOT NULL DEFAULT 0,"
    " message TEXT NOT NULL DEFAULT '',"
    " error_id TEXT NOT NULL DEFAULT '',"
    " answered_at BIGINT,"
    " void_id TEXT NOT NULL DEFAULT '',"
    " void_bytes TEXT NOT NULL DEFAULT '',"
    " void_state TEXT NOT NULL DEFAULT '',"
    " void_message TEXT NOT NULL DEFAULT '',"
    " PRIMARY KEY (store_id, statement_id))";

}  // namespace

std::vector<std::pair<std::string, std::string>> packageMigrations() {
    return {{"xapi-files", kXapiFiles}, {"packages", kPackages}};
}

}  // namespace plugin::store
