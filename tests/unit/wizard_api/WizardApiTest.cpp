#include "tests/unit/wizard_api/WizardFixture.h"

using namespace tests;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using WizardApi = WizardFixture;

TEST_F(WizardApi, showsACardPerProjectOpenToTheOrganisation) {
    auto answer = host.router_.call(Method::Get, "/api/v1/organizations/demo/u2035/integrations", asAdmin("demo"));

    auto items = answer.json()->getArray("items");
    ASSERT_EQ(items->size(), 1u);
    EXPECT_EQ(items->getObject(0)->getValue<std::string>("project"), "bas");
    EXPECT_EQ(items->getObject(0)->getValue<std::string>("statusText"), "Не выполнен");
    EXPECT_EQ(items->getObject(0)->getValue<int>("stage"), 0);
}

TEST_F(WizardApi, pagesItsCards) {
    host.organizations_.projects_.push_back(aProject("bas-2026", "Кадры для БАС 2026", "bas"));
    host.organizations_.organizations_[0].projects = {"bas-2026", "bas"};
    std::string path = "/api/v1/organizations/demo/u2035/integrations";

    auto first = host.router_.call(Method::Get, path + "?limit=1", asAdmin("demo")).json();
    auto second =
        host.router_
            .call(Method::Get, path + "?limit=1&cursor=" + first->getValue<std::string>("next"), asAdmin("demo"))
            .json();

    EXPECT_EQ(first->getArray("items")->getObject(0)->getValue<std::string>("project"), "bas");
    EXPECT_EQ(second->getArray("items")->getObject(0)->getValue<std::string>("project"), "bas-2026");
    EXPECT_TRUE(second->isNull("next"));
}

TEST_F(WizardApi, filtersItsCardsByStatus) {
    post("/open");
    std::string path = "/api/v1/organizations/demo/u2035/integrations";

    EXPECT_EQ(
        host.router_.call(Method::Get, path + "?status=active", asAdmin("demo")).json()->getArray("items")->size(), 0u);
    EXPECT_EQ(
        host.router_.call(Method::Get, path + "?status=in-progress", asAdmin("demo")).json()->getArray("items")->size(),
        1u);
    EXPECT_EQ(host.router_.call(Method::Get, path + "?status=happy", asAdmin("demo")).status, 400);
}

TEST_F(WizardApi, givesItsCardsAsCsv) {
    auto answer = host.router_.call(Method::Get, "/api/v1/organizations/demo/u2035/integrations", asAdmin("demo"),
                                    {"", {{"accept", "text/csv"}}});

    EXPECT_THAT(answer.body, HasSubstr("bas,Кадры для БАС,not-done,Не выполнен,0"));
}

TEST_F(WizardApi, hidesAProjectTheOrganisationTakesNoPartIn) {
    host.organizations_.organizations_[0].participation.clear();

    auto cards = host.router_.call(Method::Get, "/api/v1/organizations/demo/u2035/integrations", asAdmin("demo"));

    EXPECT_EQ(cards.json()->getArray("items")->size(), 0u);
    EXPECT_EQ(get().code(), "integration.not-participating");
}

TEST_F(WizardApi, hidesAProjectOnATariffThatDoesNotOfferIt) {
    host.organizations_.organizations_[0].tariff = "basic";

    EXPECT_EQ(get().status, 404);
}

TEST_F(WizardApi, keepsABegunIntegrationInSightWhenTheFlagIsTakenAway) {
    post("/open");
    host.organizations_.organizations_[0].participation.clear();

    EXPECT_EQ(get().status, 200);
}

TEST_F(WizardApi, isForTheOrganisationsAdministratorOnly) {
    for (auto role : {host::sdk::Role::Viewer, host::sdk::Role::Methodist})
        EXPECT_EQ(host.router_.call(Method::Get, path(), withRole("demo", role)).status, 403);
    EXPECT_EQ(host.router_.call(Method::Get, path(), asAdmin("other")).status, 404);
    EXPECT_EQ(host.router_.call(Method::Post, path("/open"), asServerAdmin(), {"", {{"if-match", "\"0\""}}}).status,
              404);
}

TEST_F(WizardApi, changesNothingByReading) {
    get();
    get();

    EXPECT_EQ(status(), "not-done");
    EXPECT_EQ(get().etag(), "\"0\"");
}

TEST_F(WizardApi, opensToOneOfFour) {
    auto answer = post("/open");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json()->getValue<std::string>("statusText"), "В процессе 1/4");
    EXPECT_EQ(answer.etag(), "\"1\"");
}

TEST_F(WizardApi, speaksEnglishWhenAskedAndKeepsTheCodes) {
    post("/open");

    EXPECT_EQ(get("", "en").json()->getValue<std::string>("statusText"), "In progress 1/4");
    EXPECT_EQ(get("", "en").json()->getValue<std::string>("status"), "in-progress");
}

TEST_F(WizardApi, needsIfMatchForEveryChange) {
    for (const char* rest : {"/open", "/stages/1/select", "/stages/1/continue", "/stages/2/check", "/disconnect",
                             "/credentials/replace", "/letters/test-access/copied"})
        EXPECT_EQ(host.router_.call(Method::Post, path(rest), asAdmin("demo")).status, 428) << rest;
}

TEST_F(WizardApi, answersALaterWriterWithTheCurrentState) {
    std::string stale = get().etag();
    post("/open");

    auto answer = host.router_.call(Method::Post, path("/open"), asAdmin("demo"), {"", {{"if-match", stale}}});

    EXPECT_EQ(answer.status, 412);
    EXPECT_EQ(answer.json()->getObject("current")->getValue<std::string>("status"), "in-progress");
    EXPECT_EQ(answer.json()->getObject("current")->getValue<int>("version"), 1);
}

TEST_F(WizardApi, refusesAnUnopenedStageInThePersonsLanguage) {
    post("/open");

    auto answer = post("/stages/3/select");

    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.code(), "integration.locked-stage");
    EXPECT_THAT(answer.body, HasSubstr("Этот этап ещё не открыт"));
}

TEST_F(WizardApi, standsWhereItStoppedAfterARestart) {
    toStage4();
    post("/stages/2/select");

    begin();

    EXPECT_EQ(get().json()->getValue<int>("stage"), 2);
    EXPECT_EQ(get().json()->getValue<int>("opened"), 4);
    EXPECT_EQ(stage(1)->getValue<std::string>("statusText"), "выполнено");
}

TEST_F(WizardApi, givesTheStagesTexts) {
    EXPECT_THAT(stage(3)->getValue<std::string>("text"), HasSubstr("в течение 3 рабочих дней вам придут два письма"));
    EXPECT_THAT(stage(4)->getValue<std::string>("text"), HasSubstr("для завершения настройки"));
}

TEST_F(WizardApi, goesFromNotDoneToActive) {
    toActive();

    EXPECT_EQ(status(), "active");
    EXPECT_EQ(get().json()->getValue<std::string>("statusText"), "Активен");
    EXPECT_THAT(get().json()->getValue<std::string>("hint"), Not(IsEmpty()));
    auto all = integrations.active("demo");
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].endpoint, "https://lrs.example.org/data/xAPI");
    EXPECT_TRUE(all[0].addressTypedByPerson);
    EXPECT_EQ(all[0].basicToken.reveal(), common::toBase64("production-key:secret-of-it"));
}

TEST_F(WizardApi, changesNothingWhenActive) {
    toActive();

    for (const char* rest : {"/open", "/stages/1/select", "/stages/2/continue", "/letters/test-access/copied"})
        EXPECT_EQ(post(rest).code(), "integration.active") << rest;
    EXPECT_EQ(post("/stages/2/check", basicBody("x")).code(), "integration.active");
}

TEST_F(WizardApi, disconnectsOnlyWhenItIsConfirmed) {
    toActive();

    EXPECT_EQ(post("/disconnect", "{}").code(), "integration.confirm-required");
    EXPECT_EQ(post("/disconnect", R"({"confirm":false})").status, 422);
    EXPECT_EQ(status(), "active");
}

TEST_F(WizardApi, wipesEverythingOnDisconnect) {
    toActive();

    EXPECT_EQ(post("/disconnect", R"({"confirm":true})").status, 200);

    EXPECT_EQ(status(), "not-done");
    EXPECT_THAT(host.secrets_.all(), IsEmpty());
    EXPECT_TRUE(get().json()->isNull("guid"));
    EXPECT_TRUE(get().json()->getObject("credentials")->isNull("storage"));
}

TEST_F(WizardApi, asksForTheStoreOfASecondSetUp) {
    toActive();
    std::string store = get().json()->getValue<std::string>("storeId");
    post("/disconnect", R"({"confirm":true})");
    toStage4();
    post("/stages/4/check", productionBody("another-key"));

    auto asked = post("/stages/4/continue");
    EXPECT_EQ(asked.status, 409);
    EXPECT_EQ(asked.code(), "integration.same-store-required");
    EXPECT_EQ(asked.json()->getObject("current")->getArray("earlierStores")->getObject(0)->getValue<std::string>("id"),
              store);

    EXPECT_EQ(post("/stages/4/continue", R"({"sameStore":true})").json()->getValue<std::string>("storeId"), store);
}

TEST_F(WizardApi, journalsEveryChangeWithoutASecret) {
    toActive();
    post("/disconnect", R"({"confirm":true})");

    auto actions = host.journal_.actions();
    for (const char* action : {"integration.opened", "integration.stage-continued", "integration.check-started",
                               "integration.check-finished", "integration.activated", "integration.disconnected"})
        EXPECT_THAT(actions, Contains(action));
    for (const char* secret : {"secret-of-it", "s3-secret-value"}) {
        EXPECT_THAT(host.journal_.text(), Not(HasSubstr(secret)));
        EXPECT_THAT(host.logger_.text(), Not(HasSubstr(secret)));
    }
    EXPECT_EQ(host.journal_.entries()[0].actor, "anna");
    EXPECT_EQ(host.journal_.entries()[0].clientAddress, "192.0.2.7");
    EXPECT_EQ(host.journal_.entries()[0].subject, "integrations/bas");
}

TEST_F(WizardApi, showsOfCredentialsTheLastFourOnly) {
    toActive();

    std::string body = get().body;
    std::string token = common::toBase64("production-key:secret-of-it");

    EXPECT_THAT(body, HasSubstr("\"productionBasic\":{\"lastFour\":\"" + token.substr(token.size() - 4) + "\"}"));
    EXPECT_THAT(body, Not(HasSubstr(token)));
    EXPECT_THAT(body, Not(HasSubstr("s3-secret-value")));
    EXPECT_THAT(body, Not(HasSubstr("fingerprint")));
}

TEST_F(WizardApi, keepsNoSecretInItsTables) {
    toActive();

    std::string dump = database.text("SELECT group_concat(state) FROM u2035_integration") +
                       database.text("SELECT group_concat(steps) FROM u2035_check");

    for (const auto& secret : {std::string("s3-secret-value"), common::toBase64("production-key:secret-of-it")})
        EXPECT_THAT(dump, Not(HasSubstr(secret)));
}

TEST_F(WizardApi, writesLettersWithWhatIsMissing) {
    host.organizations_.organizations_[0].legalName.clear();

    auto letter = get("/letters/test-access").json();

    EXPECT_EQ(letter->getValue<std::string>("to"), "apps@2035.university");
    EXPECT_EQ(letter->getArray("missing")->getObject(0)->getValue<std::string>("pointer"), "/legalName");
}

TEST_F(WizardApi, givesALetterAsAMessage) {
    auto answer = host.router_.call(Method::Get, path("/letters/test-access"), asAdmin("demo"),
                                    {"", {{"accept", "message/rfc822"}}});

    EXPECT_EQ(answer.contentType, "message/rfc822");
    EXPECT_THAT(answer.body, HasSubstr("To: apps@2035.university\r\n"));
    EXPECT_THAT(answer.header("Content-Disposition"), HasSubstr("test-access.eml"));
}

TEST_F(WizardApi, quotesTheFailedCheckToSupport) {
    toStage2();
    peers.lrsStatus = 401;
    post("/stages/2/check", basicBody());

    auto body = get("/letters/support").json()->getValue<std::string>("body");

    EXPECT_THAT(body, HasSubstr("url: https://test.example.org/data/xAPI/statements"));
    EXPECT_THAT(body, HasSubstr("Контур: Тестовый"));
    EXPECT_THAT(body, HasSubstr("Authorization: Basic ****"));
    EXPECT_THAT(body, HasSubstr("errorId: e-1"));
}

TEST_F(WizardApi, remindsThreeWorkingDaysAfterTheLetterWasCopied) {
    toStage2();
    post("/stages/2/check", basicBody());
    post("/stages/2/continue");
    EXPECT_EQ(post("/letters/production-access/copied").status, 200);

    EXPECT_FALSE(stage(3)->getObject("reminder")->getValue<bool>("due"));
    host.clock_.advance(std::chrono::hours(24 * 5));
    EXPECT_TRUE(stage(3)->getObject("reminder")->getValue<bool>("due"));
}

TEST_F(WizardApi, knowsNoOtherLetterProjectOrStage) {
    post("/open");

    EXPECT_EQ(get("/letters/love").status, 404);
    EXPECT_EQ(post("/stages/5/select").status, 404);
    EXPECT_EQ(post("/stages/1/check", basicBody()).status, 404);
    EXPECT_EQ(
        host.router_.call(Method::Get, "/api/v1/organizations/demo/u2035/integrations/free", asAdmin("demo")).status,
        404);
}

TEST_F(WizardApi, letsOnlyTheServersAdministratorOverrideEndpoints) {
    auto put = [&](const host::sdk::Principal& who, const std::string& body) {
        return host.router_.call(Method::Put, path("/endpoints"), who, {body, {{"if-match", get().etag()}}});
    };

    EXPECT_EQ(put(asAdmin("demo"), "{}").status, 403);
    EXPECT_EQ(put(asServerAdmin(), R"({"test":"https://other.example.org/xAPI"})").status, 200);
    toStage2();
    post("/stages/2/check", basicBody());
    EXPECT_EQ(host.http_.seen().back().url, "https://other.example.org/xAPI/statements");
    EXPECT_EQ(put(asServerAdmin(), R"({"test":"ftp://x","production":"https://u:p@host/"})")
                  .json()
                  ->getArray("errors")
                  ->size(),
              2u);
}

TEST_F(WizardApi, letsOneOfManyWritersAtOnceWin) {
    post("/open");
    std::string etag = get().etag();
    std::atomic<int> won{0}, late{0};

    {
        std::vector<std::jthread> people;
        for (int i = 0; i < 8; ++i)
            people.emplace_back([&] {
                int status =
                    host.router_
                        .call(Method::Post, path("/stages/1/continue"), asAdmin("demo"), {"", {{"if-match", etag}}})
                        .status;
                (status == 200 ? won : late) += status == 200 || status == 412 ? 1 : 100;
            });
    }

    EXPECT_EQ(won, 1);
    EXPECT_EQ(late, 7);
}

TEST_F(WizardApi, documentsEveryOperation) {
    std::set<std::string> ids;
    for (const auto& route : host.router_.routes()) {
        const auto& o = route.options.operation;
        EXPECT_TRUE(ids.insert(o.id).second) << o.id;
        EXPECT_FALSE(o.summary.empty()) << route.path;
        EXPECT_NO_THROW(Poco::JSON::Parser().parse(o.responseSchema)) << o.id;
        EXPECT_NO_THROW(Poco::JSON::Parser().parse(o.responseExample)) << o.id;
        for (const auto& text : {o.requestExample, o.requestSchema}) {
            if (text.empty()) continue;
            EXPECT_NO_THROW(Poco::JSON::Parser().parse(text)) << o.id;
        }
    }
}

TEST_F(WizardApi, saysWhenAndByWhomAStageWasPassed) {
    post("/open");
    host.clock_.advance(std::chrono::seconds(60));
    post("/stages/1/continue");

    EXPECT_EQ(stage(1)->getValue<std::string>("openedAt"), "2026-03-01T00:00:00Z");
    EXPECT_EQ(stage(1)->getValue<std::string>("passedAt"), "2026-03-01T00:01:00Z");
    EXPECT_EQ(stage(1)->getValue<std::string>("passedBy"), asAdmin("demo").login);
    EXPECT_EQ(stage(2)->getValue<std::string>("openedAt"), "2026-03-01T00:01:00Z");
    for (const char* name : {"passedAt", "passedBy"}) EXPECT_TRUE(stage(2)->isNull(name)) << name;
    EXPECT_TRUE(stage(3)->isNull("openedAt"));
}

TEST_F(WizardApi, saysWhoPressedTheLastButton) {
    toActive();

    EXPECT_EQ(stage(4)->getValue<std::string>("passedBy"), asAdmin("demo").login);
    EXPECT_EQ(stage(4)->getValue<std::string>("passedAt"), "2026-03-01T00:00:00Z");
}

TEST_F(WizardApi, showsTheTypedEndpointOncePassed) {
    toStage4();
    const auto address = [this] {
        return get().json()->getObject("endpoints")->getObject("production")->getValue<std::string>("address");
    };
    EXPECT_EQ(address(), "");

    post("/stages/4/check", productionBody());

    EXPECT_EQ(address(), "https://lrs.example.org/data/xAPI");
}
