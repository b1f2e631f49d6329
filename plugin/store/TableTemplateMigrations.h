#pragma once
/// The tables of downloaded templates. Steps are forward-only and never edited once released;
/// `plugin/store/Migrations.h` numbers them.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// (name, sql) in order.
std::vector<std::pair<std::string, std::string>> tableTemplateMigrations();

}  // namespace plugin::store
