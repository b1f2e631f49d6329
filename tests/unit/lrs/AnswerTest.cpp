#include "plugin/AnswerText.h"
#include "plugin/lrs/Answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::lrs;
using testing::ElementsAre;
using testing::Field;

namespace {

std::vector<std::string> ids(std::size_t count) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < count; ++i) result.push_back(fmt::format("00000000-0000-4000-8000-{:012}", i));
    return result;
}

auto at(std::size_t index) {
    return Field(&PostOutcome::Culprit::index, index);
}

std::optional<std::chrono::seconds> wait(const std::string& retry, const std::string& date = {}) {
    host::sdk::OutboundResponse response;
    response.headers = {{"retry-after", retry}, {"date", date}};
    return retryAfter(response);
}

}  // namespace

TEST(Answer, understandsBothShapesOfAnError) {
    const auto warned = parseErrorBody(R"({"errorId":"e1","warnings":["one","two"]})");
    const auto told = parseErrorBody(R"({"errorId":"e2","message":"Unauthorised"})");

    EXPECT_THAT(warned.warnings, ElementsAre("one", "two"));
    EXPECT_EQ(warned.words(), "one; two");
    EXPECT_EQ(told.errorId, "e2");
    EXPECT_EQ(told.message, "Unauthorised");
}

class NoError : public testing::TestWithParam<const char*> {};
TEST_P(NoError, isNotOfTheLrs) {
    EXPECT_FALSE(parseErrorBody(GetParam()).isOfLrs());
}
INSTANTIATE_TEST_SUITE_P(Table, NoError,
                         testing::Values("", "<html></html>", "[]", "null", "5", "\"errorId\"", "{", R"({"errorId":5})",
                                         R"({"errorId":null,"warnings":5})", R"({"message":"x"})",
                                         "{\"errorId\":\"\xff\"}"));

TEST(Answer, ofAnyDepthIsNoError) {
    for (const std::string& deep : {std::string(1'000'000, '['), "{\"errorId\":" + std::string(1'000'000, '['),
                                    std::string(200'000, '[') + std::string(200'000, ']')}) {
        EXPECT_FALSE(parseErrorBody(deep).isOfLrs());
        EXPECT_FALSE(parseIds(deep));
    }
}

TEST(Answer, readsAllDigitsOfAnIndex) {
    const auto error =
        parseErrorBody(R"({"errorId":"e","warnings":["Missing required value in 'statements.117.verb'"]})");
    EXPECT_THAT(culprits(400, error, ids(200)), ElementsAre(at(117)));
}

TEST(Answer, namesEachStatementOnceWithAllItsReasons) {
    const auto error = parseErrorBody(
        R"({"errorId":"e","warnings":["Missing required value in 'statements.12.verb'","Problem in 'statements.3.actor.mbox'. Received '\"a@b\"'","Unknown keys (foo) set in 'statements.12'"]})");

    const auto found = culprits(400, error, ids(20));

    ASSERT_THAT(found, ElementsAre(at(3), at(12)));
    EXPECT_EQ(found[1].reason,
              "Missing required value in 'statements.12.verb'; Unknown keys (foo) set in 'statements.12'");
    EXPECT_FALSE(found[1].conflict);
}

TEST(Answer, isNotMisledByTheNameOfAnUnknownKey) {
    const auto error =
        parseErrorBody(R"({"errorId":"e","warnings":["Unknown keys (x in 'statements.1.y) set in 'statements.7'"]})");
    EXPECT_THAT(culprits(400, error, ids(20)), ElementsAre(at(7)));
}

TEST(Answer, isNotMisledByWhatWasReceived) {
    const auto error = parseErrorBody(
        R"({"errorId":"e","warnings":["Problem in 'statements.2.id'. Received '\"in 'statements.5\"'"]})");
    EXPECT_THAT(culprits(400, error, ids(20)), ElementsAre(at(2)));
}

TEST(Answer, ignoresAnIndexBeyondTheBatch) {
    const auto error =
        parseErrorBody(R"({"errorId":"e","warnings":["Missing required value in 'statements.20.verb'"]})");
    EXPECT_TRUE(culprits(400, error, ids(20)).empty());
}

TEST(Answer, findsAConflictById) {
    const auto error =
        parseErrorBody(R"({"errorId":"e","message":"00000000-0000-4000-8000-000000000004 is conflicting"})");

    const auto found = culprits(409, error, ids(9));

    ASSERT_THAT(found, ElementsAre(at(4)));
    EXPECT_TRUE(found[0].conflict);
    EXPECT_EQ(found[0].reason, error.message);
}

TEST(Answer, takesOutTheSecondOfADuplicate) {
    auto batch = ids(4);
    batch[3] = batch[1];
    const auto error = parseErrorBody(
        R"({"errorId":"e","message":"00000000-0000-4000-8000-000000000001 is duplicated in the current batch"})");

    const auto found = culprits(400, error, batch);

    ASSERT_THAT(found, ElementsAre(at(3)));
    EXPECT_FALSE(found[0].conflict);
}

TEST(Answer, namesNobodyWhenTheMessageDoesNot) {
    EXPECT_TRUE(
        culprits(400, parseErrorBody(R"({"errorId":"e","message":"Expected valid JSON in body"})"), ids(3)).empty());
}

TEST(Answer, cutsAReasonAtFiveHundredBytes) {
    const auto error = parseErrorBody(R"({"errorId":"e","warnings":["Problem in 'statements.0.id'. Received ')" +
                                      std::string(2000, 'x') + R"('"]})");
    EXPECT_EQ(culprits(400, error, ids(1)).at(0).reason.size(), 500u);
}

TEST(Answer, keepsASecretThatTheServerEchoesOutOfAReason) {
    const auto error =
        parseErrorBody(R"({"errorId":"e","warnings":["Problem in 'statements.0.id'. Received 'pass'"]})");
    EXPECT_EQ(culprits(400, error, ids(1), {"pass"}).at(0).reason, "Problem in 'statements.0.id'. Received '***'");
}

TEST(Answer, readsRetryAfterInSeconds) {
    EXPECT_EQ(wait("120"), std::chrono::seconds(120));
    EXPECT_EQ(wait("99999999999999999999"), std::chrono::hours(7 * 24));
}

TEST(Answer, readsRetryAfterAsADateByTheServersOwnClock) {
    EXPECT_EQ(wait("Sun, 22 Nov 2026 06:55:14 GMT", "Sun, 22 Nov 2026 06:53:14 GMT"), std::chrono::seconds(120));
    EXPECT_EQ(wait("Sun, 22 Nov 2026 06:50:14 GMT", "Sun, 22 Nov 2026 06:53:14 GMT"), std::chrono::seconds(0));
}

TEST(Answer, ignoresARetryAfterThatIsNeither) {
    EXPECT_EQ(wait(""), std::nullopt);
    EXPECT_EQ(wait("soon"), std::nullopt);
    EXPECT_EQ(wait("-5"), std::nullopt);
}

TEST(AnswerText, isValidWhateverCame) {
    EXPECT_EQ(plugin::answerText("a\xff\x01z", 100), "a\xef\xbf\xbd z");
}

TEST(AnswerText, isCutAtACharactersBorder) {
    EXPECT_EQ(plugin::answerText("тест", 5), "те");
}

TEST(AnswerText, hidesSecretsThatTheServerEchoes) {
    EXPECT_EQ(plugin::answerText("key=SECRET; again SECRET", 100, {"SECRET"}), "key=***; again ***");
}
