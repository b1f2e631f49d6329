#pragma once
/// Tables of connections, their routes, what routes have brought, their runs and checks. Owner "host.connections".

#include "host/sdk/Database.h"

#include <vector>

namespace host::connections {

std::vector<sdk::Migration> connectionMigrations();

}  // namespace host::connections
