#pragma once
/// What went wrong in SQLite, said without SQL: the statement and its values stay in the nested exception.

#include <Poco/Data/Session.h>

#include <exception>

namespace host::store {

/// The database was busy or locked by another process: the whole transaction may be run again.
bool isBusy(const std::exception& error);

/// Called in a handler, before the rollback (which would forget the reason). Rethrows AppError as it is; turns what
/// Poco threw into AppError with the cause nested: 409 "db.unique", 409 "db.reference", 409 "db.constraint",
/// 503 "db-busy", 503 "db.full", 500 "db.failed". Anything else goes on unchanged.
[[noreturn]] void rethrowTranslated(Poco::Data::Session& session);

}  // namespace host::store
