#include "plugin/store/UntiImportMigrations.h"

namespace plugin::store {
namespace {

// The file itself is not kept: of its rows only the columns that were needed, as `cells`.
const char* const kImports =
    "CREATE TABLE u2035_unti_import ("
    " id BIGINT NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL,"
    " contour TEXT NOT NULL,"
    " revision BIGINT NOT NULL,"
    " created_at BIGINT NOT NULL,"
    " created_by TEXT NOT NULL,"
    " columns TEXT NOT NULL,"
    " row_count BIGINT NOT NULL,"
    " applied_at BIGINT,"
    " applied_by TEXT NOT NULL DEFAULT '',"
    " undone_at BIGINT,"
    " undone_by TEXT NOT NULL DEFAULT '');\n"
    "CREATE INDEX u2035_unti_import_list ON u2035_unti_import (organization, id);\n"
    "CREATE TABLE u2035_unti_row ("
    " import_id BIGINT NOT NULL,"
    " number BIGINT NOT NULL,"
    " unti_id TEXT NOT NULL,"
    " flow TEXT NOT NULL,"
    " status TEXT NOT NULL,"
    " cells TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " code TEXT NOT NULL,"
    " reason TEXT NOT NULL,"
    " fix TEXT NOT NULL,"
    " learner_id BIGINT NOT NULL,"
    " learner_external_id TEXT NOT NULL,"
    " previous TEXT NOT NULL,"
    " previous_assigned BIGINT NOT NULL DEFAULT 0,"
    " PRIMARY KEY (import_id, number));\n"
    "CREATE INDEX u2035_unti_row_state ON u2035_unti_row (import_id, state, number)";

}  // namespace

std::vector<std::pair<std::string, std::string>> untiImportMigrations() {
    return {{"unti-imports", kImports}};
}

}  // namespace plugin::store
