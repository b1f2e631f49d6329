#include "host/xapi/XapiSchema.h"

namespace host::xapi {
namespace {

// xapi_statement stays narrow: its state changes, the original's bytes in xapi_original never do. Verb and activity
// type are the same in most statements: they stand in xapi_form once. xapi_latest tells which statement speaks of a
// record that several speak of. xapi_void keeps what was voided before it came.
const char* kFirst =
    "CREATE TABLE xapi_sequence (kind TEXT NOT NULL PRIMARY KEY, next_id BIGINT NOT NULL);\n"
    "INSERT INTO xapi_sequence (kind, next_id) VALUES ('source', 1);\n"
    "INSERT INTO xapi_sequence (kind, next_id) VALUES ('statement', 1);\n"
    "INSERT INTO xapi_sequence (kind, next_id) VALUES ('form', 1);\n"
    "CREATE TABLE xapi_source (id BIGINT NOT NULL PRIMARY KEY, organization_id TEXT NOT NULL, name TEXT NOT NULL, "
    "title TEXT NOT NULL, enabled BIGINT NOT NULL, access_key TEXT NOT NULL, secret_hash TEXT NOT NULL, last_four TEXT "
    "NOT NULL, previous_hash TEXT NOT NULL, previous_until BIGINT NOT NULL, origins TEXT NOT NULL, record_references "
    "TEXT NOT NULL, rule_set TEXT NOT NULL, rules TEXT NOT NULL, remap_from BIGINT, revision BIGINT NOT NULL, "
    "changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL);\n"
    "CREATE UNIQUE INDEX xapi_source_by_name ON xapi_source (organization_id, name);\n"
    "CREATE UNIQUE INDEX xapi_source_by_key ON xapi_source (access_key);\n"
    "CREATE TABLE xapi_form (id BIGINT NOT NULL PRIMARY KEY, source_id BIGINT NOT NULL, verb TEXT NOT NULL, "
    "activity_type TEXT NOT NULL);\n"
    "CREATE UNIQUE INDEX xapi_form_by_name ON xapi_form (source_id, verb, activity_type);\n"
    "CREATE TABLE xapi_statement (id BIGINT NOT NULL PRIMARY KEY, source_id BIGINT NOT NULL, statement_id TEXT NOT "
    "NULL, digest TEXT NOT NULL, stored_at BIGINT NOT NULL, made_at BIGINT NOT NULL, form_id BIGINT NOT NULL, state "
    "BIGINT NOT NULL, kind BIGINT NOT NULL, external_id TEXT NOT NULL, voided BIGINT NOT NULL);\n"
    "CREATE UNIQUE INDEX xapi_statement_by_name ON xapi_statement (source_id, statement_id);\n"
    "CREATE INDEX xapi_statement_by_form ON xapi_statement (form_id, state);\n"
    "CREATE INDEX xapi_statement_waiting ON xapi_statement (source_id, id) WHERE state = 1;\n"
    "CREATE TABLE xapi_original (id BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL);\n"
    "CREATE TABLE xapi_trouble (id BIGINT NOT NULL PRIMARY KEY, rule TEXT NOT NULL, place TEXT NOT NULL, value TEXT "
    "NOT NULL, reason TEXT NOT NULL, fix TEXT NOT NULL);\n"
    "CREATE TABLE xapi_latest (source_id BIGINT NOT NULL, kind BIGINT NOT NULL, external_id TEXT NOT NULL, made_at "
    "BIGINT NOT NULL, statement BIGINT NOT NULL, PRIMARY KEY (source_id, kind, external_id));\n"
    "CREATE TABLE xapi_void (source_id BIGINT NOT NULL, statement_id TEXT NOT NULL, PRIMARY KEY (source_id, "
    "statement_id));\n"
    "CREATE TABLE xapi_attachment (statement BIGINT NOT NULL, sha2 TEXT NOT NULL, content_type TEXT NOT NULL, size "
    "BIGINT NOT NULL, PRIMARY KEY (statement, sha2));\n"
    "CREATE TABLE xapi_document (source_id BIGINT NOT NULL, place TEXT NOT NULL, name TEXT NOT NULL, content_type "
    "TEXT NOT NULL, content BLOB NOT NULL, etag TEXT NOT NULL, changed_at BIGINT NOT NULL, PRIMARY KEY (source_id, "
    "place, name))";

// Whether two statements are the same is told from their bytes, and only when an id comes again.
const char* kNoDigest = "ALTER TABLE xapi_statement DROP COLUMN digest";

// Every mapped statement changes it: one tree instead of a table and its index.
const char* kLatestByKey =
    "CREATE TABLE xapi_latest_by_key (source_id BIGINT NOT NULL, kind BIGINT NOT NULL, external_id TEXT NOT NULL, "
    "made_at BIGINT NOT NULL, statement BIGINT NOT NULL, CONSTRAINT xapi_latest_clustered PRIMARY KEY (source_id, "
    "kind, "
    "external_id));\n"
    "INSERT INTO xapi_latest_by_key (source_id, kind, external_id, made_at, statement) SELECT source_id, kind, "
    "external_id, made_at, statement FROM xapi_latest;\n"
    "DROP TABLE xapi_latest;\n"
    "ALTER TABLE xapi_latest_by_key RENAME TO xapi_latest";

// Few are superseded: what comes next when the statement that counts is voided. One that was outdone stayed mapped; and
// a timestamp ahead of its arrival outdid every later correction.
const char* kSuperseded =
    "UPDATE xapi_statement SET state = 5 WHERE state = 0 AND kind >= 0 AND EXISTS (SELECT 1 FROM xapi_latest l WHERE "
    "l.source_id = xapi_statement.source_id AND l.kind = xapi_statement.kind AND l.external_id = "
    "xapi_statement.external_id AND l.statement <> xapi_statement.id);\n"
    "CREATE INDEX xapi_statement_superseded ON xapi_statement (source_id, kind, external_id) WHERE state = 5;\n"
    "UPDATE xapi_latest SET made_at = (SELECT s.stored_at FROM xapi_statement s WHERE s.id = xapi_latest.statement) "
    "WHERE EXISTS (SELECT 1 FROM xapi_statement s WHERE s.id = xapi_latest.statement AND s.stored_at < "
    "xapi_latest.made_at)";

}  // namespace

std::vector<sdk::Migration> xapiMigrations() {
    return {{1, "xapi", kFirst},
            {2, "no digest", kNoDigest},
            {3, "latest by key", kLatestByKey},
            {4, "superseded", kSuperseded}};
}

}  // namespace host::xapi
