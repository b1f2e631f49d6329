#pragma once
/// The installation's UUID: made once with the database and never changed, since it is the namespace of every id that
/// is derived from our rows.

#include "host/store/SqliteDatabase.h"

#include <string>

namespace host::store {

/// Reads it, or makes it on the first call for a database. Thread-safe.
std::string installationId(SqliteDatabase& database, const sdk::Clock& clock);

}  // namespace host::store
