// The part of ConnectionRuns that tells how runs ended: alarms and the journal.

#include "common/Json.h"
#include "host/connections/ConnectionRuns.h"

#include <fmt/format.h>

namespace host::connections {

std::string ConnectionRuns::alarmKeyOf(const Connection& connection, const Route& route) {
    return fmt::format("connections/{}/{}/{}", connection.organization, connection.name, route.name);
}

/// Nobody looks at a run by the clock or of a watched folder: that it failed is told.
void ConnectionRuns::tellAlarm(const Connection& connection, const Route& route, const Run& run) {
    const auto key = alarmKeyOf(connection, route);
    if (run.state == "done") return p_.alarms.clear(key);
    if (run.state != "failed" || (run.trigger != "schedule" && run.trigger != "folder") || run.diagnoses.empty())
        return;
    const auto& why = run.diagnoses.front();
    // Alarms leave by mail: the value of a row, which may be a person's name, stays in the log.
    const bool ofARow = why.code == "source.bad-row" || why.code == "source.order";
    p_.alarms.raise(
        {key, connection.organization, why.code,
         fmt::format("Подключение «{}», путь «{}»: {}", connection.name, route.name, titleOf(why.code, "ru")),
         ofARow ? "Строка, столбец и значение названы в журнале запуска." : inLanguage(why.detail, "ru"),
         inLanguage(why.fix, "ru")});
}

/// Of the run before; "done" when there was none.
std::string ConnectionRuns::stateBefore(const Run& run) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto it = lastStates_.find(run.routeId); it != lastStates_.end())
            return std::exchange(it->second, run.state);
        lastStates_[run.routeId] = run.state;
    }
    for (const auto& one : p_.runs.list(run.routeId, {}, 2))
        if (one.id != run.id) return one.state;
    return "done";
}

/// Counts and codes; the values of rows stay in the run's log.
void ConnectionRuns::tellJournal(const Connection& connection, const Route& route, const Run& run, bool isHere) {
    const auto before = stateBefore(run);
    const bool good = run.state == "done", changed = good != (before == "done");
    if (isHere ? !changed : good && !changed && run.trigger != "manual" && run.trigger != "upload") return;
    common::JsonWriter details;
    details.object().member("trigger", run.trigger).member("mode", run.mode).key("counts").object();
    for (const auto& [name, value] : run.counts)
        if (value != 0) details.member(name, value);
    details.end().key("diagnoses").array();
    for (const auto& one : run.diagnoses) details.value(one.code);
    details.end().member("before", before).end();
    const auto* action = good ? "route.run-done" : run.state == "failed" ? "route.run-failed" : "route.run-stopped";
    p_.journal.append({connection.organization, run.requestedBy, "", action,
                       fmt::format("connections/{}/routes/{}/runs/{}", connection.name, route.name, run.id),
                       details.take(), ""});
}

}  // namespace host::connections
