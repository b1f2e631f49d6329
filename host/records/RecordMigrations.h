#pragma once
/// The tables of records, made from the host's own migrations (owner "records").

#include "host/sdk/Database.h"

#include <vector>

namespace host::records {

std::vector<sdk::Migration> recordsMigrations();

}  // namespace host::records
