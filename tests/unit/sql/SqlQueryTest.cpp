#include "host/connectors/sql/SqlQuery.h"
#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>

namespace {

using namespace host::connectors::sql;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tests::SourceError;
using tests::SourceRequest;

SourceRequest routeOf(const std::string& query) {
    return tests::sqlRequest("postgresql", "d", query);
}

void accepted(const char* sql, Dialect dialect) {
    EXPECT_FALSE(tests::refusal([&] { parseQuery(sql, dialect); })) << sql;
}

void refused(const char* sql, Dialect dialect) {
    const auto error = tests::refusal([&] { parseQuery(sql, dialect); });
    ASSERT_TRUE(error) << sql;
    EXPECT_EQ(error->kind(), SourceError::Kind::Query) << sql;
    EXPECT_FALSE(error->fix().empty()) << sql;
}

TEST(SqlQuery, oneSelectIsTaken) {
    for (const auto dialect : {Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql, Dialect::Odbc}) {
        accepted("SELECT 1", dialect);
        accepted("  select a from b ;  ", dialect);
        accepted("-- why\nSELECT 1 /* ; DELETE */ -- ; DROP TABLE x", dialect);
        accepted("WITH a AS (SELECT 1) SELECT * FROM a", dialect);
        accepted("(SELECT 1) UNION ALL (SELECT 2)", dialect);
        accepted("SELECT 'DELETE FROM x; it''s', \"update\" FROM t", dialect);
        accepted("SELECT t.update, replace(a, 'x', 'y'), insert(a, 1, 2, 'b') FROM t", dialect);
        accepted("SELECT deleted, updated_at, created FROM t FOR JSON", dialect);
    }
}

TEST(SqlQuery, whateverElseIsRefused) {
    for (const auto dialect : {Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql, Dialect::Odbc}) {
        for (const char* sql : {"",
                                "   ",
                                ";",
                                "-- only a comment",
                                "INSERT INTO t VALUES (1)",
                                "UPDATE t SET a = 1",
                                "DELETE FROM t",
                                "DROP TABLE t",
                                "SELECT 1; SELECT 2",
                                "SELECT 1; DROP TABLE t",
                                "SELECT 1;; SELECT 2",
                                "WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a",
                                "WITH a AS (SELECT 1) UPDATE t SET b = 1",
                                "SELECT * INTO copy FROM t",
                                "SELECT * FROM t FOR UPDATE",
                                "SELECT * FROM t FOR NO KEY UPDATE",
                                "SELECT * FROM t FOR SHARE",
                                "SELECT * FROM t LOCK IN SHARE MODE",
                                "EXPLAIN SELECT 1",
                                "PRAGMA writable_schema = 1",
                                "CALL p()",
                                "SET a = 1",
                                "COPY t TO PROGRAM 'sh'",
                                "VALUES (1)",
                                "SELECT 'open",
                                "SELECT 1 /* open",
                                "SELECT \"open",
                                "ATTACH 'x' AS y",
                                "EXEC xp_cmdshell 'dir'",
                                "(((",
                                "SELECT lo_create(7)",
                                "SELECT pg_catalog.lo_unlink (7)",
                                "SELECT load_file('/etc/passwd')",

                                "SELECT a INTO OUTFILE '/tmp/x' FROM t"})
            refused(sql, dialect);
    }
}

TEST(SqlQuery, quotesOfOneDatabaseHideNothingFromAnother) {
    // What is inside of quotes here stands outside of them there.
    refused("SELECT '\\'; DELETE FROM t -- '", Dialect::Postgres);
    accepted("SELECT '\\'; DELETE FROM t -- '", Dialect::Mysql);
    refused("SELECT $$'$$; DELETE FROM t; --'", Dialect::Postgres);
    refused("SELECT $a$ x $$ $a$; DROP TABLE t", Dialect::Postgres);
    accepted("SELECT $a$; DROP TABLE t $a$", Dialect::Postgres);
    refused("SELECT E'\\''; DELETE FROM t; --'", Dialect::Postgres);
    refused("SELECT /* /* */ 1; DELETE FROM t --*/", Dialect::Mysql);
    accepted("SELECT /* /* */ 1; DELETE FROM t */ 2", Dialect::Postgres);
    refused("SELECT 1 /*!50000 ; DELETE FROM t */", Dialect::Mysql);
    refused("SELECT 1 /*M! INTO OUTFILE 'x' */", Dialect::Mysql);
    refused("SELECT 1 # a\n; DELETE FROM t", Dialect::Mysql);
    accepted("SELECT 1 # ; DELETE FROM t", Dialect::Mysql);
    refused("SELECT 1 --1; DELETE FROM t", Dialect::Mysql);
    refused("SELECT [a]]; DELETE FROM t; --]", Dialect::Odbc);
    refused("SELECT `a``; DELETE` FROM t; DELETE FROM t", Dialect::Mysql);
}

TEST(SqlQuery, parametersAreFoundOutsideOfQuotesOnly) {
    const auto parsed = parseQuery("SELECT ':no', a::int, \":no\", b[1:2] FROM t WHERE c = :from AND d < :to -- :no",
                                   Dialect::Postgres);

    EXPECT_THAT(parsed.parameters, ElementsAre("from", "to"));
    EXPECT_THAT(parsed.pieces,
                ElementsAre("SELECT ':no', a::int, \":no\", b[1:2] FROM t WHERE c = ", " AND d < ", " -- :no"));
}

TEST(SqlQuery, valuesAreBoundInTheOrderOfTheirPlaces) {
    auto request = routeOf("SELECT a FROM t WHERE b = :x AND c = :y AND d = :x");
    request.route.maps["parameters"] = {{"y", "2'; DROP TABLE t --"}, {"x", "1"}};

    const auto numbered = planQuery(request, Dialect::Postgres);
    const auto marked = planQuery(request, Dialect::Mysql);

    EXPECT_EQ(numbered.sql, "SELECT a FROM t WHERE b = $1 AND c = $2 AND d = $3");
    EXPECT_THAT(numbered.values, ElementsAre("1", "2'; DROP TABLE t --", "1"));
    EXPECT_EQ(marked.sql, "SELECT a FROM t WHERE b = ? AND c = ? AND d = ?");
    EXPECT_THAT(marked.values, ElementsAre("1", "2'; DROP TABLE t --", "1"));
}

TEST(SqlQuery, aParameterWithoutValueOrPlaceIsNamed) {
    auto request = routeOf("SELECT a FROM t WHERE b = :course");
    request.route.maps["parameters"] = {};
    EXPECT_REFUSED(planQuery(request, Dialect::Postgres), Configuration, "':course' has no value");
    request.route.maps["parameters"] = {{"course", "1"}, {"cuorse", "2"}};
    EXPECT_REFUSED(planQuery(request, Dialect::Postgres), Configuration, "'cuorse' is not in its query");
    request.route.maps["parameters"] = {{"course", "1"}, {"watermark", "2"}};
    EXPECT_REFUSED(planQuery(request, Dialect::Postgres), Configuration, "which the server gives itself");
}

TEST(SqlQuery, theWatermarkIsPutAroundAQueryThatDoesNotNameIt) {
    auto request = routeOf("SELECT a, t FROM x -- all of them");
    request.watermarkColumn = "t\"";
    request.watermark = "17";

    const auto query = planQuery(request, Dialect::Postgres);

    EXPECT_EQ(query.sql,
              "SELECT * FROM (\nSELECT a, t FROM x -- all of them\n) source_rows WHERE \"t\"\"\" >= $1 OR \"t\"\"\" IS "
              "NULL ORDER BY \"t\"\"\"");
    EXPECT_THAT(query.values, ElementsAre("17"));
}

TEST(SqlQuery, aWatermarkThatTheQueryNamesIsBoundAndNothingIsPutAround) {
    auto request = routeOf("SELECT a, t FROM x WHERE (:watermark IS NULL OR t >= :watermark) ORDER BY t;");
    request.watermarkColumn = "t";

    const auto query = planQuery(request, Dialect::Sqlite);

    EXPECT_EQ(query.sql, "SELECT a, t FROM x WHERE (?1 IS NULL OR t >= ?1) ORDER BY t");
    EXPECT_THAT(query.values, ElementsAre(std::nullopt));
}

}  // namespace
