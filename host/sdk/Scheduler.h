#pragma once
/// Scheduled and background work. The host keeps a history of runs with their counts, never runs one job twice at a
/// time, and ends runs at shutdown through `stop`. Thread-safe.

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "host/sdk/Registration.h"

namespace host::sdk {
inline namespace abi1 {

/// Handed to a running task; valid while it runs. Thread-safe.
class TaskContext {
public:
    virtual ~TaskContext() = default;
    virtual std::stop_token stop() const = 0;         ///< asked to end: finish the batch in flight, then return
    virtual const std::string& runId() const = 0;     ///< id in the history of runs
    virtual const std::string& trigger() const = 0;   ///< "schedule" or "manual"
    virtual const std::string& requestedBy() const = 0;
    virtual const std::string& arguments() const = 0;  ///< JSON object given to runNow, "{}" otherwise
    virtual void count(const std::string& name, std::int64_t value) = 0;  ///< sets a count, shown in the history
};

using Task = std::function<void(TaskContext&)>;

struct CronJob {
    std::string name;         ///< "nightly"; the host prefixes the module's name: "u2035.nightly"
    std::string title;        ///< for people
    std::string expression;   ///< 5 fields: minute hour day-of-month month day-of-week
    std::string timeZone;     ///< IANA name, "Europe/Moscow"
};

class Scheduler {
public:
    virtual ~Scheduler() = default;

    /// A job by the clock. A task that throws makes the run failed, with the message in the history.
    [[nodiscard]] virtual Registration cron(const CronJob& job, Task task) = 0;

    /// Starts a job now; returns the run's id. AppError 409 "job.running" when it runs already, 404 when unknown.
    virtual std::string runNow(const std::string& name, const std::string& argumentsJson,
                               const std::string& requestedBy) = 0;

    /// Work in the background, started at once on a bounded pool; `name` is for the log. AppError 503 when full.
    virtual void background(const std::string& name, std::function<void(std::stop_token)> work) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
