#pragma once
/// Steps of the readiness tables and of the look-ups by record, in order. A step added after a release goes into a list
/// of its own.

#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

std::vector<std::pair<std::string, std::string>> readinessMigrations();

}  // namespace plugin::store
