#pragma once
/// Tables of imported unti_ids. Steps are forward-only and never edited once released; `plugin/store/Migrations.h`
/// numbers them after those before.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// (name, sql) in order.
std::vector<std::pair<std::string, std::string>> untiImportMigrations();

}  // namespace plugin::store
