// What a restart does about times that were missed and runs that were cut off.
#include "common/Rfc3339.h"
#include "host/schedule/ScheduleConfig.h"
#include "tests/unit/schedule/SchedulerFixture.h"

#include <gtest/gtest.h>

using namespace host::schedule;
using namespace tests::schedule;
using common::Rfc3339;
using host::sdk::TaskContext;
using std::chrono::hours;
using std::chrono::minutes;

TEST(JobScheduler, marksRunsOfADeadServerInterrupted) {
    Server server;
    server.db.execute("INSERT INTO job_run VALUES ('r', 'nightly', 'schedule', '', '{}', 'running', " +
                      std::to_string(server.db.clock.now()) + ", 0, '', '{}', '')");

    auto& scheduler = server.restart();

    auto run = scheduler.run("nightly", "r").value();
    EXPECT_EQ(run.state, RunState::Interrupted);
    EXPECT_EQ(run.finishedAt, server.db.clock.now());
}

TEST(JobScheduler, runsOnceWhatARestartMissedWithinTheGrace) {
    Server server;
    int runs = 0;
    auto task = [&](TaskContext&) { ++runs; };
    auto before = server.scheduler->cron(kNightly, task);
    before.reset();
    server.db.clock.advance(hours(13));  // 13:00: 02:00 was missed eleven hours ago

    server.restart();
    auto job = server.scheduler->cron(kNightly, task);
    server.runDue();
    server.runDue();

    EXPECT_EQ(runs, 1);
    EXPECT_EQ(Rfc3339::utc(server.scheduler->job("nightly")->nextAt.value()), "2026-03-02T02:00:00Z");
}

TEST(JobScheduler, aPartThatSomebodyAskedForDoesNotMakeAMissedRunGood) {
    Server server;
    auto before = server.scheduler->cron(kNightly, [](TaskContext&) {});
    before.reset();
    server.db.clock.advance(hours(3));
    server.db.execute("INSERT INTO job_run VALUES ('r', 'nightly', 'manual', 'anna', '{\"only\":\"readiness\"}',"
                      " 'succeeded', " +
                      std::to_string(server.db.clock.now()) + ", 0, '', '{}', '')");

    server.restart();
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    EXPECT_EQ(server.runDue(), 1U);
}

TEST(JobScheduler, aRunThatEndedWithTheServerIsMadeUpForByTheNextOne) {
    Server server;
    auto before = server.scheduler->cron(kNightly, [](TaskContext&) {});
    before.reset();
    server.db.clock.advance(hours(3));
    server.db.execute("INSERT INTO job_run VALUES ('r', 'nightly', 'schedule', '', '{}', 'cancelled', " +
                      std::to_string(server.db.clock.now()) + ", 0, '', '{}', '')");

    server.restart();
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    EXPECT_EQ(server.runDue(), 1U);
}

TEST(JobScheduler, leavesWhatWasMissedBeforeTheGrace) {
    Server server;
    auto before = server.scheduler->cron(kNightly, [](TaskContext&) {});
    before.reset();
    server.db.clock.advance(hours(14) + minutes(1));

    server.restart();
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    EXPECT_EQ(server.runDue(), 0U);
}

TEST(JobScheduler, takesItsGraceFromTheConfiguration) {
    auto config = host::base::Config::load(scheduleConfigKeys(),
                                           {.file = "", .environment = {}, .options = {"schedule.misfire_grace=30m"}});
    ASSERT_EQ(config.report(), "");
    Server server;
    server.scheduler =
        std::make_unique<JobScheduler>(server.db.database, server.db.clock, server.log, schedulerOptions(config));
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});
    server.db.clock.advance(hours(2) + minutes(31));

    EXPECT_EQ(server.runDue(), 0U);
}

TEST(JobScheduler, doesNotTakeAFreshInstallationForAMissedRun) {
    Server server;
    server.db.clock.advance(hours(10));

    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    EXPECT_EQ(server.runDue(), 0U);
}

TEST(JobScheduler, doesNotTakeAChangedScheduleForAMissedRun) {
    Server server;
    auto before = server.scheduler->cron(kNightly, [](TaskContext&) {});
    before.reset();
    server.db.clock.advance(hours(10));

    server.restart();
    auto job = server.scheduler->cron({"nightly", "Nightly", "0 9 * * *", "UTC"}, [](TaskContext&) {});

    EXPECT_EQ(server.runDue(), 0U);
}

TEST(JobScheduler, doesNotRepeatWhatWasRunSinceItsTime) {
    Server server;
    auto before = server.scheduler->cron(kNightly, [](TaskContext&) {});
    server.db.clock.advance(hours(3));
    server.scheduler->runNow("nightly", "", "anna");
    ASSERT_TRUE(server.scheduler->waitIdle(kLong));
    before.reset();

    server.restart();
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    EXPECT_EQ(server.runDue(), 0U);
}

TEST(JobScheduler, repeatsAnInterruptedNightButNotForEver) {
    Server server;
    auto before = server.scheduler->cron(kNightly, [](TaskContext&) {});
    before.reset();
    server.db.clock.advance(hours(3));
    auto dieInARun = [&](const std::string& id) {
        server.scheduler.reset();
        server.db.execute("INSERT INTO job_run VALUES ('" + id + "', 'nightly', 'schedule', '', '{}', 'running', " +
                          std::to_string(server.db.clock.now()) + ", 0, '', '{}', '')");
        server.restart();
    };

    dieInARun("first");
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});
    EXPECT_EQ(Rfc3339::utc(server.scheduler->job("nightly")->nextAt.value()), "2026-03-01T03:00:00Z");
    job.reset();
    dieInARun("second");
    job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    EXPECT_EQ(server.runDue(), 0U);
}

TEST(JobScheduler, passesOverATimeThatIsFoundTooLate) {
    Server server;
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});
    server.db.clock.advance(hours(20));  // as after a laptop's sleep

    EXPECT_EQ(server.runDue(), 0U);
    EXPECT_EQ(Rfc3339::utc(server.scheduler->job("nightly")->nextAt.value()), "2026-03-02T02:00:00Z");
}

TEST(JobScheduler, forgetsRunsThatAreTooOld) {
    Server server;
    server.db.execute(
        "INSERT INTO job_run VALUES ('r', 'nightly', 'schedule', '', '{}', 'succeeded', 1, 2, '', '{}', '')");

    EXPECT_FALSE(server.restart().run("nightly", "r"));
}
