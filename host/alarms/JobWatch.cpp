#include "host/alarms/JobWatch.h"

#include "common/Rfc3339.h"
#include "host/schedule/CronExpression.h"

#include <fmt/format.h>

#include <algorithm>

namespace host::alarms {
namespace {

using schedule::JobView;
using schedule::Run;
using schedule::RunState;

constexpr const char* kPrefix = "host/job/";
constexpr std::size_t kRunsLookedAt = 50;

sdk::Micros microsOf(std::chrono::milliseconds time) {
    return std::chrono::microseconds(time).count();
}

std::string keyOf(const std::string& job, const char* what) {
    return kPrefix + job + '/' + what;
}

std::string jobOf(const std::string& key) {
    const std::string rest = key.substr(std::string_view(kPrefix).size());
    return rest.substr(0, rest.rfind('/'));
}

std::string when(sdk::Micros time, const JobView& job) {
    const auto zone = common::TimeZone::find(job.timeZone);
    return zone ? common::Rfc3339::zoned(time, *zone) : common::Rfc3339::utc(time);
}

const char* endOf(RunState state) {
    switch (state) {
        case RunState::Failed:
            return "закончился ошибкой";
        case RunState::Cancelled:
            return "был прерван остановкой сервера";
        default:
            return "оборвался вместе с сервером";
    }
}

std::string duration(std::chrono::milliseconds time) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
    return minutes % 60 == 0 && minutes > 0 ? fmt::format("{} ч", minutes / 60) : fmt::format("{} мин", minutes);
}

/// The last time of the job that should have been kept by now and was not.
std::optional<sdk::Micros> missedTime(const JobView& job, const std::vector<Run>& whole, sdk::Micros now,
                                      const JobLimits& limits) {
    const auto zone = common::TimeZone::find(job.timeZone);
    if (!zone) return std::nullopt;
    const auto expected =
        schedule::CronExpression::parse(job.expression).last(job.knownSince, now - microsOf(limits.overdue), *zone);
    if (!expected) return std::nullopt;
    // A run that waits for a thread is in the history, but it has not begun; it does since it was asked for.
    if (job.waitingSince) return now - *job.waitingSince > microsOf(limits.overdue) ? expected : std::nullopt;
    // One that was cut short has begun as well: it is told as failed.
    const bool begun = std::any_of(whole.begin(), whole.end(), [&](const Run& run) {
        // One that was running at that time has covered it: the schedule passes over the time.
        return run.startedAt >= *expected || run.state == RunState::Running || run.finishedAt.value_or(0) >= *expected;
    });
    return begun ? std::nullopt : expected;
}

}  // namespace

JobVerdict judgeJob(const JobView& job, const std::vector<Run>& runs, sdk::Micros now, const JobLimits& limits) {
    JobVerdict verdict;
    std::vector<Run> whole;
    std::copy_if(runs.begin(), runs.end(), std::back_inserter(whole), [](const Run& r) { return r.arguments == "{}"; });
    // After a start the schedule makes up for a missed time at once: it has its chance first.
    const bool aboutToRun = job.nextAt && *job.nextAt <= now && now - *job.nextAt <= microsOf(limits.overdue);
    if (!aboutToRun) verdict.missed = missedTime(job, whole, now, limits);
    for (const Run& run : runs)
        if (run.state == RunState::Running && !job.waitingSince && now - run.startedAt > microsOf(limits.longest))
            verdict.tooLong = run;
    if (whole.empty() || whole.front().state == RunState::Running) return verdict;
    if (whole.front().state == RunState::Succeeded)
        verdict.good = whole.front();
    else if (!aboutToRun)
        verdict.failed = whole.front();
    return verdict;
}

JobWatch::JobWatch(schedule::JobScheduler& scheduler, AlarmStore& store, sdk::Alarms& alarms, const sdk::Clock& clock,
                   JobLimits limits, std::function<bool(const std::string& job)> gone)
    : scheduler_(scheduler), store_(store), alarms_(alarms), clock_(clock), limits_(limits), gone_(std::move(gone)) {}

void JobWatch::look() {
    const auto openSince = store_.openSince(kPrefix);
    std::vector<std::string> known;
    for (const JobView& job : scheduler_.jobs()) {
        known.push_back(job.name);
        apply(job, judgeJob(job, scheduler_.wholeOrRunning(job.name, kRunsLookedAt), clock_.now(), limits_), openSince);
    }
    for (const auto& [key, since] : openSince)
        if (std::find(known.begin(), known.end(), jobOf(key)) == known.end() && gone_(jobOf(key))) alarms_.clear(key);
}

void JobWatch::apply(const JobView& job, const JobVerdict& verdict,
                     const std::map<std::string, sdk::Micros>& openSince) {
    auto settle = [&](const char* what, bool wrong, sdk::Alarm alarm) {
        alarm.key = keyOf(job.name, what);
        if (wrong) return alarms_.raise(alarm);
        const auto since = openSince.find(alarm.key);
        if (since != openSince.end() && verdict.good && verdict.good->finishedAt.value_or(0) >= since->second)
            alarms_.clear(alarm.key);
    };
    const std::string fix = fmt::format(
        "Посмотрите журнал сервера и запуски: GET /api/v1/jobs/{}/runs. Запустить сейчас: lmsctl jobs run {}.",
        job.name, job.name);
    sdk::Alarm missed{"", "", "job-missed", fmt::format("Задание {} не началось вовремя", job.name), "", fix};
    if (verdict.missed)
        missed.detail = fmt::format(
            "«{}» должно было начаться {} и не началось: сервер не работал, был занят другими заданиями или не смог "
            "его "
            "запустить.",
            job.title, when(*verdict.missed, job));
    settle("missed", verdict.missed.has_value(), missed);

    sdk::Alarm tooLong{"", "", "job-overdue", fmt::format("Задание {} идёт слишком долго", job.name), "", fix};
    if (verdict.tooLong)
        tooLong.detail = fmt::format("Запуск {} «{}» идёт с {}, дольше {}.", verdict.tooLong->id, job.title,
                                     when(verdict.tooLong->startedAt, job), duration(limits_.longest));
    settle("overdue", verdict.tooLong.has_value(), tooLong);

    sdk::Alarm failed{"", "", "job-failed", fmt::format("Задание {} не выполнено", job.name), "", fix};
    if (verdict.failed)
        failed.detail = fmt::format("Запуск {} «{}», начатый {}, {}{}{}", verdict.failed->id, job.title,
                                    when(verdict.failed->startedAt, job), endOf(verdict.failed->state),
                                    verdict.failed->message.empty() ? "." : ": ", verdict.failed->message);
    settle("failed", verdict.failed.has_value(), failed);
}

}  // namespace host::alarms
