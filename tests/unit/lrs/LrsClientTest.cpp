#include "plugin/lrs/LrsClient.h"
#include "tests/support/StubHttp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::lrs;
using Class = PostOutcome::Class;
using Kind = host::sdk::OutboundError::Kind;

namespace {

const std::vector<std::string> kIds{"11111111-1111-4111-8111-000000000001", "11111111-1111-4111-8111-000000000002"};

LrsClient client(tests::StubHttp& http, const std::string& endpoint = "https://lrs.example.net/data/xAPI/") {
    Settings settings;
    settings.endpoint = endpoint;
    settings.basic = basicFrom("lrs-key", "lrs-secret");
    return {http, settings};
}

PostOutcome post(tests::StubHttp& http) {
    return client(http).post({"{\"a\":1}", "{\"b\":2}"}, kIds, {});
}

}  // namespace

TEST(LrsClient, sendsTheStatementsAsOneArrayWithItsHeaders) {
    tests::StubHttp http;
    http.answer(200, R"(["11111111-1111-4111-8111-000000000001","11111111-1111-4111-8111-000000000002"])");

    EXPECT_EQ(post(http).outcome, Class::Accepted);

    const auto& asked = http.asked.at(0);
    EXPECT_EQ(asked.url, "https://lrs.example.net/data/xAPI/statements");
    EXPECT_EQ(asked.body, "[{\"a\":1},{\"b\":2}]");
    EXPECT_EQ(asked.header("Authorization"), "Basic bHJzLWtleTpscnMtc2VjcmV0");
    EXPECT_EQ(asked.header("X-Experience-API-Version"), "1.0.3");
    EXPECT_EQ(asked.header("Content-Type"), "application/json");
}

class Endpoint : public testing::TestWithParam<const char*> {};
TEST_P(Endpoint, leadsToStatements) {
    tests::StubHttp http;
    http.answer(404);
    client(http, GetParam()).get(kIds[0], {});
    EXPECT_EQ(http.asked.at(0).url, "https://lrs.example.net/data/xAPI/statements?statementId=" + kIds[0]);
}
INSTANTIATE_TEST_SUITE_P(Table, Endpoint,
                         testing::Values("https://lrs.example.net/data/xAPI", "https://lrs.example.net/data/xAPI/",
                                         "https://lrs.example.net/data/xAPI//",
                                         "https://lrs.example.net/data/xAPI/statements",
                                         "https://lrs.example.net/data/xAPI/statements/"));

class NotOurIds : public testing::TestWithParam<const char*> {};
TEST_P(NotOurIds, isNotAccepted) {
    tests::StubHttp http;
    http.answer(200, GetParam());
    EXPECT_EQ(post(http).outcome, Class::Configuration);
}
INSTANTIATE_TEST_SUITE_P(
    Table, NotOurIds,
    testing::Values("", "<html>ok</html>", "{}", "[]", R"(["11111111-1111-4111-8111-000000000001"])",
                    R"(["11111111-1111-4111-8111-000000000002","11111111-1111-4111-8111-000000000001"])"));

struct ByStatus {
    int status;
    const char* body;
    Class outcome;
};
class PostAnswer : public testing::TestWithParam<ByStatus> {};
TEST_P(PostAnswer, isClassified) {
    tests::StubHttp http;
    http.answer(GetParam().status, GetParam().body);

    const auto outcome = post(http);

    EXPECT_EQ(outcome.outcome, GetParam().outcome);
    EXPECT_EQ(outcome.status, GetParam().status);
}
INSTANTIATE_TEST_SUITE_P(
    Table, PostAnswer,
    testing::Values(
        ByStatus{400, R"({"errorId":"e","message":"Expected valid JSON in body"})", Class::Data},
        ByStatus{400, "<html>bad</html>", Class::Data},
        ByStatus{400, R"({"errorId":"e","warnings":["Missing required value in 'header.X-Experience-API-Version'"]})",
                 Class::Configuration},
        ByStatus{400, R"({"errorId":"e","message":"Content-Type (text/plain) is not supported"})",
                 Class::Configuration},
        ByStatus{401, R"({"errorId":"e","message":"Unauthorised"})", Class::Configuration},
        ByStatus{403, R"({"errorId":"e","message":"Forbidden"})", Class::Configuration},
        ByStatus{404, "<html>", Class::Configuration}, ByStatus{302, "", Class::Configuration},
        ByStatus{408, "", Class::Transient},
        ByStatus{409, R"({"errorId":"e","message":"x is conflicting"})", Class::Data},
        ByStatus{413, "<html>", Class::TooLarge}, ByStatus{425, "", Class::Transient},
        ByStatus{429, "", Class::Transient}, ByStatus{500, "{}", Class::Transient},
        ByStatus{502, "<html>", Class::Transient}, ByStatus{503, "", Class::Transient},
        ByStatus{504, "", Class::Transient}));

TEST(LrsClient, namesTheCulpritAndQuotesTheErrorId) {
    tests::StubHttp http;
    http.answer(
        400, R"({"errorId":"1af567bd","warnings":["Problem in 'statements.1.verb.id'. Received '\"not an iri\"'"]})");

    const auto outcome = post(http);

    ASSERT_EQ(outcome.culprits.size(), 1u);
    EXPECT_EQ(outcome.culprits[0].index, 1u);
    EXPECT_EQ(outcome.errorId, "1af567bd");
}

TEST(LrsClient, keepsTwoKilobytesOfAProxysPage) {
    tests::StubHttp http;
    http.answer(502, "<html>" + std::string(5000, 'x'));
    EXPECT_EQ(post(http).message.size(), 2048u);
}

TEST(LrsClient, passesOnRetryAfter) {
    tests::StubHttp http;
    http.answer(429, "", {{"retry-after", "7"}});
    EXPECT_EQ(post(http).retryAfter, std::chrono::seconds(7));
}

TEST(LrsClient, neverShowsASecretThatIsEchoed) {
    tests::StubHttp http;
    http.answer(500, "Authorization: Basic bHJzLWtleTpscnMtc2VjcmV0 password lrs-secret");
    EXPECT_EQ(post(http).message, "Authorization: Basic *** password ***");
}

struct ByKind {
    Kind kind;
    bool sent;
    Class outcome;
};
class NoAnswer : public testing::TestWithParam<ByKind> {};
TEST_P(NoAnswer, isClassified) {
    tests::StubHttp http;
    http.fail(GetParam().kind, GetParam().sent);
    EXPECT_EQ(post(http).outcome, GetParam().outcome);
}
INSTANTIATE_TEST_SUITE_P(
    Table, NoAnswer,
    testing::Values(ByKind{Kind::Dns, false, Class::Transient}, ByKind{Kind::Refused, false, Class::Transient},
                    ByKind{Kind::Tls, false, Class::Transient}, ByKind{Kind::Closed, false, Class::Transient},
                    ByKind{Kind::Closed, true, Class::InDoubt}, ByKind{Kind::Timeout, true, Class::InDoubt},
                    ByKind{Kind::Cancelled, true, Class::InDoubt}, ByKind{Kind::Cancelled, false, Class::Transient},
                    ByKind{Kind::TooLarge, true, Class::InDoubt}, ByKind{Kind::BadUrl, false, Class::Configuration},
                    ByKind{Kind::Forbidden, false, Class::Configuration}));

struct BackBy {
    int status;
    const char* body;
    ReadBack::State state;
};
class ReadingBack : public testing::TestWithParam<BackBy> {};
TEST_P(ReadingBack, isTold) {
    tests::StubHttp http;
    http.answer(GetParam().status, GetParam().body);
    EXPECT_EQ(client(http).get(kIds[0], {}).state, GetParam().state);
}
INSTANTIATE_TEST_SUITE_P(
    Table, ReadingBack,
    testing::Values(BackBy{200, "{}", ReadBack::State::Found},
                    BackBy{404, R"({"errorId":"e","message":"No Statement found"})", ReadBack::State::Missing},
                    BackBy{404, "<html>", ReadBack::State::Unknown},
                    BackBy{403, R"({"errorId":"e","message":"Forbidden"})", ReadBack::State::NotAllowed},
                    BackBy{500, "", ReadBack::State::Unknown}));

TEST(LrsClient, asksForAVoidedStatementByAnotherName) {
    tests::StubHttp http;
    http.answer(200, "{}");
    EXPECT_EQ(client(http).get(kIds[0], {}, LrsClient::Ask::Voided).state, ReadBack::State::Found);
    EXPECT_TRUE(http.asked.at(0).url.ends_with("/statements?voidedStatementId=" + kIds[0])) << http.asked.at(0).url;
}

TEST(LrsClient, asksForNothingButAnId) {
    tests::StubHttp http;
    EXPECT_EQ(client(http).get("x&limit=0", {}).state, ReadBack::State::Unknown);
    EXPECT_TRUE(http.asked.empty());
}
