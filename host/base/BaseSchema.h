#pragma once
/// Tables of this room: secret, journal. Owner "host.base".

#include "host/sdk/Database.h"

#include <vector>

namespace host::base {

std::vector<sdk::Migration> baseMigrations();

}  // namespace host::base
