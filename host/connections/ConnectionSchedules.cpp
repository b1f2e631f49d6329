// The part of ConnectionRuns that has to do with the clock.

#include "host/base/Logging.h"
#include "host/connections/ConnectionRuns.h"

#include <fmt/format.h>

namespace host::connections {
namespace {

using sdk::AppError;

std::string jobName(const Connection& connection, const Route* route) {
    return fmt::format("connections.{}.{}{}{}", connection.organization, connection.name, route ? "." : "",
                       route ? route->name : "");
}

}  // namespace

void ConnectionRuns::start() {
    for (const auto& connection : p_.store.all()) schedule(connection, p_.store.routes(connection.id));
}

void ConnectionRuns::refresh(const std::string& organization, const std::string& name) {
    for (const auto& connection : p_.store.list(organization))
        if (connection.name == name) return schedule(connection, p_.store.routes(connection.id));
    const std::lock_guard lock(schedulesMutex_);
    schedules_.erase(organization + "/" + name);
}

void ConnectionRuns::schedule(const Connection& connection, const std::vector<Route>& routes) {
    const std::lock_guard lock(schedulesMutex_);
    {
        const std::lock_guard stopped(mutex_);
        if (stopping_) return;
    }
    auto& mine = schedules_[connection.organization + "/" + connection.name];
    mine.clear();
    if (!connection.enabled) return;
    auto add = [&](const Schedule& when, const Route* route) {
        if (when.cron.empty()) return;
        try {
            mine.push_back(
                p_.scheduler.cron({jobName(connection, route),
                                   fmt::format("Connection '{}' of '{}'{}", connection.name, connection.organization,
                                               route ? fmt::format(", route '{}'", route->name) : ""),
                                   when.cron, when.zone},
                                  [this, organization = connection.organization, name = connection.name,
                                   one = route ? route->name : std::string()](sdk::TaskContext&) {
                                      runScheduled(organization, name, one);
                                  }));
        } catch (const AppError& error) {
            p_.logger.error("A connection could not be put on the clock",
                            base::withError({{"connection", connection.name}}, error));
        }
    };
    add(connection.schedule, nullptr);
    for (const auto& route : routes)
        if (route.enabled) add(route.schedule, &route);
}

void ConnectionRuns::runScheduled(const std::string& organization, const std::string& name, const std::string& route) {
    const auto connection = p_.store.get(organization, name);
    const Asked asked{{}, "schedule", "schedule"};
    try {
        if (route.empty())
            runAll(connection, asked);
        else
            run(connection, p_.store.route(connection.id, route), asked);
    } catch (const AppError& error) {
        if (error.status() != 409) throw;
        p_.logger.info("A scheduled run was passed over", base::withError({{"connection", name}}, error));
    }
}

}  // namespace host::connections
