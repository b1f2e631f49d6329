/// A learner's pages over a real database and the host's real records, with a clock that the test moves.

#include "host/records/RecordMigrations.h"
#include "host/records/RecordStore.h"
#include "plugin/api/SsoPages.h"
#include "plugin/store/Migrations.h"
#include "tests/support/FakeHost.h"
#include "tests/support/StubHttp.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace {

using namespace tests;
using host::records::RecordDraft;
using host::records::RecordKind;
using host::sdk::Method;
using plugin::store::JoinState;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

const char* const kToken = R"({"access_token":"t0ken"})";
const std::string kCallback = "/u2035/sso/demo/production/callback";

class SsoPagesTest : public testing::Test {
protected:
    SsoPagesTest() {
        db->migrate("records", host::records::recordsMigrations());
        db->migrate("u2035",
                    plugin::store::numbered({plugin::store::ssoMigrations(), plugin::store::ssoUnlinkMigrations()}));
        organizations.add(anOrganization("demo"));
        routes = pages.addTo(router);
        RecordDraft draft(RecordKind::Learner);
        draft.externalId = "l1";
        draft.values[host::records::fieldIndex(RecordKind::Learner, "lastName")] = std::string("Соколова");
        checkDraft(draft);
        learnerId = records.upsert("demo", "lms", {draft}).at(0).id;
        plugin::store::SsoClientRow client;
        client.organization = "demo";
        client.contour = "production";
        client.base = "https://sso.2035.university";
        client.clientId = "demo";
        client.redirectUri = "https://lms.example.org" + kCallback;
        store.putClient(client, std::nullopt);
        secrets.put(plugin::store::SsoStore::secretName("demo", "production"), host::sdk::SecretString("s3cret"));
    }

    std::string link(std::chrono::hours lasts = std::chrono::hours(168)) {
        plugin::store::SsoLink one;
        one.organization = "demo";
        one.contour = "production";
        one.learnerId = learnerId;
        one.expiresAt = db.clock.now() + std::chrono::microseconds(lasts).count();
        const auto token = plugin::store::ssoToken();
        store.addLinks({one}, {token});
        return token;
    }
    FakeRouter::Answer get(const std::string& target, const std::string& held = {}) {
        return router.call(Method::Get, target, {}, {.headers = {{"cookie", held}}});
    }
    static std::string found(const std::string& text, const std::string& pattern) {
        std::smatch match;
        return std::regex_search(text, match, std::regex(pattern)) ? match[1].str() : std::string();
    }
    /// To University 2035 and back; the callback's answer. The cookie is kept.
    FakeRouter::Answer comeBack(
        const std::string& token, const std::function<void()>& meanwhile = [] {}) {
        const auto there = get("/u2035/sso/start?t=" + token);
        EXPECT_EQ(there.status, 303);
        cookie = found(there.header("Set-Cookie"), "^([^;]+);");
        state = found(there.header("Location"), "state=([0-9a-f]+)");
        meanwhile();
        return get(kCallback + "?code=c0de&state=" + state, cookie);
    }
    void answers(const std::string& profile) { http.answer(200, kToken).answer(200, profile); }

    TestDatabase db;
    FakeRouter router;
    FakeOrganizations organizations;
    FakeSecrets secrets;
    RecordingJournal journal;
    RecordingLogger logger;
    StubHttp http;
    host::records::RecordStore records{db, db.clock};
    plugin::store::SsoStore store{db, db.clock};
    plugin::api::SsoJoining joining{store, records, journal};
    plugin::api::SsoPages pages{
        {store, records, organizations, secrets, http, logger, db.clock, joining, std::chrono::milliseconds(1000)}};
    std::vector<host::sdk::Registration> routes;
    host::sdk::RecordId learnerId = 0;
    std::string cookie, state;
};

TEST_F(SsoPagesTest, aLinkServesUntilItIsTooOld) {
    const auto token = link(std::chrono::hours(1));
    EXPECT_EQ(get("/u2035/sso/join?t=" + token).status, 200);

    db.clock.advance(std::chrono::hours(1));

    const auto late = get("/u2035/sso/join?t=" + token);
    EXPECT_EQ(late.status, 410);
    EXPECT_THAT(late.body, HasSubstr("sso.link-expired"));
    EXPECT_EQ(get("/u2035/sso/start?t=" + token).status, 410);
}

TEST_F(SsoPagesTest, aStateIsWaitedForAQuarterOfAnHour) {
    answers(R"({"unti_id":7})");

    const auto late = comeBack(link(), [&] { db.clock.advance(minutes(15)); });

    EXPECT_EQ(late.status, 400);
    EXPECT_THAT(late.body, HasSubstr("sso.state-expired"));
    EXPECT_TRUE(http.asked.empty());
}

TEST_F(SsoPagesTest, theIdsWaitTenMinutesForTheirPersonAndAreForgotten) {
    answers(R"({"unti_id":70070,"leader_id":"80080"})");
    const auto back = comeBack(link());
    const auto page = "/u2035/sso/confirm/" + found(back.header("Location"), "confirm/([0-9]+)");
    EXPECT_THAT(get(page, cookie).body, HasSubstr("70070"));

    db.clock.advance(minutes(10));

    EXPECT_THAT(get(page, cookie).body, HasSubstr("sso.state-expired"));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_sso_attempt WHERE unti_id <> '' OR leader_id <> ''"), 0);
}

TEST_F(SsoPagesTest, theCookieIsForTheSignInAloneAndNoScriptReadsIt) {
    const auto there = get("/u2035/sso/start?t=" + link());

    for (const char* part : {"u2035_sso_", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"})
        EXPECT_THAT(there.header("Set-Cookie"), HasSubstr(part));
    EXPECT_THAT(there.header("Location"), testing::StartsWith("https://sso.2035.university/oauth2/authorize?"));
}

TEST_F(SsoPagesTest, aFormOfAnEarlierShowingDoesNotCount) {
    answers(R"({"unti_id":7})");
    const auto back = comeBack(link());
    const auto page = "/u2035/sso/confirm/" + found(back.header("Location"), "confirm/([0-9]+)");
    const auto first = found(get(page, cookie).body, "name=\"csrf\" value=\"([0-9a-f]+)\"");
    const auto second = found(get(page, cookie).body, "name=\"csrf\" value=\"([0-9a-f]+)\"");
    const auto post = [&](const std::string& csrf) {
        return router.call(Method::Post, page, {},
                           {.body = "answer=yes&csrf=" + csrf, .headers = {{"cookie", cookie}}});
    };

    EXPECT_EQ(post(first).status, 403);
    EXPECT_EQ(post(second).status, 200);
    EXPECT_EQ(records.learner("demo", learnerId)->untiId, "7");
}

TEST_F(SsoPagesTest, aLinkIsWornAfterFiftyTries) {
    const auto token = link();
    for (int i = 0; i < 50; ++i) EXPECT_EQ(get("/u2035/sso/start?t=" + token).status, 303);

    EXPECT_EQ(get("/u2035/sso/start?t=" + token).status, 429);
}

TEST_F(SsoPagesTest, signInsOfYesterdayAreForgotten) {
    const auto token = link();
    get("/u2035/sso/start?t=" + token);
    db.clock.advance(std::chrono::hours(25));
    get("/u2035/sso/start?t=" + token);

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_sso_attempt"), 1);
}

TEST_F(SsoPagesTest, aWithdrawnClientEndsWhatIsUnderWay) {
    const auto token = link();
    const auto back = comeBack(token, [&] { store.eraseClient("demo", "production", std::nullopt); });

    EXPECT_EQ(back.status, 400);
    EXPECT_EQ(get("/u2035/sso/join?t=" + token).status, 410);
}

TEST_F(SsoPagesTest, logsAFailureWithItsCodeAndNothingElse) {
    http.answer(400, R"({"error":"invalid_grant","error_description":"c0de"})");
    const auto back = comeBack(link());

    EXPECT_EQ(back.status, 502);
    EXPECT_THAT(logger.text(), HasSubstr("sso.invalid-grant"));
    for (const auto& secret : {std::string("c0de"), state, std::string("s3cret")})
        EXPECT_THAT(logger.text() + journal.text() + back.body, Not(HasSubstr(secret)));
}

}  // namespace
