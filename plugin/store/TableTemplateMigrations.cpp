#include "plugin/store/TableTemplateMigrations.h"

namespace plugin::store {

namespace {

const char* const kTemplates =
    "CREATE TABLE u2035_table_template ("
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " element TEXT NOT NULL,"
    " version BIGINT NOT NULL,"
    " content TEXT NOT NULL,"
    " changed_at BIGINT NOT NULL,"
    " changed_by TEXT NOT NULL,"
    " PRIMARY KEY (organization, project, element))";

}  // namespace

std::vector<std::pair<std::string, std::string>> tableTemplateMigrations() {
    return {{"table-templates", kTemplates}};
}

}  // namespace plugin::store
