#pragma once
/// The dead-man's switch of scheduled jobs. A job that has not begun within a grace after its time, that runs longer
/// than a limit, or whose last whole run ended otherwise than well is an alarm until its next good run. Judged from the
/// schedule and the history of runs, not from what this process has seen: a night missed while the server was down is
/// missed. Runs that were asked for with arguments do a part of the work and count neither for nor against.

#include "host/alarms/AlarmStore.h"
#include "host/schedule/JobScheduler.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace host::alarms {

struct JobLimits {
    std::chrono::milliseconds overdue = std::chrono::minutes(30);  ///< from a job's time to its beginning
    std::chrono::milliseconds longest = std::chrono::hours(12);    ///< of a run
};

struct JobVerdict {
    std::optional<sdk::Micros> missed;     ///< the time at which no run has begun
    std::optional<schedule::Run> tooLong;  ///< the run that goes on
    std::optional<schedule::Run> failed;   ///< the last whole run, which ended otherwise than well
    std::optional<schedule::Run> good;     ///< the last whole run, when it ended well
};

/// \param runs the job's, newest first
JobVerdict judgeJob(const schedule::JobView& job, const std::vector<schedule::Run>& runs, sdk::Micros now,
                    const JobLimits& limits);

class JobWatch {
public:
    /// `gone(job)`: whether a job that is not registered is gone on purpose; its alarms are then over.
    JobWatch(schedule::JobScheduler& scheduler, AlarmStore& store, sdk::Alarms& alarms, const sdk::Clock& clock,
             JobLimits limits, std::function<bool(const std::string& job)> gone);
    void look();

private:
    void apply(const schedule::JobView& job, const JobVerdict& verdict,
               const std::map<std::string, sdk::Micros>& openSince);

    schedule::JobScheduler& scheduler_;
    AlarmStore& store_;
    sdk::Alarms& alarms_;
    const sdk::Clock& clock_;
    const JobLimits limits_;
    const std::function<bool(const std::string&)> gone_;
};

}  // namespace host::alarms
