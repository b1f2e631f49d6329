#pragma once
/// The tables of every room of the host, brought up to this version. A module's own are its `start`'s.

#include "host/store/SqliteDatabase.h"

namespace host::app {

/// \throws sdk::AppError "db.schema-newer", "db.schema-changed", … (host/store/Migrations.h)
void migrateHost(store::SqliteDatabase& database);

}  // namespace host::app
