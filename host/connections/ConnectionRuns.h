#pragma once
/// Runs of routes: asked for by a person, by the clock, a route or a whole connection in the order of its routes; and
/// what shows before a run whether it will go well: checks and trials. No route runs twice at a time. Two runs go on at
/// once, more wait: the server's other jobs have threads of their own. A scheduled run that fails is an alarm of the
/// organization until a good one. How a run ended stands in the journal when a person asked for it, when it did not go
/// well, and when it went well after one that had not; of the small runs of what is sent to us, when that changes. The
/// others are in the history and the server's log: the journal would drown in them. Thread-safe. Everything in Parts
/// must outlive it.
///
/// Order: make it, `start`, …, `stop`.

#include "host/connections/CheckStore.h"
#include "host/connections/ConnectionStore.h"
#include "host/connections/Delivery.h"
#include "host/connections/Diagnosis.h"
#include "host/connections/RoutePlan.h"
#include "host/connections/RouteTrial.h"
#include "host/connections/RunLog.h"
#include "host/connections/RunStore.h"
#include "host/connections/SourceRegistry.h"
#include "host/schedule/WorkerPool.h"
#include "host/sdk/Alarms.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Metrics.h"
#include "host/sdk/Scheduler.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::connections {

/// The secret of a listening connection, which is made and not typed in.
inline constexpr const char* kListenToken = "listen-token";

class ConnectionRuns {
public:
    struct Parts {
        sdk::Database& database;
        records::FileStore& files;
        const sdk::Clock& clock;
        sdk::Secrets& secrets;
        SourceRegistry& sources;
        ConnectionStore& store;
        RunStore& runs;
        sdk::Scheduler& scheduler;
        sdk::Alarms& alarms;
        sdk::Metrics& metrics;
        sdk::Logger& logger;
        sdk::Journal& journal;
        std::filesystem::path logs;  ///< a folder of its own
    };
    explicit ConnectionRuns(Parts parts);
    ~ConnectionRuns();

    /// Puts every schedule on the clock.
    void start();
    /// Runs in progress finish their batch. False when one still runs at the deadline.
    bool stop(std::chrono::steady_clock::time_point deadline);
    /// A connection was made, changed or removed, or one of its routes was.
    void refresh(const std::string& organization, const std::string& connection);
    /// A route or connection is gone: its alarms are over, its logs removed.
    void forget(const Connection& connection, const std::vector<Route>& routes, bool whole);

    SecretOf secretsOf(const Connection& connection) const;
    static std::string alarmKeyOf(const Connection& connection, const Route& route);
    static std::string secretName(const Connection& connection, const std::string& field);

    /// With its routes. Nothing is kept of it here.
    CheckResult check(const Connection& connection);
    /// The same of one that is not kept: it has no routes.
    CheckResult check(const Connection& connection, const SecretOf& secret);
    /// `sample`: what would be brought, when the kind is brought to.
    /// `asked.sends`: a person's word that a request which may change the source is sent. AppError 422 without it.
    Trial tryRoute(const Connection& connection, const Route& route, const TrialAsked& asked = {});

    struct Asked {
        RunOrder order;
        std::string trigger;
        std::string by;
        std::shared_ptr<const Delivery> delivery = {};  ///< what is brought; null: the source is asked
        std::string key = {};  ///< of the request: the same again is answered with the run of the first; may be empty
    };
    /// AppError 409 "route.running", "source.disabled"; 503 when too many wait.
    Run run(const Connection& connection, const Route& route, const Asked& asked);
    /// The same on this thread: waits until the route is free, at most until `deadline` (AppError 503 "route.busy").
    /// The history has it when it has ended.
    Run runHere(const Connection& connection, const Route& route, const Asked& asked,
                std::chrono::steady_clock::time_point deadline);
    /// Those of its enabled routes that do not run already, one after another; of the clock only those without a
    /// schedule of their own.
    std::vector<Run> runAll(const Connection& connection, const Asked& asked);
    /// False when it does not run.
    bool cancel(std::int64_t routeId);

    /// Counts of a run in progress are as of now.
    Run withCounts(Run run) const;
    std::filesystem::path logOf(const Connection& connection, const std::string& runId) const;

private:
    struct Active;
    using ActivePtr = std::shared_ptr<Active>;

    std::vector<ActivePtr> claim(const Connection& connection, const std::vector<Route>& routes, const Asked& asked,
                                 bool alone);
    std::optional<Run> earlier(const Route& route, const Asked& asked) const;
    ActivePtr activeOf(const Connection& connection, const Route& route, const Asked& asked) const;
    void submit(std::vector<ActivePtr> sequence);
    void execute(const ActivePtr& active) noexcept;
    void perform(Active& active, RunLog& log);
    void finish(const ActivePtr& active) noexcept;
    void tellAlarm(const Connection& connection, const Route& route, const Run& run);
    void tellJournal(const Connection& connection, const Route& route, const Run& run, bool isHere);
    std::string stateBefore(const Run& run);
    void schedule(const Connection& connection, const std::vector<Route>& routes);
    void runScheduled(const std::string& organization, const std::string& connection, const std::string& route);

    Parts p_;
    mutable std::mutex mutex_;
    std::map<std::int64_t, ActivePtr> active_;
    std::condition_variable freed_;                   ///< a route has ended
    std::map<std::int64_t, std::string> lastStates_;  ///< of routes that ran in this server's life
    bool stopping_ = false;
    std::mutex schedulesMutex_;
    std::map<std::string, std::vector<sdk::Registration>> schedules_;  ///< by "ORG/CONNECTION"
    schedule::WorkerPool pool_;
};

}  // namespace host::connections
