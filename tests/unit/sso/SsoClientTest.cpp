#include "plugin/sso/SsoClient.h"
#include "tests/support/StubHttp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace plugin::sso;
using host::sdk::OutboundError;
using testing::HasSubstr;
using testing::Not;

const char* const kProfile =
    R"({"unti_id":12345,"email":"user@example.com","lastname":"Иванов","secondname":null,"leader_id":"123456","tags":[]})";
const char* const kToken = R"({"access_token":"t0ken","refresh_token":"r","expires_in":3600,"token_type":"Bearer"})";

class SsoClientTest : public testing::Test {
protected:
    Settings settings{"https://sso.u2035test.ru", "school", host::sdk::SecretString("s+cret/="),
                      "https://lms.example.org/u2035/sso/school/test/callback", std::chrono::milliseconds(5000)};
    tests::StubHttp http;

    Identified identify(const std::string& code = "c0de", bool withAnswer = false) {
        return SsoClient(http, settings).identify(code, {}, withAnswer);
    }
    Fault faultOf(int status, const std::string& body) {
        http.answer(status, body);
        return identify().failure.fault;
    }
    Identified ofProfile(const std::string& profile) {
        http.answer(200, kToken).answer(200, profile);
        return identify();
    }
};

TEST_F(SsoClientTest, leadsToTheAuthorizePageWithEverythingEncoded) {
    EXPECT_EQ(SsoClient(http, settings).authorizeUrl("a b"),
              "https://sso.u2035test.ru/oauth2/authorize?client_id=school&redirect_uri="
              "https%3A%2F%2Flms.example.org%2Fu2035%2Fsso%2Fschool%2Ftest%2Fcallback&response_type=code&state=a%20b");
}

TEST_F(SsoClientTest, asksForTheTokenByAFormAndForTheProfileByAHeaderAlone) {
    http.answer(200, kToken).answer(200, kProfile);

    const auto found = identify();

    ASSERT_TRUE(found.person);
    EXPECT_EQ(found.person->untiId, "12345");
    EXPECT_EQ(found.person->leaderId, "123456");
    EXPECT_TRUE(found.usersMe.empty());
    ASSERT_EQ(http.asked.size(), 2U);
    EXPECT_EQ(http.asked[0].method, "POST");
    EXPECT_EQ(http.asked[0].url, "https://sso.u2035test.ru/oauth2/access_token");
    EXPECT_EQ(http.asked[0].header("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(http.asked[0].body,
              "client_id=school&client_secret=s%2Bcret%2F%3D&code=c0de&grant_type=authorization_code&redirect_uri="
              "https%3A%2F%2Flms.example.org%2Fu2035%2Fsso%2Fschool%2Ftest%2Fcallback");
    EXPECT_EQ(http.asked[1].method, "GET");
    EXPECT_EQ(http.asked[1].url, "https://sso.u2035test.ru/users/me");
    EXPECT_EQ(http.asked[1].header("Authorization"), "Bearer t0ken");
}

TEST_F(SsoClientTest, handsBackTheWholeAnswerOnlyWhenAsked) {
    http.answer(200, kToken).answer(200, kProfile);

    EXPECT_THAT(identify("c0de", true).usersMe, HasSubstr("user@example.com"));
}

TEST_F(SsoClientTest, takesALeaderIdAsItComes) {
    for (const auto& [text, expected] :
         std::vector<std::pair<std::string, std::string>>{{R"(,"leader_id":"123456")", "123456"},
                                                          {R"(,"leader_id":77)", "77"},
                                                          {R"(,"leader_id":"")", ""},
                                                          {R"(,"leader_id":null)", ""},
                                                          {R"(,"leader_id":"abc-7")", "abc-7"},
                                                          {R"(,"leader_id":true)", ""},
                                                          {R"(,"leader_id":["1"])", ""},
                                                          {R"(,"leader_id":"a\nb")", ""},
                                                          {",\"leader_id\":\"" + std::string(51, '9') + '"', ""},
                                                          {"", ""}}) {
        tests::StubHttp fresh;
        fresh.answer(200, kToken).answer(200, R"({"unti_id":1)" + text + "}");
        const auto found = SsoClient(fresh, settings).identify("c");
        ASSERT_TRUE(found.person) << text;
        EXPECT_EQ(found.person->leaderId, expected) << text;
    }
}

TEST_F(SsoClientTest, takesDigitsInQuotesAsAnUntiId) {
    EXPECT_EQ(ofProfile(R"({"unti_id":"900"})").person->untiId, "900");
}

TEST_F(SsoClientTest, namesAProfileWithoutAnUntiId) {
    for (const char* profile : {R"({"email":"a@b.c"})", R"({"unti_id":null})", R"({"unti_id":""})"}) {
        tests::StubHttp fresh;
        fresh.answer(200, kToken).answer(200, profile);
        EXPECT_EQ(SsoClient(fresh, settings).identify("c").failure.fault, Fault::NoUntiId) << profile;
    }
}

TEST_F(SsoClientTest, takesNothingElseAsAnUntiId) {
    for (const char* value :
         {"0", "-5", "1.5", "true", "\"012\"", "\"12a\"", "[1]", "{\"a\":1}", "1e3", "\"12345678901234567890\""}) {
        tests::StubHttp fresh;
        fresh.answer(200, kToken).answer(200, std::string(R"({"unti_id":)") + value + "}");
        const auto found = SsoClient(fresh, settings).identify("c");
        EXPECT_FALSE(found.person) << value;
        EXPECT_EQ(found.failure.fault, Fault::BadUntiId) << value;
    }
}

TEST_F(SsoClientTest, tellsARedirectMismatchWhateverItsCode) {
    const auto fault = faultOf(
        400,
        R"({"error":"invalid_request","error_description":"The requested redirect didn't match the client settings."})");

    EXPECT_EQ(fault, Fault::RedirectMismatch);
    EXPECT_EQ(faultOfError("invalid_client", "Invalid client: `redirect_uri` does not match client value"),
              Fault::RedirectMismatch);
}

TEST_F(SsoClientTest, tellsAWrongClient) {
    EXPECT_EQ(faultOf(401, R"({"error":"invalid_client"})"), Fault::InvalidClient);
}

TEST_F(SsoClientTest, tellsAUsedCode) {
    EXPECT_EQ(faultOf(400, R"({"error":"invalid_grant"})"), Fault::InvalidGrant);
}

TEST_F(SsoClientTest, tellsAnErrorInsideA200) {
    EXPECT_EQ(faultOf(200, R"({"error":"invalid_grant"})"), Fault::InvalidGrant);
}

TEST_F(SsoClientTest, tellsHtmlFromJson) {
    EXPECT_EQ(faultOf(200, "<html>"), Fault::NotJson);
}

TEST_F(SsoClientTest, tellsAnAnswerWithoutAToken) {
    EXPECT_EQ(faultOf(200, R"({"token_type":"Bearer"})"), Fault::NoToken);
    EXPECT_EQ(faultOf(200, R"({"access_token":"a\r\nX-Evil: 1"})"), Fault::NoToken);
}

TEST_F(SsoClientTest, tellsATrouble) {
    EXPECT_EQ(faultOf(502, "<html>"), Fault::ServerTrouble);
}

TEST_F(SsoClientTest, tellsATokenThatUsersMeRefuses) {
    http.answer(200, kToken).answer(401, "{}");

    EXPECT_EQ(identify().failure.fault, Fault::NotAuthorized);
}

TEST_F(SsoClientTest, tellsAProfileThatIsNoJson) {
    http.answer(200, kToken).answer(200, "[]");

    EXPECT_EQ(identify().failure.fault, Fault::NotJson);
}

TEST_F(SsoClientTest, tellsASlowServer) {
    http.fail(OutboundError::Kind::Timeout, true);

    EXPECT_EQ(identify().failure.fault, Fault::Slow);
}

TEST_F(SsoClientTest, repeatsNoSecretThatTheOtherSideEchoes) {
    http.answer(400, R"({"error":"odd","error_description":"secret s+cret/= and code c0de"})");

    const auto found = identify();

    EXPECT_EQ(found.failure.fault, Fault::Refused);
    EXPECT_THAT(found.failure.detail, HasSubstr("odd: secret *** and code ***"));
}

}  // namespace
