#include "plugin/store/IntegrationMigrations.h"

namespace plugin::store {

namespace {

// What is searched for stands in columns; the wizard's state is read and written whole, so it stays one JSON text.
const char* const kIntegrations =
    "CREATE TABLE u2035_integration ("
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " version BIGINT NOT NULL,"
    " active INTEGER NOT NULL,"
    " store_id TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " changed_at BIGINT NOT NULL,"
    " PRIMARY KEY (organization, project));\n"
    "CREATE TABLE u2035_check ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " stage INTEGER NOT NULL,"
    " purpose TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " steps TEXT NOT NULL,"
    " requested_by TEXT NOT NULL,"
    " idempotency_key TEXT NOT NULL,"
    " fields_fingerprint TEXT NOT NULL,"
    " started_at BIGINT NOT NULL,"
    " deadline BIGINT NOT NULL,"
    " finished_at BIGINT);\n"
    "CREATE UNIQUE INDEX u2035_check_idempotency ON u2035_check (organization, project, idempotency_key)"
    " WHERE idempotency_key <> '';\n"
    "CREATE INDEX u2035_check_running ON u2035_check (state) WHERE state = 'running';\n"
    // A store outlives its integration: what was delivered is on record for it.
    "CREATE TABLE u2035_store ("
    " id TEXT NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " contour TEXT NOT NULL,"
    " endpoint TEXT NOT NULL,"
    " basic_fingerprint TEXT NOT NULL,"
    " created_at BIGINT NOT NULL,"
    " closed_at BIGINT);\n"
    "CREATE INDEX u2035_store_integration ON u2035_store (organization, project, contour);\n"
    "CREATE TABLE u2035_scope ("
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " version BIGINT NOT NULL,"
    " scope TEXT NOT NULL,"
    " PRIMARY KEY (organization, project))";

}  // namespace

std::vector<std::pair<std::string, std::string>> integrationMigrations() {
    return {{"integrations", kIntegrations}};
}

}  // namespace plugin::store
