/// ODBC through Debian's drivers of PostgreSQL and SQLite: those of SQL Server and Oracle are not in Debian.

#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <libpq-fe.h>

namespace {

using host::connectors::sql::SqlKind;
using host::sdk::SourceRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kDrivers = "/usr/lib/x86_64-linux-gnu/odbc/";

TEST(OdbcSource, aFileIsReadThroughTheAdministratorsString) {
    tests::TempDir folder;
    sqlite3* database = nullptr;
    sqlite3_open((folder / "lms.db").c_str(), &database);
    sqlite3_exec(database,
                 "CREATE TABLE marks (id INTEGER, learner TEXT, ratio REAL); INSERT INTO marks VALUES (1, 'Анна 😀', "
                 "0.1), (2, NULL, 2)",
                 nullptr, nullptr, nullptr);
    sqlite3_close(database);
    auto settings = tests::localSettings();
    settings.folders = {folder.path()};
    settings.odbc["file"] = "Driver=" + std::string(kDrivers) + "libsqlite3odbc.so;Database={file}";
    SqlKind kind(settings);

    const auto request = tests::sqlRequest("odbc-file", "lms.db", "SELECT id, learner, ratio FROM marks ORDER BY id");

    EXPECT_THAT(tests::rowsOf(kind, request), ElementsAre("1|Анна 😀|0.1", "2|-|2"));
    EXPECT_REFUSED(kind.open(tests::sqlRequest("odbc-file", "/etc/passwd", "SELECT 1")), Configuration,
                   "administrator has named");
}

TEST(OdbcSource, aServerIsReadWithBoundValuesAndNothingIsWritten) {
    const tests::Peer server("postgresql");
    auto settings = tests::localSettings();
    settings.odbc["pg"] =
        "Driver=" + std::string(kDrivers) +
        "psqlodbcw.so;Servername={address};Port={port};Database={database};UID={user};PWD={password};UseDeclareFetch=1";
    SqlKind kind(settings);
    const auto asks = [&](const std::string& query) { return tests::sqlRequest("odbc-pg", server, "postgres", query); };

    auto request = asks(
        "SELECT i AS id, 'Ёж ' || CAST(i AS text) AS name, CAST(i AS numeric) / 4 AS mark, TIMESTAMP '2025-09-15 "
        "10:00:00.25' AS at "
        "FROM generate_series(1, 3) i WHERE i >= CAST(:least AS int) ORDER BY i");
    request.route.maps["parameters"] = {{"least", "2"}};
    EXPECT_THAT(tests::rowsOf(kind, request), ElementsAre("2|Ёж 2|0.50000000000000000000|2025-09-15 10:00:00.250000",
                                                          "3|Ёж 3|0.75000000000000000000|2025-09-15 10:00:00.250000"));

    const auto where =
        "host=127.0.0.1 port=" + server["port"] + " user=tester password=" + server["password"] + " dbname=postgres";
    PGconn* const admin = PQconnectdb(where.c_str());
    PQclear(PQexec(admin, "CREATE SEQUENCE counter"));
    PQfinish(admin);
    EXPECT_NO_THROW(kind.check(asks("SELECT 1")));
    auto password = asks("SELECT 1");
    password.connection.secrets["password"] = host::sdk::SecretString("wrong");
    EXPECT_TRUE(tests::refusal([&] { kind.check(password); }));
    EXPECT_REFUSED(tests::rowsOf(kind, asks("SELECT none FROM pg_class")), Query, "none");
    EXPECT_REFUSED(tests::rowsOf(kind, asks("SELECT nextval('counter')")), Query, "only read");
}

TEST(OdbcSource, aDriverThatIsNotThereIsTheAdministratorsMatter) {
    auto settings = tests::localSettings();
    settings.odbc["none"] = "Driver={No Such Driver};Database={database}";
    SqlKind kind(settings);
    EXPECT_REFUSED(kind.check(tests::sqlRequest("odbc-none", "d", "SELECT 1")), Configuration, "can't be loaded");
}

}  // namespace
