#pragma once
/// The tables of the reflections' checks: the last verdict of each, and what a person decided of a revision. Steps are
/// forward-only and never edited once released; `plugin/store/Migrations.h` numbers them.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// (name, sql) in order.
std::vector<std::pair<std::string, std::string>> reflectionMigrations();

}  // namespace plugin::store
