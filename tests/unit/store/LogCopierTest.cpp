#include "host/store/LogCopier.h"
#include "tests/support/TestDatabase.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

using namespace Poco::Data::Keywords;

namespace {

/// Rows that the file alone holds, without its log.
std::int64_t rowsInFile(const std::filesystem::path& database) {
    const auto copy = database.parent_path() / "copy.db";
    std::filesystem::copy_file(database, copy, std::filesystem::copy_options::overwrite_existing);
    sqlite3* opened = nullptr;
    std::int64_t rows = -1;
    EXPECT_EQ(sqlite3_open(copy.c_str(), &opened), SQLITE_OK);
    sqlite3_exec(
        opened, "SELECT COUNT(*) FROM t",
        [](void* out, int, char** cells, char**) {
            *static_cast<std::int64_t*>(out) = std::atoll(cells[0]);
            return 0;
        },
        &rows, nullptr);
    sqlite3_close(opened);
    return rows;
}

class LogCopier : public testing::Test {
protected:
    LogCopier() {
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)");
        db->checkpoint();
    }
    /// `pages` of the log.
    void write(int pages) {
        db->write([&](Poco::Data::Session& session) {
            session
                << "INSERT INTO t (body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                   "SELECT hex(zeroblob(2000)) FROM n",
                use(pages), now;
        });
    }

    tests::TestDatabase db;
};

TEST_F(LogCopier, aGrownLogIsCopiedWithoutAnyRequestWaitingForIt) {
    host::store::LogCopier copier(db->path());
    write(100);
    ASSERT_LE(rowsInFile(db->path()), 0) << "the log alone has them";

    EXPECT_FALSE(copier.grown(100));
    copier.settle();
    EXPECT_EQ(copier.copies(), 0U) << "too little to be worth it";

    EXPECT_FALSE(copier.grown(8192)) << "the caller goes on";
    copier.settle();
    EXPECT_EQ(copier.copies(), 1U);
    EXPECT_EQ(rowsInFile(db->path()), 100);
}

TEST_F(LogCopier, theWriterIsToldOnceThatLittleIsLeft) {
    host::store::LogCopier copier(db->path());
    write(100);
    copier.grown(8192);
    copier.settle();
    EXPECT_TRUE(copier.grown(8300));
    EXPECT_FALSE(copier.grown(8300));
}

TEST_F(LogCopier, aLogOfManyWritesIsBegunAnewAgainAndAgain) {
    for (int i = 0; i < 120; ++i) write(400);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM t"), 48'000);
    const auto log = std::filesystem::file_size(db->path().string() + "-wal");
    EXPECT_LE(log, (16'384 + 500) * 4'120U) << "64 MiB and the write that went beyond";
    EXPECT_GT(db->statistics().logCopies, 0U);
}

TEST_F(LogCopier, aReaderThatHoldsTheLogStopsNeitherCopierNorWriters) {
    db->read([&](Poco::Data::Session& session) {
        std::int64_t before = 0, after = 0;
        session << "SELECT COUNT(*) FROM t", into(before), now;
        for (int i = 0; i < 20; ++i) write(400);
        session << "SELECT COUNT(*) FROM t", into(after), now;
        EXPECT_EQ(before, after) << "the reader sees what it began with";
    });
    write(1);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM t"), 8'001);
}

TEST_F(LogCopier, endsWithACopyUnderWay) {
    write(9000);
    host::store::LogCopier copier(db->path());
    copier.grown(9000);
}

}  // namespace
