#pragma once
/// Numbers the steps of the module's rooms into the one list that sdk::Database::migrate wants.

#include "host/sdk/Database.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// Versions 1, 2, 3, … in the order given: `numbered({integrationMigrations(), deliveryMigrations()})`. A step added
/// after a release goes into a list of its own at the end, since released numbers never move.
inline std::vector<host::sdk::Migration> numbered(
    std::initializer_list<std::vector<std::pair<std::string, std::string>>> rooms) {
    std::vector<host::sdk::Migration> steps;
    for (const auto& room : rooms)
        for (const auto& [name, sql] : room) steps.push_back({static_cast<int>(steps.size()) + 1, name, sql});
    return steps;
}

}  // namespace plugin::store
