#include "tests/simulation/MemoryDatabase.h"

#include "host/schedule/RunHistory.h"
#include "host/sdk/Error.h"
#include "host/store/Migrations.h"
#include "host/store/SqliteDatabase.h"
#include "host/store/SqliteError.h"
#include "plugin/store/ModuleMigrations.h"
#include "tests/support/TestDatabase.h"

#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Statement.h>
#include <sqlite3.h>

namespace tests::simulation {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

/// The store on disk tells SQLite how its threads go, before the first session.
Session openInMemory() {
    static const TestDatabase prepared;
    return {"SQLite", ":memory:"};
}

}  // namespace

MemoryDatabase::MemoryDatabase(Empty) : session_(openInMemory()) {
    host::store::applyMigrations(*this, "u2035", plugin::store::moduleMigrations(), 0);
    host::store::applyMigrations(*this, "host.schedule", host::schedule::scheduleMigrations(), 0);
}

MemoryDatabase& MemoryDatabase::original() {
    static MemoryDatabase made{Empty{}};
    return made;
}

MemoryDatabase::MemoryDatabase() : session_(openInMemory()) {
    auto& from = original();
    std::lock_guard lock(from.mutex_);
    using Poco::Data::SQLite::Utility;
    sqlite3_backup* copy =
        sqlite3_backup_init(Utility::dbHandle(session_), "main", Utility::dbHandle(from.session_), "main");
    if (copy == nullptr) throw std::runtime_error("the schema can't be copied into memory");
    sqlite3_backup_step(copy, -1);
    if (sqlite3_backup_finish(copy) != SQLITE_OK) throw std::runtime_error("the schema was not copied into memory");
    session_ << "PRAGMA foreign_keys=ON", now;
}

void MemoryDatabase::end(const char* how) noexcept {
    try {
        session_ << how, now;
    } catch (...) {
        std::abort();  // nothing that a test could go on with
    }
}

void MemoryDatabase::read(const std::function<void(Session&)>& fn) {
    std::lock_guard lock(mutex_);
    if (depth_ == 0) session_ << "BEGIN DEFERRED", now;
    ++depth_;
    try {
        fn(session_);
    } catch (...) {
        if (--depth_ == 0) end("ROLLBACK");
        throw;
    }
    if (--depth_ == 0) end("COMMIT");
}

void MemoryDatabase::write(const std::function<void(Session&)>& fn) {
    std::lock_guard lock(mutex_);
    if (depth_ != 0)
        throw host::sdk::AppError(500, "internal", "A write was started inside a transaction of the same thread.");
    session_ << "BEGIN IMMEDIATE", now;
    ++depth_;
    try {
        fn(session_);
    } catch (...) {
        --depth_;
        try {
            host::store::rethrowTranslated(session_);
        } catch (...) {
            end("ROLLBACK");
            throw;
        }
    }
    --depth_;
    end("COMMIT");
}

void MemoryDatabase::migrate(const std::vector<host::sdk::Migration>& steps) {
    host::store::applyMigrations(*this, "u2035", steps, 0);
}

std::int64_t MemoryDatabase::number(const std::string& sql) {
    std::int64_t value = 0;
    read([&](Session& session) { session << sql, into(value), now; });
    return value;
}

}  // namespace tests::simulation
