#include "host/connections/RouteSummary.h"

#include "common/TimeZone.h"
#include "host/connections/ConnectionJson.h"
#include "host/schedule/CronExpression.h"

#include <algorithm>

namespace host::connections {
namespace {

bool isGoing(const Run& run) {
    return run.state == "waiting" || run.state == "running";
}

/// 0: nothing to look at.
int badness(const Run& run) {
    if (isGoing(run)) return 0;
    if (run.state == "failed") return 4;
    if (run.state == "interrupted") return 3;
    if (run.state == "cancelled") return 2;
    return run.diagnoses.empty() ? 0 : 1;
}

std::optional<sdk::Micros> nextOf(const Schedule& schedule, sdk::Micros now) {
    const auto zone = common::TimeZone::find(schedule.zone);
    if (schedule.cron.empty() || !zone) return std::nullopt;
    return schedule::CronExpression::parse(schedule.cron).next(now, *zone);
}

void writeHead(common::JsonWriter& json, const std::optional<RouteHead>& head, const std::string& language) {
    if (!head) {
        json.null();
        return;
    }
    json.object().member("route", head->name).member("title", head->title);
    writeRun(json.key("run"), *head->latest, language);
    json.end();
}

}  // namespace

RouteSummary summarize(const Connection& connection, const std::vector<RouteHead>& heads, sdk::Micros now) {
    RouteSummary sum;
    int worst = 0;
    for (const auto& head : heads) {
        ++sum.count;
        const bool isLatest = head.latest && (!sum.latest || head.latest->startedAt > sum.latest->latest->startedAt);
        if (isLatest) sum.latest = head;
        if (!head.enabled) continue;
        ++sum.enabled;
        if (connection.enabled) {
            const auto next = nextOf(head.schedule.cron.empty() ? connection.schedule : head.schedule, now);
            if (next) sum.nextRunAt = std::min(*next, sum.nextRunAt.value_or(*next));
        }
        if (!head.latest) continue;
        const auto bad = badness(*head.latest);
        if (isGoing(*head.latest)) ++sum.running;
        if (bad > 1) ++sum.failing;
        if (bad == 1) ++sum.remarked;
        if (bad == 0 && !isGoing(*head.latest)) ++sum.well;
        if (bad > worst) {
            worst = bad;
            sum.worst = head;
        }
    }
    return sum;
}

void writeSummary(common::JsonWriter& json, const RouteSummary& sum, const std::string& language) {
    json.object().member("count", sum.count).member("enabled", sum.enabled).member("running", sum.running);
    json.member("failing", sum.failing).member("remarked", sum.remarked).member("well", sum.well);
    writeHead(json.key("worst"), sum.worst, language);
    writeHead(json.key("latest"), sum.latest, language);
    json.timeMember("nextRunAt", sum.nextRunAt).end();
}

}  // namespace host::connections
