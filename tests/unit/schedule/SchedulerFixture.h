#pragma once
/// A scheduler on a real database and a clock that stands still.

#include "host/schedule/JobScheduler.h"
#include "host/sdk/Error.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <string>

namespace tests::schedule {

using host::schedule::JobScheduler;

inline const host::sdk::CronJob kNightly{"nightly", "Nightly", "0 2 * * *", "UTC"};
inline constexpr std::chrono::seconds kLong{30};

inline std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const host::sdk::AppError& e) {
        return e.code();
    }
    return "nothing thrown";
}

/// A server's life: the clock stands at midnight, 2026-03-01.
struct Server {
    Server() {
        db->migrate("host.schedule", host::schedule::scheduleMigrations());
        restart();
    }

    /// The scheduler of a fresh process on the same database.
    JobScheduler& restart() {
        scheduler.reset();
        scheduler = std::make_unique<JobScheduler>(db.database, db.clock, log);
        return *scheduler;
    }
    std::size_t runDue() {
        std::size_t started = scheduler->runDue(db.clock.now());
        EXPECT_TRUE(scheduler->waitIdle(kLong));
        return started;
    }
    host::schedule::Run latest(const std::string& job = "nightly") { return scheduler->job(job)->latest.value(); }

    tests::TestDatabase db;
    tests::RecordingLogger log;
    std::unique_ptr<JobScheduler> scheduler;
};

/// Holds a run until it is let go.
struct Gate {
    host::sdk::Task task() {
        return [this](host::sdk::TaskContext&) {
            inside.count_down();
            release.wait();
        };
    }
    std::latch inside{1};
    std::latch release{1};
};

}  // namespace tests::schedule
