#pragma once
/// Jobs and background work without threads.

#include "host/sdk/Error.h"
#include "host/sdk/Scheduler.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tests {

using host::sdk::AppError;

class FakeTaskContext : public host::sdk::TaskContext {
public:
    FakeTaskContext(std::string runId, std::string trigger, std::string by, std::string arguments)
        : runId_(std::move(runId)),
          trigger_(std::move(trigger)),
          by_(std::move(by)),
          arguments_(std::move(arguments)) {}
    std::stop_token stop() const override { return source_.get_token(); }
    const std::string& runId() const override { return runId_; }
    const std::string& trigger() const override { return trigger_; }
    const std::string& requestedBy() const override { return by_; }
    const std::string& arguments() const override { return arguments_; }
    void count(const std::string& name, std::int64_t value) override { counts_[name] = value; }

    std::stop_source source_;
    std::map<std::string, std::int64_t> counts_;

private:
    std::string runId_, trigger_, by_, arguments_;
};

/// Runs everything on the caller's thread: background work at once (or, with `hold_`, when the test says so), a job
/// when it is told to run now.
class InlineScheduler : public host::sdk::Scheduler {
public:
    [[nodiscard]] host::sdk::Registration cron(const host::sdk::CronJob& job, host::sdk::Task task) override {
        jobs_[job.name] = job;
        tasks_[job.name] = std::move(task);
        return host::sdk::Registration([this, name = job.name] {
            jobs_.erase(name);
            tasks_.erase(name);
        });
    }
    std::string runNow(const std::string& name, const std::string& argumentsJson,
                       const std::string& requestedBy) override {
        auto it = tasks_.find(name);
        if (it == tasks_.end()) throw AppError::notFound("There is no job '" + name + "'.");
        auto context = std::make_shared<FakeTaskContext>("run-" + std::to_string(runs_.size() + 1), "manual",
                                                         requestedBy, argumentsJson.empty() ? "{}" : argumentsJson);
        runs_.push_back(context);
        it->second(*context);
        return context->runId();
    }
    void background(const std::string& name, std::function<void(std::stop_token)> work) override {
        if (full_) throw AppError::unavailable("scheduler.full", "All workers are busy; try again in a minute.");
        if (hold_) {
            held_.emplace_back(name, std::move(work));
            return;
        }
        work(stop_.get_token());
    }
    /// Runs what was held back, in order.
    void runHeld() {
        while (!held_.empty()) {
            auto work = std::move(held_.front().second);
            held_.pop_front();
            work(stop_.get_token());
        }
    }

    bool hold_ = false;
    bool full_ = false;
    std::stop_source stop_;
    std::map<std::string, host::sdk::CronJob> jobs_;
    std::vector<std::shared_ptr<FakeTaskContext>> runs_;
    std::deque<std::pair<std::string, std::function<void(std::stop_token)>>> held_;

private:
    std::map<std::string, host::sdk::Task> tasks_;
};

}  // namespace tests
