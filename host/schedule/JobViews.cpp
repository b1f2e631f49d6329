// What people see of the schedule: jobs with their next time, runs with their counts.
#include "host/schedule/JobScheduler.h"
#include "host/schedule/RunContext.h"

namespace host::schedule {

JobView JobScheduler::viewOf(const JobPtr& job) {
    JobView view;
    view.name = job->definition.name;
    view.title = job->definition.title;
    view.expression = job->expression.text();
    view.timeZone = job->zone.name();
    {
        std::lock_guard lock(mutex_);
        view.nextAt = job->due;
        view.knownSince = job->knownSince;
        if (job->current && job->current->isWaiting()) view.waitingSince = job->current->snapshot().startedAt;
    }
    view.latest = history_.latest(view.name);
    if (view.latest) fillCounts(*view.latest);
    return view;
}

std::vector<JobView> JobScheduler::jobs() {
    std::vector<JobPtr> all;
    {
        std::lock_guard lock(mutex_);
        for (const auto& [name, job] : jobs_) all.push_back(job);
    }
    std::vector<JobView> views;
    for (const JobPtr& job : all) views.push_back(viewOf(job));
    return views;
}

std::optional<JobView> JobScheduler::job(const std::string& name) {
    JobPtr job;
    {
        std::lock_guard lock(mutex_);
        auto it = jobs_.find(name);
        if (it == jobs_.end()) return std::nullopt;
        job = it->second;
    }
    return viewOf(job);
}

void JobScheduler::fillCounts(Run& run) {
    if (run.state != RunState::Running) return;
    std::lock_guard lock(mutex_);
    for (const RunPtr& context : running_)
        if (context->runId() == run.id) run.counts = context->snapshot().counts;
}

std::optional<Run> JobScheduler::run(const std::string& job, const std::string& id) {
    auto found = history_.find(job, id);
    if (found) fillCounts(*found);
    return found;
}

std::vector<Run> JobScheduler::runs(const std::string& job, const std::optional<RunHistory::Key>& after,
                                    std::size_t limit) {
    auto found = history_.list(job, after, limit);
    for (Run& run : found) fillCounts(run);
    return found;
}

std::vector<Run> JobScheduler::wholeOrRunning(const std::string& job, std::size_t limit) {
    return history_.wholeOrRunning(job, limit);
}

}  // namespace host::schedule
