#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <filesystem>

namespace {

using host::connectors::sql::SqlKind;
using host::sdk::SourceRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct SqliteSource : ::testing::Test {
    SqliteSource() {
        execute("CREATE TABLE marks (id INTEGER, learner TEXT, mark INTEGER, at TEXT)");
        execute(
            "INSERT INTO marks VALUES (1, 'Анна', 85, '2025-09-15 10:00:00'), (2, 'Пётр', NULL, NULL), (3, 'Ольга', "
            "4.5, 'x')");
        settings.folders = {folder.path()};
    }
    void execute(const std::string& sql) const {
        sqlite3* database = nullptr;
        sqlite3_open((folder / "lms.db").c_str(), &database);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }
    SourceRequest asks(const std::string& query) const { return tests::sqlRequest("sqlite", "lms.db", query); }
    std::vector<std::string> rows(const SourceRequest& request) const {
        SqlKind kind(settings);
        return tests::rowsOf(kind, request);
    }

    tests::TempDir folder;
    host::connectors::sql::SqlSettings settings;
};

TEST_F(SqliteSource, cellsComeAsTheyAreAndNothingIsInvented) {
    EXPECT_THAT(rows(asks("SELECT * FROM marks ORDER BY id")),
                ElementsAre("1|Анна|85|2025-09-15 10:00:00", "2|Пётр|-|-", "3|Ольга|4.5|x"));
}

TEST_F(SqliteSource, aTextInAColumnOfNumbersIsThatText) {
    execute("INSERT INTO marks VALUES (4, 'Иван', 'неявка', NULL)");

    EXPECT_THAT(rows(asks("SELECT mark FROM marks WHERE id = 4")), ElementsAre("неявка"));
}

TEST_F(SqliteSource, bytesAndBrokenTextsAreProblemsOfTheirRows) {
    execute(
        "INSERT INTO marks VALUES (4, x'C0EDEDE0', 1, NULL), (5, CAST(x'C0EDEDE0' AS TEXT), 2, NULL), (6, 'Яна', 3, "
        "NULL)");
    auto request = asks("SELECT id, learner FROM marks WHERE id > 3 ORDER BY id");

    EXPECT_THAT(rows(request), ElementsAre("row 1: learner: holds bytes, not text",
                                           "row 2: learner: holds bytes that are no text in UTF-8", "6|Яна"));
    request.columns = {"id"};
    EXPECT_THAT(rows(request), ElementsAre("4|-", "5|-", "6|Яна")) << "a cell that nothing reads spoils no row";
}

TEST_F(SqliteSource, aFileInWindows1251IsReadAsSuch) {
    execute("INSERT INTO marks VALUES (4, CAST(x'C0EDEDE0' AS TEXT), 1, NULL), (5, CAST(x'98' AS TEXT), 1, NULL)");
    auto request = asks("SELECT learner FROM marks WHERE id > 3 ORDER BY id");
    request.connection.texts["encoding"] = "windows-1251";

    EXPECT_THAT(rows(request), ElementsAre("Анна", "row 2: learner: holds bytes that are no text in CP1251"));
}

TEST_F(SqliteSource, theWatermarkTakesNumbersAsNumbers) {
    auto request = asks("SELECT id, learner FROM marks");
    request.watermarkColumn = "id";
    EXPECT_THAT(rows(request), SizeIs(3));
    request.watermark = "2";
    EXPECT_THAT(rows(request), ElementsAre("2|Пётр", "3|Ольга"));
    auto named = asks("SELECT id FROM marks WHERE :watermark IS NULL OR id > :watermark ORDER BY id");
    named.watermark = "2";
    EXPECT_THAT(rows(named), ElementsAre("3"));
}

TEST_F(SqliteSource, nothingIsWrittenAndNoOtherFileIsOpened) {
    const auto before = tests::TempDir::read(folder / "lms.db");
    EXPECT_REFUSED(rows(asks("SELECT load_extension('x')")), Query, "");
    EXPECT_REFUSED(rows(asks("WITH a AS (SELECT 1) SELECT * FROM pragma_table_info('marks')")), Query,
                   "not authorized");
    EXPECT_EQ(tests::TempDir::read(folder / "lms.db"), before);
}

TEST_F(SqliteSource, onlyFilesOfTheNamedFoldersAreOpened) {
    tests::TempDir elsewhere;
    elsewhere.write("other.db", "");
    std::filesystem::create_symlink(elsewhere / "other.db", folder / "link.db");
    for (const auto& name :
         {(elsewhere / "other.db").string(), std::string("link.db"), std::string("../../../etc/passwd")})
        EXPECT_REFUSED(rows(tests::sqlRequest("sqlite", name, "SELECT 1")), Configuration, "administrator has named");
    EXPECT_REFUSED(rows(tests::sqlRequest("sqlite", "none.db", "SELECT 1")), NotThere, "no file 'none.db'");
    folder.write(
        "text.db",
        "this is no database, but it is long enough to look like one if nobody looks; this is no database at all");
    EXPECT_REFUSED(rows(tests::sqlRequest("sqlite", "text.db", "SELECT * FROM t")), Format, "no SQLite database");
}

TEST_F(SqliteSource, theNearestNameIsSaid) {
    EXPECT_REFUSED(rows(asks("SELECT lerner FROM marks")), Query, "Did you mean 'learner'?");
    EXPECT_REFUSED(rows(asks("SELECT m.lerner FROM marks m")), Query, "Did you mean 'learner'?");
    EXPECT_REFUSED(rows(asks("SELECT 1 FROM mark")), Query, "Did you mean 'marks'?");
    EXPECT_REFUSED(rows(asks("SELECT FROM marks")), Query, "does not accept the query");
    auto twice = asks("SELECT id, learner AS id FROM marks");
    twice.columns = {"id"};
    EXPECT_REFUSED(rows(twice), Query, "more than once");
}

TEST_F(SqliteSource, whatTheMappingLacksIsLeftToWhoReads) {
    auto mapped = asks("SELECT id, learner FROM marks");
    mapped.columns = {"id", "leaner"};
    SqlKind kind(settings);
    EXPECT_THAT(kind.open(mapped)->columns(), ElementsAre("id", "learner"));
}

TEST_F(SqliteSource, aTryTakesItsRowsAndNoMore) {
    auto request = asks("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
    request.limit = 10;
    EXPECT_THAT(rows(request), SizeIs(10));
}

TEST_F(SqliteSource, theTimeLimitAndAStopEndAQuery) {
    auto request = asks("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
    request.route.texts["timeoutSeconds"] = "1";
    EXPECT_REFUSED(rows(request), Timeout, "longer than the 1 s");
    std::stop_source stop;
    request.stop = stop.get_token();
    stop.request_stop();
    EXPECT_REFUSED(rows(request), Cancelled, "stopped");
}

TEST_F(SqliteSource, aConnectionIsCheckedWithoutARoute) {
    SqlKind kind(settings);
    auto request = asks("");
    EXPECT_NO_THROW(kind.check(request));
    request.connection.texts["filesFolder"] = "/nowhere";
    EXPECT_REFUSED(kind.check(request), Configuration, "administrator has named");
}

TEST_F(SqliteSource, aTextOfARowIsAFileWithItsVeryBytes) {
    auto request =
        asks("SELECT id, learner FROM marks UNION ALL SELECT 4, '  <p>Текст</p>\n' UNION ALL SELECT 5, '' ORDER BY id");
    request.route.texts["textColumn"] = "learner";
    SqlKind kind(settings);
    const auto reader = kind.open(request);
    host::sdk::SourceRow row;
    std::vector<std::string> contents;
    while (reader->next(row)) {
        const auto& reference = row.cells[1];
        if (reference->empty()) continue;
        EXPECT_THAT(*reference, ::testing::StartsWith("text:"));
        const auto bytes = reader->openFile(*reference);
        contents.emplace_back(std::istreambuf_iterator<char>(*bytes), std::istreambuf_iterator<char>());
    }
    EXPECT_THAT(contents, ElementsAre("Анна", "Пётр", "Ольга", "  <p>Текст</p>\n"));
    EXPECT_REFUSED(reader->openFile("text:another"), NotThere, "no folder of files");

    request.limit = 10;
    EXPECT_THAT(rows(request), ElementsAre("1|Анна", "2|Пётр", "3|Ольга", "4|  <p>Текст</p>\n", "5|"));
    request.route.texts["textColumn"] = "essay";
    EXPECT_REFUSED(kind.open(request), Query, "no column 'essay'");
}

}  // namespace
