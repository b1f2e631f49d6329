#pragma once
/// Inside of JobScheduler: a run in progress and a registered job.

#include "host/schedule/JobScheduler.h"

#include <atomic>
#include <mutex>
#include <string>

namespace host::schedule {

/// One run in progress: what the task is handed, and what the history is told at the end.
class JobScheduler::RunContext : public sdk::TaskContext {
public:
    explicit RunContext(Run run) : run_(std::move(run)) {}

    std::stop_token stop() const override { return stop_.get_token(); }
    const std::string& runId() const override { return run_.id; }
    const std::string& trigger() const override { return run_.trigger; }
    const std::string& requestedBy() const override { return run_.requestedBy; }
    const std::string& arguments() const override { return run_.arguments; }
    void count(const std::string& name, std::int64_t value) override {
        std::lock_guard lock(mutex_);
        run_.counts[name] = value;
    }

    /// A thread has taken it.
    void begun() { waiting_ = false; }
    bool isWaiting() const { return waiting_; }
    void requestStop() { stop_.request_stop(); }
    Run snapshot() const {
        std::lock_guard lock(mutex_);
        return run_;
    }

private:
    mutable std::mutex mutex_;
    Run run_;
    std::stop_source stop_;
    std::atomic<bool> waiting_{true};
};

struct JobScheduler::Job {
    sdk::CronJob definition;
    CronExpression expression;
    common::TimeZone zone;
    sdk::Task task;
    sdk::Micros knownSince = 0;
    std::optional<sdk::Micros> due = std::nullopt;
    bool running = false;
    RunPtr current = nullptr;
};

}  // namespace host::schedule
