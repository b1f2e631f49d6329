#pragma once
/// The delivery room's tables: what was planned, sent and answered; runs and what could not go. Steps are forward-only
/// and never edited once released; `plugin/store/Migrations.h` numbers them after the wizard's.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// (name, sql) in order.
std::vector<std::pair<std::string, std::string>> deliveryMigrations();
/// What came with resting destinations and the lane of old records.
std::vector<std::pair<std::string, std::string>> engineMigrations();
std::vector<std::pair<std::string, std::string>> runProjectMigrations();

}  // namespace plugin::store
