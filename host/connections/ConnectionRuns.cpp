#include "host/connections/ConnectionRuns.h"

#include "common/Uuid.h"
#include "host/base/Logging.h"
#include "host/connections/RunLog.h"
#include "host/connections/SharedRecords.h"

#include <fmt/format.h>

#include <algorithm>

namespace host::connections {
namespace {

using sdk::AppError;
using sdk::SourceError;

constexpr std::size_t kThreads = 2;
constexpr std::size_t kWaiting = 100;
constexpr auto kEnding = std::chrono::seconds(10);

}  // namespace

/// A run that waits or goes on.
struct ConnectionRuns::Active {
    Connection connection;
    Route route;
    Asked asked;
    Run run;
    bool isEnding = false;  ///< whoever sees that it has ended may run the route again at once; guarded by mutex_
    bool isHere = false;    ///< goes into the history when it has ended: one write less for each of many small ones
    std::stop_source stop;
    std::mutex mutex;  ///< guards counts
    RunCounts counts;
};

namespace {

/// What a run tells goes to its log; its counts can be seen meanwhile.
class Observer : public RunObserver {
public:
    Observer(RunLog& log, std::mutex& mutex, RunCounts& counts, const Delivery* delivery)
        : log_(log), mutex_(mutex), counts_(counts), delivery_(delivery) {}
    void error(const sources::RowError& error) override {
        log_.error(error);
        if (delivery_ != nullptr && delivery_->onError) delivery_->onError(error);
    }
    void note(const std::string& line) override { log_.note(line); }
    void progress(const RunCounts& counts) override {
        const std::lock_guard lock(mutex_);
        counts_ = counts;
    }

private:
    RunLog& log_;
    std::mutex& mutex_;
    RunCounts& counts_;
    const Delivery* delivery_;
};

}  // namespace

ConnectionRuns::ConnectionRuns(Parts parts) : p_(std::move(parts)), pool_(kThreads, kWaiting) {
    const auto left = p_.runs.interruptLeftBehind(p_.clock.now());
    if (left > 0)
        p_.logger.warning("Runs of routes were interrupted by the end of the server",
                          {{"run_count", std::to_string(left)}});
}

ConnectionRuns::~ConnectionRuns() {
    stop(std::chrono::steady_clock::now());
}

bool ConnectionRuns::stop(std::chrono::steady_clock::time_point deadline) {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (auto& [id, active] : active_) active->stop.request_stop();
    }
    freed_.notify_all();
    {
        const std::lock_guard lock(schedulesMutex_);
        schedules_.clear();
    }
    return pool_.waitIdle(deadline);
}

std::string ConnectionRuns::secretName(const Connection& connection, const std::string& field) {
    return fmt::format("host/{}/connections/{}/{}", connection.organization, connection.id, field);
}

SecretOf ConnectionRuns::secretsOf(const Connection& connection) const {
    return [this, connection](const std::string& field) { return p_.secrets.get(secretName(connection, field)); };
}

std::filesystem::path ConnectionRuns::logOf(const Connection& connection, const std::string& runId) const {
    return p_.logs / connection.organization / std::to_string(connection.id) / (runId + ".csv");
}

void ConnectionRuns::forget(const Connection& connection, const std::vector<Route>& routes, bool whole) {
    for (const auto& route : routes) {
        cancel(route.id);
        p_.alarms.clear(alarmKeyOf(connection, route));
    }
    std::error_code ignored;
    if (whole) std::filesystem::remove_all(p_.logs / connection.organization / std::to_string(connection.id), ignored);
}

std::vector<ConnectionRuns::ActivePtr> ConnectionRuns::claim(const Connection& connection,
                                                             const std::vector<Route>& routes, const Asked& asked,
                                                             bool alone) {
    std::vector<ActivePtr> claimed;
    std::unique_lock lock(mutex_);
    // The history says that a run is over a moment before its route is free.
    freed_.wait_for(lock, kEnding, [&] {
        return stopping_ || std::none_of(routes.begin(), routes.end(), [&](const Route& route) {
                   const auto it = active_.find(route.id);
                   return it != active_.end() && it->second->isEnding;
               });
    });
    if (stopping_) throw AppError::unavailable("stopping", "The server is stopping; no job is started any more.");
    for (const auto& route : routes) {
        if (active_.contains(route.id)) {
            if (alone) throw AppError::conflict("route.running", "The route is running already; wait for its end.");
            continue;
        }
        auto active = activeOf(connection, route, asked);
        active_[route.id] = active;
        claimed.push_back(std::move(active));
    }
    return claimed;
}

namespace {

/// A request's key makes the run's id, so that the history itself knows that it came before.
std::string runIdOf(const Route& route, const ConnectionRuns::Asked& asked) {
    if (asked.key.empty()) return common::Uuid::v4();
    return common::Uuid::v5(common::Uuid::kNamespaceUrl, fmt::format("run:{}:{}:{}", route.id, asked.by, asked.key));
}

}  // namespace

std::optional<Run> ConnectionRuns::earlier(const Route& route, const Asked& asked) const {
    if (asked.key.empty()) return std::nullopt;
    const auto id = runIdOf(route, asked);
    {
        const std::lock_guard lock(mutex_);  // the history may not have it yet
        const auto it = active_.find(route.id);
        if (it != active_.end() && it->second->run.id == id) return activeOf(it->second->connection, route, asked)->run;
    }
    return p_.runs.find(route.id, id);
}

ConnectionRuns::ActivePtr ConnectionRuns::activeOf(const Connection& connection, const Route& route,
                                                   const Asked& asked) const {
    auto active = std::make_shared<Active>();
    active->connection = connection;
    active->route = route;
    active->asked = asked;
    auto& run = active->run;
    run.id = runIdOf(route, asked);
    run.connectionId = connection.id;
    run.routeId = route.id;
    run.mode = asked.order.full || route.watermark.empty() ? "full" : "incremental";
    run.trigger = asked.trigger;
    run.requestedBy = asked.by;
    run.state = "waiting";
    run.startedAt = p_.clock.now();
    return active;
}

void ConnectionRuns::submit(std::vector<ActivePtr> sequence) {
    if (sequence.empty()) return;
    try {
        for (const auto& active : sequence) p_.runs.begin(active->run);
        const bool taken = pool_.submit([this, sequence] {
            for (const auto& active : sequence) execute(active);
        });
        if (!taken)
            throw AppError::unavailable("connections.busy",
                                        "As many runs wait as the server can hold; try again in a few minutes.");
    } catch (...) {
        for (const auto& active : sequence) {
            active->run.state = "cancelled";
            active->asked.delivery.reset();  // whoever brought it is told by the exception
            finish(active);
        }
        throw;
    }
}

Run ConnectionRuns::run(const Connection& connection, const Route& route, const Asked& asked) {
    for (const bool enabled : {connection.enabled, route.enabled})
        if (!enabled)
            throw AppError::conflict(
                "source.disabled",
                (connection.enabled ? disabledRoute(route.name) : disabledConnection(connection.name)).detail);
    if (auto known = earlier(route, asked)) return *known;
    try {
        auto claimed = claim(connection, {route}, asked, true);
        auto run = claimed.front()->run;
        submit(std::move(claimed));
        return run;
    } catch (const AppError&) {
        if (auto known = earlier(route, asked)) return *known;  // the same request twice at a time
        throw;
    }
}

Run ConnectionRuns::runHere(const Connection& connection, const Route& route, const Asked& asked,
                            std::chrono::steady_clock::time_point deadline) {
    const auto active = activeOf(connection, route, asked);
    active->isHere = true;
    {
        std::unique_lock lock(mutex_);
        const bool free = freed_.wait_until(lock, deadline, [&] { return stopping_ || !active_.contains(route.id); });
        if (stopping_) throw AppError::unavailable("stopping", "The server is stopping; no job is started any more.");
        if (!free)
            throw AppError::unavailable("route.busy", "The route has much to do; send it again in a few seconds.");
        active_[route.id] = active;
    }
    execute(active);
    return active->run;
}

std::vector<Run> ConnectionRuns::runAll(const Connection& connection, const Asked& asked) {
    if (!connection.enabled) throw AppError::conflict("source.disabled", disabledConnection(connection.name).detail);
    std::vector<Route> routes;
    for (auto& route : p_.store.routes(connection.id))
        if (route.enabled && (asked.trigger != "schedule" || route.schedule.cron.empty()))
            routes.push_back(std::move(route));
    std::vector<Run> runs;
    for (const auto& route : routes)
        if (auto known = earlier(route, asked)) runs.push_back(std::move(*known));
    if (!runs.empty()) return runs;
    auto claimed = claim(connection, routes, asked, false);
    for (const auto& active : claimed) runs.push_back(active->run);
    submit(std::move(claimed));
    return runs;
}

bool ConnectionRuns::cancel(std::int64_t routeId) {
    const std::lock_guard lock(mutex_);
    const auto it = active_.find(routeId);
    if (it == active_.end()) return false;
    it->second->stop.request_stop();
    return true;
}

Run ConnectionRuns::withCounts(Run run) const {
    ActivePtr active;
    {
        const std::lock_guard lock(mutex_);
        const auto it = active_.find(run.routeId);
        if (it == active_.end() || it->second->run.id != run.id) return run;
        active = it->second;
    }
    const std::lock_guard lock(active->mutex);
    run.counts = active->counts.named();
    return run;
}

void ConnectionRuns::execute(const ActivePtr& active) noexcept {
    Active& one = *active;
    if (one.stop.stop_requested()) {
        one.run.state = "cancelled";
        return finish(active);
    }
    std::optional<RunLog> log;
    try {
        log.emplace(logOf(one.connection, one.run.id), p_.clock);
        perform(one, *log);
    } catch (const SourceError& error) {
        one.run.state = error.kind() == SourceError::Kind::Cancelled ? "cancelled" : "failed";
        one.run.diagnoses.push_back(diagnose(error));
    } catch (const AppError& error) {
        one.run.state = "failed";
        one.run.diagnoses = diagnose(error);
        p_.logger.warning("A run of a route failed",
                          base::withError({{"route", one.route.name}, {"run", one.run.id}}, error));
    } catch (const std::exception& error) {
        one.run.state = "failed";
        one.run.diagnoses.push_back(internalFailure());
        p_.logger.error("A run of a route failed",
                        base::withError({{"route", one.route.name}, {"run", one.run.id}}, error));
    } catch (...) {
        one.run.state = "failed";
        one.run.diagnoses.push_back(internalFailure());
        p_.logger.error("A run of a route failed with an unknown exception", {{"run", one.run.id}});
    }
    if (one.run.counts.empty()) one.run.counts = one.counts.named();
    // However it ended, the log says how.
    if (log) {
        for (const auto& why : one.run.diagnoses) log->end(why.code + ": " + why.detail, why.fix);
        log->end("The run ended: " + one.run.state);
    }
    finish(active);
}

void ConnectionRuns::perform(Active& one, RunLog& log) {
    one.run.state = "failed";
    const auto offer = p_.sources.find(one.connection.kind);
    if (!offer.kind) {
        one.run.diagnoses.push_back(unknownKind(one.connection.kind));
        return;
    }
    const std::stop_callback onGone(offer.gone, [&one] { one.stop.request_stop(); });
    auto plan = RoutePlan::of(one.connection, one.route, offer.kind->describe(), secretsOf(one.connection));
    const auto* delivery = one.asked.delivery.get();
    if (delivery != nullptr) {
        plan.rules.allOrNothing = delivery->allOrNothing;
        if (delivery->isPart) plan.rules.followDeletions = false;
    }
    Observer observer(log, one.mutex, one.counts, delivery);
    RouteRun run(p_.database, &p_.files, p_.clock, plan.rules, one.asked.order, observer);
    run.begin();
    one.run.mode = run.isFull() ? "full" : "incremental";
    one.run.state = "running";
    if (!one.isHere) p_.runs.update(one.run);
    one.run.state = "failed";  // until it is known to have gone well
    log.note(fmt::format("The run of '{}' began: {}{}", one.route.name, one.run.mode,
                         run.asked() ? fmt::format(", from '{}'", *run.asked()) : ""));
    plan.request.watermark = run.asked();
    plan.request.stop = one.stop.get_token();
    plan.request.log = [&log](const std::string& line) { log.note(line); };
    const auto reader = delivery != nullptr ? delivery->open(plan.request) : offer.kind->open(plan.request);
    const auto outcome = run.run(*reader, one.stop.get_token());
    one.run.counts = outcome.counts.named();
    one.run.diagnoses = diagnose(outcome);
    if (outcome.end == RunEnd::Done && !outcome.tookNone()) one.run.state = "done";
    if (outcome.end == RunEnd::Cancelled) one.run.state = "cancelled";
    if (one.isHere) return;  // small and many; the check of the connection tells
    if (const auto shared = sharedRecords(p_.store, one.connection, one.route))
        one.run.diagnoses.push_back(diagnose(*shared));
}

void ConnectionRuns::finish(const ActivePtr& active) noexcept {
    Active& one = *active;
    {
        const std::lock_guard lock(mutex_);
        one.isEnding = true;
    }
    try {
        one.run.finishedAt = p_.clock.now();
        // Before the run is shown as ended: who sees that finds it told.
        try {
            if (!one.asked.delivery || !one.asked.delivery->isTold) tellAlarm(one.connection, one.route, one.run);
            tellJournal(one.connection, one.route, one.run, one.isHere);
        } catch (const std::exception& error) {
            p_.logger.error("The end of a run could not be told", base::withError({{"run", one.run.id}}, error));
        }
        if (one.isHere) p_.runs.begin(one.run);
        p_.runs.update(one.run);
        std::error_code ignored;
        for (const auto& gone : p_.runs.prune(one.route.id))
            std::filesystem::remove(logOf(one.connection, gone), ignored);
        p_.metrics.add("source_runs_total", 1, {{"kind", one.connection.kind}, {"state", one.run.state}});
        p_.logger.info("A run of a route ended", {{"organization", one.connection.organization},
                                                  {"connection", one.connection.name},
                                                  {"route", one.route.name},
                                                  {"run", one.run.id},
                                                  {"state", one.run.state}});
    } catch (const std::exception& error) {
        p_.logger.error("The end of a run could not be written to the history",
                        base::withError({{"run", one.run.id}}, error));
    }
    {
        const std::lock_guard lock(mutex_);
        active_.erase(one.route.id);
    }
    freed_.notify_all();
    if (one.asked.delivery && one.asked.delivery->ended) one.asked.delivery->ended(one.run);
}

}  // namespace host::connections
