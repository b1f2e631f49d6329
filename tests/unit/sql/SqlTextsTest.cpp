#include "host/connectors/sql/SqlErrors.h"
#include "host/connectors/sql/SqlTexts.h"
#include "tests/support/SqlSource.h"

#include <gmock/gmock.h>

namespace {

using namespace host::connectors::sql;

bool isRussian(const std::string& text) {
    return text.find("\xD0") != std::string::npos;
}

TEST(SqlTexts, everyErrorAndItsFixIsSaidInRussian) {
    const auto book = common::phrasebook(sqlPhrases());
    Target target;
    target.database = "moodle";
    target.host = "db.example.org";
    target.user = "reader";
    for (const auto& error : {unreachable(target, "no answer in time"), badTls(target, "x"), wrongCredentials(target),
                              noAccess(target, "x"), noDatabase(target), tooManyConnections(target), noTable("a", {}),
                              noTable("mark", {"marks"}), noColumn("a", {}), noRight("x"), notUnderstood("x"),
                              badData("x"), writes(), tooLong(target), interrupted(target, "x"), cancelled()}) {
        EXPECT_TRUE(isRussian(book.text(error.what()))) << error.what();
        EXPECT_TRUE(isRussian(book.text(error.fix()))) << error.fix();
    }
    for (const auto& problem : {notText("a", "CP1251"), bytesProblem("a"), tooLarge("a", 10), notFinite("a", "NaN"),
                                beyondTime("a", "infinity")}) {
        EXPECT_TRUE(isRussian(book.text(problem.reason))) << problem.reason;
        EXPECT_TRUE(isRussian(book.text(problem.fix))) << problem.fix;
    }
    for (const char* sql : {"", "DROP TABLE t", "SELECT 1; SELECT 2", "SELECT 1 INTO x", "SELECT 'a",
                            "SELECT 1 FOR UPDATE", "SELECT ?"}) {
        const auto error = tests::refusal([&] { parseQuery(sql, Dialect::Sqlite); });
        ASSERT_TRUE(error) << sql;
        EXPECT_TRUE(isRussian(book.text(error->what()))) << error->what();
        EXPECT_TRUE(isRussian(book.text(error->fix()))) << error->fix();
    }
}

}  // namespace
