#include "plugin/lrs/LrsClient.h"
#include "tests/support/StubHttp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::lrs;
using Kind = host::sdk::OutboundError::Kind;
using testing::HasSubstr;

namespace {

constexpr const char* kEmptyList = R"({"more":"","statements":[]})";
constexpr const char* kFourWarnings =
    R"({"errorId":"8a0ee410","warnings":["Missing required value in 'statements.0.actor'","Missing required value in 'statements.0.verb'","Missing required value in 'statements.0.object'","Unknown keys (Test) set in 'statements.0'"]})";

CheckReport check(tests::StubHttp& http) {
    Settings settings;
    settings.endpoint = "https://lrs.example.net/data/xAPI";
    settings.basic = basicFrom("lrs-key", "lrs-secret");
    return LrsClient(http, settings).check(std::chrono::seconds(30), {});
}

}  // namespace

TEST(LrsCheck, passesOnTheFourWarnings) {
    tests::StubHttp http;
    http.answer(200, kEmptyList).answer(400, kFourWarnings);

    const auto report = check(http);

    EXPECT_TRUE(report.passed);
    ASSERT_EQ(report.steps.size(), 2u);
    EXPECT_EQ(report.steps[0].code, "ok");
    EXPECT_EQ(report.steps[1].code, "ok");
    EXPECT_EQ(report.steps[1].errorId, "8a0ee410");
    EXPECT_EQ(report.postAnswer, kFourWarnings);
    EXPECT_EQ(http.asked.at(0).url, "https://lrs.example.net/data/xAPI/statements?limit=1");
    EXPECT_EQ(http.asked.at(1).body, R"({"Test":"\u0442\u0435\u0441\u0442"})");
}

struct Row {
    const char* name;
    int status;
    const char* body;
    const char* code;
    const char* fix;
};

class GetRow : public testing::TestWithParam<Row> {};
TEST_P(GetRow, isExplained) {
    tests::StubHttp http;
    http.answer(GetParam().status, GetParam().body,
                {{"content-type", GetParam().body[0] == '<' ? "text/html" : "application/json"}});

    const auto report = check(http);

    EXPECT_FALSE(report.passed);
    ASSERT_EQ(report.steps.size(), 1u);
    EXPECT_EQ(report.steps[0].code, GetParam().code);
    EXPECT_THAT(report.steps[0].fix, HasSubstr(GetParam().fix));
    EXPECT_FALSE(report.steps[0].cause.empty());
    EXPECT_THAT(report.steps[0].observed, HasSubstr("HTTP " + std::to_string(GetParam().status)));
}
INSTANTIATE_TEST_SUITE_P(
    Table, GetRow,
    testing::Values(Row{"path", 404, "<html>Cannot GET</html>", "wrong-path", "/data/xAPI"},
                    Row{"moved", 301, "", "wrong-path", "/data/xAPI"},
                    Row{"header", 400,
                        R"({"errorId":"e","warnings":["Missing required value in 'header.X-Experience-API-Version'"]})",
                        "version-header", "X-Experience-API-Version"},
                    Row{"basic", 401, R"({"errorId":"e","message":"Unauthorised"})", "unauthorized", "Basic"},
                    Row{"disabled", 403, R"({"errorId":"e403","message":"Your client has been disabled"})", "forbidden",
                        "e403"},
                    Row{"busy", 429, "", "server-trouble", "позже"},
                    Row{"down", 503, "<html>", "server-trouble", "позже"},
                    Row{"other400", 400, "<html>WAF</html>", "unexpected-answer", "прокси"}),
    [](const auto& row) { return std::string(row.param.name); });

class PostRow : public testing::TestWithParam<Row> {};
TEST_P(PostRow, isExplained) {
    tests::StubHttp http;
    http.answer(200, kEmptyList).answer(GetParam().status, GetParam().body);

    const auto report = check(http);

    EXPECT_FALSE(report.passed);
    ASSERT_EQ(report.steps.size(), 2u);
    EXPECT_TRUE(report.steps[0].passed);
    EXPECT_EQ(report.steps[1].code, GetParam().code);
    EXPECT_THAT(report.steps[1].fix, HasSubstr(GetParam().fix));
}
INSTANTIATE_TEST_SUITE_P(
    Table, PostRow,
    testing::Values(
        Row{"catchAll", 200, "[]", "not-validating", "Адрес неверен"},
        Row{"noContent", 204, "", "not-validating", "Адрес неверен"},
        Row{"otherWarnings", 400, R"({"errorId":"e","warnings":["Missing required value in 'statements.0.actor'"]})",
            "unexpected-answer", "Сверьте"},
        Row{"warningsWithoutErrorId", 400,
            R"({"warnings":["Missing required value in 'statements.0.actor'","Missing required value in 'statements.0.verb'","Missing required value in 'statements.0.object'","Unknown keys (Test) set in 'statements.0'"]})",
            "unexpected-answer", "Сверьте"},
        Row{"notJson", 400, "Bad Request", "unexpected-answer", "Сверьте"},
        Row{"header", 400,
            R"({"errorId":"e","warnings":["Missing required value in 'header.X-Experience-API-Version'"]})",
            "version-header", "X-Experience-API-Version"},
        Row{"readOnly", 403, R"({"errorId":"e77","message":"Forbidden"})", "forbidden", "e77"},
        Row{"down", 500, "{}", "server-trouble", "позже"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(LrsCheck, showsTheFirstTwoHundredCharactersOfWhatSomethingElseAnswered) {
    tests::StubHttp http;
    http.answer(200, kEmptyList).answer(400, "<html>blocked" + std::string(1000, 'x'));

    const auto step = check(http).steps.at(1);

    EXPECT_THAT(step.cause, HasSubstr("<html>blockedx"));
    EXPECT_LT(step.cause.size(), 400u);
}

TEST(LrsCheck, leavesASiteThatAnswersEverythingWith200ToThePost) {
    tests::StubHttp http;
    http.answer(200, "<html>site</html>");

    const auto report = check(http);

    EXPECT_TRUE(report.steps.at(0).warning);
    EXPECT_EQ(report.steps.at(1).code, "not-validating");
}

struct Silence {
    Kind kind;
    const char* reason;
    const char* code;
    const char* cause;
};
class NoAnswerRow : public testing::TestWithParam<Silence> {};
TEST_P(NoAnswerRow, isExplained) {
    tests::StubHttp http;
    http.fail(GetParam().kind, false, GetParam().reason);

    const auto step = check(http).steps.at(0);

    EXPECT_EQ(step.code, GetParam().code);
    EXPECT_THAT(step.cause, HasSubstr(GetParam().cause));
    EXPECT_FALSE(step.fix.empty());
    EXPECT_FALSE(step.observed.empty());
    EXPECT_EQ(step.status, 0);
}
INSTANTIATE_TEST_SUITE_P(Table, NoAnswerRow,
                         testing::Values(Silence{Kind::Dns, "", "dns", "Адрес"},
                                         Silence{Kind::Refused, "", "refused", "межсетевым экраном"},
                                         Silence{Kind::Timeout, "", "timeout", "не ответил вовремя"},
                                         Silence{Kind::ConnectTimeout, "", "timeout", "межсетевым экраном"},
                                         Silence{Kind::Tls, "untrusted", "tls", "нет доверия"},
                                         Silence{Kind::Tls, "expired", "tls", "истёк"},
                                         Silence{Kind::Tls, "other-name", "tls", "другое имя"},
                                         Silence{Kind::Tls, "handshake", "tls", "TLS"},
                                         Silence{Kind::Closed, "", "server-trouble", "Неполадка"},
                                         Silence{Kind::BadAnswer, "", "unexpected-answer", "другое"},
                                         Silence{Kind::Forbidden, "", "forbidden-address", "не разрешён"},
                                         Silence{Kind::BadUrl, "", "bad-address", "ошибкой"},
                                         Silence{Kind::Cancelled, "", "cancelled", "остановлена"}));

TEST(LrsCheck, advisesNeverToSwitchTheCheckOff) {
    tests::StubHttp http;
    http.fail(Kind::Tls, false, "untrusted");
    EXPECT_THAT(check(http).steps.at(0).fix, HasSubstr("CA"));
}
