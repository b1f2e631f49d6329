#include "plugin/lrs/SameStatement.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::lrs;
using testing::HasSubstr;
using Outcome = Comparison::Outcome;

namespace {

const std::string kId = "0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001";

std::string statement(const std::string& rest, const std::string& id = kId) {
    return fmt::format(R"({{"id":"{}",{}}})", id, rest);
}

TEST(SameStatement, isOneWithWhatTheLrsAdds) {
    auto found = compareStatements(statement(R"("actor":{"name":"\u0410"},"timestamp":"2026-01-10T09:15:00Z")"),
                                   statement(R"("timestamp":"2026-01-10T09:15:00.000Z","stored":"x","version":"1.0.0",)"
                                             R"("authority":{"name":"LRS"},"actor":{"name":"А"})"));

    EXPECT_EQ(found.outcome, Outcome::Same);
}

TEST(SameStatement, takesNumbersByValueAndTheIdInAnyCase) {
    EXPECT_EQ(compareStatements(statement(R"("result":{"score":{"raw":5.0}})"),
                                R"({"id":"0B0F6B0E-7C53-5F7E-8A11-0D6F2B5B2001","result":{"score":{"raw":5}}})")
                  .outcome,
              Outcome::Same);
}

TEST(SameStatement, isOneWithWhatGoesWithoutSaying) {
    const auto ours = statement(R"("object":{"id":"o"},"context":{"contextActivities":{"parent":{"id":"p"}}})");

    EXPECT_EQ(
        compareStatements(ours, statement(R"("object":{"objectType":"Activity","id":"o"},"context":)"
                                          R"({"contextActivities":{"parent":[{"objectType":"Activity","id":"p"}]}})"))
            .outcome,
        Outcome::Same);
    EXPECT_EQ(compareStatements(ours, statement(R"("object":{"objectType":"StatementRef","id":"o"})")).outcome,
              Outcome::Differs);
    EXPECT_EQ(compareStatements(ours, statement(R"("object":{"id":"o"},"context":{"contextActivities":{"parent":)"
                                                R"([{"id":"p"},{"id":"q"}]}})"))
                  .where,
              "/context/contextActivities/parent");
}

TEST(SameStatement, tellsWhereAndWhatDiffers) {
    const std::string longText(500, 'x');
    auto found =
        compareStatements(statement(R"("object":{"definition":{"name":{"ru/RU":")" + longText + R"(Дневник"}}})"),
                          statement(R"("object":{"definition":{"name":{"ru/RU":")" + longText + R"(Дн�вник"}}})"));

    EXPECT_EQ(found.outcome, Outcome::Differs);
    EXPECT_EQ(found.where, "/object/definition/name/ru~1RU");
    EXPECT_THAT(found.ours, HasSubstr("Дневник"));
    EXPECT_THAT(found.theirs, HasSubstr("Дн�вник"));
    EXPECT_LT(found.ours.size(), 220u);
}

TEST(SameStatement, missesAMemberOnEitherSide) {
    EXPECT_EQ(compareStatements(statement(R"("result":{"success":true})"), statement(R"("actor":{})")).where, "/actor");
    EXPECT_EQ(compareStatements(statement(R"("actor":{})"), statement(R"("actor":{},"result":{})")).where, "/result");
    EXPECT_EQ(compareStatements(statement(R"("attachments":[1])"), statement(R"("attachments":[1,2])")).where,
              "/attachments");
    EXPECT_EQ(compareStatements(statement(R"("verb":{"id":"PT120S"})"), statement(R"("verb":{"id":"PT2M"})")).where,
              "/verb/id");
}

TEST(SameStatement, saysNothingOfWhatIsNoStatementOrAnother) {
    const auto ours = statement(R"("actor":{})");
    for (const std::string& answer : {std::string("<html>"), std::string("[]"), std::string("{}"), std::string(""),
                                      statement(R"("actor":{})", "0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2002"),
                                      statement(R"("actor":)" + std::string(200'000, '[') + std::string(200'000, ']'))})
        EXPECT_EQ(compareStatements(ours, answer).outcome, Outcome::NoStatement) << answer.substr(0, 80);
}

}  // namespace
