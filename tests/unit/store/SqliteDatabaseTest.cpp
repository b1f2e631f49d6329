#include "host/sdk/Error.h"
#include "host/store/SqliteDatabase.h"
#include "tests/support/TestDatabase.h"

#include <Poco/Data/SQLite/SQLiteException.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <latch>
#include <sys/stat.h>
#include <thread>

using host::sdk::AppError;
using host::store::SqliteDatabase;
using Poco::Data::Session;
using namespace Poco::Data::Keywords;

namespace {

struct Error {
    int status = 0;
    std::string code;
    std::string what;
};

Error errorOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const AppError& e) {
        return {e.status(), e.code(), e.what()};
    }
    return {};
}

/// Another process, as far as SQLite can tell: a connection of its own.
class Outsider {
public:
    explicit Outsider(const std::filesystem::path& path) { sqlite3_open(path.c_str(), &handle_); }
    ~Outsider() { sqlite3_close(handle_); }
    Outsider(const Outsider&) = delete;
    int run(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }

private:
    sqlite3* handle_ = nullptr;
};

}  // namespace

TEST(SqliteDatabase, losesNoWriteOfManyContendingThreads) {
    tests::TestDatabase db;
    db.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)");
    db.execute("INSERT INTO counter VALUES (1, 0)");
    std::vector<std::jthread> threads;

    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 100; ++i)
                db->write([](Session& s) {
                    int n = 0;
                    s << "SELECT n FROM counter WHERE id = 1", into(n), now;
                    ++n;
                    s << "UPDATE counter SET n = ? WHERE id = 1", use(n), now;
                });
        });
    threads.clear();

    EXPECT_EQ(db.number("SELECT n FROM counter"), 600);
}

TEST(SqliteDatabase, losesNoWriteAgainstAnotherProcess) {
    tests::TestDatabase db;
    SqliteDatabase other({.path = db->path(), .busyTimeout = std::chrono::milliseconds(1), .writeTries = 1000},
                         db.clock);
    db.execute("CREATE TABLE counter (n INTEGER NOT NULL)");
    db.execute("INSERT INTO counter VALUES (0)");
    auto add = [](SqliteDatabase& to) {
        for (int i = 0; i < 100; ++i) to.write([](Session& s) { s << "UPDATE counter SET n = n + 1", now; });
    };

    {
        std::jthread first([&] { add(db.database); });
        std::jthread second([&] { add(other); });
    }

    EXPECT_EQ(db.number("SELECT n FROM counter"), 200);
}

TEST(SqliteDatabase, runsAWriteAgainFromTheStartWhenTheFileWasBusy) {
    tests::TempDir folder;
    tests::FakeClock clock;
    SqliteDatabase db({.path = folder / "b.db", .busyTimeout = std::chrono::milliseconds(1), .writeTries = 50}, clock);
    db.write([](Session& s) { s << "CREATE TABLE t (n INTEGER)", now; });
    int runs = 0;

    db.write([&](Session& s) {
        s << "INSERT INTO t VALUES (1)", now;
        if (++runs == 1) throw Poco::Data::SQLite::DBLockedException("as when a commit finds the file locked");
    });

    EXPECT_EQ(runs, 2);
    EXPECT_EQ(db.statistics().writesRepeated, 1U);
    std::int64_t rows = 0;
    db.read([&](Session& s) { s << "SELECT count(*) FROM t", into(rows), now; });
    EXPECT_EQ(rows, 1);
}

TEST(SqliteDatabase, givesUpOnAFileThatStaysLocked) {
    tests::TempDir folder;
    tests::FakeClock clock;
    SqliteDatabase db({.path = folder / "b.db", .busyTimeout = std::chrono::milliseconds(1), .writeTries = 2}, clock);
    Outsider outsider(db.path());
    ASSERT_EQ(outsider.run("BEGIN IMMEDIATE"), SQLITE_OK);

    auto error = errorOf([&] { db.write([](Session&) {}); });

    EXPECT_EQ(error.status, 503);
    EXPECT_EQ(error.code, "db-busy");
    EXPECT_EQ(outsider.run("COMMIT"), SQLITE_OK);
    EXPECT_NO_THROW(db.write([](Session&) {}));
}

TEST(SqliteDatabase, readsOneSnapshotWhileOthersWrite) {
    tests::TestDatabase db;
    db.execute("CREATE TABLE t (n INTEGER)");
    int before = -1;
    int after = -1;

    db->read([&](Session& s) {
        s << "SELECT count(*) FROM t", into(before), now;
        std::jthread([&] { db.execute("INSERT INTO t VALUES (1)"); }).join();
        s << "SELECT count(*) FROM t", into(after), now;
    });

    EXPECT_EQ(before, 0);
    EXPECT_EQ(after, 0);
    EXPECT_EQ(db.number("SELECT count(*) FROM t"), 1);
}

TEST(SqliteDatabase, refusesAReaderThatWaitedTooLong) {
    tests::TempDir folder;
    tests::FakeClock clock;
    SqliteDatabase db({.path = folder / "b.db", .readers = 1, .wait = std::chrono::milliseconds(5)}, clock);
    Error error;

    db.read([&](Session&) { std::jthread([&] { error = errorOf([&] { db.read([](Session&) {}); }); }).join(); });

    EXPECT_EQ(error.status, 503);
    EXPECT_EQ(error.code, "db-busy");
    EXPECT_EQ(db.statistics().waitsExpired, 1U);
}

TEST(SqliteDatabase, letsAWaitingReaderInAsSoonAsOneLeaves) {
    tests::TestDatabase db(1);
    std::latch inside(1);
    std::jthread second;

    db->read([&](Session&) {
        second = std::jthread([&] {
            inside.count_down();
            db->read([](Session&) {});
        });
        inside.wait();
    });
    second.join();

    EXPECT_EQ(db->statistics().reads, 2U);
    EXPECT_EQ(db->statistics().sessionsOpened, 2U);  // the writer and one reader
}

TEST(SqliteDatabase, rollsBackWhatThrew) {
    tests::TestDatabase db;
    db.execute("CREATE TABLE t (n INTEGER)");

    EXPECT_THROW(db->write([](Session& s) {
        s << "INSERT INTO t VALUES (1)", now;
        throw std::runtime_error("no");
    }),
                 std::runtime_error);

    EXPECT_EQ(db.number("SELECT count(*) FROM t"), 0);
}

TEST(SqliteDatabase, givesTheNextReaderAFreshSessionAfterAReadThatThrew) {
    tests::TestDatabase db(1);
    db.execute("CREATE TABLE t (n INTEGER)");

    EXPECT_THROW(db->read([](Session& s) {
        int n = 0;
        s << "SELECT count(*) FROM t", into(n), now;
        throw std::runtime_error("mid-transaction");
    }),
                 std::runtime_error);
    db.execute("INSERT INTO t VALUES (1)");

    EXPECT_EQ(db.number("SELECT count(*) FROM t"), 1);
}

TEST(SqliteDatabase, refusesToWriteOnAReaderSession) {
    tests::TestDatabase db;
    db.execute("CREATE TABLE t (n INTEGER)");

    auto error = errorOf([&] { db->read([](Session& s) { s << "INSERT INTO t VALUES (1)", now; }); });

    EXPECT_EQ(error.code, "db.failed");
    EXPECT_EQ(db.number("SELECT count(*) FROM t"), 0);
}

TEST(SqliteDatabase, refusesAWriteInsideAWrite) {
    tests::TestDatabase db;

    auto error = errorOf([&] { db->write([&](Session&) { db->write([](Session&) {}); }); });

    EXPECT_EQ(error.code, "internal");
    EXPECT_NO_THROW(db->write([](Session&) {}));
}

TEST(SqliteDatabase, tellsConstraintsApartWithoutShowingSql) {
    tests::TestDatabase db;
    db.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
    db.execute("CREATE TABLE child (parent_id INTEGER NOT NULL REFERENCES parent(id), n INTEGER CHECK (n > 0))");
    db.execute("INSERT INTO parent VALUES (1, 'secretname')");
    struct Case {
        const char* sql;
        const char* code;
    } cases[] = {{"INSERT INTO parent VALUES (2, 'secretname')", "db.unique"},
                 {"INSERT INTO parent VALUES (1, 'other')", "db.unique"},
                 {"INSERT INTO child VALUES (7, 1)", "db.reference"},
                 {"INSERT INTO child VALUES (1, 0)", "db.constraint"},
                 {"INSERT INTO child VALUES (NULL, 1)", "db.constraint"},
                 {"INSERT INTO nowhere VALUES (1)", "db.failed"}};
    for (const auto& c : cases) {
        auto error = errorOf([&] { db.execute(c.sql); });
        EXPECT_EQ(error.code, c.code) << c.sql;
        EXPECT_EQ(error.what.find("parent"), std::string::npos) << error.what;
    }
}

TEST(SqliteDatabase, keepsTheCauseNestedForTheLog) {
    tests::TestDatabase db;
    std::string cause;

    try {
        db.execute("INSERT INTO nowhere VALUES (1)");
    } catch (const AppError& e) {
        try {
            std::rethrow_if_nested(e);
        } catch (const Poco::Exception& nested) {
            cause = nested.displayText();
        }
    }

    EXPECT_NE(cause.find("nowhere"), std::string::npos) << cause;
}

TEST(SqliteDatabase, passesAnAppErrorThroughUnchanged) {
    tests::TestDatabase db;

    auto error = errorOf([&] { db->write([](Session&) { throw AppError::notFound("no such thing"); }); });

    EXPECT_EQ(error.status, 404);
    EXPECT_EQ(error.what, "no such thing");
}

TEST(SqliteDatabase, setsWhatDurabilityAndIntegrityNeed) {
    tests::TestDatabase db;
    std::string mode;
    int synchronous = 0;
    int foreignKeys = 0;

    db->write([&](Session& s) {
        s << "PRAGMA journal_mode", into(mode), now;
        s << "PRAGMA synchronous", into(synchronous), now;
        s << "PRAGMA foreign_keys", into(foreignKeys), now;
    });

    EXPECT_EQ(mode, "wal");
    EXPECT_EQ(synchronous, 2);
    EXPECT_EQ(foreignKeys, 1);
}

TEST(SqliteDatabase, makesItsFileReadableByItsOwnerOnly) {
    tests::TestDatabase db;
    struct stat info {};

    ASSERT_EQ(::stat(db->path().c_str(), &info), 0);

    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST(SqliteDatabase, saysWhatToDoWhenTheFolderIsMissing) {
    tests::FakeClock clock;

    auto error = errorOf([&] { SqliteDatabase db({.path = "/nowhere/at/all.db"}, clock); });

    EXPECT_EQ(error.code, "db.open");
    EXPECT_NE(error.what.find("folder"), std::string::npos) << error.what;
}

TEST(SqliteDatabase, refusesAFileThatIsNoDatabase) {
    tests::TempDir folder;
    tests::FakeClock clock;
    auto path = folder.write("x.db", std::string(4096, 'x'));

    EXPECT_EQ(errorOf([&] { SqliteDatabase db({.path = path}, clock); }).code, "db.open");
}
