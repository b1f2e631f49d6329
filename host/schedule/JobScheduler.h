#pragma once
/// Jobs by the clock, on demand and in the background.
///
/// A job never runs twice at a time: a time that comes while it runs is passed over. After a restart a job whose last
/// time was missed within the grace (and that nobody has run since) runs once. Runs of a server that died are
/// Interrupted in the history, and count as missed, up to twice for one time. Thread-safe.
///
/// Order: make it (the schema applied), register jobs, `start`, …, `stop`. Database, clock and logger must outlive it.

#include "host/schedule/CronExpression.h"
#include "host/schedule/RunHistory.h"
#include "host/schedule/WorkerPool.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Metrics.h"
#include "host/sdk/Scheduler.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace host::schedule {

struct SchedulerOptions {
    std::size_t jobThreads = 4;  ///< jobs that run at a time; more wait their turn
    std::size_t backgroundThreads = 4;
    std::size_t backgroundQueue = 64;
    std::chrono::milliseconds misfireGrace = std::chrono::hours(12);
    std::chrono::milliseconds keepHistory = std::chrono::hours(400 * 24);
    sdk::Metrics* metrics = nullptr;  ///< runs by state, their length, times passed over; must outlive the scheduler
};

struct JobView {
    std::string name;
    std::string title;
    std::string expression;
    std::string timeZone;
    std::optional<sdk::Micros> nextAt;
    std::optional<Run> latest;
    sdk::Micros knownSince = 0;               ///< since when it stands in the schedule as it is
    std::optional<sdk::Micros> waitingSince;  ///< a run was asked for then, and waits for a free thread
};

class JobScheduler : public sdk::Scheduler {
public:
    JobScheduler(sdk::Database& database, const sdk::Clock& clock, sdk::Logger& logger, SchedulerOptions options = {});
    /// Stops and waits for what runs, however long that takes: call `stop` first.
    ~JobScheduler() override;

    /// AppError 422 for a wrong expression or zone, 409 "job.taken" for a name that is there. When the handle goes the
    /// job is gone from the schedule and a run in progress is asked to end, not waited for.
    [[nodiscard]] sdk::Registration cron(const sdk::CronJob& job, sdk::Task task) override;
    std::string runNow(const std::string& name, const std::string& argumentsJson,
                       const std::string& requestedBy) override;
    /// The same; a `requestKey` that was used for this job before gives that run's id and starts nothing.
    std::string runNow(const std::string& name, const std::string& argumentsJson, const std::string& requestedBy,
                       const std::string& requestKey);
    void background(const std::string& name, std::function<void(std::stop_token)> work) override;

    /// Starts the thread that waits for the clock.
    void start();
    /// Starts what is due at `now`; returns how many. The thread's work, and a test's.
    std::size_t runDue(sdk::Micros now);
    /// Nothing new begins, everything is asked to end. False when something still runs at the deadline: the process
    /// must then end without destroying this object (std::quick_exit), and the next start tells the history.
    bool stop(std::chrono::steady_clock::time_point deadline);
    /// True once nothing runs; false when that took longer.
    bool waitIdle(std::chrono::milliseconds timeout);

    /// By name.
    std::vector<JobView> jobs();
    std::optional<JobView> job(const std::string& name);
    /// Counts of a run in progress are as of now.
    std::optional<Run> run(const std::string& job, const std::string& id);
    std::vector<Run> runs(const std::string& job, const std::optional<RunHistory::Key>& after, std::size_t limit);
    /// RunHistory::wholeOrRunning; counts are those on record.
    std::vector<Run> wholeOrRunning(const std::string& job, std::size_t limit);

private:
    class RunContext;
    struct Job;
    using JobPtr = std::shared_ptr<Job>;
    using RunPtr = std::shared_ptr<RunContext>;

    std::optional<sdk::Micros> firstDue(Job& job, sdk::Micros now);
    std::string begin(const JobPtr& job, Run run);
    void execute(const JobPtr& job, const RunPtr& context, sdk::Task task) noexcept;
    void finish(const JobPtr& job, const RunPtr& context, RunState state, const std::string& message) noexcept;
    void measure(const Run& run) noexcept;
    void remove(const std::string& name);
    void fillCounts(Run& run);
    JobView viewOf(const JobPtr& job);
    void watchClock(std::stop_token stop);

    const sdk::Clock& clock_;
    sdk::Logger& logger_;
    const SchedulerOptions options_;
    RunHistory history_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::string, JobPtr> jobs_;
    std::set<RunPtr> running_;
    std::stop_source backgroundStop_;
    bool stopping_ = false;
    std::uint64_t registered_ = 0;         ///< jobs so far, so that the clock's thread sees a new one
    std::shared_ptr<JobScheduler*> self_;  ///< emptied when this goes, for Registrations that outlive it

    WorkerPool jobPool_;
    WorkerPool backgroundPool_;
    std::jthread clockThread_;
};

}  // namespace host::schedule
