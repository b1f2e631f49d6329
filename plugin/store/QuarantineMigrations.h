#pragma once
/// The tables of the quarantine: words and their history, groups of refusals, and every POST a statement was in.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

std::vector<std::pair<std::string, std::string>> quarantineMigrations();

}  // namespace plugin::store
