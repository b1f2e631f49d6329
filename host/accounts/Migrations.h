#pragma once
/// Tables of people, sessions, tokens, organizations and projects; owner "host.accounts".

#include "host/sdk/Database.h"

#include <vector>

namespace host::accounts {

inline constexpr const char* kMigrationsOwner = "host.accounts";

std::vector<sdk::Migration> accountsMigrations();

}  // namespace host::accounts
