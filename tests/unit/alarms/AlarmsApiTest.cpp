#include "common/Encoding.h"
#include "host/alarms/AlarmMessenger.h"
#include "host/alarms/AlarmSchema.h"
#include "host/alarms/AlarmsApi.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <Poco/JSON/Array.h>
#include <gmock/gmock.h>

#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

using namespace host::alarms;
using namespace std::chrono_literals;
using host::sdk::Method;
using host::sdk::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::asAdmin;
using tests::asServerAdmin;
using tests::withRole;

namespace {

const std::string kList = "/api/v1/organizations/demo/alarms";
const std::string kRecipients = kList + "/recipients";

struct AlarmsApiTest : ::testing::Test {
    AlarmsApiTest() {
        db->migrate("host.alarms", alarmMigrations());
        organizations.add(tests::anOrganization("demo"));
        http.answer_ = [](const auto&) { return tests::ScriptedHttp::answer(204, ""); };
        registrations = api.registerRoutes(router);
    }
    static host::sdk::Alarm alarm(const std::string& key, const std::string& organization = "demo") {
        return {key, organization, "code-" + key.substr(0, 1), "Причина " + key, "подробно", "исправьте"};
    }
    std::vector<std::string> keys(const std::string& path, const host::sdk::Principal& who) {
        std::vector<std::string> out;
        const auto items = router.call(Method::Get, path, who).json()->getArray("items");
        for (unsigned i = 0; i < items->size(); ++i) out.push_back(items->getObject(i)->getValue<std::string>("key"));
        return out;
    }
    tests::FakeRouter::Answer put(const std::string& body, const std::string& etag = "\"0\"") {
        return router.call(Method::Put, kRecipients, asAdmin("demo"), {.body = body, .headers = {{"if-match", etag}}});
    }

    tests::TestDatabase db;
    tests::RecordingLogger log;
    tests::FakeSecrets secrets;
    tests::FakeOrganizations organizations;
    tests::RecordingJournal journal;
    tests::ScriptedHttp http;
    tests::FakeRouter router;
    AlarmStore store{db.database, db.clock, log};
    MessageStore messages{db.database, db.clock};
    RecipientStore recipients{db.database, secrets};
    HeldAlarms held{store, db.clock, log};
    host::mail::Mailer mailer{host::mail::MailSettings{}};
    AlarmMessenger messenger{mailer, http, db.clock,
                             [this](const std::string& organization) { return recipients.secretOf(organization); },
                             "inst"};
    int woken = 0;
    AlarmsApi api{{store,
                   messages,
                   recipients,
                   held,
                   messenger,
                   {{"", Channel::Webhook, "https://ops.example.org/x"}},
                   true,
                   organizations,
                   journal,
                   db.clock,
                   "inst",
                   [this] { ++woken; },
                   log}};
    std::vector<host::sdk::Registration> registrations;
};

TEST_F(AlarmsApiTest, listsOpenOnesUnlessAskedForOthers) {
    store.raise(alarm("u/1"));
    store.raise(alarm("u/2"));
    store.raise(alarm("h/3", ""));
    store.clear("u/1");
    EXPECT_THAT(keys(kList, withRole("demo", Role::Viewer)), ElementsAre("u/2"));
    EXPECT_THAT(keys(kList + "?state=closed", asAdmin("demo")), ElementsAre("u/1"));
    EXPECT_THAT(keys(kList + "?state=all", asServerAdmin()), ElementsAre("u/2", "u/1"));
    EXPECT_THAT(keys("/api/v1/alarms", asServerAdmin()), ElementsAre("h/3", "u/2"));
    EXPECT_THAT(keys("/api/v1/alarms?organization=", asServerAdmin()), ElementsAre("h/3"));
    EXPECT_THAT(keys("/api/v1/alarms?module=u&state=all", asServerAdmin()), ElementsAre("u/2", "u/1"));
    EXPECT_THAT(keys("/api/v1/alarms?code=code-h", asServerAdmin()), ElementsAre("h/3"));
    EXPECT_EQ(router.call(Method::Get, kList + "?state=old", asAdmin("demo")).status, 400);
}

TEST_F(AlarmsApiTest, pagesByTheCursor) {
    for (int i = 1; i <= 3; ++i) store.raise(alarm("u/" + std::to_string(i)));
    store.clear("u/3");
    const auto first = router.call(Method::Get, kList + "?state=all&limit=2", asAdmin("demo")).json();
    const auto next = first->getValue<std::string>("next");
    EXPECT_THAT(keys(kList + "?state=all&limit=2&cursor=" + next, asAdmin("demo")), ElementsAre("u/3"));
}

TEST_F(AlarmsApiTest, showsAnOrganizationWhatBecameOfItsOwnMessagesOnly) {
    store.raise(alarm("u/1"));
    messages.plan({{"", Channel::Mail, "ops@example.org"}, {"demo", Channel::Mail, "anna@example.org"}});
    for (const auto& due : messages.due(10))
        messages.failed(due, Delivery::failed("expired", "renew it"), db.clock.now() + 1);

    const auto mine = router.call(Method::Get, kList, asAdmin("demo")).body;
    EXPECT_THAT(mine, HasSubstr("anna@example.org"));
    EXPECT_THAT(mine, HasSubstr(R"("problem":"expired","fix":"renew it")"));
    EXPECT_THAT(mine, Not(HasSubstr("ops@example.org")));
    EXPECT_THAT(router.call(Method::Get, "/api/v1/alarms", asServerAdmin()).body, HasSubstr("ops@example.org"));
}

TEST_F(AlarmsApiTest, showsAddressesAndReasonsToWhoLooksAfterTheOrganizationOnly) {
    store.raise(alarm("u/1"));
    messages.plan({{"demo", Channel::Mail, "anna@example.org"}});
    messages.failed(messages.due(10).at(0), Delivery::failed("no such user", "correct it"), db.clock.now() + 1);
    for (const Role role : {Role::Viewer, Role::Methodist}) {
        const auto seen = router.call(Method::Get, kList, withRole("demo", role)).body;
        EXPECT_THAT(seen, HasSubstr(R"("channel":"mail","address":"","state":"pending","attempts":1)"));
        EXPECT_THAT(seen, HasSubstr(R"("problem":"","fix":""}])"));
    }
    EXPECT_THAT(router.call(Method::Get, kList, asAdmin("demo")).body, HasSubstr("no such user"));
    EXPECT_THAT(router.call(Method::Get, kList, asServerAdmin()).body, HasSubstr("anna@example.org"));
}

TEST_F(AlarmsApiTest, howTheServersMailFailsIsTheServersAdministratorsToKnow) {
    store.raise(alarm("u/1"));
    messages.plan({{"demo", Channel::Mail, "anna@example.org"}});
    messages.failed(messages.due(10).at(0), Delivery::failed("mail.inner:25 refused 'lmsd'", "set it", true),
                    db.clock.now() + 1);
    const auto mine = router.call(Method::Get, kList, asAdmin("demo")).body;
    EXPECT_THAT(mine, Not(HasSubstr("mail.inner")));
    EXPECT_THAT(mine, HasSubstr("The server's mail does not go out"));
    EXPECT_THAT(mine, HasSubstr("anna@example.org"));
    EXPECT_THAT(router.call(Method::Get, "/api/v1/alarms", asServerAdmin()).body, HasSubstr("mail.inner:25"));
}

TEST_F(AlarmsApiTest, showsWhatIsHeldInMemory) {
    db.execute("CREATE TRIGGER refuse BEFORE INSERT ON alarm BEGIN SELECT RAISE(ABORT, 'no'); END");
    held.raise({"host/database", "", "database-unwritable", "Нельзя писать", "", ""});
    EXPECT_THAT(keys("/api/v1/alarms", asServerAdmin()), ElementsAre("host/database"));
    EXPECT_THAT(keys(kList, asAdmin("demo")), ElementsAre());
}

TEST_F(AlarmsApiTest, recipientsAreReplacedUnderTheirVersionAndTheSecretIsNeverShown) {
    const auto empty = router.call(Method::Get, kRecipients, asAdmin("demo"));
    EXPECT_EQ(empty.etag(), "\"0\"");
    const auto set = put(
        R"({"mails":["anna@example.org"],"webhook":{"url":"https://hooks.example.org/a?key=1","secret":"0123456789abcdef"}})");
    EXPECT_EQ(set.status, 200) << set.body;
    EXPECT_EQ(set.etag(), "\"1\"");
    EXPECT_THAT(set.body, HasSubstr(R"("secretSet":true,"secretLastFour":"cdef")"));
    EXPECT_THAT(set.body + journal.text(), Not(HasSubstr("0123456789ab")));
    EXPECT_EQ(secrets.all().size(), 1U);
    EXPECT_EQ(woken, 1);

    EXPECT_EQ(put("{}", "\"0\"").status, 412);
    EXPECT_EQ(router.call(Method::Put, kRecipients, asAdmin("demo"), {.body = "{}"}).status, 428);
    // Sent back as it was got: the secret stays.
    EXPECT_EQ(put(set.body, "\"1\"").status, 200);
    EXPECT_EQ(secrets.all().size(), 1U);
    EXPECT_EQ(put(R"({"webhook":{"url":"https://hooks.example.org/a","secret":""}})", "\"2\"").status, 200);
    EXPECT_TRUE(secrets.all().empty());
    EXPECT_THAT(journal.actions(),
                ElementsAre("alarms.recipients-changed", "alarms.recipients-changed", "alarms.recipients-changed"));
}

TEST_F(AlarmsApiTest, whatCannotBeToldIsRefusedFieldByField) {
    const auto answer = put(
        R"({"mails":["anna@example.org","anna@example.org","x"],"webhook":{"url":"ftp://x","secret":"short"},"more":1})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("has 'anna@example.org' twice"));
    EXPECT_THAT(answer.body, HasSubstr("has 'x', which is no mail address"));
    for (const char* pointer : {"/mails", "/webhook/url", "/webhook/secret", "/more"})
        EXPECT_THAT(answer.body, HasSubstr(std::string("\"") + pointer + "\"")) << pointer;
}

TEST_F(AlarmsApiTest, rolesAreKept) {
    const auto viewer = withRole("demo", Role::Methodist);
    EXPECT_EQ(router.call(Method::Get, kRecipients, viewer).status, 403);
    EXPECT_EQ(router.call(Method::Post, kList + "/test", viewer).status, 403);
    EXPECT_EQ(router.call(Method::Get, "/api/v1/alarms", asAdmin("demo")).status, 403);
    EXPECT_EQ(router.call(Method::Post, "/api/v1/alarms/test", asAdmin("demo")).status, 403);
    EXPECT_EQ(router.call(Method::Get, kList, asAdmin("other")).status, 404);
    EXPECT_EQ(router.call(Method::Get, "/api/v1/organizations/none/alarms", asServerAdmin()).status, 404);
}

TEST_F(AlarmsApiTest, aTestTellsWhatBecameOfItForEachRecipient) {
    EXPECT_EQ(router.call(Method::Post, kList + "/test", asAdmin("demo")).code(), "alarms.no-recipients");
    put(R"({"mails":["anna@example.org"],"webhook":{"url":"https://hooks.example.org/a","secret":"0123456789abcdef"}})");

    const auto answer = router.call(Method::Post, kList + "/test", asAdmin("demo"));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(R"("channel":"mail","address":"anna@example.org","outcome":"failed")"));
    EXPECT_THAT(answer.body, HasSubstr("ask the server's administrator"));
    EXPECT_THAT(answer.body, Not(HasSubstr("alarms.mail.server")));
    EXPECT_THAT(log.text(), HasSubstr("No mail server is configured"));
    EXPECT_THAT(answer.body, HasSubstr(R"("channel":"webhook","address":"","outcome":"sent","problem":"")"));

    ASSERT_EQ(http.seen().size(), 1U);
    const auto call = http.seen()[0];
    EXPECT_TRUE(call.typedByPerson);
    EXPECT_EQ(call.header("X-Lmsd-Signature"), webhookSignature("0123456789abcdef", call.body));
    EXPECT_THAT(call.body, HasSubstr(R"("event":"alarm.test")"));
    EXPECT_EQ(router.call(Method::Post, kList + "/test", asAdmin("demo")).code(), "alarms.test-too-soon");
    db.clock.advance(60s);
    EXPECT_EQ(router.call(Method::Post, kList + "/test", asAdmin("demo")).status, 200);
}

TEST_F(AlarmsApiTest, aTestThatArrivesSendsWhatWaits) {
    put(R"({"webhook":{"url":"https://hooks.example.org/a"}})");
    store.raise(alarm("u/1"));
    messages.plan(recipients.targets());
    messages.failed(messages.due(10).at(0), Delivery::failed("down", ""), db.clock.now() + 1'000'000'000);
    ASSERT_TRUE(messages.due(10).empty());
    router.call(Method::Post, kList + "/test", asAdmin("demo"));
    EXPECT_EQ(messages.due(10).size(), 1U);
}

/// Answers when it is stopped only, as an address that swallows everything does; a minute is given up on.
struct StuckMessenger : Messenger {
    Delivery deliver(const Target&, const Message&, std::stop_token stop) noexcept override {
        ++tried;
        inside.count_down();
        std::mutex mutex;
        std::condition_variable_any changed;
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, 60s, [] { return false; });
        broken = stop.stop_requested();
        return Delivery::failed("broken off", "");
    }
    std::latch inside{1};
    int tried = 0;
    bool broken = false;
};

struct StuckTest : AlarmsApiTest {
    /// `longest`: of one test to two targets.
    host::sdk::Response ask(std::chrono::milliseconds longest) {
        AlarmsApi::Parts parts{store,         messages, recipients, held,   stuck, {},  true,
                               organizations, journal,  db.clock,   "inst", [] {}, log, longest};
        parts.serverTargets = {{"", Channel::Webhook, "https://a.example.org"}, {"", Channel::Mail, "b@example.org"}};
        stuckApi.emplace(std::move(parts));
        tests::FakeRouter own;
        const auto routes = stuckApi->registerRoutes(own);
        std::jthread server([&] {
            if (!endsServer) return;
            stuck.inside.wait();
            stuckApi->stopTests();
        });
        const auto answer = own.call(Method::Post, "/api/v1/alarms/test", asServerAdmin());
        return host::sdk::Response::json(answer.body, answer.status);
    }
    StuckMessenger stuck;
    std::optional<AlarmsApi> stuckApi;
    bool endsServer = false;
};

TEST_F(StuckTest, aTestAnswersWhenItsTimeIsOverAndSaysWhoWasNotTried) {
    const auto answer = ask(50ms);
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(stuck.broken);
    EXPECT_EQ(stuck.tried, 1);
    EXPECT_THAT(answer.body,
                HasSubstr(R"("channel":"webhook","address":"","outcome":"failed","problem":"broken off")"));
    EXPECT_THAT(answer.body, HasSubstr(R"("channel":"mail","address":"b@example.org","outcome":"not-tried")"));
}

TEST_F(StuckTest, aTestDoesNotKeepTheServerFromStopping) {
    endsServer = true;
    const auto answer = ask(std::chrono::hours(1));
    EXPECT_TRUE(stuck.broken);
    EXPECT_EQ(stuck.tried, 1);
    EXPECT_THAT(answer.body, HasSubstr("not-tried"));
}

TEST_F(AlarmsApiTest, theServersOwnAddressIsNoneThatAPersonTyped) {
    EXPECT_EQ(router.call(Method::Post, "/api/v1/alarms/test", asServerAdmin()).status, 200);
    EXPECT_FALSE(http.seen().at(0).typedByPerson);
    EXPECT_EQ(http.seen().at(0).header("X-Lmsd-Signature"), "");
}

TEST_F(AlarmsApiTest, aWebhookThatAnswersOtherwiseThanWellHasNotReceived) {
    Message message;
    message.alarm.alarm = alarm("u/1");
    message.id = "alarm-1";
    const Target hook{"demo", Channel::Webhook, "https://hooks.example.org/a"};
    for (int status : {301, 400, 500}) {
        http.answer_ = [&](const auto&) { return tests::ScriptedHttp::answer(status, "internal words"); };
        const auto delivery = messenger.deliver(hook, message, {});
        EXPECT_EQ(delivery.outcome, Delivery::Outcome::Failed);
        EXPECT_THAT(delivery.problem, HasSubstr(std::to_string(status)));
        EXPECT_THAT(delivery.problem, Not(HasSubstr("internal")));
    }
    using Kind = host::sdk::OutboundError::Kind;
    http.answer_ = [](const auto&) -> host::sdk::OutboundResponse {
        throw host::sdk::OutboundError(Kind::Timeout, true, "No answer in time");
    };
    EXPECT_EQ(messenger.deliver(hook, message, {}).outcome, Delivery::Outcome::InDoubt);
    http.answer_ = [](const auto&) -> host::sdk::OutboundResponse {
        throw host::sdk::OutboundError(Kind::Forbidden, false, "It leads into a private network");
    };
    EXPECT_EQ(messenger.deliver(hook, message, {}).outcome, Delivery::Outcome::Failed);
    EXPECT_EQ(http.seen().at(0).header("Idempotency-Key"), "alarm-1");
}

TEST(Webhook, isSignedAsEveryoneCanCheck) {
    // RFC 4231, test case 2.
    EXPECT_EQ(webhookSignature("Jefe", "what do ya want for nothing?"),
              "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
