/// A PostgreSQL of the test's own, as a source: what it says, what it lies, how it goes away in the middle.

#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>

#include <libpq-fe.h>

namespace {

using host::connectors::sql::SqlKind;
using host::sdk::SourceRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct PostgresSource : ::testing::Test {
    static void SetUpTestSuite() {
        server = new tests::Peer("postgresql");
        admin("postgres", "CREATE DATABASE lms");
        admin("postgres", "CREATE DATABASE old ENCODING 'WIN1251' LOCALE 'C' TEMPLATE template0");
        admin("postgres", "CREATE DATABASE bytes ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
        admin("lms",
              "CREATE TABLE marks (id int, learner text, mark numeric(5,2), at timestamptz, day date, local "
              "timestamp(3), "
              "passed boolean, ratio float8, code char(6), work bytea)");
        admin("lms",
              "INSERT INTO marks VALUES (1, 'Анна', 85.50, '2025-09-15 10:00:00.5+03', '2025-09-15', '2025-09-15 "
              "10:00', true, "
              "0.1, 'ab', 'x'), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        admin("lms", "CREATE ROLE reader LOGIN PASSWORD 'reader-password'");
    }
    static void TearDownTestSuite() {
        delete server;
        server = nullptr;
    }

    /// As the database's administrator.
    static void admin(const std::string& database, const std::string& sql) {
        const std::string where = "host=127.0.0.1 port=" + (*server)["port"] +
                                  " user=tester password=" + (*server)["password"] +
                                  " client_encoding=UTF8 dbname=" + database;
        PGconn* const connection = PQconnectdb(where.c_str());
        PGresult* const result = PQexec(connection, sql.c_str());
        EXPECT_TRUE(PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK)
            << PQerrorMessage(connection);
        PQclear(result);
        PQfinish(connection);
    }
    static SourceRequest asks(const std::string& query, const std::string& database = "lms") {
        return tests::sqlRequest("postgresql", *server, database, query);
    }
    std::vector<std::string> rows(const SourceRequest& request) { return tests::rowsOf(kind, request); }

    static inline tests::Peer* server = nullptr;
    SqlKind kind{tests::localSettings()};
};

TEST_F(PostgresSource, everyTypeComesAsTheContractSays) {
    EXPECT_THAT(rows(asks("SELECT id, learner, mark, at, day, local, passed, ratio, code FROM marks ORDER BY id")),
                ElementsAre("1|Анна|85.50|2025-09-15T07:00:00.5Z|2025-09-15|2025-09-15 10:00:00|true|0.1|ab",
                            "2|-|-|-|-|-|-|-|-"));
}

TEST_F(PostgresSource, bytesAreRefusedWithAWordWhereTheyAreRead) {
    auto request = asks("SELECT id, work FROM marks ORDER BY id");
    EXPECT_THAT(rows(request), ElementsAre("1|-", "2|-"));
    request.columns = {"id", "work"};
    EXPECT_REFUSED(rows(request), Format, "'work' holds bytes");
}

TEST_F(PostgresSource, whatIsNoNumberOrNoDaySpoilsItsRowOnly) {
    EXPECT_THAT(
        rows(asks("SELECT * FROM (VALUES (1, 'NaN'::numeric, '2025-01-01'::timestamptz), (2, 1, 'infinity'), (3, 2, "
                  "'2025-01-01'), (4, '-Infinity'::float8::numeric, '0044-03-15 BC')) v(id, mark, at)")),
        ElementsAre("row 1: mark: is NaN, which is no number",
                    "row 2: at: is infinity, which is no day of the calendar", "3|2|2025-01-01T00:00:00Z",
                    "row 4: mark: is -Infinity, which is no number"));
}

TEST_F(PostgresSource, parametersAndWatermarksAreBoundByTheColumnsType) {
    auto request = asks("SELECT id, learner, at FROM marks WHERE learner = :who OR :who = 'x'");
    request.route.maps["parameters"] = {{"who", "Анна"}};
    request.watermarkColumn = "at";
    request.watermark = "2025-09-15T07:00:00.5Z";
    EXPECT_THAT(rows(request), ElementsAre("1|Анна|2025-09-15T07:00:00.5Z"));
    request.watermark = "2025-09-15T07:00:00.6Z";
    EXPECT_THAT(rows(request), SizeIs(0));
    request.watermark.reset();
    request.route.maps["parameters"] = {{"who", "x'; DROP TABLE marks; --"}};
    EXPECT_THAT(rows(request), SizeIs(0));
    auto named = asks("SELECT id FROM marks WHERE :watermark IS NULL OR id > :watermark ORDER BY id");
    EXPECT_THAT(rows(named), ElementsAre("1", "2"));
    named.watermark = "1";
    EXPECT_THAT(rows(named), ElementsAre("2"));
}

TEST_F(PostgresSource, anOldDatabaseInWindows1251IsReadAndItsBadBytesTold) {
    admin("old",
          "CREATE TABLE people (id int, \"имя\" text); INSERT INTO people VALUES (1, "
          "'Пётр')");
    admin("old", "INSERT INTO people VALUES (2, E'\\x98'), (3, E'\\xC0')");

    EXPECT_THAT(rows(asks("SELECT id, \"имя\" FROM people WHERE \"имя\" <> 'Ы' ORDER BY id", "old")),
                ElementsAre("1|Пётр", "row 2: имя: holds bytes that are no text in CP1251", "3|А"));
}

TEST_F(PostgresSource, aDatabaseThatKnowsNoEncodingIsReadInTheConnections) {
    admin(
        "bytes",
        "CREATE TABLE people (id int, name text); INSERT INTO people VALUES (1, E'\\xC0\\xED\\xED\\xE0'), (2, 'Anna')");
    auto request = asks("SELECT id, name FROM people ORDER BY id", "bytes");

    EXPECT_THAT(rows(request), ElementsAre("row 1: name: holds bytes that are no text in UTF-8", "2|Anna"));
    request.connection.texts["encoding"] = "windows-1251";
    EXPECT_THAT(rows(request), ElementsAre("1|Анна", "2|Anna"));
    auto contradiction = asks("SELECT 1", "lms");
    contradiction.connection.texts["encoding"] = "windows-1251";
    EXPECT_REFUSED(rows(contradiction), Configuration, "says itself that its texts are UTF8");
}

TEST_F(PostgresSource, everyWrongSettingIsSaidForWhatItIs) {
    auto request = asks("SELECT 1");
    EXPECT_NO_THROW(kind.check(request));
    auto password = request;
    password.connection.secrets["password"] = host::sdk::SecretString("wrong-secret-word");
    EXPECT_REFUSED(kind.check(password), Credentials, "user 'tester'");
    EXPECT_THAT(std::string(tests::refusal([&] { kind.check(password); })->what()),
                ::testing::Not(HasSubstr("secret-word")));
    auto user = request;
    user.connection.texts["user"] = "nobody";
    EXPECT_REFUSED(kind.check(user), Credentials, "user 'nobody'");
    EXPECT_REFUSED(kind.check(asks("SELECT 1", "none")), NotThere, "no database 'none'");
    EXPECT_REFUSED(kind.check(asks("SELECT 1", "host=192.0.2.1 dbname=lms")), NotThere, "no database");
    auto port = request;
    port.connection.texts["port"] = "1";
    EXPECT_REFUSED(kind.check(port), Unreachable, "Connection refused");
}

TEST_F(PostgresSource, theCertificateIsVerifiedForTheName) {
    auto unknown = asks("SELECT 1");
    unknown.connection.texts["certificate"] = "";
    EXPECT_REFUSED(kind.check(unknown), Tls, "certificate");
    auto address = asks("SELECT 1");
    address.connection.texts["host"] = "127.0.0.1";
    EXPECT_REFUSED(kind.check(address), Tls, "does not match host name");
    address.connection.texts["tls"] = "off";
    EXPECT_NO_THROW(kind.check(address));
}

TEST_F(PostgresSource, aWrongQueryIsToldWithTheNearestName) {
    EXPECT_REFUSED(rows(asks("SELECT id, lerner FROM marks")), Query, "Did you mean 'learner'?");
    EXPECT_REFUSED(rows(asks("SELECT 'Ёлка', m.\"lerner\" FROM marks m")), Query,
                   "'lerner' that its tables do not have. Did you mean 'learner'?");
    EXPECT_REFUSED(rows(asks("SELECT id FROM public.mark")), Query, "Did you mean 'marks'?");
    EXPECT_REFUSED(rows(asks("SELECT FROM WHERE")), Query, "does not accept the query");
    EXPECT_REFUSED(rows(asks("SELECT learner::int FROM marks WHERE id = 1")), Format, "invalid input syntax");
    EXPECT_REFUSED(rows(asks("SELECT setval('marks_seq', 1) FROM marks")), Query, "");
}

TEST_F(PostgresSource, whoMayNotReadIsToldSo) {
    auto request = asks("SELECT id FROM marks");
    request.connection.texts["user"] = "reader";
    request.connection.secrets["password"] = host::sdk::SecretString("reader-password");
    EXPECT_NO_THROW(kind.check(request));
    EXPECT_REFUSED(rows(request), Rights, "permission denied for table marks");
}

TEST_F(PostgresSource, theSessionItselfCannotWrite) {
    admin("lms", "CREATE SEQUENCE IF NOT EXISTS counter");
    admin("lms", "CREATE FUNCTION sneak() RETURNS int LANGUAGE sql AS 'INSERT INTO marks (id) VALUES (99); SELECT 1'");
    EXPECT_REFUSED(rows(asks("SELECT nextval('counter')")), Query, "only read");
    EXPECT_REFUSED(rows(asks("SELECT sneak()")), Query, "only read");
    EXPECT_REFUSED(rows(asks("SELECT set_config('transaction_read_only', 'off', false), sneak()")), Query, "");
    EXPECT_THAT(rows(asks("SELECT id FROM marks WHERE id = 99")), SizeIs(0));
}

TEST_F(PostgresSource, theTimeLimitEndsAQuery) {
    auto request = asks("SELECT pg_sleep(60)");
    request.route.texts["timeoutSeconds"] = "1";
    EXPECT_REFUSED(rows(request), Timeout, "longer than the 1 s");
}

TEST_F(PostgresSource, aStopEndsAQueryThatWaits) {
    std::stop_source stop;
    auto request = asks("SELECT pg_sleep(60)");
    request.stop = stop.get_token();
    std::jthread stopper([&] {
        // Once the query is seen to run, it is stopped.
        SqlKind other(tests::localSettings());
        while (tests::rowsOf(
                   other,
                   asks("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)' AND state = 'active'"))
                   .empty()) {
        }
        stop.request_stop();
    });
    EXPECT_REFUSED(rows(request), Cancelled, "stopped");
}

TEST_F(PostgresSource, aConnectionLostHalfWayIsInterrupted) {
    const auto reader =
        kind.open(asks("SELECT pg_backend_pid() AS pid, repeat('x', 1000) FROM generate_series(1, 1000000)"));
    host::sdk::SourceRow row;
    ASSERT_TRUE(reader->next(row));

    admin("postgres", "SELECT pg_terminate_backend(" + *row.cells[0] + ")");

    std::size_t read = 1;
    EXPECT_REFUSED(while (reader->next(row))++ read, Interrupted, "was lost");
    EXPECT_LT(read, 1000000U);
    EXPECT_EQ(row.place, "row " + std::to_string(read));
}

TEST_F(PostgresSource, aTryTakesTenRowsOfMillionsAtOnce) {
    auto request = asks("SELECT i FROM generate_series(1, 100000000) i");
    request.limit = 10;
    EXPECT_THAT(rows(request), SizeIs(10));
}

}  // namespace
