#pragma once
/// Tables of this room.

#include "host/sdk/Database.h"

#include <vector>

namespace host::xapi {

std::vector<sdk::Migration> xapiMigrations();

}  // namespace host::xapi
