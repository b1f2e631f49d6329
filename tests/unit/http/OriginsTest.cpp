#include "host/http/Dispatcher.h"
#include "host/http/Origins.h"
#include "host/http/TokenScopes.h"
#include "tests/unit/http/Fixture.h"

#include <gmock/gmock.h>

using namespace host::http;
using namespace host::sdk;
using testing::ElementsAre;
using testing::HasSubstr;

namespace tests {
namespace {

constexpr const char* kListed = "Origin: https://app.example.org\r\n";
constexpr const char* kForeign = "Origin: https://evil.example.com\r\n";

class OtherOrigins : public ServerTest {
protected:
    void SetUp() override {
        Identity anna;
        anna.principal.login = "anna";
        anna.principal.roles["demo"] = Role::OrganizationAdmin;
        authenticator_.tokens["anna-token"] = anna;
        anna.csrfToken = "csrf";
        authenticator_.sessions["anna-cookie"] = anna;
        anna.csrfToken.clear();
        anna.scopes = *TokenScopes::parse({"read"});
        authenticator_.tokens["read-token"] = anna;
        anna.scopes = TokenScopes::fromText("unheard-of");
        authenticator_.tokens["odd-token"] = anna;

        route(Method::Get, "/o/{org}/things", {}, [](const Request&) { return Response::json("1").etag(7); });
        route(Method::Put, "/o/{org}/things", {}, [](const Request& r) { return Response::json(r.body); });
        route(Method::Post, "/sign-in", open(), [](const Request&) { return Response::json("1"); });
    }
    void listen(std::vector<std::string> origins) {
        Dispatcher::Options options;
        options.corsOrigins = std::move(origins);
        listening_ = std::make_unique<Dispatcher>(router_, &authenticator_, logger_, options);
        server_ = std::make_unique<HttpServer>(settings(), *listening_, logger_);
        server_->start();
    }
    void listen() { listen({"https://app.example.org"}); }
    void TearDown() override { server_.reset(); }

    static std::string options(const std::string& target, const std::string& headers) {
        return "OPTIONS " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }
    static std::string put(const std::string& headers) {
        return "PUT" + post("/o/demo/things", "{}", headers).substr(4);
    }
    /// No header at all lets a page of another origin read the answer.
    static bool saysNothing(const RawAnswer& answer) {
        return answer.head.find("Access-Control-") == std::string::npos;
    }

    std::unique_ptr<Dispatcher> listening_;
};

constexpr const char* kBearer = "Authorization: Bearer anna-token\r\n";
constexpr const char* kCookie = "Cookie: lmsd_session=anna-cookie\r\n";

TEST_F(OtherOrigins, onTheListMayReadWhatATokenGives) {
    listen();
    auto answer = ask(get("/o/demo/things", std::string(kBearer) + kListed));

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://app.example.org");
    EXPECT_EQ(answer.header("Vary"), "Origin");
    EXPECT_THAT(answer.header("Access-Control-Expose-Headers"), HasSubstr("ETag"));
    EXPECT_FALSE(answer.hasHeader("Access-Control-Allow-Credentials"));
    // Refusals can be read as well, or nobody could tell why.
    EXPECT_EQ(ask(get("/o/other/things", std::string(kBearer) + kListed)).header("Access-Control-Allow-Origin"),
              "https://app.example.org");
    EXPECT_EQ(ask(get("/o/demo/things", kListed)).header("Access-Control-Allow-Origin"), "https://app.example.org");
}

TEST_F(OtherOrigins, notOnTheListAreToldNothing) {
    listen();
    for (const char* origin : {kForeign, "Origin: null\r\n", "Origin: https://app.example.org.evil.com\r\n",
                               "Origin: http://app.example.org\r\n", "Origin: https://app.example.org:444\r\n",
                               "Origin: https://APP.example.org\r\n", "Origin: *\r\n", ""}) {
        auto answer = ask(get("/o/demo/things", std::string(kBearer) + origin));
        EXPECT_TRUE(saysNothing(answer)) << answer.head;
        EXPECT_EQ(answer.header("Vary"), "Origin");
        auto before = ask(options("/o/demo/things", std::string(origin) + "Access-Control-Request-Method: PUT\r\n"));
        EXPECT_TRUE(saysNothing(before)) << before.head;
    }
}

TEST_F(OtherOrigins, areUnknownWhenNoneIsListed) {
    listen({});
    auto answer = ask(get("/o/demo/things", std::string(kBearer) + kListed));

    EXPECT_TRUE(saysNothing(answer));
    EXPECT_FALSE(answer.hasHeader("Vary"));
}

TEST_F(OtherOrigins, areToldBeforehandWhatAPathTakes) {
    listen();
    auto answer = ask(options("/o/demo/things", std::string(kListed) + "Access-Control-Request-Method: PUT\r\n"));

    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://app.example.org");
    EXPECT_THAT(answer.header("Access-Control-Allow-Methods"), HasSubstr("PUT"));
    EXPECT_THAT(answer.header("Access-Control-Allow-Headers"), HasSubstr("Authorization"));
    EXPECT_THAT(answer.header("Access-Control-Allow-Headers"), testing::Not(HasSubstr("CSRF")));
    EXPECT_FALSE(answer.hasHeader("Access-Control-Allow-Credentials"));
    EXPECT_EQ(ask(options("/nowhere", std::string(kListed) + "Access-Control-Request-Method: PUT\r\n")).status, 404);
}

TEST_F(OtherOrigins, neverUseTheSessionsCookie) {
    listen();
    const std::string change = std::string(kCookie) + "X-CSRF-Token: csrf\r\n";
    for (const std::string& page : std::vector<std::string>{
             std::string(kListed), std::string(kForeign), std::string("Origin: null\r\n"),
             std::string("Origin: http://x.evil.com\r\n"), std::string("Sec-Fetch-Site: cross-site\r\n"),
             std::string("Sec-Fetch-Site: same-site\r\n"), std::string("Sec-Fetch-Site: nonsense\r\n"),
             std::string("Origin: http://x\r\nSec-Fetch-Site: same-site\r\n")}) {
        EXPECT_EQ(ask(get("/o/demo/things", kCookie + page)).status, 401) << page;
        EXPECT_EQ(ask(put(change + page)).status, 401) << page;
        EXPECT_EQ(ask(post("/sign-in", "{}", page)).status, 403) << page;
    }
    EXPECT_EQ(ask(put(change + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n")).status, 401)
        << "a form that another site sends";
}

TEST_F(OtherOrigins, leaveOurOwnPagesLinksAndProgramsAlone) {
    listen();
    const std::string change = std::string(kCookie) + "X-CSRF-Token: csrf\r\n";
    for (const std::string& page : std::vector<std::string>{
             std::string(), std::string("Origin: http://x\r\n"), std::string("Origin: https://x:8443\r\n"),
             std::string("Origin: http://X\r\nSec-Fetch-Site: same-origin\r\n"),
             std::string("Origin: https://outside.example.org\r\nSec-Fetch-Site: same-origin\r\n")}) {
        EXPECT_EQ(ask(get("/o/demo/things", kCookie + page)).status, 200) << page;
        EXPECT_EQ(ask(put(change + page)).status, 200) << page;
        EXPECT_EQ(ask(post("/sign-in", "{}", page)).status, 200) << page;
    }
    EXPECT_EQ(
        ask(get("/o/demo/things", std::string(kCookie) + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"))
            .status,
        200)
        << "a link that stands in a letter";
}

TEST(CorsOrigins, areRefusedWhenTheyAreNotExact) {
    for (const char* good : {"https://app.example.org", "http://localhost:3000", "https://[::1]:8443"})
        EXPECT_FALSE(originError(good)) << good;
    for (const char* bad : {"*", "null", "https://*.example.org", "https://app.example.org/", "app.example.org",
                            "https://App.example.org", "https://", "ftp://x", "https://u@x",
                            "https://x:", "https://x:443", "http://x:80", ""})
        EXPECT_TRUE(originError(bad)) << bad;
    HttpSettings settings;
    settings.corsOrigins = {"*"};
    EXPECT_THAT(settings.errors(), ElementsAre(HasSubstr("http.cors_origins: '*'")));
}

TEST_F(OtherOrigins, andScopesAreApart_aReadTokenChangesNothing) {
    listen();
    EXPECT_EQ(ask(get("/o/demo/things", "Authorization: Bearer read-token\r\n")).status, 200);
    auto refused = ask(put("Authorization: Bearer read-token\r\n"));
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, HasSubstr("token-scope"));
    EXPECT_THAT(refused.body, HasSubstr("'read', this needs full"));
    EXPECT_EQ(ask(get("/o/other/things", "Authorization: Bearer read-token\r\n")).status, 404) << "roles come first";
    EXPECT_EQ(ask(get("/o/demo/things", "Authorization: Bearer odd-token\r\n")).status, 403);
}

TEST(TokenScopes, areReadStrictly) {
    EXPECT_EQ(TokenScopes().text(), "full");
    EXPECT_EQ(TokenScopes::parse({"runs", "read"})->text(), "read runs");
    EXPECT_EQ(TokenScopes::fromText("read runs").names(), (std::vector<std::string>{"read", "runs"}));
    for (const auto& bad :
         std::vector<std::vector<std::string>>{{}, {"write"}, {"read", "read"}, {"full", "read"}, {"READ"}, {""}})
        EXPECT_FALSE(TokenScopes::parse(bad));
    EXPECT_TRUE(TokenScopes::fromText("").names().empty());
}

TEST(TokenScopes, openWhatTheirNameSays) {
    const std::string records = "/api/v1/organizations/{org}/records";
    using Names = std::vector<std::string>;
    EXPECT_EQ(scopesThatOpen(Method::Post, records), (Names{"full", "records"}));
    EXPECT_EQ(scopesThatOpen(Method::Get, records + "/{type}"), (Names{"full", "read", "records"}));
    EXPECT_EQ(scopesThatOpen(Method::Post, "/api/v1/organizations/{org}/imports"), (Names{"full", "records"}));
    EXPECT_EQ(scopesThatOpen(Method::Post, "/api/v1/organizations/{org}/recordsx"), (Names{"full"}));
    EXPECT_EQ(scopesThatOpen(Method::Post, "/api/v1/organizations/{org}/u2035/records"), (Names{"full"}));
    EXPECT_EQ(scopesThatOpen(Method::Post, "/api/v1/jobs/{job}/runs"), (Names{"full", "runs"}));
    EXPECT_EQ(scopesThatOpen(Method::Post, "/api/v1/organizations/{org}/u2035/runs/{run}/cancel"),
              (Names{"full", "runs"}));
    EXPECT_EQ(scopesThatOpen(Method::Put, "/api/v1/organizations/{org}/runsx"), (Names{"full"}));
    EXPECT_EQ(scopesThatOpen(Method::Delete, "/api/v1/session"), (Names{"full"}));
    EXPECT_EQ(scopesThatOpen(Method::Get, "/api/v1/session"), (Names{"full", "read", "records", "runs"}));
}

}  // namespace
}  // namespace tests
