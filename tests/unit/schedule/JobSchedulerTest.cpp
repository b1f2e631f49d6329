#include "common/Rfc3339.h"
#include "host/base/Metrics.h"
#include "host/schedule/JobScheduler.h"
#include "tests/unit/schedule/SchedulerFixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>

using namespace host::schedule;
using namespace tests::schedule;
using common::Rfc3339;
using host::sdk::AppError;
using host::sdk::CronJob;
using host::sdk::TaskContext;
using std::chrono::hours;
using std::chrono::minutes;

TEST(JobScheduler, runsAJobAtItsTimeAndNotBefore) {
    Server server;
    int runs = 0;
    auto job = server.scheduler->cron(kNightly, [&](TaskContext&) { ++runs; });

    server.db.clock.advance(hours(2) - std::chrono::microseconds(1));
    EXPECT_EQ(server.runDue(), 0U);
    server.db.clock.advance(std::chrono::microseconds(1));
    EXPECT_EQ(server.runDue(), 1U);
    EXPECT_EQ(server.runDue(), 0U);

    EXPECT_EQ(runs, 1);
    EXPECT_EQ(Rfc3339::utc(server.scheduler->job("nightly")->nextAt.value()), "2026-03-02T02:00:00Z");
}

TEST(JobScheduler, keepsTheRunsHistoryWithItsCounts) {
    Server server;
    auto job = server.scheduler->cron(kNightly, [&](TaskContext& context) {
        context.count("sent", 1);
        context.count("sent", 7);
        context.count("left", 0);
        server.db.clock.advance(minutes(3));
    });
    server.db.clock.advance(hours(2));

    server.runDue();

    auto run = server.latest();
    EXPECT_EQ(run.state, RunState::Succeeded);
    EXPECT_EQ(run.trigger, "schedule");
    EXPECT_EQ(Rfc3339::utc(run.startedAt), "2026-03-01T02:00:00Z");
    EXPECT_EQ(Rfc3339::utc(run.finishedAt.value()), "2026-03-01T02:03:00Z");
    EXPECT_THAT(run.counts, testing::ElementsAre(testing::Pair("left", 0), testing::Pair("sent", 7)));
}

TEST(JobScheduler, tellsAFailureByItsMessageButNotAnInternalOne) {
    Server server;
    auto ours = server.scheduler->cron(kNightly, [](TaskContext&) { throw AppError(503, "x", "The store is away."); });
    auto internal = server.scheduler->cron({"other", "", "0 2 * * *", "UTC"},
                                           [](TaskContext&) { throw std::runtime_error("SELECT * FROM secret"); });
    server.db.clock.advance(hours(2));

    server.runDue();

    EXPECT_EQ(server.latest().state, RunState::Failed);
    EXPECT_EQ(server.latest().message, "The store is away.");
    EXPECT_EQ(server.latest("other").message, "An internal error; the server's log says more.");
    EXPECT_THAT(server.log.text(), testing::HasSubstr("SELECT * FROM secret"));
}

TEST(JobScheduler, logsWhatFoundNothingToDoForThoseWhoLookClosely) {
    Server server;
    std::int64_t found = 0;
    auto job = server.scheduler->cron(kNightly, [&](TaskContext& context) {
        context.count("found", found);
        if (found > 1) throw AppError(503, "x", "The store is away.");
    });
    const auto endsAt = [&](host::sdk::LogLevel level) {
        const auto text = server.log.text(level);
        return text.find("A job ended") != std::string::npos;
    };
    server.db.clock.advance(hours(2));
    server.runDue();
    EXPECT_TRUE(endsAt(host::sdk::LogLevel::Debug));
    EXPECT_FALSE(endsAt(host::sdk::LogLevel::Information));

    found = 1;
    server.db.clock.advance(hours(24));
    server.runDue();
    EXPECT_TRUE(endsAt(host::sdk::LogLevel::Information));
    EXPECT_FALSE(endsAt(host::sdk::LogLevel::Warning));

    found = 2;
    server.db.clock.advance(hours(24));
    server.runDue();
    EXPECT_TRUE(endsAt(host::sdk::LogLevel::Warning));
}

TEST(JobScheduler, runsNowWithItsArguments) {
    Server server;
    std::string seen;
    auto job = server.scheduler->cron(kNightly, [&](TaskContext& context) {
        seen = context.trigger() + " " + context.requestedBy() + " " + context.arguments() + " " + context.runId();
    });

    auto id = server.scheduler->runNow("nightly", R"({"dryRun":true})", "anna");
    ASSERT_TRUE(server.scheduler->waitIdle(kLong));

    EXPECT_EQ(seen, R"(manual anna {"dryRun":true} )" + id);
    EXPECT_EQ(server.scheduler->run("nightly", id)->requestedBy, "anna");
}

TEST(JobScheduler, refusesToRunNowWhatIsUnknownOrGivenNonsense) {
    Server server;
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    EXPECT_EQ(codeOf([&] { server.scheduler->runNow("nightlly", "", "anna"); }), "not-found");
    EXPECT_EQ(codeOf([&] { server.scheduler->runNow("nightly", "[1]", "anna"); }), "bad-request");
    EXPECT_FALSE(server.scheduler->job("nightly")->latest);
}

TEST(JobScheduler, neverRunsOneJobTwiceAtATime) {
    Server server;
    Gate gate;
    auto job = server.scheduler->cron(kNightly, gate.task());
    server.scheduler->runNow("nightly", "", "anna");
    gate.inside.wait();

    EXPECT_EQ(codeOf([&] { server.scheduler->runNow("nightly", "", "anna"); }), "job.running");
    server.db.clock.advance(hours(2));
    EXPECT_EQ(server.scheduler->runDue(server.db.clock.now()), 0U);

    gate.release.count_down();
    ASSERT_TRUE(server.scheduler->waitIdle(kLong));
    EXPECT_EQ(server.runDue(), 0U) << "a time that came while it ran is passed over, not kept";
    EXPECT_EQ(server.db.number("SELECT count(*) FROM job_run"), 1);
}

TEST(JobScheduler, runsDifferentJobsAtATime) {
    Server server;
    std::latch together(2);
    auto task = [&](TaskContext&) { together.arrive_and_wait(); };
    auto one = server.scheduler->cron(kNightly, task);
    auto two = server.scheduler->cron({"other", "", "0 2 * * *", "UTC"}, task);
    server.db.clock.advance(hours(2));

    EXPECT_EQ(server.runDue(), 2U);
}

TEST(JobScheduler, answersARepeatedRequestWithTheRunItStarted) {
    Server server;
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    auto first = server.scheduler->runNow("nightly", "", "anna", "key-1");
    ASSERT_TRUE(server.scheduler->waitIdle(kLong));

    EXPECT_EQ(server.scheduler->runNow("nightly", "", "anna", "key-1"), first);
    EXPECT_NE(server.scheduler->runNow("nightly", "", "anna", "key-2"), first);
    ASSERT_TRUE(server.scheduler->waitIdle(kLong));
}

TEST(JobScheduler, showsTheNextTimeInAZoneWithDaylightSaving) {
    Server server;
    server.db.clock.set(*Rfc3339::parse("2026-03-28T12:00:00Z"));
    auto job = server.scheduler->cron({"nightly", "", "30 2 * * *", "Europe/Berlin"}, [](TaskContext&) {});

    EXPECT_EQ(Rfc3339::utc(server.scheduler->job("nightly")->nextAt.value()), "2026-03-29T01:00:00Z");
}

TEST(JobScheduler, refusesAJobItCantKeep) {
    Server server;
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});
    auto add = [&](const CronJob& wrong) {
        return codeOf([&] { static_cast<void>(server.scheduler->cron(wrong, [](TaskContext&) {})); });
    };

    EXPECT_EQ(add(kNightly), "job.taken");
    EXPECT_EQ(add({"a", "", "0 2 * *", "UTC"}), "schedule.expression");
    EXPECT_EQ(add({"b", "", "0 2 * * *", "Mars/Olympus"}), "schedule.zone");
    EXPECT_EQ(server.scheduler->jobs().size(), 1U);
}

TEST(JobScheduler, asksARunToEndWhenItsJobIsTakenBack) {
    Server server;
    std::latch inside(1);
    auto job = server.scheduler->cron(kNightly, [&](TaskContext& context) {
        std::latch asked(1);
        std::stop_callback wake(context.stop(), [&] { asked.count_down(); });
        inside.count_down();
        asked.wait();
    });
    auto id = server.scheduler->runNow("nightly", "", "anna");
    inside.wait();

    job.reset();

    ASSERT_TRUE(server.scheduler->waitIdle(kLong));
    EXPECT_TRUE(server.scheduler->jobs().empty());
    EXPECT_EQ(server.scheduler->run("nightly", id)->state, RunState::Cancelled);
}

TEST(JobScheduler, letsAHandleOutliveIt) {
    Server server;
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) {});

    server.scheduler.reset();

    EXPECT_NO_THROW(job.reset());
}

TEST(JobScheduler, stopsByAskingAndStartsNothingMore) {
    Server server;
    std::latch inside(2);
    auto untilAsked = [&](std::stop_token stop) {
        std::latch asked(1);
        std::stop_callback wake(stop, [&] { asked.count_down(); });
        inside.count_down();
        asked.wait();
    };
    auto job = server.scheduler->cron(kNightly, [&](TaskContext& context) { untilAsked(context.stop()); });
    auto id = server.scheduler->runNow("nightly", "", "anna");
    server.scheduler->background("work", untilAsked);
    inside.wait();

    EXPECT_TRUE(server.scheduler->stop(std::chrono::steady_clock::now() + kLong));

    EXPECT_EQ(server.scheduler->run("nightly", id)->state, RunState::Cancelled);
    EXPECT_EQ(codeOf([&] { server.scheduler->runNow("nightly", "", "anna"); }), "stopping");
    EXPECT_EQ(codeOf([&] { server.scheduler->background("work", [](std::stop_token) {}); }), "background.full");
    server.db.clock.advance(hours(2));
    EXPECT_EQ(server.runDue(), 0U);
}

TEST(JobScheduler, tellsWhenSomethingDidNotEndInTime) {
    Server server;
    Gate gate;
    auto job = server.scheduler->cron(kNightly, gate.task());
    server.scheduler->runNow("nightly", "", "anna");
    gate.inside.wait();

    EXPECT_FALSE(server.scheduler->stop(std::chrono::steady_clock::now()));

    gate.release.count_down();
}

TEST(JobScheduler, showsCountsOfARunInProgress) {
    Server server;
    std::latch counted(1);
    std::latch release(1);
    auto job = server.scheduler->cron(kNightly, [&](TaskContext& context) {
        context.count("sent", 5);
        counted.count_down();
        release.wait();
    });
    auto id = server.scheduler->runNow("nightly", "", "anna");
    counted.wait();

    auto run = server.scheduler->run("nightly", id).value();
    release.count_down();

    EXPECT_EQ(run.state, RunState::Running);
    EXPECT_EQ(run.counts.at("sent"), 5);
    ASSERT_TRUE(server.scheduler->waitIdle(kLong));
}

TEST(JobScheduler, survivesBackgroundWorkThatThrows) {
    Server server;
    server.scheduler->background("broken", [](std::stop_token) { throw std::runtime_error("no"); });

    EXPECT_TRUE(server.scheduler->waitIdle(kLong));
    EXPECT_THAT(server.log.text(), testing::HasSubstr("task=broken"));
}

TEST(JobScheduler, runsByItselfOnceStarted) {
    Server server;
    std::latch ran(1);
    auto job = server.scheduler->cron(kNightly, [&](TaskContext&) { ran.count_down(); });
    server.db.clock.advance(hours(2));

    server.scheduler->start();

    ran.wait();
    EXPECT_TRUE(server.scheduler->stop(std::chrono::steady_clock::now() + kLong));
}

TEST(JobScheduler, countsRunsByTheirState) {
    Server server;
    host::base::MetricsRegistry metrics;
    SchedulerOptions options;
    options.metrics = &metrics;
    server.scheduler = std::make_unique<JobScheduler>(server.db.database, server.db.clock, server.log, options);
    auto job = server.scheduler->cron(kNightly, [](TaskContext&) { throw std::runtime_error("no"); });
    server.db.clock.advance(hours(2));

    server.runDue();

    EXPECT_THAT(metrics.exposition(), testing::HasSubstr("lmsd_job_runs_total{job=\"nightly\",state=\"failed\"} 1\n"));
}
