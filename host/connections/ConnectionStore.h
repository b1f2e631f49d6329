#pragma once
/// Connections and their routes in the database, with revisions. A connection says where and with which credentials,
/// a route what comes from there and how it becomes records. Secrets are not in here. Thread-safe.
///
/// Errors: AppError 404 for what is not there, 409 for a name that is taken, 412 for another revision than asked for.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::connections {

/// When something runs by itself; an empty expression: never.
struct Schedule {
    std::string cron;
    std::string zone;
};

struct Connection {
    std::int64_t id = 0;
    std::string organization;
    std::string name;  ///< [a-z0-9][a-z0-9._-]*: stands in addresses, and is the source of its records
    std::string kind;
    std::string title;
    bool enabled = true;
    Schedule schedule;            ///< of all its routes that have none of their own, in order
    std::string settings = "{}";  ///< JSON without secrets
    std::int64_t revision = 1;
    sdk::Micros changedAt = 0;
    std::string changedBy;
    std::int64_t checkEpoch = 0;  ///< grows when something is changed that a check looks at
};

struct Route {
    std::int64_t id = 0;
    std::int64_t connectionId = 0;
    std::string name;
    std::string title;
    std::string prefix;  ///< sets it apart from the others below the connection's base path
    std::int64_t position = 0;
    bool enabled = true;
    Schedule schedule;
    std::string settings = "{}";
    std::string mapping = "{}";
    std::string watermark;  ///< JSON, empty: none
    std::string onError = "skip";
    std::string deletions = "keep";
    double maxDeletedPercent = 20;
    std::string fromSet;  ///< the ready-made set it came from
    std::int64_t revision = 1;
    sdk::Micros changedAt = 0;
    std::string changedBy;
};

class ConnectionStore {
public:
    ConnectionStore(sdk::Database& database, const sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// By name.
    std::vector<Connection> list(const std::string& organization);
    Connection get(const std::string& organization, const std::string& name);
    std::optional<Connection> byId(std::int64_t id);
    /// Of every organization: for schedules.
    std::vector<Connection> all();

    Connection create(Connection connection, const std::string& who);
    /// Name and kind stay. Other settings make the next runs of its routes read everything.
    Connection replace(Connection connection, std::optional<std::int64_t> ifMatch, const std::string& who);
    /// What a check has found so far is outdated; settings, routes and `enabled` see to it themselves.
    void outdateCheck(std::int64_t connectionId);
    /// With its routes, what they remember and their runs; the records stay.
    void erase(const Connection& connection, std::optional<std::int64_t> ifMatch);

    /// In order.
    std::vector<Route> routes(std::int64_t connectionId);
    Route route(std::int64_t connectionId, const std::string& name);
    std::optional<Route> routeById(std::int64_t id);
    /// `position` 0: behind the last one.
    Route createRoute(Route route, const std::string& who);
    /// All or none: a set's.
    std::vector<Route> createRoutes(std::vector<Route> routes, const std::string& who);
    /// What was changed of settings, mapping or watermark makes the next run read everything.
    Route replaceRoute(Route route, std::optional<std::int64_t> ifMatch, const std::string& who);
    /// All routes of the connection in the order in which their names stand. Only those whose place changes get a new
    /// revision. AppError 422 unless each is named once and nothing else is.
    void orderRoutes(std::int64_t connectionId, const std::vector<std::string>& names, const std::string& who);
    void eraseRoute(const Route& route, std::optional<std::int64_t> ifMatch);

    /// How far a route has read, as the source wrote it; nullopt: nothing yet.
    std::optional<std::string> watermarkOf(std::int64_t routeId);

private:
    std::vector<Connection> select(const std::string& condition, std::vector<std::string> texts,
                                   std::optional<std::int64_t> number);
    std::vector<Route> selectRoutes(const std::string& condition, std::optional<std::int64_t> number,
                                    std::vector<std::string> texts);

    sdk::Database& database_;
    const sdk::Clock& clock_;
};

}  // namespace host::connections
