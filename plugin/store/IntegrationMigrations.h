#pragma once
/// The wizard's tables. Steps are forward-only and never edited once released.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// (name, sql) in order; numbered by Migrations.h.
std::vector<std::pair<std::string, std::string>> integrationMigrations();

}  // namespace plugin::store
