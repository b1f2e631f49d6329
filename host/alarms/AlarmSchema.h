#pragma once
/// Tables of this room. Owner "host.alarms".

#include "host/sdk/Database.h"

#include <vector>

namespace host::alarms {

std::vector<sdk::Migration> alarmMigrations();

}  // namespace host::alarms
