// What the test contour has accepted is told to nobody, and nothing working goes there; a new store is told everything.
#include "plugin/api/HandoverApi.h"
#include "plugin/api/ResendApi.h"
#include "plugin/api/RunsApi.h"
#include "plugin/delivery/ContourGuard.h"
#include "plugin/store/RecordFates.h"
#include "plugin/store/TestOnlyStore.h"
#include "plugin/store/XapiFileStore.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using delivery::NightArguments;
using host::sdk::Method;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

const std::string kFirst = "11111111-1111-4111-8111-111111111111";
const std::string kSecond = "22222222-2222-4222-8222-222222222222";

struct StoreContour : testing::Test, NightWorld {
    StoreContour() {
        host.organizations_.organizations_[0].projects = {"bas"};
        for (auto& one : resendApi.addTo(host.router_)) routes.push_back(std::move(one));
        for (auto& one : handoverApi.addTo(host.router_)) routes.push_back(std::move(one));
        job = host.scheduler_.cron({api::kNightlyJob, "", "0 2 * * *", "Europe/Moscow"},
                                   [this](host::sdk::TaskContext& context) {
                                       night().run(NightArguments::fromJob(context.arguments()), context.trigger(),
                                                   context.requestedBy(), context.runId(), context.stop());
                                   });
    }
    /// The wizard's row of a store, as activation writes it.
    void haveStore(const std::string& id, const std::string& contour = "production") {
        db.execute(
            "INSERT INTO u2035_store (id, organization, project, contour, endpoint, basic_fingerprint, created_at)"
            " VALUES ('" +
            id + "', '" + org + "', 'bas', '" + contour + "', 'https://lrs.example.org', 'f', 1)");
    }
    void connectTo(const std::string& storeId) {
        connect();
        integrations.active_[0].storeId = storeId;
    }
    void declareTest(const std::string& id) {
        db.execute("UPDATE u2035_store SET contour = 'test', contour_source = 'declared' WHERE id = '" + id + "'");
    }
    /// A night whose every statement was accepted, by what turns out to be the test contour.
    std::int64_t everythingWentToTest() {
        haveStore(kFirst);
        connectTo(kFirst);
        run();
        declareTest(kFirst);
        integrations.active_.clear();
        return db.number("SELECT COUNT(*) FROM u2035_outbox WHERE store_id = '" + kFirst + "' AND state = 'accepted'");
    }
    std::int64_t accepted(const std::string& storeId) {
        return db.number("SELECT COUNT(*) FROM u2035_outbox WHERE state = 'accepted' AND store_id = '" + storeId + "'");
    }
    host::sdk::RecordId aResult() {
        return db.number("SELECT MIN(record_id) FROM u2035_outbox WHERE record_kind = 'result'");
    }
    FakeRouter::Answer resend(const std::string& more, const std::string& key = "") {
        FakeCall call{.body = R"({"project":"bas",)" + more + "}"};
        if (!key.empty()) call.headers = {{"idempotency-key", key}};
        return host.router_.call(Method::Post, base + "/resend", asAdmin(org), call);
    }
    FakeRouter::Answer say(bool handedOver, std::int64_t runId) {
        return host.router_.call(Method::Post, fmt::format("{}/exports/{}/handed-over", base, runId), asAdmin(org),
                                 {.body = handedOver ? R"({"handedOver":true})" : R"({"handedOver":false})"});
    }

    std::string org = sample.organization.id;
    std::string base = "/api/v1/organizations/" + org + "/u2035";
    std::string filesStore = store::XapiFileStore::filesStore(sample.installationId, org, "bas");
    store::XapiFileStore files{db, db.clock};
    api::HandoverApi handoverApi{runs, files, host.journal_, sample.installationId};
    delivery::PreviewParts previewParts{host.records_, host.organizations_, db.database,          db.clock,
                                        profiles,      integrations,        sample.installationId};
    api::Changes changes;
    api::StateStreams streams{changes, host.clock_};
    api::RunsApi runsApi{runs, host.scheduler_, host.journal_, streams, [](const auto&, const auto&) { return false; }};
    api::ResendApi resendApi{previewParts, runs, runsApi, host.journal_};
    std::vector<host::sdk::Registration> routes;
    host::sdk::Registration job;
};

}  // namespace

TEST_F(StoreContour, aNightSendsNothingToWhatLeadsToTheTestContour) {
    for (const bool byAddress : {false, true}) {
        connect(byAddress ? profiles.get(sample.project.profile).testEndpoint : "https://lrs.example.org/data/xAPI");
        integrations.active_[0].test = !byAddress;

        run();

        EXPECT_THAT(lrs.posts(), IsEmpty());
        EXPECT_EQ(lastRun().state, "incomplete");
        EXPECT_THAT(lastRun().message, HasSubstr("ведёт в тестовый контур; ничего не отправлено"));
        EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 0);
    }
    connect();
    run();
    EXPECT_GT(accepted(kFirst), 20) << "and everything once the address is the production one";
}

TEST_F(StoreContour, tablesTakeNothingForSentThatOnlyTheTestContourHas) {
    everythingWentToTest();

    store::DeliveredRecords delivered(db);
    EXPECT_EQ(delivered.find("result", aResult()), nullptr);

    db.execute("UPDATE u2035_store SET contour = 'production'");
    store::DeliveredRecords again(db);
    EXPECT_NE(again.find("result", aResult()), nullptr) << "the same rows of a production store";
}

TEST_F(StoreContour, readinessTakesNothingForToldThatOnlyTheTestContourHas) {
    everythingWentToTest();

    store::RecordFates fates(db, "");
    fates.load("result", {aResult()});
    EXPECT_EQ(fates.find(aResult()), nullptr);

    db.execute("UPDATE u2035_store SET contour = 'production'");
    fates.load("result", {aResult()});
    ASSERT_NE(fates.find(aResult()), nullptr);
    EXPECT_EQ(fates.find(aResult())->state, "accepted");
}

TEST_F(StoreContour, filesTakeOverNothingFromTheTestContour) {
    const auto sent = everythingWentToTest();

    EXPECT_THAT(files.sharing({filesStore, org, "bas"}, filesStore), IsEmpty());
    run(NightArguments::fromRequest(R"({"only":"xapi-files"})"));

    EXPECT_EQ(lastRun().counts.at("xapiStatements"), sent) << "all of it stands in the files";
    EXPECT_EQ(lastRun().counts.count("known.fromElsewhere"), 0u);
    EXPECT_EQ(accepted(filesStore), 0);
}

TEST_F(StoreContour, whatIsDeclaredTestAfterItWasChosenIsTakenOverByWordAlone) {
    const auto sent = everythingWentToTest();

    EXPECT_EQ(files.adopt(kFirst, {filesStore, org, "bas"}, false), 0);
    EXPECT_EQ(accepted(filesStore), 0);

    db.execute("UPDATE u2035_batch SET outcome = 'handed-over'");
    EXPECT_EQ(files.adopt(kFirst, {filesStore, org, "bas"}, false), sent);
    EXPECT_EQ(accepted(filesStore), sent);
}

TEST_F(StoreContour, whatAProductionStoreAcceptedIsTakenOver) {
    const auto sent = everythingWentToTest();
    db.execute("UPDATE u2035_store SET contour = 'production'");

    EXPECT_EQ(files.adopt(kFirst, {filesStore, org, "bas"}, false), sent);
}

TEST_F(StoreContour, aTestContourIsToldNothingThoughTheProfileIsMissing) {
    connect();
    host.organizations_.projects_[0].profile = "gone";
    const auto problem = [this] {
        return delivery::contourProblem(integrations.active_[0], host.organizations_, profiles);
    };
    EXPECT_THAT(problem(), IsEmpty());

    integrations.active_[0].test = true;

    EXPECT_THAT(problem(), HasSubstr("ведёт в тестовый контур"));
    EXPECT_EQ(resend(R"("dryRun":true)").code(), "resend.test-contour");
    host.organizations_.projects_.clear();
    EXPECT_THAT(problem(), HasSubstr("ведёт в тестовый контур"));
}

TEST_F(StoreContour, aNewStoreIsToldEverythingThatWentToTest) {
    const auto sent = everythingWentToTest();
    haveStore(kSecond);
    connectTo(kSecond);

    run();

    EXPECT_EQ(accepted(kSecond), sent);
    run();
    EXPECT_EQ(lastRun().counts.at("posts"), 0) << "once";
}

TEST_F(StoreContour, aFileOfTheTestContoursStoreIsUndecidedUntilItsWordAndToldAfterIt) {
    haveStore(kFirst);
    connectTo(kFirst);
    run();
    run(NightArguments::fromRequest(R"({"only":"xapi-files","select":"accepted"})"));
    const auto exported = lastRun().id;
    const auto all = lastRun().counts.at("xapiStatements");
    EXPECT_EQ(files.handovers(exported).at(0).accepted, all);
    declareTest(kFirst);
    integrations.active_.clear();

    EXPECT_EQ(files.handovers(exported).at(0).undecided, all) << "the test contour's answer says nothing of the file";
    EXPECT_EQ(files.handovers(exported).at(0).accepted, 0);
    EXPECT_EQ(say(true, exported).status, 200);

    EXPECT_EQ(files.handovers(exported).at(0).handedOver, all);
    EXPECT_EQ(accepted(filesStore), all) << "where files' words stand";
    haveStore(kSecond);
    connectTo(kSecond);
    const auto before = lrs.posts().size();
    run();
    EXPECT_EQ(lrs.posts().size(), before) << "no LRS gets them again";
    store::DeliveredRecords delivered(db);
    EXPECT_NE(delivered.find("result", aResult()), nullptr);

    EXPECT_EQ(say(false, exported).status, 200);
    EXPECT_EQ(accepted(filesStore), 0);
    run();
    EXPECT_EQ(accepted(kSecond), all) << "not handed over: due";
    EXPECT_EQ(lrs.stored().size(), static_cast<std::size_t>(all));
}

TEST_F(StoreContour, theSameStoreGoesOnWithTheSameBytesAndSendsNothingAccepted) {
    haveStore(kFirst);
    connectTo(kFirst);
    settings.maxStatements = 5;
    lrs.next({});
    lrs.next({.kind = SimulatedLrs::Fault::Kind::LoseAnswer});
    lrs.always(SimulatedLrs::Fault{.kind = SimulatedLrs::Fault::Kind::Unreachable});
    run();
    const auto told = accepted(kFirst);
    ASSERT_GT(told, 0);
    ASSERT_GT(inState("in_doubt"), 0);
    ASSERT_GT(inState("waiting"), 0);
    const auto rows = db.text(
        "SELECT group_concat(s.bytes) FROM (SELECT s.bytes FROM u2035_outbox o JOIN u2035_statement s"
        " ON s.seq = o.seq ORDER BY o.seq) AS s");
    const auto before = lrs.stored();
    integrations.active_.clear();  // «Отключить», a night without an integration, and set up again with the same store
    run();
    connectTo(kFirst);
    lrs.always(std::nullopt);
    db.clock.advance(std::chrono::hours(30));

    run();

    EXPECT_EQ(inState("in_doubt") + inState("waiting"), 0);
    std::map<std::string, int> times;
    for (const auto& post : lrs.posts())
        if (post.status == 200)
            for (const auto& id : post.ids) ++times[id];
    for (const auto& [id, count] : times) EXPECT_EQ(count, 1) << id;
    for (const auto& [id, bytes] : before) EXPECT_EQ(lrs.stored().at(id), bytes);
    EXPECT_EQ(db.text("SELECT group_concat(s.bytes) FROM (SELECT s.bytes FROM u2035_outbox o JOIN u2035_statement s"
                      " ON s.seq = o.seq ORDER BY o.seq) AS s"),
              rows);
}

TEST_F(StoreContour, resendCountsFirstThenSendsOnce) {
    const auto sent = everythingWentToTest();
    EXPECT_EQ(resend(R"("dryRun":true)").code(), "resend.no-production");
    haveStore(kSecond);
    connectTo(kSecond);
    integrations.active_[0].test = true;
    EXPECT_EQ(resend(R"("dryRun":true)").code(), "resend.test-contour");
    integrations.active_[0].test = false;

    const auto counted = resend(R"("dryRun":true)");

    ASSERT_EQ(counted.status, 200) << counted.body;
    EXPECT_EQ(counted.json()->getValue<std::int64_t>("expected"), sent);
    EXPECT_TRUE(counted.json()->getValue<bool>("complete"));
    EXPECT_EQ(counted.json()->getObject("total")->getValue<std::int64_t>("canGo"), sent);
    EXPECT_EQ(counted.json()->getArray("byFlow")->getObject(0)->getValue<std::string>("flow"),
              std::to_string(sample.structure.flow.id));
    EXPECT_EQ(accepted(kSecond), 0) << "a dry run sends nothing";
    EXPECT_EQ(runs.list(org, 0, 10).size(), 1u) << "and is no run";

    const auto changed = resend(fmt::format(R"("expected":{})", sent - 1));
    EXPECT_EQ(changed.code(), "resend.counts-changed");
    EXPECT_EQ(changed.json()->getObject("current")->getValue<std::int64_t>("expected"), sent);
    EXPECT_EQ(resend(R"("dryRun":true,"expected":1)").status, 422);

    const auto confirmed = resend(fmt::format(R"("expected":{})", sent), "press-1");
    ASSERT_EQ(confirmed.status, 202) << confirmed.body;
    EXPECT_EQ(confirmed.header("Location"), base + "/runs/" + std::to_string(lastRun().id));
    EXPECT_EQ(lastRun().arguments, R"({"only":"statements","resend":"bas"})");
    EXPECT_EQ(accepted(kSecond), sent);
    EXPECT_EQ(host.journal_.actions().back(), "resend.started");

    EXPECT_EQ(resend(fmt::format(R"("expected":{})", sent), "press-1").header("Location"), confirmed.header("Location"))
        << "the same press";
    EXPECT_EQ(resend(R"("dryRun":true)").json()->getValue<std::int64_t>("expected"), 0);
    EXPECT_EQ(resend(R"("expected":0)").code(), "resend.nothing");
    EXPECT_EQ(resend(fmt::format(R"("expected":{})", sent)).code(), "resend.counts-changed");
}

TEST_F(StoreContour, resendSaysWhatCannotGoAndWhy) {
    const auto sent = everythingWentToTest();
    haveStore(kSecond);
    connectTo(kSecond);
    // One learner has no unti_id any more.
    host.records_.learners_[0].untiId.clear();
    const auto learner = host.records_.learners_[0].id;

    const auto total = resend(R"("dryRun":true)").json()->getObject("total");

    const auto his = db.number("SELECT COUNT(*) FROM u2035_outbox WHERE learner_id = " + std::to_string(learner));
    ASSERT_GT(his, 0);
    EXPECT_EQ(total->getObject("cannot")->getValue<std::int64_t>("no-unti-id"), his);
    EXPECT_EQ(total->getValue<std::int64_t>("canGo"), sent - his);
    EXPECT_EQ(total->getValue<std::int64_t>("notPlanned"), 0);
    integrations.scope_.channels[sample.structure.flow.id] = "tables";
    EXPECT_EQ(resend(R"("dryRun":true)").json()->getObject("total")->getValue<std::int64_t>("notPlanned"), sent)
        << "the flow goes by tables now";
}

TEST_F(StoreContour, whatMayHaveReachedTheProductionContourDidNotGoToTestOnly) {
    const auto sent = everythingWentToTest();
    haveStore(kSecond);
    connectTo(kSecond);
    settings.maxStatements = 5;
    lrs.next({.kind = SimulatedLrs::Fault::Kind::LoseAnswer});
    lrs.always(SimulatedLrs::Fault{.kind = SimulatedLrs::Fault::Kind::Unreachable});
    run();
    const auto doubtful = inState("in_doubt");
    ASSERT_GT(doubtful, 0);

    std::int64_t left = 0;
    for (const auto& one : store::TestOnlyStore(db).counts(org, "bas")) left += one.records;

    EXPECT_EQ(left, sent - doubtful);
}
