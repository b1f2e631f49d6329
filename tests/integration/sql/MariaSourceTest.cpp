/// A MariaDB of the test's own, as a source.

#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>

#include <mariadb/mysql.h>

namespace {

using host::connectors::sql::SqlKind;
using host::sdk::SourceRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct MariaSource : ::testing::Test {
    static void SetUpTestSuite() {
        server = new tests::Peer("mariadb");
        admin("CREATE DATABASE lms");
        admin(
            "CREATE TABLE lms.marks (id bigint unsigned, learner text, mark decimal(5,2), at timestamp(3) NULL, local "
            "datetime, day date, "
            "passed bit(1), ratio double, share float, code char(6), work blob, tiny tinyint(1))");
        admin(
            "INSERT INTO lms.marks VALUES (18446744073709551615, 'Анна', 85.50, '2025-09-15 07:00:00.5', '2025-09-15 "
            "10:00:00', "
            "'2025-09-15', b'1', 0.1, 0.1, 'ab', 'x', 1), (2, NULL, NULL, NULL, '0000-00-00 00:00:00', '0000-00-00', "
            "NULL, NULL, NULL, NULL, "
            "NULL, NULL)");
        admin("CREATE USER reader@'%' IDENTIFIED BY 'reader-password'");
        admin("CREATE TABLE lms.mine (id int)");
        admin("GRANT SELECT ON lms.mine TO reader@'%'");
    }
    static void TearDownTestSuite() {
        delete server;
        server = nullptr;
    }

    static void admin(const std::string& sql) {
        MYSQL* const connection = mysql_init(nullptr);
        mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        const unsigned port = static_cast<unsigned>(std::stoul((*server)["port"]));
        ASSERT_TRUE(mysql_real_connect(connection, "127.0.0.1", "tester", (*server)["password"].c_str(), nullptr, port,
                                       nullptr, 0))
            << mysql_error(connection);
        mysql_query(connection, "SET sql_mode = '', time_zone = '+00:00'");
        EXPECT_EQ(mysql_query(connection, sql.c_str()), 0) << mysql_error(connection);
        mysql_close(connection);
    }
    static SourceRequest asks(const std::string& query, const std::string& database = "lms") {
        return tests::sqlRequest("mysql", *server, database, query);
    }
    std::vector<std::string> rows(const SourceRequest& request) { return tests::rowsOf(kind, request); }

    static inline tests::Peer* server = nullptr;
    SqlKind kind{tests::localSettings()};
};

TEST_F(MariaSource, everyTypeComesAsTheContractSays) {
    EXPECT_THAT(
        rows(asks(
            "SELECT id, learner, mark, at, local, day, passed, ratio, share, code, tiny FROM marks ORDER BY id DESC")),
        ElementsAre("18446744073709551615|Анна|85.50|2025-09-15T07:00:00.500000Z|2025-09-15 "
                    "10:00:00|2025-09-15|true|0.1|0.1|ab|1",
                    "2|-|-|-|-|-|-|-|-|-|-"));
}

TEST_F(MariaSource, bytesAreRefusedWithAWordWhereTheyAreRead) {
    auto request = asks("SELECT code, work FROM marks ORDER BY id");
    EXPECT_THAT(rows(request), ElementsAre("-|-", "ab|-"));
    request.columns = {"work"};
    EXPECT_REFUSED(rows(request), Format, "'work' holds bytes");
}

TEST_F(MariaSource, parametersAndWatermarksAreBound) {
    auto request = asks("SELECT code, :who AS who, at FROM marks WHERE learner = :who");
    request.route.maps["parameters"] = {{"who", "Анна"}};
    EXPECT_THAT(rows(request), ElementsAre("ab|Анна|2025-09-15T07:00:00.500000Z"));
    request.watermarkColumn = "at";
    request.watermark = "2025-09-15 07:00:00.5";
    EXPECT_THAT(rows(request), SizeIs(1));
    request.route.maps["parameters"] = {{"who", "' OR 1=1; -- \\"}};
    EXPECT_THAT(rows(request), SizeIs(0));
    auto numbers = asks("SELECT code FROM marks WHERE id >= :watermark");
    numbers.watermark = "3";
    EXPECT_THAT(rows(numbers), ElementsAre("ab"));
}

TEST_F(MariaSource, longTextsComeWhole) {
    admin("CREATE TABLE lms.essays (id int, body longtext)");
    admin(
        "INSERT INTO lms.essays VALUES (1, 'a'), (2, REPEAT('ё', 200000)), (3, REPEAT('b', 300)), (4, REPEAT('c', "
        "9000000))");

    const auto all = rows(asks("SELECT body FROM essays ORDER BY id"));

    ASSERT_THAT(all, SizeIs(4));
    EXPECT_EQ(all[0], "a");
    EXPECT_EQ(all[1].size(), 400000U);
    EXPECT_EQ(all[2], std::string(300, 'b'));
    EXPECT_THAT(all[3], HasSubstr("row 4: body: is longer than"));
}

TEST_F(MariaSource, columnsInOtherEncodingsAreReadAndBadBytesTold) {
    admin(
        "CREATE TABLE lms.people (id int, new varchar(50) CHARACTER SET utf8mb4, old varchar(50) CHARACTER SET cp1251, "
        "wide "
        "varchar(50) CHARACTER SET utf16, lie varchar(50) CHARACTER SET latin1)");
    admin("INSERT INTO lms.people VALUES (1, 'Анна', 'Анна', 'Анна', X'C0EDEDE0'), (2, 'Анна', X'98', 'Анна', 'x')");
    auto request = asks("SELECT id, new, old, wide, lie FROM people ORDER BY id");

    EXPECT_THAT(rows(request),
                ElementsAre("1|Анна|Анна|Анна|Àííà", "row 2: old: holds bytes that are no text in CP1251"));
    request.connection.texts["encoding"] = "windows-1251";
    EXPECT_EQ(rows(request)[0], "1|Анна|Анна|Анна|Анна") << "what clients of old put into a column that says Latin";
}

TEST_F(MariaSource, everyWrongSettingIsSaidForWhatItIs) {
    auto request = asks("SELECT 1");
    EXPECT_NO_THROW(kind.check(request));
    auto password = request;
    password.connection.secrets["password"] = host::sdk::SecretString("wrong-secret-word");
    EXPECT_REFUSED(kind.check(password), Credentials, "user 'tester'");
    EXPECT_REFUSED(kind.check(asks("SELECT 1", "none")), NotThere, "no database 'none'");
    auto port = request;
    port.connection.texts["port"] = "1";
    EXPECT_REFUSED(kind.check(port), Unreachable, "nobody answers");
    auto reader = asks("SELECT id FROM marks");
    reader.connection.texts["user"] = "reader";
    reader.connection.secrets["password"] = host::sdk::SecretString("reader-password");
    EXPECT_REFUSED(rows(reader), Rights, "denied");
    EXPECT_NO_THROW(kind.check(reader));
}

TEST_F(MariaSource, theCertificateIsVerifiedForTheNameThoughTheAddressIsConnectedTo) {
    auto unknown = asks("SELECT 1");
    unknown.connection.texts["certificate"] = "";
    EXPECT_REFUSED(kind.check(unknown), Tls, "certificate");
    auto address = asks("SELECT 1");
    address.connection.texts["host"] = "127.0.0.1";
    EXPECT_REFUSED(kind.check(address), Tls, "ertificate");
    address.connection.texts["tls"] = "off";
    EXPECT_NO_THROW(kind.check(address));
}

TEST_F(MariaSource, aWrongQueryIsToldWithTheNearestName) {
    EXPECT_REFUSED(rows(asks("SELECT id, lerner FROM marks")), Query, "Did you mean 'learner'?");
    EXPECT_REFUSED(rows(asks("SELECT m.lerner FROM marks m")), Query, "Did you mean 'learner'?");
    EXPECT_REFUSED(rows(asks("SELECT id FROM mark")), Query, "Did you mean 'marks'?");
    EXPECT_REFUSED(rows(asks("SELECT FROM WHERE")), Query, "does not accept the query");
}

TEST_F(MariaSource, theSessionItselfCannotWrite) {
    admin("CREATE FUNCTION lms.sneak() RETURNS int BEGIN INSERT INTO lms.mine VALUES (99); RETURN 1; END");
    EXPECT_REFUSED(rows(asks("SELECT sneak()")), Query, "only read");
    EXPECT_THAT(rows(asks("SELECT id FROM mine")), SizeIs(0));
}

TEST_F(MariaSource, theTimeLimitEndsAQuery) {
    auto request = asks("SELECT SLEEP(60) FROM marks");
    request.route.texts["timeoutSeconds"] = "1";
    EXPECT_REFUSED(rows(request), Timeout, "longer than the 1 s");
}

TEST_F(MariaSource, aConnectionLostHalfWayIsInterrupted) {
    const auto reader = kind.open(asks("SELECT CONNECTION_ID() AS id, REPEAT('x', 1000) FROM seq_1_to_1000000"));
    host::sdk::SourceRow row;
    ASSERT_TRUE(reader->next(row));

    admin("KILL " + *row.cells[0]);

    EXPECT_REFUSED(while (reader->next(row)){}, Interrupted, "was lost");
}

TEST_F(MariaSource, aTryTakesTenRowsOfMillionsAtOnce) {
    auto request = asks("SELECT seq FROM seq_1_to_100000000");
    request.limit = 10;
    EXPECT_THAT(rows(request), SizeIs(10));
}

}  // namespace
