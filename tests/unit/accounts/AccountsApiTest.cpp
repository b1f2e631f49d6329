#include "host/accounts/AccountsApi.h"
#include "host/accounts/OrganizationsApi.h"
#include "tests/unit/accounts/Fixture.h"
#include "tests/unit/http/Fixture.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

using namespace host::accounts;
using namespace host::sdk;
using testing::HasSubstr;
using testing::Not;

namespace tests {
namespace {

class JournalLines : public Journal {
public:
    void append(const JournalEntry& entry) override {
        lines.push_back(entry.actor + " " + entry.action + " " + entry.subject + " " + entry.details);
    }
    std::vector<std::string> lines;
};

/// The REST of accounts on a real listener, asked with real sockets.
class AccountsApiOverHttp : public AccountsTest {
protected:
    AccountsApiOverHttp() {
        registrations_ = registerAccountsApi(router_, accounts_, journal_, {});
        auto more = registerOrganizationsApi(router_, organizations_, participation_, journal_);
        for (auto& one : more) registrations_.push_back(std::move(one));
        host::http::HttpSettings settings;
        settings.port = 0;
        settings.threads = 2;
        settings.maxStreams = 1;
        server_ = std::make_unique<host::http::HttpServer>(settings, dispatcher_, logger_);
        server_->start();
        addUser("root", {}, true);
        addUser("anna", {{"demo", Role::OrganizationAdmin}});
        addUser("vera", {{"other", Role::Viewer}});
    }
    ~AccountsApiOverHttp() override { server_->stop(std::chrono::seconds(1)); }

    RawAnswer ask(const std::string& method, const std::string& target, const std::string& body = {},
                  const std::string& headers = {}) {
        RawClient client(server_->port());
        std::string text = method + " " + target + " HTTP/1.1\r\nHost: x\r\n" + headers;
        if (!body.empty())
            text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        client.send(text + "\r\n" + body);
        return client.answer();
    }

    /// Signs in and gives the headers of a browser that has.
    std::string as(const std::string& login) {
        auto answer =
            ask("POST", "/api/v1/session", R"({"login":")" + login + R"(","password":"password of )" + login + "\"}");
        EXPECT_EQ(answer.status, 200) << answer.body;
        auto cookie = answer.header("Set-Cookie");
        auto csrf = Poco::JSON::Parser()
                        .parse(answer.body)
                        .extract<Poco::JSON::Object::Ptr>()
                        ->getValue<std::string>("csrfToken");
        return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\nX-CSRF-Token: " + csrf + "\r\n";
    }

    RecordingLogger logger_;
    JournalLines journal_;
    host::http::RouterImpl router_;
    host::http::Dispatcher dispatcher_{router_, &accounts_, logger_, {}};
    std::vector<Registration> registrations_;
    std::unique_ptr<host::http::HttpServer> server_;
};

TEST_F(AccountsApiOverHttp, setsACookieThatScriptsCantRead) {
    auto answer = ask("POST", "/api/v1/session", R"({"login":"anna","password":"password of anna"})");

    EXPECT_THAT(answer.header("Set-Cookie"), HasSubstr("HttpOnly; SameSite=Lax"));
    EXPECT_THAT(answer.body, HasSubstr(R"("roles":[{"organization":"demo","role":"organization-admin"}])"));
    EXPECT_THAT(answer.body, Not(HasSubstr("password")));
}

TEST_F(AccountsApiOverHttp, showsAndEndsTheSession) {
    auto anna = as("anna");

    EXPECT_THAT(ask("GET", "/api/v1/session", "", anna).body, HasSubstr("\"login\":\"anna\""));
    EXPECT_EQ(ask("DELETE", "/api/v1/session", "", anna).status, 204);
    EXPECT_EQ(ask("GET", "/api/v1/session", "", anna).status, 401);
}

TEST_F(AccountsApiOverHttp, throttlingTellsWhenToTryAgain) {
    RawAnswer answer;
    for (int i = 0; i < 6; ++i) answer = ask("POST", "/api/v1/session", R"({"login":"anna","password":"wrong wrong"})");

    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("Retry-After"), "5");
}

TEST_F(AccountsApiOverHttp, aFailedSignInIsJournaledWithoutWhatWasTyped) {
    ask("POST", "/api/v1/session", R"({"login":"my secret by mistake","password":"x"})");

    EXPECT_THAT(journal_.lines, testing::ElementsAre(HasSubstr("session.refused")));
    EXPECT_THAT(journal_.lines[0], Not(HasSubstr("my secret")));
}

TEST_F(AccountsApiOverHttp, onlyTheServersAdministratorManagesUsers) {
    EXPECT_EQ(ask("GET", "/api/v1/users", "", as("anna")).status, 403);
    EXPECT_EQ(ask("GET", "/api/v1/users").status, 401);
    EXPECT_EQ(ask("GET", "/api/v1/users", "", as("root")).status, 200);
}

TEST_F(AccountsApiOverHttp, aUserIsMadeChangedAndRemoved) {
    auto root = as("root");

    auto made = ask(
        "POST", "/api/v1/users",
        R"({"login":"boris","password":"a long password","roles":[{"organization":"demo","role":"viewer"}]})", root);
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.header("Location"), "/api/v1/users/boris");
    EXPECT_EQ(ask("PUT", "/api/v1/users/boris", R"({"name":"Борис"})", root).status, 428);
    auto changed =
        ask("PUT", "/api/v1/users/boris", R"({"name":"Борис"})", root + "If-Match: " + made.header("ETag") + "\r\n");
    EXPECT_EQ(changed.status, 200);
    EXPECT_THAT(changed.body, HasSubstr("\"roles\":[]"));
    auto stale =
        ask("PUT", "/api/v1/users/boris", R"({"name":"Борис 2"})", root + "If-Match: " + made.header("ETag") + "\r\n");
    EXPECT_EQ(stale.status, 412);
    EXPECT_THAT(stale.body, HasSubstr("\"current\":{\"login\":\"boris\""));
    EXPECT_EQ(ask("DELETE", "/api/v1/users/boris", "", root + "If-Match: *\r\n").status, 204);
    EXPECT_EQ(ask("GET", "/api/v1/users/boris", "", root).status, 404);
    EXPECT_THAT(journal_.lines, testing::IsSupersetOf({HasSubstr("root user.created users/boris"),
                                                       HasSubstr("user.changed"), HasSubstr("user.deleted")}));
    for (const auto& line : journal_.lines) EXPECT_THAT(line, Not(HasSubstr("a long password")));
}

TEST_F(AccountsApiOverHttp, anUnknownFieldIsRefusedWithASuggestion) {
    auto answer = ask("POST", "/api/v1/users", R"({"login":"boris","password":"a long password","serveradmin":true})",
                      as("root"));

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("did you mean 'serverAdmin'?"));
}

TEST_F(AccountsApiOverHttp, malformedJsonIs400) {
    EXPECT_EQ(ask("POST", "/api/v1/session", "{").status, 400);
    EXPECT_EQ(ask("POST", "/api/v1/session", R"({"login":"a","login":"b","password":"x"})").status, 400);
    EXPECT_EQ(ask("POST", "/api/v1/session", R"({"login":7,"password":[]})").status, 422);
}

TEST_F(AccountsApiOverHttp, listsByPagesAndAsCsv) {
    auto root = as("root");

    auto first = ask("GET", "/api/v1/users?limit=2", "", root);
    auto parsed = Poco::JSON::Parser().parse(first.body).extract<Poco::JSON::Object::Ptr>();
    auto second = ask("GET", "/api/v1/users?limit=2&cursor=" + parsed->getValue<std::string>("next"), "", root);
    auto csv = ask("GET", "/api/v1/users", "", root + "Accept: text/csv\r\n");

    EXPECT_THAT(first.body, HasSubstr("\"login\":\"anna\""));
    EXPECT_THAT(second.body, HasSubstr("\"login\":\"vera\""));
    EXPECT_THAT(second.body, HasSubstr("\"next\":null"));
    EXPECT_THAT(csv.header("Content-Type"), HasSubstr("text/csv"));
    EXPECT_THAT(csv.body, HasSubstr("anna,Имя anna,false,false,demo:organization-admin,"));
    EXPECT_EQ(ask("GET", "/api/v1/users?limit=0", "", root).status, 400);
    EXPECT_EQ(ask("GET", "/api/v1/users?cursor=garbage", "", root).status, 400);
}

TEST_F(AccountsApiOverHttp, aTokenIsShownOnceAndWorks) {
    auto root = as("root");
    auto made =
        ask("POST", "/api/v1/tokens",
            R"({"name":"import","expiresAt":"2027-01-01T00:00:00Z","roles":[{"organization":"demo","role":"viewer"}]})",
            root);
    ASSERT_EQ(made.status, 201) << made.body;
    auto token =
        Poco::JSON::Parser().parse(made.body).extract<Poco::JSON::Object::Ptr>()->getValue<std::string>("token");
    const std::string bearer = "Authorization: Bearer " + token + "\r\n";

    EXPECT_EQ(ask("GET", "/api/v1/organizations/demo", "", bearer).status, 200);
    EXPECT_EQ(ask("GET", "/api/v1/organizations/other", "", bearer).status, 404);
    EXPECT_THAT(ask("GET", "/api/v1/tokens", "", root).body, Not(HasSubstr(token)));
    for (const auto& line : journal_.lines) EXPECT_THAT(line, Not(HasSubstr(token)));
    EXPECT_EQ(ask("DELETE", made.header("Location"), "", root).status, 204);
    EXPECT_EQ(ask("GET", "/api/v1/organizations/demo", "", bearer).status, 401);
}

TEST_F(AccountsApiOverHttp, peopleSeeTheirOrganizationsOnly) {
    auto anna = as("anna");

    EXPECT_EQ(ask("GET", "/api/v1/organizations/other", "", anna).status, 404);
    EXPECT_EQ(ask("GET", "/api/v1/organizations/none-such", "", anna).status, 404);
    auto list = ask("GET", "/api/v1/organizations", "", anna).body;
    EXPECT_THAT(list, HasSubstr("\"id\":\"demo\""));
    EXPECT_THAT(list, Not(HasSubstr("\"id\":\"other\"")));
}

TEST_F(AccountsApiOverHttp, anOrganizationsAdministratorEditsContactsButNotTheContract) {
    auto anna = as("anna") + "If-Match: \"1\"\r\n";
    const std::string contact =
        R"({"legalName":"АНО «demo»","tariff":"professional","activityBase":"https://demo.example.ru","responsibleName":"Анна"})";
    const std::string tariff =
        R"({"legalName":"АНО «demo»","tariff":"individual","activityBase":"https://demo.example.ru"})";

    auto refused = ask("PUT", "/api/v1/organizations/demo", tariff, anna);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, HasSubstr("/tariff"));
    EXPECT_EQ(ask("PUT", "/api/v1/organizations/demo", contact, anna).status, 200);
    EXPECT_EQ(ask("PUT", "/api/v1/organizations/demo", contact, anna).status, 412);
    EXPECT_EQ(ask("PUT", "/api/v1/organizations/other", contact, anna).status, 404);
    EXPECT_EQ(ask("PUT", "/api/v1/organizations/other", contact, as("vera") + "If-Match: \"1\"\r\n").status, 403);
}

TEST_F(AccountsApiOverHttp, theServersAdministratorAddsOrganizationsAndProjects) {
    auto root = as("root");

    EXPECT_EQ(ask("POST", "/api/v1/projects", R"({"id":"bas","title":"Кадры для БАС","profile":"bas"})", root).status,
              201);
    auto made = ask(
        "POST", "/api/v1/organizations",
        R"({"id":"new","legalName":"АНО","tariff":"individual","participation":["bas"],"projects":["bas"],"activityBase":"https://new.example.ru"})",
        root);
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.header("ETag"), "\"1\"");
    EXPECT_EQ(ask("POST", "/api/v1/organizations",
                  R"({"id":"x","legalName":"АНО","tariff":"basic","activityBase":"https://x.example.ru"})", as("anna"))
                  .status,
              403);
}

TEST_F(AccountsApiOverHttp, projectsSayWhichFlagOpensThem) {
    auto root = as("root");
    const auto rule = participation_.add({"bas", "bas", "Участник проекта", {"individual", "professional"}});
    ask("POST", "/api/v1/projects", R"({"id":"bas","title":"Кадры для БАС","profile":"bas"})", root);
    ask("POST", "/api/v1/projects", R"({"id":"free","title":"Свободный","profile":"other"})", root);

    const auto body = ask("GET", "/api/v1/projects", {}, as("anna")).body;

    EXPECT_THAT(body, HasSubstr(R"("participation":{"flag":"bas","title":"Участник проекта",)"
                                R"("tariffs":["individual","professional"]})"));
    EXPECT_THAT(body, HasSubstr(R"("profile":"other","projectValue":"","version":1,"participation":null)"));
    auto one = ask("GET", "/api/v1/projects/bas", {}, as("anna")).body;
    EXPECT_EQ(ask("PUT", "/api/v1/projects/bas", one, root + "If-Match: \"1\"\r\n").status, 200)
        << "what was got can be sent back";
}

TEST_F(AccountsApiOverHttp, aBrowserWithoutTheCsrfTokenChangesNothing) {
    auto root = as("root");
    root = root.substr(0, root.find("X-CSRF"));

    auto answer = ask("POST", "/api/v1/projects", R"({"id":"bas","title":"Кадры для БАС","profile":"bas"})", root);

    EXPECT_EQ(answer.status, 403);
    EXPECT_FALSE(organizations_.project("bas"));
}

}  // namespace
}  // namespace tests
