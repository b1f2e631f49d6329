#pragma once
/// Tables of what is handed over otherwise than by a night: prepared xAPI files, and full packages to the test contour.
/// Steps are forward-only and never edited once released; their numbers come after every earlier room's.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// (name, sql) in order.
std::vector<std::pair<std::string, std::string>> packageMigrations();

}  // namespace plugin::store
