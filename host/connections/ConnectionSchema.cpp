#include "host/connections/ConnectionSchema.h"

namespace host::connections {
namespace {

// Ids come from source_sequence, so that what a run still writes never falls to a later route. `epoch` grows when a
// route is changed: a run that began before writes nothing more. source_brought knows records by our ids: it stays
// narrow, and a mapping that names records anew is seen as what it is.
const char* kFirst =
    "CREATE TABLE source_sequence (kind TEXT NOT NULL PRIMARY KEY, next_id BIGINT NOT NULL);\n"
    "INSERT INTO source_sequence (kind, next_id) VALUES ('connection', 1);\n"
    "INSERT INTO source_sequence (kind, next_id) VALUES ('route', 1);\n"
    "CREATE TABLE source_connection (id BIGINT NOT NULL PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT "
    "NULL, kind TEXT NOT NULL, title TEXT NOT NULL, enabled BIGINT NOT NULL, cron TEXT NOT NULL, zone TEXT NOT NULL, "
    "settings TEXT NOT NULL, revision BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL);\n"
    "CREATE UNIQUE INDEX source_connection_by_name ON source_connection (organization_id, name);\n"
    "CREATE TABLE source_route (id BIGINT NOT NULL PRIMARY KEY, connection_id BIGINT NOT NULL, name TEXT NOT NULL, "
    "title TEXT NOT NULL, prefix TEXT NOT NULL, position BIGINT NOT NULL, enabled BIGINT NOT NULL, cron TEXT NOT NULL, "
    "zone TEXT NOT NULL, settings TEXT NOT NULL, mapping TEXT NOT NULL, watermark TEXT NOT NULL, on_error TEXT NOT "
    "NULL, deletions TEXT NOT NULL, max_deleted_percent DOUBLE PRECISION NOT NULL, from_set TEXT NOT NULL, revision "
    "BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL);\n"
    "CREATE UNIQUE INDEX source_route_by_name ON source_route (connection_id, name);\n"
    "CREATE TABLE source_route_state (route_id BIGINT NOT NULL PRIMARY KEY, epoch BIGINT NOT NULL, generation BIGINT "
    "NOT NULL, watermark TEXT);\n"
    "CREATE TABLE source_brought (route_id BIGINT NOT NULL, kind BIGINT NOT NULL, record_id BIGINT NOT NULL, "
    "generation BIGINT NOT NULL, PRIMARY KEY (route_id, kind, record_id));\n"
    "CREATE TABLE source_file (route_id BIGINT NOT NULL, external_id TEXT NOT NULL, reference TEXT NOT NULL, "
    "content_type TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (route_id, external_id));\n"
    "CREATE TABLE source_run (id TEXT NOT NULL PRIMARY KEY, connection_id BIGINT NOT NULL, route_id BIGINT NOT NULL, "
    "mode TEXT NOT NULL, trigger_name TEXT NOT NULL, requested_by TEXT NOT NULL, state TEXT NOT NULL, started_at "
    "BIGINT NOT NULL, finished_at BIGINT, counts TEXT NOT NULL, diagnoses TEXT NOT NULL);\n"
    "CREATE INDEX source_run_by_route ON source_run (route_id, started_at, id)";

// `check_epoch` grows when something is changed that a check looks at: one that began before is outdated.
const char* kChecks =
    "ALTER TABLE source_connection ADD COLUMN check_epoch BIGINT NOT NULL DEFAULT 0;\n"
    "CREATE TABLE source_check (connection_id BIGINT NOT NULL PRIMARY KEY, check_epoch BIGINT NOT NULL, checked_at "
    "BIGINT NOT NULL, checked_by TEXT NOT NULL, failed_at TEXT NOT NULL, diagnoses TEXT NOT NULL)";

// Of a source that is read by the number of its pages: what one run alone can't prove (RouteRunEnd.cpp).
const char* kTwoRuns =
    "ALTER TABLE source_route_state ADD COLUMN next_watermark TEXT;\n"
    "ALTER TABLE source_route_state ADD COLUMN complete_generation BIGINT NOT NULL DEFAULT 0";

}  // namespace

std::vector<sdk::Migration> connectionMigrations() {
    return {{1, "connections", kFirst}, {2, "checks", kChecks}, {3, "two-runs", kTwoRuns}};
}

}  // namespace host::connections
