#pragma once
/// The database as a process that may die at any commit sees it: killed before the transaction, in the middle of it,
/// or after the commit and before anybody hears of it; busy, full, or committed with an error in place of the answer;
/// and a transaction that is run twice, as the store on disk does when another process holds the file. Thread-safe.

#include "host/sdk/Database.h"
#include "host/sdk/Error.h"
#include "tests/simulation/Fate.h"

#include <atomic>
#include <functional>

namespace tests::simulation {

class CrashingDatabase : public host::sdk::Database {
public:
    CrashingDatabase(host::sdk::Database& real, Process& process, Faults& faults)
        : real_(real), process_(process), faults_(faults) {}

    void read(const std::function<void(Poco::Data::Session&)>& fn) override {
        process_.mustLive();
        if (faults_.strikes("read.busy", 1)) {
            ++failures_;
            throw busy();
        }
        real_.read(fn);
    }

    void write(const std::function<void(Poco::Data::Session&)>& fn) override {
        process_.mustLive();
        if (faults_.strikes("crash.before-commit", 4)) process_.die("before a transaction");
        if (faults_.strikes("write.busy", 3)) {
            ++failures_;
            throw busy();
        }
        if (faults_.strikes("crash.in-transaction", 4))
            real_.write([&](Poco::Data::Session& session) {
                fn(session);
                process_.die("in a transaction that is not committed");
            });
        if (faults_.strikes("write.full", 3))
            real_.write([&](Poco::Data::Session& session) {
                fn(session);
                ++failures_;
                throw host::sdk::AppError(503, "db.full", "The disk is full.");
            });
        if (faults_.strikes("write.twice", 20)) tryOnce(fn);
        real_.write([&](Poco::Data::Session& session) {
            fn(session);
            if (plant) plant(session);
        });
        if (faults_.strikes("crash.after-commit", 6)) process_.die("after a commit");
        if (faults_.strikes("write.unheard", 2)) {
            ++failures_;
            throw host::sdk::AppError(500, "db.failed", "The commit was not answered.");
        }
    }

    void migrate(const std::vector<host::sdk::Migration>& steps) override { real_.migrate(steps); }

    /// Errors it gave to a process that lived on, since the last question.
    std::int64_t failures() { return failures_.exchange(0); }

    /// A fault put in on purpose: runs at the end of each transaction, inside it.
    std::function<void(Poco::Data::Session&)> plant;

private:
    struct Repeat {};

    static host::sdk::AppError busy() {
        return host::sdk::AppError::unavailable("db-busy", "The database is busy; try again in a moment.");
    }
    void tryOnce(const std::function<void(Poco::Data::Session&)>& fn) {
        try {
            real_.write([&](Poco::Data::Session& session) {
                fn(session);
                throw Repeat{};
            });
        } catch (const Repeat&) {
        }
    }

    host::sdk::Database& real_;
    Process& process_;
    Faults& faults_;
    std::atomic<std::int64_t> failures_{0};
};

}  // namespace tests::simulation
