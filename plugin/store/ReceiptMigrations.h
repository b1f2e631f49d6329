#pragma once
/// The tables of what was read back, and of receipts.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

std::vector<std::pair<std::string, std::string>> receiptMigrations();

}  // namespace plugin::store
