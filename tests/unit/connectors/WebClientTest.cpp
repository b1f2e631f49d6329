#include "common/Encoding.h"
#include "host/connectors/http/AnswerText.h"
#include "host/connectors/http/WebUrl.h"
#include "tests/unit/connectors/WebFixture.h"

namespace {

using namespace tests;
using namespace host::connectors;
using host::sdk::OutboundError;
using host::sdk::SecretString;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Kind = SourceError::Kind;

class WebClientTest : public WebFixture {};

TEST(WebUrl, referencesAreResolvedAsRfc3986Says) {
    const std::string base = "https://h/a/b/c?x=1";
    EXPECT_EQ(resolved(base, "d"), "https://h/a/b/d");
    EXPECT_EQ(resolved(base, "?y=2"), "https://h/a/b/c?y=2");
    EXPECT_EQ(resolved(base, "../d?z"), "https://h/a/d?z");
    EXPECT_EQ(resolved(base, "/r?q#f"), "https://h/r?q");
    EXPECT_EQ(resolved(base, "//other/r"), "https://other/r");
    EXPECT_EQ(resolved(base, "http://x/y"), "http://x/y");
    EXPECT_EQ(resolved(base, "../../../../r"), "https://h/r");
    EXPECT_EQ(resolved(base, ""), base);
}

TEST(WebUrl, originsAreComparedWithTheirPorts) {
    EXPECT_EQ(originOf("HTTPS://Lms.Example.org/x"), originOf("https://lms.example.org:443"));
    EXPECT_NE(originOf("http://lms.example.org"), originOf("https://lms.example.org"));
    EXPECT_EQ(originOf("ftp://x"), "");
    EXPECT_EQ(shownUrl("https://u:p@h/a?token=secret"), "https://h/a");
}

TEST(AnswerText, readsWhatRussianServersSend) {
    const std::string cp1251 = "\xCF\xF0\xE8\xE2\xE5\xF2";
    EXPECT_EQ(textOf(cp1251, "application/json; charset=windows-1251", "").text, "Привет");
    EXPECT_EQ(textOf(cp1251, "text/plain", "cp1251").text, "Привет");
    EXPECT_EQ(textOf("\xF0\xD2\xC9\xD7\xC5\xD4", "text/plain; charset=\"koi8-r\"", "").text, "Привет");
    EXPECT_EQ(textOf("<?xml version='1.0' encoding='windows-1251'?><a>" + cp1251 + "</a>", "text/xml", "").text,
              "<?xml version='1.0' encoding='windows-1251'?><a>Привет</a>");
    EXPECT_EQ(textOf("\xEF\xBB\xBF{}", "application/json", "").text, "{}");
    EXPECT_EQ(textOf(std::string("\xFF\xFE[\0]\0", 6), "application/json", "").text, "[]");
    const auto damaged = textOf("[\"" + cp1251 + "\"]", "application/json", "");
    EXPECT_TRUE(damaged.damaged && damaged.guessed);
    EXPECT_THROW(textOf("x", "text/plain; charset=klingon", ""), SourceError);
}

TEST(AnswerText, whatServersSayOfErrors) {
    EXPECT_EQ(messageOf(R"({"error":{"code":"x","message":"No such property"}})", {}), "No such property");
    EXPECT_EQ(messageOf(R"({"odata.error":{"code":"8","message":{"lang":"ru","value":"Нет поля"}}})", {}), "Нет поля");
    EXPECT_EQ(messageOf(R"({"error":"invalid","error_description":"token abcd1234 is old"})", {"abcd1234"}),
              "token … is old");
    EXPECT_EQ(messageOf("<m:error><m:code/><m:message>x</m:message></m:error>", {}), "");
    EXPECT_EQ(messageOf("<html>secret page</html>", {}), "");
}

TEST_F(WebClientTest, everyWayOfSigningIn) {
    auto& texts = request.connection.texts;
    auto& secrets = request.connection.secrets;
    http.answer(200, R"([{"id":1}])");
    texts["auth"] = "basic";
    texts["user"] = "анна";
    secrets.emplace("password", SecretString("pw"));
    EXPECT_EQ(ids<HttpKind>(), "1");
    EXPECT_EQ(http.asked.back().header("Authorization"), "Basic " + common::toBase64("анна:pw"));
    texts["auth"] = "bearer";
    secrets.emplace("token", SecretString("tok"));
    EXPECT_EQ(ids<HttpKind>(), "1");
    EXPECT_EQ(http.asked.back().header("Authorization"), "Bearer tok");
    texts["auth"] = "header";
    texts["keyName"] = "X-Key";
    secrets.emplace("key", SecretString("k/1"));
    EXPECT_EQ(ids<HttpKind>(), "1");
    EXPECT_EQ(http.asked.back().header("X-Key"), "k/1");
    texts["auth"] = "query";
    EXPECT_EQ(ids<HttpKind>(), "1");
    EXPECT_EQ(http.asked.back().url, "https://lms.example.org/api?X-Key=k%2F1");
    texts["auth"] = "bearer";
    secrets.erase("token");
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Configuration);
}

TEST_F(WebClientTest, aTokenThatHasExpiredIsFetchedAnew) {
    auto& texts = request.connection.texts;
    texts["auth"] = "oauth2";
    texts["tokenUrl"] = "https://sso.example.org/token";
    texts["clientId"] = "me";
    request.connection.secrets.emplace("clientSecret", SecretString("s%"));
    http.answer(200, R"({"access_token":"t1","expires_in":60})")
        .answer(401)
        .answer(200, R"({"access_token":"t2"})")
        .answer(200, R"([{"id":1}])");
    EXPECT_EQ(ids<HttpKind>(), "1");
    EXPECT_EQ(http.asked[0].body, "grant_type=client_credentials");
    EXPECT_EQ(http.asked[0].header("Authorization"), "Basic " + common::toBase64("me:s%25"));
    EXPECT_EQ(http.asked[3].header("Authorization"), "Bearer t2");
}

TEST_F(WebClientTest, whatFailsForTheMomentIsRepeatedLaterAndLater) {
    http.answer(503).fail(OutboundError::Kind::Closed).answer(429, "", {{"retry-after", "7"}}).answer(200, "[]");
    EXPECT_EQ(ids<HttpKind>(), "");
    EXPECT_THAT(waits, ElementsAre(milliseconds(1000), milliseconds(2000), milliseconds(7000)));
    EXPECT_EQ(log.size(), 3u);
}

TEST_F(WebClientTest, aDateToComeBackIsKept) {
    http.answer(503, "", {{"retry-after", "Sun, 01 Mar 2026 00:00:30 GMT"}}).answer(200, "[]");
    EXPECT_EQ(ids<HttpKind>(), "");
    EXPECT_THAT(waits, ElementsAre(milliseconds(30000)));
}

TEST_F(WebClientTest, whoAsksForTooLongAPauseIsNotWaitedFor) {
    http.answer(429, "", {{"retry-after", "3600"}});
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Limit);
    EXPECT_TRUE(waits.empty());
}

TEST_F(WebClientTest, aBrokenConnectionEndsAfterFiveAttempts) {
    http.fail(OutboundError::Kind::Closed);
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Interrupted);
    EXPECT_EQ(http.asked.size(), 5u);
}

TEST_F(WebClientTest, aPostThatMayHaveBeenCarriedOutIsNotRepeated) {
    request.route.texts = {{"path", "/r"}, {"method", "POST"}};
    http.fail(OutboundError::Kind::Closed, true).answer(200, R"([{"id":1}])");
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Interrupted);
    EXPECT_EQ(http.asked.size(), 1u);
    StubHttp gateway;
    tools = std::shared_ptr<WebTools>(new WebTools{gateway, clock, tools->pause});
    gateway.answer(504).answer(200, R"([{"id":1}])");
    failure<HttpKind>();
    EXPECT_EQ(gateway.asked.size(), 1u);
    StubHttp unsent;
    tools = std::shared_ptr<WebTools>(new WebTools{unsent, clock, tools->pause});
    unsent.fail(OutboundError::Kind::Refused).answer(503).answer(200, R"([{"id":1}])");
    EXPECT_EQ(ids<HttpKind>(), "1") << "nothing was done with it so far";
    StubHttp search;
    tools = std::shared_ptr<WebTools>(new WebTools{search, clock, tools->pause});
    request.route.texts["repeatable"] = "true";
    search.fail(OutboundError::Kind::Closed, true).answer(200, R"([{"id":1}])");
    EXPECT_EQ(ids<HttpKind>(), "1");
}

TEST_F(WebClientTest, requestsAreSpreadOverTheMinute) {
    request.connection.texts["requestsPerMinute"] = "30";
    request.route.texts = {{"paging", "page"}, {"pageParameter", "p"}};
    http.answer(200, R"([{"id":1}])").answer(200, R"([{"id":2}])").answer(200, "[]");
    EXPECT_EQ(ids<HttpKind>(), "1 2");
    EXPECT_THAT(waits, ElementsAre(milliseconds(2000), milliseconds(2000)));
}

TEST_F(WebClientTest, answersSayWhatIsWrong) {
    const std::pair<int, Kind> kinds[] = {{400, Kind::Query},    {401, Kind::Credentials}, {403, Kind::Rights},
                                          {404, Kind::NotThere}, {422, Kind::Query},       {500, Kind::Unreachable},
                                          {413, Kind::Limit}};
    for (const auto& [status, kind] : kinds) {
        StubHttp one;
        one.answer(status, R"({"message":"because"})");
        auto its = std::shared_ptr<WebTools>(new WebTools{one, clock, tools->pause});
        try {
            HttpKind(its).check(request);
            EXPECT_TRUE(kind == Kind::NotThere || kind == Kind::Query)
                << status;  // the base shows nothing: it is there
        } catch (const SourceError& error) {
            EXPECT_EQ(error.kind(), kind) << status;
            EXPECT_THAT(error.what(), HasSubstr("because"));
        }
    }
    http.answer(302, "", {{"location", "/login?next=/api"}});
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Credentials);
}

TEST_F(WebClientTest, everyFailureOfTheConnectionIsToldApart) {
    const std::pair<OutboundError::Kind, Kind> kinds[] = {{OutboundError::Kind::Forbidden, Kind::Configuration},
                                                          {OutboundError::Kind::Dns, Kind::Unreachable},
                                                          {OutboundError::Kind::Tls, Kind::Tls},
                                                          {OutboundError::Kind::Timeout, Kind::Timeout},
                                                          {OutboundError::Kind::TooLarge, Kind::Limit},
                                                          {OutboundError::Kind::BadAnswer, Kind::Format},
                                                          {OutboundError::Kind::Cancelled, Kind::Cancelled}};
    for (const auto& [outbound, kind] : kinds)
        EXPECT_EQ(outboundError(OutboundError(outbound, false, "x"), "https://h").kind(), kind);
}

TEST_F(WebClientTest, aPageToSignInIsNoData) {
    http.answer(200, "\n<!DOCTYPE html><html><title>Вход</title><input type=\"password\"></html>");
    const auto error = failure<HttpKind>();
    EXPECT_EQ(error.kind(), Kind::Credentials);
    EXPECT_THAT(error.what(), HasSubstr("Вход"));
}

TEST_F(WebClientTest, secretsAreInNoErrorAndNoLogLine) {
    request.connection.texts["auth"] = "query";
    request.connection.texts["keyName"] = "token";
    request.connection.secrets.emplace("key", SecretString("s3cr3t-value"));
    http.answer(503).answer(400, R"({"message":"bad token s3cr3t-value"})");
    const auto error = failure<HttpKind>();
    EXPECT_THAT(std::string(error.what()) + error.fix(), Not(HasSubstr("s3cr3t")));
    EXPECT_THAT(log.at(0), Not(HasSubstr("s3cr3t")));
}

}  // namespace
