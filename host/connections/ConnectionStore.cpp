#include "host/connections/ConnectionStore.h"

#include "host/connections/RouteState.h"
#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <map>
#include <set>

namespace host::connections {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;
using sdk::AppError;

constexpr const char* kColumns =
    "id, organization_id, name, kind, title, enabled, cron, zone, settings, revision, changed_at, changed_by, "
    "check_epoch";
constexpr const char* kRouteColumns =
    "id, connection_id, name, title, prefix, position, enabled, cron, zone, settings, mapping, watermark, on_error, "
    "deletions, max_deleted_percent, from_set, revision, changed_at, changed_by";

std::int64_t nextId(Session& session, const char* kind) {
    std::string of = kind;
    std::int64_t next = 0;
    session << "UPDATE source_sequence SET next_id = next_id + 1 WHERE kind = ?", use(of), now;
    session << "SELECT next_id FROM source_sequence WHERE kind = ?", into(next), use(of), now;
    return next - 1;
}

AppError noConnection() {
    return AppError::notFound("There is no such connection.");
}

AppError noRoute() {
    return AppError::notFound("There is no such route.");
}

std::int64_t numberOf(Session& session, const std::string& sql, std::int64_t key) {
    std::vector<std::int64_t> found;
    session << sql, into(found), use(key), now;
    return found.empty() ? 0 : found.front();
}

void requireRevision(std::int64_t current, std::optional<std::int64_t> ifMatch) {
    if (ifMatch && *ifMatch != current)
        throw AppError(412, "precondition-failed",
                       fmt::format("It was changed meanwhile: it is at revision {}. Read it again, then repeat the "
                                   "change.",
                                   current));
}

void requireFree(Session& session, const char* table, const char* owner, std::int64_t id, const std::string& name) {
    std::string key = name;
    std::int64_t of = id, taken = 0;
    session << fmt::format("SELECT COUNT(*) FROM {} WHERE {} = ? AND name = ?", table, owner), into(taken), use(of),
        use(key), now;
    if (taken > 0)
        throw AppError::conflict("route.taken",
                                 fmt::format("There is a route '{}' already; name yours otherwise.", name));
}

void insertRoute(Session& session, Route& route) {
    requireFree(session, "source_route", "connection_id", route.connectionId, route.name);
    if (route.position == 0)
        route.position =
            numberOf(session, "SELECT COALESCE(MAX(position), 0) FROM source_route WHERE connection_id = ?",
                     route.connectionId) +
            1;
    route.id = nextId(session, "route");
    std::int64_t enabled = route.enabled ? 1 : 0;
    session << fmt::format(
        "INSERT INTO source_route ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        kRouteColumns),
        use(route.id), use(route.connectionId), use(route.name), use(route.title), use(route.prefix),
        use(route.position), use(enabled), use(route.schedule.cron), use(route.schedule.zone), use(route.settings),
        use(route.mapping), use(route.watermark), use(route.onError), use(route.deletions),
        use(route.maxDeletedPercent), use(route.fromSet), use(route.revision), use(route.changedAt),
        use(route.changedBy), now;
    RouteState(session, route.id).create();
}

void outdate(Session& session, std::int64_t connectionId) {
    session << "UPDATE source_connection SET check_epoch = check_epoch + 1 WHERE id = ?", use(connectionId), now;
}

void eraseRouteRows(Session& session, std::int64_t id) {
    RouteState(session, id).erase();
    session << "DELETE FROM source_run WHERE route_id = ?", use(id), now;
    session << "DELETE FROM source_route WHERE id = ?", use(id), now;
}

}  // namespace

std::vector<Connection> ConnectionStore::select(const std::string& condition, std::vector<std::string> texts,
                                                std::optional<std::int64_t> number) {
    std::vector<Connection> all;
    database_.read([&](Session& session) {
        all.clear();
        Connection one;
        std::int64_t enabled = 0;
        Statement statement(session);
        statement << fmt::format("SELECT {} FROM source_connection {} ORDER BY organization_id, name", kColumns,
                                 condition),
            into(one.id), into(one.organization), into(one.name), into(one.kind), into(one.title), into(enabled),
            into(one.schedule.cron), into(one.schedule.zone), into(one.settings), into(one.revision),
            into(one.changedAt), into(one.changedBy), into(one.checkEpoch), limit(1);
        for (auto& text : texts) statement.addBind(use(text));
        if (number) statement.addBind(use(*number));
        while (!statement.done()) {
            if (statement.execute() == 0) continue;
            one.enabled = enabled != 0;
            all.push_back(one);
        }
    });
    return all;
}

std::vector<Connection> ConnectionStore::list(const std::string& organization) {
    return select("WHERE organization_id = ?", {organization}, {});
}

std::vector<Connection> ConnectionStore::all() {
    return select("", {}, {});
}

Connection ConnectionStore::get(const std::string& organization, const std::string& name) {
    auto found = select("WHERE organization_id = ? AND name = ?", {organization, name}, {});
    if (found.empty()) throw noConnection();
    return found.front();
}

std::optional<Connection> ConnectionStore::byId(std::int64_t id) {
    auto found = select("WHERE id = ?", {}, id);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

Connection ConnectionStore::create(Connection connection, const std::string& who) {
    connection.changedAt = clock_.now();
    connection.changedBy = who;
    connection.revision = 1;
    database_.write([&](Session& session) {
        std::int64_t taken = 0;
        session << "SELECT COUNT(*) FROM source_connection WHERE organization_id = ? AND name = ?", into(taken),
            use(connection.organization), use(connection.name), now;
        if (taken > 0)
            throw AppError::conflict(
                "connection.taken",
                fmt::format("There is a connection '{}' already; name yours otherwise.", connection.name));
        connection.id = nextId(session, "connection");
        std::int64_t enabled = connection.enabled ? 1 : 0;
        session << fmt::format("INSERT INTO source_connection ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               kColumns),
            use(connection.id), use(connection.organization), use(connection.name), use(connection.kind),
            use(connection.title), use(enabled), use(connection.schedule.cron), use(connection.schedule.zone),
            use(connection.settings), use(connection.revision), use(connection.changedAt), use(connection.changedBy),
            use(connection.checkEpoch), now;
    });
    return connection;
}

Connection ConnectionStore::replace(Connection connection, std::optional<std::int64_t> ifMatch,
                                    const std::string& who) {
    connection.changedAt = clock_.now();
    connection.changedBy = who;
    database_.write([&](Session& session) {
        const auto current = numberOf(session, "SELECT revision FROM source_connection WHERE id = ?", connection.id);
        if (current == 0) throw noConnection();
        requireRevision(current, ifMatch);
        connection.revision = current + 1;
        std::string before;
        std::int64_t wasEnabled = 0, enabled = connection.enabled ? 1 : 0;
        session << "SELECT settings, enabled, check_epoch FROM source_connection WHERE id = ?", into(before),
            into(wasEnabled), into(connection.checkEpoch), use(connection.id), now;
        if (before != connection.settings || wasEnabled != enabled) ++connection.checkEpoch;
        if (before != connection.settings) {
            // It may lead elsewhere now, where nothing has been read yet.
            std::vector<std::int64_t> routes;
            session << "SELECT id FROM source_route WHERE connection_id = ?", into(routes), use(connection.id), now;
            for (const auto route : routes) RouteState(session, route).change(true);
        }
        session << "UPDATE source_connection SET title = ?, enabled = ?, cron = ?, zone = ?, settings = ?, revision = "
                   "?, changed_at = ?, changed_by = ?, check_epoch = ? WHERE id = ?",
            use(connection.title), use(enabled), use(connection.schedule.cron), use(connection.schedule.zone),
            use(connection.settings), use(connection.revision), use(connection.changedAt), use(connection.changedBy),
            use(connection.checkEpoch), use(connection.id), now;
    });
    return connection;
}

void ConnectionStore::outdateCheck(std::int64_t connectionId) {
    database_.write([&](Session& session) { outdate(session, connectionId); });
}

void ConnectionStore::erase(const Connection& connection, std::optional<std::int64_t> ifMatch) {
    database_.write([&](Session& session) {
        std::int64_t id = connection.id;
        const auto current = numberOf(session, "SELECT revision FROM source_connection WHERE id = ?", id);
        if (current == 0) throw noConnection();
        requireRevision(current, ifMatch);
        std::vector<std::int64_t> routes;
        session << "SELECT id FROM source_route WHERE connection_id = ?", into(routes), use(id), now;
        for (const auto route : routes) eraseRouteRows(session, route);
        session << "DELETE FROM source_check WHERE connection_id = ?", use(id), now;
        session << "DELETE FROM source_connection WHERE id = ?", use(id), now;
    });
}

std::vector<Route> ConnectionStore::selectRoutes(const std::string& condition, std::optional<std::int64_t> number,
                                                 std::vector<std::string> texts) {
    std::vector<Route> all;
    database_.read([&](Session& session) {
        all.clear();
        Route one;
        std::int64_t enabled = 0;
        Statement statement(session);
        statement << fmt::format("SELECT {} FROM source_route WHERE {} ORDER BY position, id", kRouteColumns,
                                 condition),
            into(one.id), into(one.connectionId), into(one.name), into(one.title), into(one.prefix), into(one.position),
            into(enabled), into(one.schedule.cron), into(one.schedule.zone), into(one.settings), into(one.mapping),
            into(one.watermark), into(one.onError), into(one.deletions), into(one.maxDeletedPercent), into(one.fromSet),
            into(one.revision), into(one.changedAt), into(one.changedBy), limit(1);
        if (number) statement.addBind(use(*number));
        for (auto& text : texts) statement.addBind(use(text));
        while (!statement.done()) {
            if (statement.execute() == 0) continue;
            one.enabled = enabled != 0;
            all.push_back(one);
        }
    });
    return all;
}

std::vector<Route> ConnectionStore::routes(std::int64_t connectionId) {
    return selectRoutes("connection_id = ?", connectionId, {});
}

Route ConnectionStore::route(std::int64_t connectionId, const std::string& name) {
    auto found = selectRoutes("connection_id = ? AND name = ?", connectionId, {name});
    if (found.empty()) throw noRoute();
    return found.front();
}

std::optional<Route> ConnectionStore::routeById(std::int64_t id) {
    auto found = selectRoutes("id = ?", id, {});
    return found.empty() ? std::nullopt : std::optional(found.front());
}

Route ConnectionStore::createRoute(Route route, const std::string& who) {
    return createRoutes({std::move(route)}, who).front();
}

std::vector<Route> ConnectionStore::createRoutes(std::vector<Route> given, const std::string& who) {
    std::vector<Route> made;
    database_.write([&](Session& session) {
        made = given;
        for (auto& route : made) {
            if (numberOf(session, "SELECT id FROM source_connection WHERE id = ?", route.connectionId) == 0)
                throw noConnection();
            route.changedAt = clock_.now();
            route.changedBy = who;
            route.revision = 1;
            insertRoute(session, route);
            outdate(session, route.connectionId);
        }
    });
    return made;
}

Route ConnectionStore::replaceRoute(Route route, std::optional<std::int64_t> ifMatch, const std::string& who) {
    const auto before = routeById(route.id);
    if (!before) throw noRoute();
    route.changedAt = clock_.now();
    route.changedBy = who;
    database_.write([&](Session& session) {
        const auto current = numberOf(session, "SELECT revision FROM source_route WHERE id = ?", route.id);
        if (current == 0) throw noRoute();
        // What is compared below must be what is replaced.
        requireRevision(current, ifMatch ? ifMatch : std::optional(before->revision));
        route.revision = current + 1;
        std::int64_t enabled = route.enabled ? 1 : 0;
        session << "UPDATE source_route SET title = ?, prefix = ?, position = ?, enabled = ?, cron = ?, zone = ?, "
                   "settings = ?, mapping = ?, watermark = ?, on_error = ?, deletions = ?, max_deleted_percent = ?, "
                   "revision = ?, changed_at = ?, changed_by = ? WHERE id = ?",
            use(route.title), use(route.prefix), use(route.position), use(enabled), use(route.schedule.cron),
            use(route.schedule.zone), use(route.settings), use(route.mapping), use(route.watermark), use(route.onError),
            use(route.deletions), use(route.maxDeletedPercent), use(route.revision), use(route.changedAt),
            use(route.changedBy), use(route.id), now;
        const bool reads = before->settings != route.settings || before->mapping != route.mapping ||
                           before->watermark != route.watermark;
        const bool rules = before->onError != route.onError || before->deletions != route.deletions ||
                           before->maxDeletedPercent != route.maxDeletedPercent;
        if (reads || rules) RouteState(session, route.id).change(reads);
        if (reads || before->enabled != route.enabled) outdate(session, route.connectionId);
    });
    return route;
}

namespace {

struct Place {
    std::int64_t id = 0;
    std::int64_t position = 0;
};

/// What is wrong with an order; AppError 422 with all of it.
void requireWhole(const std::vector<std::string>& names, const std::map<std::string, Place>& places) {
    std::vector<sdk::FieldError> errors;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto at = fmt::format("/names/{}", i);
        if (!places.contains(names[i]))
            errors.push_back({at, fmt::format("names no route of the connection: '{}'", names[i]),
                              "Read the routes again: one may be gone."});
        else if (!seen.insert(names[i]).second)
            errors.push_back({at, fmt::format("names the route '{}' again", names[i]), "Name each route once."});
    }
    for (const auto& [name, place] : places)
        if (!seen.contains(name))
            errors.push_back({"/names", fmt::format("does not name the route '{}'", name),
                              "Name all routes of the connection: one may be new."});
    if (!errors.empty()) throw AppError::validation("The order of routes is not valid.", std::move(errors));
}

}  // namespace

void ConnectionStore::orderRoutes(std::int64_t connectionId, const std::vector<std::string>& names,
                                  const std::string& who) {
    database_.write([&](Session& session) {
        std::vector<std::int64_t> ids, positions;
        std::vector<std::string> known;
        session << "SELECT id, name, position FROM source_route WHERE connection_id = ?", into(ids), into(known),
            into(positions), use(connectionId), now;
        std::map<std::string, Place> places;
        for (std::size_t i = 0; i < ids.size(); ++i) places[known[i]] = {ids[i], positions[i]};
        requireWhole(names, places);
        std::int64_t position = 0, at = clock_.now();
        std::string by = who;
        for (const auto& name : names) {
            auto& place = places[name];
            if (place.position == ++position) continue;
            session << "UPDATE source_route SET position = ?, revision = revision + 1, changed_at = ?, changed_by = ? "
                       "WHERE id = ?",
                use(position), use(at), use(by), use(place.id), now;
        }
    });
}

void ConnectionStore::eraseRoute(const Route& route, std::optional<std::int64_t> ifMatch) {
    database_.write([&](Session& session) {
        const auto current = numberOf(session, "SELECT revision FROM source_route WHERE id = ?", route.id);
        if (current == 0) throw noRoute();
        requireRevision(current, ifMatch);
        eraseRouteRows(session, route.id);
        outdate(session, route.connectionId);
    });
}

std::optional<std::string> ConnectionStore::watermarkOf(std::int64_t routeId) {
    std::vector<std::string> found;
    std::int64_t id = routeId;
    database_.read([&](Session& session) {
        found.clear();
        session << "SELECT watermark FROM source_route_state WHERE route_id = ? AND watermark IS NOT NULL", into(found),
            use(id), now;
    });
    return found.empty() ? std::nullopt : std::optional(found.front());
}

}  // namespace host::connections
