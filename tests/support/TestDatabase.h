#pragma once
/// A real SQLite database in a folder of the test's own, with a clock that stands still. Link host_store.

#include "host/store/ModuleDatabase.h"
#include "host/store/SqliteDatabase.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <cstdint>
#include <string>

namespace tests {

struct TestDatabase {
    explicit TestDatabase(std::size_t readers = 4)
        : database({.path = folder / "test.db", .readers = readers}, clock) {}

    operator host::sdk::Database&() { return database; }
    host::store::SqliteDatabase* operator->() { return &database; }

    void execute(const std::string& sql) {
        database.write([&](Poco::Data::Session& s) { s << sql, Poco::Data::Keywords::now; });
    }
    std::int64_t number(const std::string& sql) {
        std::int64_t value = 0;
        database.read(
            [&](Poco::Data::Session& s) { s << sql, Poco::Data::Keywords::into(value), Poco::Data::Keywords::now; });
        return value;
    }
    std::string text(const std::string& sql) {
        std::string value;
        database.read(
            [&](Poco::Data::Session& s) { s << sql, Poco::Data::Keywords::into(value), Poco::Data::Keywords::now; });
        return value;
    }

    TempDir folder;
    FakeClock clock;
    host::store::SqliteDatabase database;
};

}  // namespace tests
