#include "host/alarms/AlarmSchema.h"
#include "host/alarms/Heartbeat.h"
#include "host/alarms/HeldAlarms.h"
#include "host/alarms/JobWatch.h"
#include "tests/unit/schedule/SchedulerFixture.h"

#include <gmock/gmock.h>

using namespace host::alarms;
using namespace std::chrono_literals;
using host::sdk::CronJob;
using host::sdk::TaskContext;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tests::schedule::Gate;
using tests::schedule::kNightly;

namespace {

/// A server with one nightly job at 02:00 UTC. The clock begins at midnight of 2026-03-01.
struct JobWatchTest : ::testing::Test {
    JobWatchTest() { server.db->migrate("host.alarms", alarmMigrations()); }

    void begin(host::sdk::Task task = [](TaskContext&) {}) { job = server.scheduler->cron(kNightly, std::move(task)); }
    /// The process ends and another begins; nobody looks at the clock meanwhile.
    void restart(host::sdk::Task task = [](TaskContext&) {}) {
        job.reset();
        server.restart();
        begin(std::move(task));
    }
    /// Codes of what is open.
    std::vector<std::string> look() {
        JobWatch(*server.scheduler, store, held, server.db.clock, {}, [this](const std::string&) {
            return gone;
        }).look();
        std::vector<std::string> open;
        for (const auto& [code, count] : store.openByCode()) open.push_back(code);
        return open;
    }
    std::string detail(const std::string& what) { return store.findOpen("host/job/nightly/" + what)->alarm.detail; }
    void runNow(const std::string& arguments = "{}") {
        server.scheduler->runNow("nightly", arguments, "anna");
        ASSERT_TRUE(server.scheduler->waitIdle(tests::schedule::kLong));
    }

    tests::schedule::Server server;
    AlarmStore store{server.db.database, server.db.clock, server.log};
    HeldAlarms held{store, server.db.clock, server.log};
    host::sdk::Registration job;
    bool gone = false;
};

TEST_F(JobWatchTest, aNightThatWentWellIsNoAlarm) {
    begin();
    EXPECT_THAT(look(), IsEmpty());
    server.db.clock.advance(2h);
    server.runDue();
    server.db.clock.advance(10h);
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aTimeThatNobodyKeptIsMissedAfterTheGraceUntilTheNextGoodRun) {
    begin();
    server.db.clock.advance(2h + 30min);
    // The schedule's own thread does not look: it hangs, or the machine slept.
    EXPECT_THAT(look(), IsEmpty());
    server.db.clock.advance(1s);
    EXPECT_THAT(look(), ElementsAre("job-missed"));
    EXPECT_THAT(detail("missed"), HasSubstr("2026-03-01T02:00:00"));
    runNow();
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aNightMissedWhileTheServerWasDownIsMissed) {
    begin();
    server.db.clock.advance(20h);  // beyond the grace in which the schedule makes up for it
    restart();
    server.runDue();
    EXPECT_THAT(look(), ElementsAre("job-missed"));
    // The next night goes well: over.
    server.db.clock.advance(6h);
    server.runDue();
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aNightThatIsMadeUpForAtTheStartIsNoAlarm) {
    begin();
    server.db.clock.advance(8h);
    restart();
    EXPECT_THAT(look(), IsEmpty()) << "the schedule has its chance first";
    server.runDue();
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, neitherAnEarlierGoodRunNorTheNextTimeBeingDueEndsAnAlarm) {
    begin();
    server.db.clock.advance(2h);
    server.runDue();
    server.db.clock.advance(42h);  // the second night is missed
    restart();
    ASSERT_THAT(look(), ElementsAre("job-missed"));
    server.db.clock.advance(6h);  // 02:00: due, not begun
    EXPECT_THAT(look(), ElementsAre("job-missed"));
}

TEST_F(JobWatchTest, aRunThatWaitsForAThreadHasNotBegun) {
    Gate gate;
    host::schedule::SchedulerOptions one;
    one.jobThreads = 1;
    job.reset();
    server.scheduler =
        std::make_unique<host::schedule::JobScheduler>(server.db.database, server.db.clock, server.log, one);
    auto other = server.scheduler->cron({"other", "Other", "0 0 1 1 *", "UTC"}, gate.task());
    begin();
    server.scheduler->runNow("other", "", "anna");
    gate.inside.wait();
    server.db.clock.advance(2h);
    server.scheduler->runDue(server.db.clock.now());
    server.db.clock.advance(20min);
    EXPECT_THAT(look(), IsEmpty());
    server.db.clock.advance(11min);
    EXPECT_THAT(look(), ElementsAre("job-missed"));
    gate.release.count_down();
    ASSERT_TRUE(server.scheduler->waitIdle(tests::schedule::kLong));
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aRunThatGoesOnForTooLongIsOverdueUntilItEndsWell) {
    Gate gate;
    begin(gate.task());
    server.db.clock.advance(2h);
    server.scheduler->runDue(server.db.clock.now());
    gate.inside.wait();
    server.db.clock.advance(12h);
    EXPECT_THAT(look(), IsEmpty());
    server.db.clock.advance(1s);
    EXPECT_THAT(look(), ElementsAre("job-overdue"));
    EXPECT_THAT(detail("overdue"), HasSubstr("дольше 12 ч"));
    gate.release.count_down();
    ASSERT_TRUE(server.scheduler->waitIdle(tests::schedule::kLong));
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aTimePassedOverWhileItRanIsNotMissed) {
    Gate gate;
    begin(gate.task());
    server.scheduler->runNow("nightly", "", "anna");
    gate.inside.wait();
    server.db.clock.advance(2h);
    server.scheduler->runDue(server.db.clock.now());
    server.db.clock.advance(1h);
    EXPECT_THAT(look(), IsEmpty());
    gate.release.count_down();
    ASSERT_TRUE(server.scheduler->waitIdle(tests::schedule::kLong));
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aFailedRunIsAnAlarmThatSaysWhyUntilTheNextGoodOne) {
    bool fails = true;
    begin([&](TaskContext&) {
        if (fails) throw host::sdk::AppError::conflict("x", "The store is closed.");
    });
    server.db.clock.advance(2h);
    server.runDue();
    EXPECT_THAT(look(), ElementsAre("job-failed"));
    EXPECT_THAT(detail("failed"), HasSubstr("The store is closed."));
    server.db.clock.advance(24h);
    server.runDue();
    EXPECT_THAT(look(), ElementsAre("job-failed"));
    fails = false;
    server.db.clock.advance(1min);
    runNow();
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aPartialRunSaysNothingOfTheNight) {
    bool fails = true;
    begin([&](TaskContext& context) {
        if (fails && context.arguments() == "{}") throw host::sdk::AppError::conflict("x", "No.");
    });
    server.db.clock.advance(2h);
    server.runDue();
    ASSERT_THAT(look(), ElementsAre("job-failed"));
    server.db.clock.advance(1min);
    runNow(R"({"only":"readiness"})");
    EXPECT_THAT(look(), ElementsAre("job-failed"));
}

TEST_F(JobWatchTest, partsOfTheWorkHoweverManyHideNoNight) {
    begin();
    server.db.clock.advance(2h);
    server.runDue();
    for (int i = 0; i < 60; ++i) {
        server.db.clock.advance(1min);
        runNow(R"({"only":"readiness"})");
    }
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aRunThatWasCutShortIsNoGoodNight) {
    for (const char* state : {"cancelled", "interrupted"}) {
        server.db.execute("DELETE FROM job_run");
        begin();
        server.db.clock.advance(2h);
        server.db.execute(
            "INSERT INTO job_run (id, job, cause, requested_by, arguments, state, started_at, finished_at,"
            " message, counts, request_key) VALUES ('r', 'nightly', 'schedule', '', '{}', '" +
            std::string(state) + "', " + std::to_string(server.db.clock.now()) + ", " +
            std::to_string(server.db.clock.now() + 1) + ", '', '{}', '')");
        server.db.clock.advance(3h);
        EXPECT_THAT(look(), ElementsAre("job-failed")) << state;
        runNow();
        EXPECT_THAT(look(), IsEmpty()) << state;
        server.db.clock.advance(19h);
        job.reset();
    }
}

TEST_F(JobWatchTest, aRunThatDiedWithTheServerIsFailedUnlessItIsRepeated) {
    begin();
    server.db.clock.advance(2h);
    server.db.execute(
        "INSERT INTO job_run (id, job, cause, requested_by, arguments, state, started_at, finished_at, message, counts,"
        " request_key) VALUES ('r', 'nightly', 'schedule', '', '{}', 'running', " +
        std::to_string(server.db.clock.now()) + ", 0, '', '{}', '')");
    restart();
    EXPECT_THAT(look(), IsEmpty()) << "the schedule repeats it at once";
    server.db.clock.advance(31min);
    EXPECT_THAT(look(), ElementsAre("job-failed"));
    server.runDue();
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aNewJobHasMissedNothingYet) {
    server.db.clock.advance(24h);
    begin();
    server.db.clock.advance(1h);
    EXPECT_THAT(look(), IsEmpty());
}

TEST_F(JobWatchTest, aJobThatIsGoneOnPurposeHasNoAlarms) {
    begin();
    server.db.clock.advance(20h);
    restart();
    ASSERT_THAT(look(), ElementsAre("job-missed"));
    job.reset();
    EXPECT_THAT(look(), ElementsAre("job-missed"));
    gone = true;
    EXPECT_THAT(look(), IsEmpty());
}

struct HeartbeatTest : JobWatchTest {
    HeartbeatTest() {
        http.answer_ = [this](const auto&) { return tests::ScriptedHttp::answer(status, ""); };
    }
    std::size_t look(Heartbeat& heartbeat) {
        heartbeat.look({});
        return http.seen().size();
    }
    Heartbeat fresh() {
        return Heartbeat({"nightly", "https://ping.example.org/key"}, *server.scheduler, server.db.database, http,
                         server.db.clock, server.log);
    }
    tests::ScriptedHttp http;
    int status = 200;
};

TEST_F(HeartbeatTest, callsOnceAfterEachGoodRunAlsoOverARestart) {
    begin();
    auto heartbeat = fresh();
    EXPECT_EQ(look(heartbeat), 0U);
    server.db.clock.advance(2h);
    server.runDue();
    EXPECT_EQ(look(heartbeat), 1U);
    EXPECT_EQ(look(heartbeat), 1U);
    auto later = fresh();
    EXPECT_EQ(look(later), 1U);
    server.db.clock.advance(24h);
    server.runDue();
    EXPECT_EQ(look(later), 2U);
    EXPECT_EQ(http.seen()[0].url, "https://ping.example.org/key");
    EXPECT_FALSE(http.seen()[0].typedByPerson);
}

TEST_F(HeartbeatTest, goesOutAfterAGoodNightHoweverManyPartsFollowed) {
    begin();
    server.db.clock.advance(2h);
    server.runDue();
    for (int i = 0; i < 60; ++i) {
        server.db.clock.advance(1min);
        runNow(R"({"only":"readiness"})");
    }
    auto heartbeat = fresh();
    EXPECT_EQ(look(heartbeat), 1U);
}

TEST_F(HeartbeatTest, triesAgainWhenItWasRefusedAndKeepsTheAddressToItself) {
    begin();
    runNow();
    status = 503;
    auto heartbeat = fresh();
    EXPECT_EQ(look(heartbeat), 1U);
    http.answer_ = nullptr;
    EXPECT_EQ(look(heartbeat), 2U);
    http.answer_ = [](const auto&) { return tests::ScriptedHttp::answer(200, ""); };
    EXPECT_EQ(look(heartbeat), 3U);
    EXPECT_EQ(look(heartbeat), 3U);
    EXPECT_EQ(server.log.text().find("ping.example.org"), std::string::npos);
}

TEST_F(HeartbeatTest, staysSilentAfterAFailedOrPartialRunAndForAnOldOne) {
    begin([](TaskContext& context) {
        if (context.arguments() == "{}") throw host::sdk::AppError::conflict("x", "No.");
    });
    auto heartbeat = fresh();
    runNow();
    runNow(R"({"only":"readiness"})");
    EXPECT_EQ(look(heartbeat), 0U);
    restart();
    runNow();
    server.db.clock.advance(6h + 1s);
    auto later = fresh();
    EXPECT_EQ(look(later), 0U);
}

}  // namespace
