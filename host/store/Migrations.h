#pragma once
/// Forward-only schema steps. Table schema_migration(owner, version, name, checksum, applied_at).

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <string>
#include <string_view>
#include <vector>

namespace host::store {

/// Applies what is missing, each step in a transaction of its own. Refuses (AppError 500) before it changes anything:
/// "db.migration-gap" when versions are not 1, 2, 3, …; "db.schema-newer" when the database knows a step that these
/// don't; "db.schema-changed" when an applied step's SQL is not what was applied. "db.migration-failed" names the step
/// that failed; the ones before it stay applied.
void applyMigrations(sdk::Database& database, const std::string& owner, const std::vector<sdk::Migration>& steps,
                     sdk::Micros now);

/// The owner's highest applied version, 0 for none.
int appliedVersion(sdk::Database& database, const std::string& owner);

/// Statements between semicolons, without comments around them; respects '…', "…", -- … and /* … */. Bodies with
/// semicolons of their own (triggers, functions) are not portable SQL and not recognised.
std::vector<std::string> splitStatements(std::string_view sql);

}  // namespace host::store
