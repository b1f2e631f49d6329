#include "host/schedule/JobScheduler.h"

#include "common/JsonReader.h"
#include "common/Uuid.h"
#include "host/base/Logging.h"
#include "host/schedule/RunContext.h"
#include "host/sdk/Error.h"

#include <algorithm>

namespace host::schedule {
namespace {

using sdk::AppError;
using sdk::Micros;

constexpr std::chrono::seconds kLongestSleep{30};  // the wall clock may be set meanwhile
constexpr std::size_t kTriesOfOneTime = 2;         // a job that brings the server down must not do so for ever

Micros microsOf(std::chrono::milliseconds time) {
    return std::chrono::microseconds(time).count();
}

std::string checkedArguments(const std::string& json) {
    if (json.empty()) return "{}";
    common::parseJsonObject(json);
    return json;
}

/// One that came by the clock and found nothing to do would fill the log of every day.
sdk::LogLevel levelOf(const Run& run) {
    if (run.state == RunState::Failed) return sdk::LogLevel::Warning;
    const bool idle =
        run.state == RunState::Succeeded && run.trigger == "schedule" && !run.counts.empty() &&
        std::all_of(run.counts.begin(), run.counts.end(), [](const auto& one) { return one.second == 0; });
    return idle ? sdk::LogLevel::Debug : sdk::LogLevel::Information;
}

}  // namespace

JobScheduler::JobScheduler(sdk::Database& database, const sdk::Clock& clock, sdk::Logger& logger,
                           SchedulerOptions options)
    : clock_(clock),
      logger_(logger),
      options_(options),
      history_(database),
      self_(std::make_shared<JobScheduler*>(this)),
      jobPool_(options.jobThreads, 10'000),
      backgroundPool_(options.backgroundThreads, options.backgroundQueue) {
    std::size_t left = history_.interruptLeftBehind(clock_.now());
    if (left > 0)
        logger_.warning("Runs were interrupted by the end of the server", {{"run_count", std::to_string(left)}});
    history_.removeBefore(clock_.now() - microsOf(options_.keepHistory));
}

JobScheduler::~JobScheduler() {
    stop(std::chrono::steady_clock::now());
    self_.reset();
}

sdk::Registration JobScheduler::cron(const sdk::CronJob& definition, sdk::Task task) {
    auto zone = common::TimeZone::find(definition.timeZone);
    if (!zone)
        throw AppError(422, "schedule.zone",
                       "The job '" + definition.name + "' names the time zone '" + definition.timeZone +
                           "', which this system does not know; give an IANA name such as 'Europe/Moscow'.");
    auto job =
        std::make_shared<Job>(Job{definition, CronExpression::parse(definition.expression), *zone, std::move(task)});
    job->due = firstDue(*job, clock_.now());
    {
        std::lock_guard lock(mutex_);
        if (!jobs_.emplace(definition.name, job).second)
            throw AppError::conflict("job.taken",
                                     "There is a job '" + definition.name + "' already; name yours otherwise.");
        ++registered_;
    }
    changed_.notify_all();
    return sdk::Registration([weak = std::weak_ptr(self_), name = definition.name] {
        if (auto alive = weak.lock()) (*alive)->remove(name);
    });
}

/// The next time, or now when the last one was missed.
std::optional<Micros> JobScheduler::firstDue(Job& job, Micros now) {
    Micros since = job.knownSince =
        history_.knownSince(job.definition.name, job.expression.text(), job.zone.name(), now);
    Micros from = std::max(since, now - microsOf(options_.misfireGrace));
    if (auto missed = job.expression.last(from, now, job.zone)) {
        std::size_t interrupted = 0;
        bool done = false;
        for (const Run& run : history_.wholeSince(job.definition.name, *missed, 100)) {
            const bool cutShort = run.state == RunState::Interrupted || run.state == RunState::Cancelled;
            cutShort ? static_cast<void>(++interrupted) : static_cast<void>(done = true);
        }
        if (!done && interrupted < kTriesOfOneTime) {
            logger_.warning("A job's time was missed; it runs once now", {{"task", job.definition.name}});
            return now;
        }
    }
    return job.expression.next(now, job.zone);
}

void JobScheduler::remove(const std::string& name) {
    RunPtr current;
    {
        std::lock_guard lock(mutex_);
        auto it = jobs_.find(name);
        if (it == jobs_.end()) return;
        current = it->second->current;
        jobs_.erase(it);
    }
    if (current) current->requestStop();
}

std::string JobScheduler::runNow(const std::string& name, const std::string& argumentsJson,
                                 const std::string& requestedBy) {
    return runNow(name, argumentsJson, requestedBy, "");
}

std::string JobScheduler::runNow(const std::string& name, const std::string& argumentsJson,
                                 const std::string& requestedBy, const std::string& requestKey) {
    Run run;
    run.trigger = "manual";
    run.requestedBy = requestedBy;
    run.arguments = checkedArguments(argumentsJson);
    run.requestKey = requestKey;
    JobPtr job;
    {
        std::lock_guard lock(mutex_);
        auto it = jobs_.find(name);
        if (it == jobs_.end()) throw AppError::notFound("There is no job '" + name + "'; see GET /api/v1/jobs.");
        job = it->second;
    }
    if (!requestKey.empty())
        if (auto earlier = history_.findByRequestKey(name, requestKey)) return earlier->id;
    try {
        return begin(job, std::move(run));
    } catch (const AppError& error) {
        // The same request twice at a time: the other one was quicker.
        if (requestKey.empty() || (error.code() != "db.unique" && error.code() != "job.running")) throw;
        auto earlier = history_.findByRequestKey(name, requestKey);
        if (!earlier) throw;
        return earlier->id;
    }
}

std::string JobScheduler::begin(const JobPtr& job, Run run) {
    run.id = common::Uuid::v4();
    run.job = job->definition.name;
    run.startedAt = clock_.now();
    auto context = std::make_shared<RunContext>(run);
    {
        std::lock_guard lock(mutex_);
        if (stopping_) throw AppError::unavailable("stopping", "The server is stopping; no job is started any more.");
        if (job->running && !run.requestKey.empty() && job->current->snapshot().requestKey == run.requestKey)
            return job->current->runId();
        if (job->running)
            throw AppError::conflict("job.running", "The job '" + run.job + "' is running already; wait for its end.");
        job->running = true;
        job->current = context;
        running_.insert(context);
    }
    try {
        history_.begin(run);
        // Copied: the job may be taken back while this run goes on.
        bool taken = jobPool_.submit([this, job, context, task = job->task] { execute(job, context, task); });
        if (!taken) throw AppError::unavailable("stopping", "The server is stopping; no job is started any more.");
    } catch (...) {
        std::lock_guard lock(mutex_);
        job->running = false;
        job->current = nullptr;
        running_.erase(context);
        throw;
    }
    return run.id;
}

void JobScheduler::execute(const JobPtr& job, const RunPtr& context, sdk::Task task) noexcept {
    RunState state = RunState::Succeeded;
    std::string message;
    context->begun();
    if (context->stop().stop_requested()) {
        state = RunState::Cancelled;
        message = "It was asked to end before it began.";
    } else {
        try {
            task(*context);
            if (context->stop().stop_requested()) {
                state = RunState::Cancelled;
                message = "It was asked to end.";
            }
        } catch (const std::exception& error) {
            state = RunState::Failed;
            // Only our own messages are written for people; others may hold SQL or a path.
            bool ours = dynamic_cast<const AppError*>(&error) != nullptr;
            message = ours ? error.what() : "An internal error; the server's log says more.";
            logger_.error("A job failed",
                          base::withError({{"task", context->snapshot().job}, {"run", context->runId()}}, error));
        } catch (...) {
            state = RunState::Failed;
            message = "An internal error; the server's log says more.";
            logger_.error("A job failed with an unknown exception", {{"task", context->snapshot().job}});
        }
    }
    task = nullptr;
    finish(job, context, state, message);
}

void JobScheduler::finish(const JobPtr& job, const RunPtr& context, RunState state,
                          const std::string& message) noexcept {
    try {
        Run run = context->snapshot();
        run.state = state;
        run.message = message;
        run.finishedAt = clock_.now();
        history_.finish(run);
        logger_.log(levelOf(run), "A job ended",
                    {{"task", run.job},
                     {"run", run.id},
                     {"state", toString(state)},
                     {"duration_ms", std::to_string((*run.finishedAt - run.startedAt) / 1000)}});
        measure(run);
    } catch (const std::exception& error) {
        logger_.error("The end of a run could not be written to the history",
                      base::withError({{"run", context->runId()}}, error));
    }
    std::lock_guard lock(mutex_);
    running_.erase(context);
    job->running = false;
    job->current = nullptr;
}

void JobScheduler::measure(const Run& run) noexcept {
    if (options_.metrics == nullptr) return;
    options_.metrics->add("job_runs_total", 1, {{"job", run.job}, {"state", toString(run.state)}});
    auto seconds = static_cast<double>(*run.finishedAt - run.startedAt) / 1e6;
    options_.metrics->set("job_last_run_seconds", seconds, {{"job", run.job}});
    if (run.state == RunState::Succeeded)
        options_.metrics->set("job_last_success_timestamp_seconds", static_cast<double>(*run.finishedAt) / 1e6,
                              {{"job", run.job}});
}

void JobScheduler::background(const std::string& name, std::function<void(std::stop_token)> work) {
    std::stop_token stop = backgroundStop_.get_token();
    bool taken = !stop.stop_requested() && backgroundPool_.submit([this, name, stop, work = std::move(work)] {
        try {
            if (!stop.stop_requested()) work(stop);
        } catch (const std::exception& error) {
            logger_.error("Background work failed", base::withError({{"task", name}}, error));
        } catch (...) {
            logger_.error("Background work failed with an unknown exception", {{"task", name}});
        }
    });
    if (!taken)
        throw AppError::unavailable("background.full",
                                    "The server has as much background work as it can hold; try again in a moment.");
}

std::size_t JobScheduler::runDue(Micros now) {
    std::vector<JobPtr> due;
    {
        std::lock_guard lock(mutex_);
        if (stopping_) return 0;
        for (auto& [name, job] : jobs_)
            if (job->due && *job->due <= now) due.push_back(job);
    }
    std::size_t started = 0;
    auto passedOver = [&](const std::string& job, const char* why) {
        if (options_.metrics != nullptr)
            options_.metrics->add("job_times_passed_over_total", 1, {{"job", job}, {"why", why}});
    };
    for (const JobPtr& job : due) {
        sdk::LogFields fields{{"task", job->definition.name}};
        bool tooLate = now - *job->due > microsOf(options_.misfireGrace);
        if (tooLate) {
            logger_.warning("A job's time is too long ago; it is passed over", fields);
            passedOver(job->definition.name, "too-late");
        }
        try {
            if (!tooLate) {
                Run run;
                run.trigger = "schedule";
                begin(job, std::move(run));
                ++started;
            }
        } catch (const AppError& error) {
            if (error.code() != "job.running") {
                // Left due: tried again at the next look at the clock.
                logger_.error("A job could not be started", base::withError(std::move(fields), error));
                continue;
            }
            logger_.warning("A job's time came while it ran; it is passed over", fields);
            passedOver(job->definition.name, "running");
        }
        auto next = job->expression.next(now, job->zone);
        std::lock_guard lock(mutex_);
        job->due = next;
    }
    return started;
}

void JobScheduler::start() {
    clockThread_ = std::jthread([this](std::stop_token stop) { watchClock(std::move(stop)); });
}

void JobScheduler::watchClock(std::stop_token stop) {
    while (!stop.stop_requested()) {
        try {
            runDue(clock_.now());
        } catch (const std::exception& error) {
            logger_.error("The schedule could not be looked at", base::errorFields(error));
        }
        std::unique_lock lock(mutex_);
        std::chrono::microseconds sleep = kLongestSleep;
        Micros now = clock_.now();
        for (const auto& [name, job] : jobs_)
            if (job->due) {
                // A job that could not be started stays due: a second's pause instead of a busy loop.
                std::chrono::microseconds until(std::max<Micros>(*job->due - now, 1'000'000));
                sleep = std::min(sleep, until);
            }
        std::uint64_t known = registered_;
        changed_.wait_for(lock, stop, sleep, [&] { return registered_ != known; });
    }
}

bool JobScheduler::stop(std::chrono::steady_clock::time_point deadline) {
    std::set<RunPtr> running;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        running = running_;
    }
    for (const RunPtr& run : running) run->requestStop();
    backgroundStop_.request_stop();
    clockThread_.request_stop();
    if (clockThread_.joinable()) clockThread_.join();
    bool jobsEnded = jobPool_.waitIdle(deadline);
    return backgroundPool_.waitIdle(deadline) && jobsEnded;
}

bool JobScheduler::waitIdle(std::chrono::milliseconds timeout) {
    auto deadline = std::chrono::steady_clock::now() + timeout;
    return jobPool_.waitIdle(deadline) && backgroundPool_.waitIdle(deadline);
}

}  // namespace host::schedule
