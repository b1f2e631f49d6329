#pragma once
/// The table of files on their way to University 2035's storage, and the parts of unfinished uploads. Steps are
/// forward-only and never edited once released; `plugin/store/Migrations.h` numbers them after those of the delivery.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// (name, sql) in order.
std::vector<std::pair<std::string, std::string>> artifactMigrations();

}  // namespace plugin::store
