#include "plugin/api/ArtifactsApi.h"
#include "plugin/api/ExportsApi.h"
#include "plugin/api/RunsApi.h"
#include "plugin/api/StatementsApi.h"
#include "plugin/api/UnsendableApi.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using testing::HasSubstr;

namespace {

struct DeliveryApi : testing::Test, NightWorld {
    DeliveryApi() {
        keep(runsApi.addTo(host.router_));
        keep(statementsApi.addTo(host.router_));
        keep(unsendableApi.addTo(host.router_));
        keep(exportsApi.addTo(host.router_));
        keep(artifactsApi.addTo(host.router_));
        job = host.scheduler_.cron(
            {api::kNightlyJob, "", "0 2 * * *", "Europe/Moscow"}, [this](host::sdk::TaskContext& context) {
                night().run(delivery::NightArguments::fromJob(context.arguments()), context.trigger(),
                            context.requestedBy(), context.runId(), context.stop());
            });
    }
    void keep(std::vector<host::sdk::Registration> more) {
        for (auto& one : more) routes.push_back(std::move(one));
    }
    FakeRouter::Answer get(const std::string& path, const std::string& accept = "application/json") {
        return host.router_.call(Method::Get, base + path, withRole(org, host::sdk::Role::Viewer),
                                 {.body = {}, .headers = {{"accept", accept}}});
    }
    FakeRouter::Answer post(const std::string& path, const std::string& body = "{}", const std::string& key = "") {
        FakeCall call{.body = body};
        if (!key.empty()) call.headers = {{"idempotency-key", key}};
        return host.router_.call(Method::Post, base + path, asAdmin(org), call);
    }

    std::string org = sample.organization.id;
    std::string base = "/api/v1/organizations/" + org + "/u2035";
    api::Changes changes;
    api::StateStreams streams{changes, host.clock_};
    api::RunsApi runsApi{runs, host.scheduler_, host.journal_, streams, [](const auto&, const auto&) { return false; }};
    store::ReadingStore readings{db, db.clock};
    api::StatementsApi statementsApi{outbox, readings, host.recordNames_};
    api::UnsendableApi unsendableApi{runs, corrections, host.recordNames_};
    store::UploadStore uploads{db, db.clock};
    api::ExportsApi exportsApi{runs, uploads, host.journal_, db.clock, host.files_.moduleFolder() / "exports"};
    api::ArtifactsApi artifactsApi{artifacts, host.recordNames_};
    std::vector<host::sdk::Registration> routes;
    host::sdk::Registration job;
};

TEST_F(DeliveryApi, listsFilesAndShowsOneWithItsPartsAndWhatStopsIt) {
    store::WantedArtifact wanted;
    wanted.storageId = "storage";
    wanted.organization = org;
    wanted.project = "bas";
    wanted.flowId = 7;
    wanted.learnerId = 41;
    wanted.kind = "final-work";
    wanted.fileId = 9;
    wanted.sha256 = std::string(64, 'a');
    wanted.size = 20'000'000;
    wanted.contentType = "video/mp4";
    auto other = wanted;
    wanted.key = "bas/one.mp4";
    other.key = "bas/two.mp4";
    other.learnerId = 42;
    artifacts.want({wanted, other}, 1);
    const auto id = artifacts.byKeys("storage", {wanted.key}).at(wanted.key).id;
    artifacts.begin(id);
    artifacts.uploadCreated(id, "u1", 8'388'608);
    artifacts.partDone(id, {1, "\"e\"", 8'388'608, "h"});
    artifacts.failed(id, {"server-trouble", "причина", "=что делать"}, false);

    auto list = get("/artifacts?learner=41&state=uploading").json()->getArray("items");
    ASSERT_EQ(list->size(), 1u);
    EXPECT_EQ(list->getObject(0)->getValue<std::string>("key"), wanted.key);
    auto one = get("/artifacts/" + std::to_string(id)).json();
    EXPECT_EQ(one->getObject("failure")->getValue<std::string>("cause"), "причина");
    EXPECT_EQ(one->getObject("upload")->getArray("parts")->size(), 1u);
    EXPECT_TRUE(one->isNull("url"));

    auto first = get("/artifacts?limit=1").json();
    EXPECT_EQ(first->getArray("items")->getObject(0)->getValue<std::string>("key"), other.key);
    auto next = get("/artifacts?limit=1&cursor=" + first->getValue<std::string>("next")).json();
    EXPECT_EQ(next->getArray("items")->getObject(0)->getValue<std::string>("key"), wanted.key);
    EXPECT_TRUE(next->isNull("next"));

    EXPECT_THAT(get("/artifacts", "text/csv").body, HasSubstr("server-trouble,причина,'=что делать"));
    EXPECT_EQ(get("/artifacts?state=gone").status, 400);
    EXPECT_EQ(get("/artifacts/999").status, 404);
}

TEST_F(DeliveryApi, startsANightAndShowsItsCounts) {
    connect();

    auto started = post("/runs");

    EXPECT_EQ(started.status, 202);
    auto run = get(started.header("Location").substr(base.size()));
    EXPECT_EQ(run.json()->getValue<std::string>("state"), "done");
    EXPECT_GT(run.json()->getObject("counts")->getValue<int>("delivered"), 20);
    const auto projects = run.json()->getArray("projects");
    ASSERT_EQ(projects->size(), 1U);
    EXPECT_EQ(projects->getObject(0)->getValue<std::string>("project"), "bas");
    EXPECT_GT(projects->getObject(0)->getObject("counts")->getValue<int>("delivered"), 20);
    EXPECT_THAT(host.journal_.actions(), testing::ElementsAre("run.started"));
}

TEST_F(DeliveryApi, aRunningNightTellsHowFarItIs) {
    connect();
    std::vector<std::string> sending;
    atStep = [&](std::string_view step) {
        if (step == "before-sending-persisted") sending.push_back(get("/runs/1").body);
    };
    settings.maxStatements = 5;

    post("/runs");

    ASSERT_GT(sending.size(), 1U);
    const auto total = std::to_string(inState("accepted"));
    EXPECT_THAT(sending.front(), HasSubstr(R"("step":"send")"));
    EXPECT_THAT(sending.front(),
                HasSubstr(R"("progress":{"done":0,"total":)" + total + R"(,"remainingSeconds":null})"));
    EXPECT_THAT(sending.back(), testing::Not(HasSubstr(R"("progress":{"done":0,)")));
    EXPECT_THAT(sending.back(), HasSubstr(R"("total":)" + total));
    EXPECT_THAT(get("/runs/1").body, testing::Not(HasSubstr("progress"))) << "of a run that goes on only";
}

TEST_F(DeliveryApi, everyChangeOfANightIsRung) {
    connect();
    std::vector<std::int64_t> rung;
    runs.onChange([&](std::int64_t run) { rung.push_back(run); });

    post("/runs");

    EXPECT_GT(rung.size(), 5U);
    EXPECT_THAT(rung, testing::Each(testing::AnyOf(1, 0)));
}

TEST_F(DeliveryApi, anEndedNightIsStreamedOnceAndWhole) {
    connect();
    post("/runs");

    const auto events = get("/runs/1/events");

    EXPECT_EQ(events.contentType, "text/event-stream");
    EXPECT_EQ(events.body, "event: state\nid: final\ndata: " + get("/runs/1").body + "\n\n");
    EXPECT_EQ(get("/runs/2/events").status, 404);
}

TEST_F(DeliveryApi, aViewerCannotStartANight) {
    auto answer =
        host.router_.call(Method::Post, base + "/runs", withRole(org, host::sdk::Role::Viewer), {.body = "{}"});

    EXPECT_EQ(answer.status, 403);
    EXPECT_TRUE(runs.list(org, 0, 10).empty());
}

TEST_F(DeliveryApi, startsOneNightForOneIdempotencyKey) {
    auto first = post("/runs", "{}", "k1");
    auto again = post("/runs", "{}", "k1");
    auto other = post("/runs", R"({"dryRun":true})", "k1");

    EXPECT_EQ(first.header("Location"), again.header("Location"));
    EXPECT_EQ(runs.list(org, 0, 10).size(), 1u);
    EXPECT_EQ(other.status, 422);
}

TEST_F(DeliveryApi, namesEverythingWrongWithARequestedRun) {
    auto answer = post("/runs", R"({"only":"everything","contour":"moon","flow":0,"dry":true})");

    EXPECT_EQ(answer.status, 422);
    for (const auto* pointer : {"/only", "/contour", "/flow", "/dry"}) EXPECT_THAT(answer.body, HasSubstr(pointer));
    EXPECT_TRUE(runs.list(org, 0, 10).empty());
}

TEST_F(DeliveryApi, neverSendsToTheTestContour) {
    EXPECT_EQ(post("/runs", R"({"contour":"test","only":"statements"})").status, 422);
}

TEST_F(DeliveryApi, keepsNoRowOfARunThatCouldNotStart) {
    job.reset();

    EXPECT_EQ(post("/runs").status, 404);
    EXPECT_TRUE(runs.list(org, 0, 10).empty());
}

TEST_F(DeliveryApi, pagesThroughStatementsByCursor) {
    connect();
    post("/runs");
    std::set<std::string> seen;
    std::string cursor;
    do {
        auto page = get("/statements?limit=7" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
        auto items = page->getArray("items");
        for (std::size_t i = 0; i < items->size(); ++i)
            EXPECT_TRUE(seen.insert(items->getObject(static_cast<unsigned>(i))->getValue<std::string>("id")).second);
        cursor = page->isNull("next") ? "" : page->getValue<std::string>("next");
    } while (!cursor.empty());

    EXPECT_EQ(static_cast<std::int64_t>(seen.size()), inState("accepted"));
}

TEST_F(DeliveryApi, filtersStatementsByStateAndKind) {
    connect();
    post("/runs");

    EXPECT_EQ(get("/statements?state=quarantined").json()->getArray("items")->size(), 0u);
    EXPECT_GT(get("/statements?state=accepted&kind=learner.grade").json()->getArray("items")->size(), 0u);
    EXPECT_EQ(get("/statements?state=lost").status, 400);
    EXPECT_EQ(get("/statements?flow=abc").status, 400);
}

TEST_F(DeliveryApi, showsOneRecordsWholeWay) {
    connect();
    post("/runs");
    auto item = get("/statements?kind=learner.grade&limit=1").json()->getArray("items")->getObject(0);

    auto detail = get("/statements/" + item->getValue<std::string>("statementId")).json();

    EXPECT_EQ(detail->getObject("statement")->getValue<std::string>("id"), item->getValue<std::string>("statementId"));
    EXPECT_EQ(detail->getObject("lastPost")->getValue<int>("status"), 200);
    EXPECT_EQ(detail->getObject("dependsOn")->getValue<std::string>("state"), "accepted");
    EXPECT_EQ(get("/statements/" + item->getValue<std::string>("id")).status, 200);
    EXPECT_EQ(get("/statements/999999").status, 404);
    EXPECT_EQ(get("/statements/..%2F1").status, 404);
}

TEST_F(DeliveryApi, doesNotShowAnotherOrganizationsStatements) {
    connect();
    post("/runs");

    auto answer = host.router_.call(Method::Get, "/api/v1/organizations/other/u2035/statements/1",
                                    withRole("other", host::sdk::Role::OrganizationAdmin));

    EXPECT_EQ(answer.status, 404);
}

TEST_F(DeliveryApi, listsTheUnsendableAsJsonAndCsv) {
    connect();
    host.records_.learners_[0].untiId.clear();
    post("/runs");

    auto list = get("/unsendable?code=no-unti-id").json()->getArray("items");
    auto csv = get("/unsendable?code=no-unti-id", "text/csv");
    auto summary = get("/unsendable/summary").json();

    EXPECT_GT(list->size(), 0u);
    EXPECT_EQ(static_cast<std::size_t>(std::count(csv.body.begin(), csv.body.end(), '\n')), list->size() + 1);
    EXPECT_THAT(csv.body, HasSubstr("no-unti-id"));
    EXPECT_EQ(summary->getObject("byCode")->getValue<std::size_t>("no-unti-id"), list->size());
}

TEST_F(DeliveryApi, givesTheFilesOfAnExportAndNothingElse) {
    post("/runs", R"({"only":"tables"})");
    auto list = get("/exports").json()->getArray("items");
    ASSERT_EQ(list->size(), 1u);
    auto id = list->getObject(0)->getValue<std::string>("id");

    auto files = get("/exports/" + id).json()->getArray("files");

    ASSERT_GT(files->size(), 1u);
    for (std::size_t i = 0; i < files->size(); ++i)
        EXPECT_EQ(get("/exports/" + id + "/files/" +
                      files->getObject(static_cast<unsigned>(i))->getValue<std::string>("name"))
                      .status,
                  200);
    for (const auto* name : {"..", "~..~..~secret", "bas~..~..~..~secret", "manifest.json", "bas~"})
        EXPECT_EQ(get("/exports/" + id + "/files/" + name).status, 404) << name;
    EXPECT_EQ(get("/exports/77").status, 404);
}

TEST_F(DeliveryApi, givesTheFilesOfATestContoursExport) {
    host.records_.learners_[0].testUntiId = "777001";
    post("/runs", R"({"contour":"test"})");

    auto files = get("/exports/1").json()->getArray("files");

    ASSERT_GT(files->size(), 1u);
    for (std::size_t i = 0; i < files->size(); ++i) {
        auto file = files->getObject(static_cast<unsigned>(i));
        EXPECT_THAT(file->getValue<std::string>("path"), testing::StartsWith("test-contour/"));
        EXPECT_EQ(get(file->getValue<std::string>("url").substr(base.size())).status, 200);
    }
}

}  // namespace
