#include "host/store/SqliteError.h"

#include "host/sdk/Error.h"

#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/Utility.h>
#include <sqlite3.h>

namespace host::store {
namespace {

using sdk::AppError;
namespace lite = Poco::Data::SQLite;

AppError constraintError(Poco::Data::Session& session) {
    switch (sqlite3_extended_errcode(lite::Utility::dbHandle(session))) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return AppError::conflict("db.unique", "A record with the same key exists already.");
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return AppError::conflict("db.reference", "The record refers to one that is not there, or is referred to.");
        default:
            return AppError::conflict("db.constraint", "The record breaks a rule of the database.");
    }
}

}  // namespace

bool isBusy(const std::exception& error) {
    return dynamic_cast<const lite::DBLockedException*>(&error) != nullptr ||
           dynamic_cast<const lite::TableLockedException*>(&error) != nullptr;
}

void rethrowTranslated(Poco::Data::Session& session) {
    try {
        throw;
    } catch (const AppError&) {
        throw;
    } catch (const lite::ConstraintViolationException&) {
        std::throw_with_nested(constraintError(session));
    } catch (const lite::DBLockedException&) {
        std::throw_with_nested(AppError::unavailable("db-busy", "The database is busy; try again in a moment."));
    } catch (const lite::TableLockedException&) {
        std::throw_with_nested(AppError::unavailable("db-busy", "The database is busy; try again in a moment."));
    } catch (const lite::DatabaseFullException&) {
        std::throw_with_nested(AppError::unavailable(
            "db.full", "Nothing can be written to the database: its disk is full. Free space on the server."));
    } catch (const Poco::Data::DataException&) {
        std::throw_with_nested(
            AppError(500, "db.failed", "The database failed to carry out the request; the server's log says why."));
    }
}

}  // namespace host::store
