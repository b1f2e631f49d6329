#include "common/JsonReader.h"
#include "host/schedule/JobsApi.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace host::schedule;
using host::sdk::Method;
using host::sdk::TaskContext;
using testing::HasSubstr;

namespace {

constexpr std::chrono::seconds kLong{30};

struct Office {
    Office() : scheduler((db->migrate("host.schedule", scheduleMigrations()), db.database), db.clock, log) {}

    tests::FakeRouter::Answer get(const std::string& path) {
        return router.call(Method::Get, path, tests::asServerAdmin());
    }
    tests::FakeRouter::Answer post(const std::string& path, const tests::FakeCall& call = {}) {
        auto answer = router.call(Method::Post, path, tests::asServerAdmin(), call);
        EXPECT_TRUE(scheduler.waitIdle(kLong));
        return answer;
    }

    tests::TestDatabase db;
    tests::RecordingLogger log;
    tests::RecordingJournal journal;
    JobScheduler scheduler;
    tests::FakeRouter router;
    std::vector<host::sdk::Registration> routes = registerJobsApi(router, scheduler, journal);
    host::sdk::Registration job = scheduler.cron({"u2035.nightly", "Ночная отправка", "0 2 * * *", "Europe/Moscow"},
                                                 [](TaskContext& context) { context.count("sent", 3); });
};

constexpr const char* kRuns = "/api/v1/jobs/u2035.nightly/runs";

}  // namespace

TEST(JobsApi, listsJobsWithTheirNextTimeInTheirZone) {
    Office office;

    EXPECT_EQ(office.get("/api/v1/jobs").body,
              R"({"items":[{"name":"u2035.nightly","title":"Ночная отправка","schedule":"0 2 * * *",)"
              R"("timeZone":"Europe/Moscow","nextAt":"2026-03-02T02:00:00+03:00","latestRun":null}],"next":null})");
}

TEST(JobsApi, startsARunAndTellsWhereItIs) {
    Office office;

    auto answer = office.post(kRuns, {.body = R"({"arguments":{"dryRun":true,"share":0.1}})", .headers = {}});

    EXPECT_EQ(answer.status, 202);
    auto run = office.get(answer.header("Location"));
    EXPECT_EQ(run.status, 200);
    EXPECT_THAT(run.body,
                HasSubstr(R"("trigger":"manual","requestedBy":"root","arguments":{"dryRun":true,"share":0.1})"));
    EXPECT_THAT(run.body, HasSubstr(R"("state":"succeeded","startedAt":"2026-03-01T00:00:00Z")"));
    EXPECT_THAT(run.body, HasSubstr(R"("counts":{"sent":3})"));
    EXPECT_THAT(office.journal.actions(), testing::ElementsAre("job.run-requested"));
}

TEST(JobsApi, startsOneRunForARepeatedRequest) {
    Office office;
    tests::FakeCall call{.body = "", .headers = {{"idempotency-key", "k"}}};

    auto first = office.post(kRuns, call);
    auto second = office.post(kRuns, call);

    EXPECT_EQ(second.status, 202);
    EXPECT_EQ(second.header("Location"), first.header("Location"));
    EXPECT_EQ(office.db.number("SELECT count(*) FROM job_run"), 1);
}

TEST(JobsApi, pagesTheHistoryNewestFirst) {
    Office office;
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(office.post(kRuns).json()->getValue<std::string>("id"));
        if (i % 2 == 1) office.db.clock.advance(std::chrono::seconds(1));  // some share a time
    }
    std::vector<std::string> seen;
    std::string cursor;

    for (int pages = 0; pages < 10; ++pages) {
        auto json = office.get(std::string(kRuns) + "?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
        for (const auto& item : *json->getArray("items"))
            seen.push_back(item.extract<Poco::JSON::Object::Ptr>()->getValue<std::string>("id"));
        if (json->isNull("next")) break;
        cursor = json->getValue<std::string>("next");
    }

    EXPECT_EQ(seen.front(), ids.back());
    EXPECT_THAT(seen, testing::UnorderedElementsAreArray(ids));
}

TEST(JobsApi, answersClearlyToWhatItCantDo) {
    Office office;

    EXPECT_EQ(office.get("/api/v1/jobs/none/runs").status, 404);
    EXPECT_EQ(office.post("/api/v1/jobs/none/runs").status, 404);
    EXPECT_EQ(office.get(std::string(kRuns) + "/none").status, 404);
    EXPECT_EQ(office.get(std::string(kRuns) + "?cursor=x").status, 400);
    EXPECT_EQ(office.post(kRuns, {.body = "{", .headers = {}}).status, 400);
    EXPECT_EQ(office.post(kRuns, {.body = R"({"args":{}})", .headers = {}}).status, 422);
    EXPECT_EQ(office.post(kRuns, {.body = R"({"arguments":1})", .headers = {}}).status, 422);
    EXPECT_EQ(office.db.number("SELECT count(*) FROM job_run"), 0);
    EXPECT_TRUE(office.journal.actions().empty());
}

TEST(JobsApi, isForTheServersAdministratorOnly) {
    Office office;
    for (const auto& route : office.router.routes()) EXPECT_EQ(route.options.access, host::sdk::Access::ServerAdmin);
    EXPECT_EQ(office.router.call(Method::Post, kRuns, tests::asAdmin("demo")).status, 403);
}

TEST(JobsApi, documentsItselfWithValidJson) {
    Office office;
    for (const auto& route : office.router.routes()) {
        const auto& operation = route.options.operation;
        EXPECT_FALSE(operation.id.empty() || operation.summary.empty()) << route.path;
        for (const auto& json :
             {operation.requestSchema, operation.requestExample, operation.responseSchema, operation.responseExample}) {
            if (json.empty()) continue;
            EXPECT_NO_THROW(common::parseJsonObject(json)) << route.path << json;
        }
    }
}
