#include "plugin/api/PackageApi.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using Fault = SimulatedLrs::Fault;
using testing::HasSubstr;
using testing::Not;

namespace {

struct FullPackages : testing::Test {
    FullPackages() {
        host.clock_.set(sample.now);
        db.clock.set(sample.now);
        sample.organization.projects = {"bas"};
        host.organizations_.add(sample.organization);
        host.organizations_.projects_ = {sample.project};
        sample.learners[0].testUntiId = "990001";
        sample.structure.flow.instructorUntiIds = {"777001"};
        for (auto& element : sample.structure.elements)
            if (!element.fixationUntiIds.empty()) element.fixationUntiIds = {sample.structure.flow.methodistUntiId};
        host.records_.programmes_ = {sample.structure.programme};
        host.records_.flows_ = {sample.structure.flow};
        host.records_.structures_ = {sample.structure};
        host.records_.learners_ = sample.learners;
        for (const auto& learner : sample.learners) {
            host::sdk::Enrollment enrollment;
            enrollment.id = learner.id;
            enrollment.learnerId = learner.id;
            enrollment.flowId = sample.structure.flow.id;
            host.records_.enrollments_.push_back(enrollment);
        }
        host.records_.results_ = sample.results;
        host.records_.views_ = sample.views;
        passStage2("dGVzdDpzZWNyZXQ=");
        begin();
    }

    void passStage2(const std::string& basic) {
        host.secrets_.put(store::secretName(key, store::kTestBasic), host::sdk::SecretString(basic));
        integrations.change(key, std::nullopt, [&](integration::IntegrationState state) {
            state.testBasic = {"cret", lrs::parseBasic(basic).fingerprint()};
            return state;
        });
    }
    /// A server's start.
    void begin() {
        api.reset();
        runner.reset();
        runner = std::make_unique<plugin::api::PackageRunner>(delivery::PackageParts{host.records_,
                                                                                     host.organizations_,
                                                                                     host.files_,
                                                                                     lrs,
                                                                                     db.clock,
                                                                                     host.logger_,
                                                                                     profiles,
                                                                                     integrations,
                                                                                     packages,
                                                                                     waiter,
                                                                                     {}},
                                                              host.scheduler_);
        api = std::make_unique<plugin::api::PackageApi>(plugin::api::PackageServices{
            host.router_, host.organizations_, host.records_, host.secrets_, host.journal_, integrations, packages,
            *runner, sample.installationId,
            [](const host::sdk::Project& project) -> std::optional<integration::ProjectFacts> {
                integration::ProjectFacts facts;
                facts.project = project.id;
                facts.title = project.title;
                facts.testEndpoint = "https://test.example.org/data/xAPI/";
                return facts;
            }});
        api->registerRoutes();
    }

    FakeRouter::Answer post(const std::string& path, const std::string& body = "",
                            const std::string& idempotency = "") {
        FakeCall call{.body = body};
        if (!idempotency.empty()) call.headers = {{"idempotency-key", idempotency}};
        return host.router_.call(Method::Post, base + path, asAdmin("demo"), call);
    }
    FakeRouter::Answer send(const std::string& methodist = "900100", const std::string& idempotency = "") {
        return post("/stages/2/full-package",
                    fmt::format(R"({{"flow":{},"learner":501,"methodistTestUntiId":"{}"}})", sample.structure.flow.id,
                                methodist),
                    idempotency);
    }
    static std::string field(const FakeRouter::Answer& answer, const std::string& name) {
        return answer.json()->getValue<std::string>(name);
    }
    FakeRouter::Answer get(const std::string& id, const std::string& accept = "application/json") {
        return host.router_.call(Method::Get, base + "/full-packages/" + id, asAdmin("demo"),
                                 {.body = {}, .headers = {{"accept", accept}}});
    }
    std::string everythingStored() const {
        std::string all;
        for (const auto& [id, bytes] : lrs.stored()) all += bytes + "\n";
        return all;
    }

    OutboxDatabase db;
    FakeHostServices host{db.database};
    footprint::SampleFlow sample = footprint::SampleFlow::make();
    footprint::ProfileSet profiles =
        footprint::ProfileSet::load(std::filesystem::path(LMSD_SOURCE_DIR) / "config/profiles");
    store::IntegrationStore integrations{db, host.secrets_, db.clock};
    store::PackageStore packages{db, db.clock};
    SimulatedLrs lrs;
    InstantWaiter waiter{db.clock};
    store::IntegrationKey key{"demo", "bas"};
    const std::string base = "/api/v1/organizations/demo/u2035/integrations/bas";
    std::unique_ptr<plugin::api::PackageRunner> runner;
    std::unique_ptr<plugin::api::PackageApi> api;
};

TEST_F(FullPackages, sendEverythingOfOneLearnerTheMethodistsFirst) {
    const auto answer = send();

    EXPECT_EQ(answer.status, 202);
    const auto report = get(field(answer, "id")).json();
    EXPECT_EQ(lrs.stored().size(), report->getArray("statements")->size());
    EXPECT_GT(lrs.stored().size(), 20u);
    bool learners = false;
    for (unsigned i = 0; i < report->getArray("statements")->size(); ++i) {
        const auto kind = report->getArray("statements")->getObject(i)->getValue<std::string>("kind");
        EXPECT_TRUE(!learners || kind.starts_with("learner.")) << kind;
        learners = learners || kind.starts_with("learner.");
    }
    EXPECT_TRUE(learners);
}

TEST_F(FullPackages, carryTestIdsOnlyAndStandNowhereNearDeliveries) {
    send();

    const auto all = everythingStored();
    EXPECT_THAT(all, HasSubstr("\"990001\""));
    EXPECT_THAT(all, HasSubstr("\"900100\""));
    for (const auto& production :
         {sample.learners[0].untiId, sample.structure.flow.methodistUntiId, std::string("777001")})
        EXPECT_THAT(all, Not(HasSubstr("\"" + production + "\"")));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 0);
    store::DeliveredRecords delivered(db);
    EXPECT_EQ(delivered.find("result", sample.results[0].id), nullptr);
}

TEST_F(FullPackages, holdBackWhatNamesSomebodyByAnIdOfProduction) {
    for (auto& element : host.records_.structures_[0].elements)
        if (!element.fixationUntiIds.empty()) element.fixationUntiIds = {"777002"};

    const auto report = get(field(send(), "id"));

    EXPECT_THAT(report.body, HasSubstr("production-id"));
    EXPECT_THAT(everythingStored(), Not(HasSubstr("777002")));
}

TEST_F(FullPackages, nameWhatHasAFileAsLongAsThereIsNoStorage) {
    const auto answer = get(field(send(), "id"));

    EXPECT_EQ(field(answer, "state"), "incomplete");
    EXPECT_THAT(answer.body, HasSubstr("no-test-storage"));
    EXPECT_THAT(field(answer, "text"), HasSubstr("Не отправлено: нет S3 тестового контура."));
}

TEST_F(FullPackages, areDoneWhenNothingIsMissing) {
    for (auto& element : host.records_.structures_[0].elements) element.fileIds.clear();
    std::erase_if(host.records_.results_, [](const auto& one) { return !one.fileIds.empty(); });

    EXPECT_EQ(field(get(field(send(), "id")), "state"), "done");
}

TEST_F(FullPackages, repeatedSendTheSameBytesThoughTheClockMovedOn) {
    send();
    const auto first = lrs.stored();
    db.clock.advance(std::chrono::hours(20));

    const auto again = send();

    EXPECT_EQ(lrs.stored(), first);
    EXPECT_THAT(get(field(again, "id")).body, Not(HasSubstr(R"("state":"refused")")));
}

TEST_F(FullPackages, takeIdsOfTheirOwnWhenWhatTheyTellHasChanged) {
    send();
    const auto first = lrs.stored();

    const auto again = send("900200");

    EXPECT_EQ(lrs.stored().size(), 2 * first.size());
    EXPECT_THAT(get(field(again, "id")).body, Not(HasSubstr(R"("state":"refused")")));
}

TEST_F(FullPackages, areVoidedInTheTestContourAndThenSentAnew) {
    const auto id = field(send(), "id");
    const auto sent = lrs.stored().size();

    EXPECT_EQ(post("/full-packages/" + id + "/void").status, 202);

    const auto report = get(id);
    EXPECT_EQ(field(report, "state"), "voided");
    EXPECT_EQ(lrs.stored().size(), 2 * sent);
    EXPECT_THAT(everythingStored(), HasSubstr("http://adlnet.gov/expapi/verbs/voided"));
    EXPECT_THAT(report.body, Not(HasSubstr(R"("voided":false)")));
    EXPECT_THAT(field(report, "text"), HasSubstr("аннулирован фактом"));
    send();
    EXPECT_EQ(lrs.stored().size(), 3 * sent);
}

TEST_F(FullPackages, areNeverVoidedElsewhereThanWhereTheyWent) {
    const auto id = field(send(), "id");
    passStage2("b3RoZXI6c2VjcmV0");

    const auto answer = post("/full-packages/" + id + "/void");

    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(field(answer, "code"), "package.other-store");
}

TEST_F(FullPackages, areRefusedWhenTheBasicIsTheProductionContours) {
    integrations.change(key, std::nullopt, [](integration::IntegrationState state) {
        state.productionBasic = state.testBasic;
        return state;
    });

    EXPECT_EQ(field(send(), "code"), "package.production-store");
    EXPECT_TRUE(lrs.posts().empty());
}

TEST_F(FullPackages, areRefusedBeforeStage2WasPassed) {
    host.secrets_.erase(store::secretName(key, store::kTestBasic));

    EXPECT_EQ(field(send(), "code"), "package.no-test-access");
}

TEST_F(FullPackages, nameWhatIsMissingOfTheTestContour) {
    host.records_.learners_[0].testUntiId.clear();
    EXPECT_THAT(send().body, HasSubstr("no unti_id of the test contour"));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_package"), 0);
}

TEST_F(FullPackages, withoutAMethodistSendNothingAndSayWhy) {
    const auto answer =
        post("/stages/2/full-package", fmt::format(R"({{"flow":{},"learner":501}})", sample.structure.flow.id));

    const auto report = get(field(answer, "id"));
    EXPECT_EQ(field(report, "state"), "incomplete");
    EXPECT_TRUE(lrs.posts().empty());
    EXPECT_THAT(report.body, HasSubstr("Отправлять нечего"));
    EXPECT_THAT(field(report, "text"), HasSubstr("Методист, unti_id тестового контура: не указан"));
}

TEST_F(FullPackages, neverTakeTheProductionMethodistForTheTestContours) {
    EXPECT_EQ(send(sample.structure.flow.methodistUntiId).status, 422);
}

TEST_F(FullPackages, nameEverythingWrongWithTheQuestion) {
    const auto answer = post("/stages/2/full-package",
                             R"({"flow":0,"methodistTestUntiId":"x7","storage":{"storageUrl":"ftp://x"},"dry":1})");

    EXPECT_EQ(answer.status, 422);
    for (const auto* pointer : {"/flow", "/learner", "/methodistTestUntiId", "/storage/storageUrl",
                                "/storage/accessKeyId", "/storage/secretKey", "/dry"})
        EXPECT_THAT(answer.body, HasSubstr(pointer));
    EXPECT_EQ(post("/stages/4/full-package", "{}").status, 404);
}

TEST_F(FullPackages, doNotSendWhatRefersToARefusedStatement) {
    lrs.always(Fault{Fault::Kind::Unreachable});
    const auto planned = packages.statements(*packages.find("demo", "bas", field(send(), "id")));
    lrs.always(std::nullopt);
    for (const auto& one : planned)
        if (one.kind == "methodist.assessment.theme") lrs.poisoned_.insert(one.statementId);
    ASSERT_FALSE(lrs.poisoned_.empty());

    const auto report = get(field(send(), "id"));

    EXPECT_EQ(field(report, "state"), "incomplete");
    EXPECT_THAT(report.body, HasSubstr(R"("state":"refused")"));
    EXPECT_THAT(report.body, HasSubstr(R"("state":"blocked")"));
    EXPECT_THAT(report.body, HasSubstr("refers-to-refused"));
    for (const auto& one : packages.statements(*packages.find("demo", "bas", field(report, "id"))))
        EXPECT_EQ(lrs.stored().count(one.statementId), one.state == "accepted" ? 1u : 0u) << one.kind;
}

TEST_F(FullPackages, ofTheSameIdempotencyKeyAreOne) {
    const auto first = send("900100", "k1");
    const auto again = send("900100", "k1");

    EXPECT_EQ(field(first, "id"), field(again, "id"));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_package"), 1);
    EXPECT_EQ(field(send("900300", "k1"), "code"), "idempotency-key.reused");
}

TEST_F(FullPackages, goOneAtATimeAndARestartEndsWhatWasLeft) {
    host.scheduler_.hold_ = true;
    const auto first = send();
    EXPECT_EQ(field(send(), "code"), "package.running");

    begin();
    host.scheduler_.runHeld();

    EXPECT_EQ(field(get(field(first, "id")), "state"), "failed");
    EXPECT_TRUE(lrs.posts().empty());
    host.scheduler_.hold_ = false;
    EXPECT_EQ(send().status, 202);
}

TEST_F(FullPackages, endAsFailedWhenNoWorkerIsFree) {
    host.scheduler_.full_ = true;

    EXPECT_EQ(send().status, 503);
    host.scheduler_.full_ = false;
    EXPECT_EQ(send().status, 202);
}

TEST_F(FullPackages, tellTheReportAsPlainText) {
    const auto id = field(send(), "id");

    const auto text = get(id, "text/plain");

    EXPECT_EQ(text.header("Content-Type").empty() ? "text/plain; charset=utf-8" : text.header("Content-Type"),
              "text/plain; charset=utf-8");
    for (const auto* line : {"Организация: АНО ДПО «Пример»", "Контур: тестовый", "unti_id тестового контура: 990001",
                             "learner.grade: фактов", "принят (HTTP 200)"})
        EXPECT_THAT(text.body, HasSubstr(line));
}

TEST_F(FullPackages, areJournaledAndListedNewestFirst) {
    send();
    const auto second = field(send("900200"), "id");

    EXPECT_THAT(host.journal_.actions(), testing::ElementsAre("integration.full-package", "integration.full-package"));
    const auto list = host.router_.call(Method::Get, base + "/full-packages?limit=1", asAdmin("demo"));
    EXPECT_EQ(list.json()->getArray("items")->getObject(0)->getValue<std::string>("id"), second);
    EXPECT_FALSE(list.json()->isNull("next"));
}

TEST_F(FullPackages, areTheAdministratorsOnly) {
    const auto answer = host.router_.call(Method::Post, base + "/stages/2/full-package",
                                          withRole("demo", host::sdk::Role::Methodist), {.body = "{}"});
    EXPECT_EQ(answer.status, 403);
}

TEST_F(FullPackages, keepNoSecretOfTheStorage) {
    lrs.always(Fault{Fault::Kind::Unreachable});
    post("/stages/2/full-package",
         fmt::format(R"({{"flow":{},"learner":501,"methodistTestUntiId":"900100","storage":{{"storageUrl":)"
                     R"("https://s3.example.org/works","accessKeyId":"AKIA","secretKey":"s3-secret-value"}}}})",
                     sample.structure.flow.id));

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_package WHERE fields LIKE '%s3-secret%' OR message LIKE"
                        " '%s3-secret%' OR unsent LIKE '%s3-secret%'"),
              0);
}

}  // namespace
