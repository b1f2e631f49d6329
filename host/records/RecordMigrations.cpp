#include "host/records/RecordMigrations.h"

#include <fmt/format.h>

namespace host::records {
namespace {

// Common to every table: `content` is a hash of the present fields, so that an unchanged record is recognised without
// comparing columns; ids come from record_sequences, so that they are never used again.
std::string table(const char* name, const char* columns) {
    return fmt::format(
        "CREATE TABLE {0} (id BIGINT NOT NULL PRIMARY KEY, organization_id TEXT NOT NULL, source TEXT NOT NULL, "
        "external_id TEXT NOT NULL, revision BIGINT NOT NULL, changed_at BIGINT NOT NULL, deleted_at BIGINT, "
        "content TEXT NOT NULL, {1});\n"
        "CREATE UNIQUE INDEX {0}_by_source ON {0} (organization_id, source, external_id);\n"
        "CREATE INDEX {0}_by_organization ON {0} (organization_id, id);\n"
        "INSERT INTO record_sequences (kind, next_id) VALUES ('{0}', 1);\n",
        name, columns);
}

std::string index(const char* table, const char* suffix, const char* columns) {
    return fmt::format("CREATE INDEX {0}_by_{1} ON {0} (organization_id, {2});\n", table, suffix, columns);
}

std::string firstSchema() {
    std::string sql = "CREATE TABLE record_sequences (kind TEXT NOT NULL PRIMARY KEY, next_id BIGINT NOT NULL);\n";
    sql += table("record_programmes",
                 "project TEXT NOT NULL, title TEXT NOT NULL, description TEXT, u2035_id BIGINT, online BIGINT, "
                 "minutes_per_hour DOUBLE PRECISION");
    sql +=
        table("record_flows",
              "programme_id BIGINT NOT NULL, title TEXT, flow_key TEXT NOT NULL, u2035_id BIGINT, "
              "methodist_unti_id TEXT, instructor_unti_ids TEXT, starts_at BIGINT, ends_at BIGINT, closed_at BIGINT");
    sql += index("record_flows", "programme", "programme_id, id");
    sql += table("record_blocks",
                 "programme_id BIGINT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, description TEXT");
    sql += index("record_blocks", "programme", "programme_id, id");
    sql += table(
        "record_modules",
        "block_id BIGINT NOT NULL, title TEXT NOT NULL, description TEXT, position BIGINT NOT NULL, u2035_id BIGINT");
    sql += index("record_modules", "block", "block_id, id");
    sql += table(
        "record_themes",
        "module_id BIGINT NOT NULL, title TEXT NOT NULL, description TEXT, position BIGINT NOT NULL, u2035_id BIGINT");
    sql += index("record_themes", "module", "module_id, id");
    sql += table("record_elements",
                 "programme_id BIGINT NOT NULL, block_id BIGINT, module_id BIGINT, theme_id BIGINT, flow_id BIGINT, "
                 "kind TEXT NOT NULL, title TEXT NOT NULL, description TEXT, position BIGINT, required BIGINT, "
                 "duration_seconds BIGINT, webinar_link TEXT, webinar_at BIGINT, lecture_hours DOUBLE PRECISION, "
                 "workshop_hours DOUBLE PRECISION, independent_hours DOUBLE PRECISION, min_score DOUBLE PRECISION, "
                 "max_score DOUBLE PRECISION, pass_score DOUBLE PRECISION, max_attempts BIGINT, practical BIGINT, "
                 "comparability BIGINT, admittance_form TEXT, document_type TEXT, qualification TEXT, "
                 "fixation_method TEXT, closed_at BIGINT");
    sql += index("record_elements", "programme", "programme_id, id");
    sql += table("record_learners",
                 "unti_id TEXT, test_unti_id TEXT, leader_id TEXT, last_name TEXT, first_name TEXT, middle_name TEXT, "
                 "email TEXT");
    sql += table("record_enrollments", "learner_id BIGINT NOT NULL, flow_id BIGINT NOT NULL, status TEXT NOT NULL");
    sql += index("record_enrollments", "flow", "flow_id, id");
    sql += index("record_enrollments", "learner", "learner_id, flow_id");
    sql += table(
        "record_results",
        "learner_id BIGINT NOT NULL, element_id BIGINT NOT NULL, flow_id BIGINT NOT NULL, attempt BIGINT NOT NULL, "
        "raw DOUBLE PRECISION, min_score DOUBLE PRECISION, max_score DOUBLE PRECISION, pass_score DOUBLE PRECISION, "
        "success BIGINT, duration_seconds BIGINT, at BIGINT, graded BIGINT NOT NULL");
    sql += index("record_results", "flow", "flow_id, id");
    sql += index("record_results", "element", "element_id, id");
    sql += table(
        "record_views",
        "learner_id BIGINT NOT NULL, element_id BIGINT NOT NULL, flow_id BIGINT NOT NULL, percent DOUBLE PRECISION, "
        "watched_seconds BIGINT, recording BIGINT, attended BIGINT, at BIGINT");
    sql += index("record_views", "flow", "flow_id, id");
    sql += table(
        "record_openings",
        "learner_id BIGINT NOT NULL, element_id BIGINT NOT NULL, flow_id BIGINT NOT NULL, downloaded BIGINT NOT NULL, "
        "at BIGINT");
    sql += index("record_openings", "flow", "flow_id, id");
    sql +=
        table("record_reflections",
              "learner_id BIGINT NOT NULL, flow_id BIGINT NOT NULL, module_id BIGINT, body TEXT NOT NULL, at BIGINT");
    sql += index("record_reflections", "flow", "flow_id, id");
    sql += table(
        "record_files",
        "result_id BIGINT, name TEXT NOT NULL, content_type TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL");
    sql += index("record_files", "result", "result_id, id");
    sql += index("record_files", "sha256", "sha256");
    return sql;
}

const char* importsSchema() {
    return "CREATE TABLE record_imports (id TEXT NOT NULL PRIMARY KEY, organization_id TEXT NOT NULL, "
           "mapping TEXT NOT NULL, requested_by TEXT NOT NULL, started_at BIGINT NOT NULL, finished_at BIGINT, "
           "report TEXT NOT NULL);\n"
           "CREATE INDEX record_imports_by_organization ON record_imports (organization_id, started_at)";
}

// Who fixes a fact, and the programme's own files.
std::string factsSchema() {
    std::string sql =
        "ALTER TABLE record_elements ADD COLUMN fixation_unti_ids TEXT;\n"
        "ALTER TABLE record_elements ADD COLUMN fixation_roles TEXT;\n"
        "ALTER TABLE record_elements ADD COLUMN best_result TEXT;\n"
        "ALTER TABLE record_files ADD COLUMN element_id BIGINT;\n";
    return sql + index("record_files", "element", "element_id, id");
}

// A person's unti_id beside the source's. `source_unti_id` is what the source gave last, `replaced_unti_id` what it
// gave when the person decided.
const char* untiIdsSchema() {
    return "CREATE TABLE record_unti_ids (learner_id BIGINT NOT NULL, test BIGINT NOT NULL, organization_id TEXT NOT "
           "NULL, "
           "unti_id TEXT NOT NULL, source_unti_id TEXT, replaced_unti_id TEXT, assigned_by TEXT NOT NULL, "
           "assigned_at BIGINT NOT NULL, PRIMARY KEY (learner_id, test));\n"
           "CREATE INDEX record_unti_ids_by_organization ON record_unti_ids (organization_id, learner_id);\n"
           "CREATE INDEX record_learners_by_unti_id ON record_learners (organization_id, unti_id);\n"
           "CREATE INDEX record_learners_by_test_unti_id ON record_learners (organization_id, test_unti_id)";
}

// Other values that a person confirmed, by sdk::ConfirmedField; the columns are those of unti_ids.
const char* confirmedSchema() {
    return "CREATE TABLE record_confirmed (field BIGINT NOT NULL, record_id BIGINT NOT NULL, organization_id TEXT NOT "
           "NULL, value TEXT NOT NULL, source_value TEXT, replaced_value TEXT, confirmed_by TEXT NOT NULL, "
           "confirmed_at BIGINT NOT NULL, PRIMARY KEY (field, record_id));\n"
           "CREATE INDEX record_confirmed_by_organization ON record_confirmed (organization_id, field, record_id);\n"
           "CREATE INDEX record_learners_by_leader_id ON record_learners (organization_id, leader_id)";
}

}  // namespace

std::vector<sdk::Migration> recordsMigrations() {
    return {{1, "records", firstSchema()},
            {2, "imports", importsSchema()},
            {3, "facts", factsSchema()},
            {4, "unti ids", untiIdsSchema()},
            {5, "confirmed values", confirmedSchema()}};
}

}  // namespace host::records
