// The part of ConnectionsApi that has to do with routes and runs.

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "common/Rfc3339.h"
#include "host/connections/BroughtRules.h"
#include "host/connections/ConnectionsApi.h"
#include "host/connections/ConnectionsApiOptions.h"
#include "host/connections/SharedRecords.h"
#include "host/http/Lists.h"
#include "host/http/RussianTexts.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace host::connections {

using common::JsonWriter;
using sdk::AppError;
using sdk::Method;
using sdk::Request;
using sdk::Response;

namespace {

std::string subjectOf(const Connection& connection, const Route& route) {
    return fmt::format("connections/{}/routes/{}", connection.name, route.name);
}

std::string addressOf(const Connection& connection, const Route& route) {
    return fmt::format("/api/v1/organizations/{}/connections/{}/routes/{}", connection.organization, connection.name,
                       route.name);
}

}  // namespace

void ConnectionsApi::addRoutes(sdk::Router& router) {
    const std::string all = std::string(kConnections) + "/{connection}/routes";
    const std::string one = all + "/{route}";
    auto at = [&](Method method, const std::string& path, sdk::RouteOptions options, Handle handle) {
        add(router, method, path.c_str(), std::move(options), handle);
    };
    at(Method::Get, all, listRoutesOptions(), &ConnectionsApi::listRoutes);
    at(Method::Post, all, createRouteOptions(), &ConnectionsApi::createRoute);
    at(Method::Post, all + "/from-set", createFromSetOptions(), &ConnectionsApi::createFromSet);
    at(Method::Put, std::string(kConnections) + "/{connection}/route-order", orderRoutesOptions(),
       &ConnectionsApi::orderRoutes);
    at(Method::Get, one, getRouteOptions(), &ConnectionsApi::getRoute);
    at(Method::Put, one, putRouteOptions(), &ConnectionsApi::replaceRoute);
    at(Method::Delete, one, deleteRouteOptions(), &ConnectionsApi::eraseRoute);
    at(Method::Post, one + "/enable", enableRouteOptions(true), &ConnectionsApi::enableRoute);
    at(Method::Post, one + "/disable", enableRouteOptions(false), &ConnectionsApi::disableRoute);
}

void ConnectionsApi::addRuns(sdk::Router& router) {
    const std::string one = std::string(kConnections) + "/{connection}/routes/{route}";
    auto at = [&](Method method, const std::string& path, sdk::RouteOptions options, Handle handle) {
        add(router, method, path.c_str(), std::move(options), handle);
    };
    at(Method::Post, one + "/try", tryOptions(), &ConnectionsApi::tryRoute);
    at(Method::Post, one + "/run", runOptions(), &ConnectionsApi::run);
    at(Method::Post, one + "/cancel", cancelOptions(), &ConnectionsApi::cancel);
    at(Method::Get, one + "/runs", listRunsOptions(), &ConnectionsApi::listRuns);
    at(Method::Get, one + "/runs/{run}", getRunOptions(), &ConnectionsApi::getRun);
    at(Method::Get, one + "/runs/{run}/log", runLogOptions(), &ConnectionsApi::runLog);
}

void ConnectionsApi::requireRules(const Connection& connection, const Route& route, const std::vector<Route>& others) {
    const auto offer = p_.sources.find(connection.kind);
    if (const auto* brought = dynamic_cast<const BroughtKind*>(offer.kind.get()))
        requireBroughtRules(*brought, route, others);
}

Route ConnectionsApi::route(const Request& request, const Connection& connection) {
    return p_.store.route(connection.id, request.parameter("route"));
}

std::string ConnectionsApi::routeText(const Connection& connection, const Route& route, const std::string& language) {
    const auto offer = p_.sources.find(connection.kind);
    std::optional<sdk::SourceDescription> described;
    if (offer.kind) described = offer.kind->describe();
    auto latest = p_.runs.latest(route.id);
    if (latest) latest = p_.runner.withCounts(*latest);
    JsonWriter json;
    writeRoute(json, route, described ? &*described : nullptr, p_.store.watermarkOf(route.id), latest, language);
    return json.take();
}

Response ConnectionsApi::shown(const Connection& connection, const Route& route, const Request& request, int status) {
    return Response::json(routeText(connection, route, request.language), status).etag(route.revision);
}

Response ConnectionsApi::listRoutes(const Request& request) {
    const auto owner = connection(request);
    http::ListPage page;
    page.columns = {"name", "title", "position", "enabled", "cron", "zone", "latestState", "latestStartedAt"};
    for (const auto& one : p_.store.routes(owner.id)) {
        const auto latest = p_.runs.latest(one.id);
        page.items.push_back(routeText(owner, one, request.language));
        page.rows.push_back({one.name, one.title, std::to_string(one.position), one.enabled ? "true" : "false",
                             one.schedule.cron, one.schedule.zone, latest ? latest->state : "",
                             latest ? common::Rfc3339::utc(latest->startedAt) : ""});
    }
    return http::listResponse(request, std::move(page));
}

Response ConnectionsApi::createRoute(const Request& request) {
    const auto owner = connection(request);
    const auto body = common::parseJsonObject(request.body);
    auto route = readRoute(body, owner, description(owner.kind), std::nullopt);
    requireRules(owner, route, p_.store.routes(owner.id));
    requireOwnRecords(p_.store, owner, {route});
    const auto made = p_.store.createRoute(std::move(route), request.principal.login);
    p_.runner.refresh(owner.organization, owner.name);
    note(request, "route.created", subjectOf(owner, made));
    return shown(owner, made, request, 201).header("Location", addressOf(owner, made));
}

Response ConnectionsApi::createFromSet(const Request& request) {
    const auto owner = connection(request);
    const auto described = description(owner.kind);
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto name = in.requiredText("set", 100);
    in.finish("The request is not valid");
    const auto& set = p_.sets.find(name);
    if (set.kind != owner.kind)
        in.wrong("set", fmt::format("is for connections of the kind '{}', this one is of '{}'", set.kind, owner.kind),
                 "take another set, or another connection");
    std::map<std::string, std::string> values;
    static const auto kNone = common::parseJsonObject("{}");
    auto given = in.object("parameters");
    common::JsonReader nothing(kNone);
    std::vector<sdk::FieldError> missing;  // of parameters that are not there at all
    auto& parameters = given ? *given : nothing;
    for (const auto& field : set.parameters) {
        values[field.name] = parameters.text(field.name, 1000).value_or(field.fallback);
        if (!field.required || !values[field.name].empty()) continue;
        const auto fix = fmt::format("give it, as in '{}'", field.example);
        if (given)
            given->wrong(field.name, "is missing", fix);
        else
            missing.push_back({"/parameters/" + field.name, "is missing", fix});
    }
    auto others = p_.store.routes(owner.id);
    if (const auto source = values.find("source"); source != values.end() && source->second.empty())
        source->second = sourceForSet(owner, others);
    if (given) given->refuseUnknown();
    in.refuseUnknown();
    finish(in, "The request is not valid", missing);
    std::vector<Route> routes;
    for (const auto& body : SourceSets::bodies(set, values, request.language)) {
        auto route = readRoute(body, owner, described, std::nullopt);
        route.fromSet = set.name;
        routes.push_back(std::move(route));
    }
    requireOwnRecords(p_.store, owner, routes);
    for (const auto& one : routes) {
        requireRules(owner, one, others);
        others.push_back(one);
    }
    const auto made = p_.store.createRoutes(std::move(routes), request.principal.login);
    p_.runner.refresh(owner.organization, owner.name);
    note(request, "route.created-from-set", "connections/" + owner.name,
         fmt::format(R"({{"set":"{}","routes":{}}})", set.name, made.size()));
    JsonWriter json;
    json.object().key("items").array();
    for (const auto& one : made) json.raw(routeText(owner, one, request.language));
    return Response::json(json.end().rawMember("next", "null").end().take(), 201)
        .header("Location",
                fmt::format("/api/v1/organizations/{}/connections/{}/routes", owner.organization, owner.name));
}

Response ConnectionsApi::orderRoutes(const Request& request) {
    const auto owner = connection(request);
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto names = in.texts("names").value_or(std::vector<std::string>());
    if (!in.has("names")) in.wrong("names", "is missing", "name all routes of the connection, in order");
    in.refuseUnknown();
    in.finish("The order of routes is not valid");
    p_.store.orderRoutes(owner.id, names, request.principal.login);
    JsonWriter details;
    details.object().key("routes").array();
    for (const auto& name : names) details.value(name);
    note(request, "connection.routes-ordered", "connections/" + owner.name, details.end().end().take());
    return listRoutes(request);
}

Response ConnectionsApi::getRoute(const Request& request) {
    const auto owner = connection(request);
    return shown(owner, route(request, owner), request);
}

Response ConnectionsApi::replaceRoute(const Request& request) {
    const auto owner = connection(request);
    const auto before = route(request, owner);
    const auto read = readRoute(common::parseJsonObject(request.body), owner, description(owner.kind), before);
    requireRules(owner, read, p_.store.routes(owner.id));
    requireOwnRecords(p_.store, owner, {read});
    const auto after = p_.store.replaceRoute(read, sdk::ifMatch(request), request.principal.login);
    p_.runner.refresh(owner.organization, owner.name);
    note(request, "route.changed", subjectOf(owner, after), fmt::format(R"({{"enabled":{}}})", after.enabled));
    return shown(owner, after, request);
}

Response ConnectionsApi::eraseRoute(const Request& request) {
    const auto owner = connection(request);
    const auto gone = route(request, owner);
    p_.store.eraseRoute(gone, sdk::ifMatch(request));
    p_.runner.refresh(owner.organization, owner.name);
    p_.runner.forget(owner, {gone}, false);
    note(request, "route.deleted", subjectOf(owner, gone));
    return Response::noContent();
}

Response ConnectionsApi::setRouteEnabled(const Request& request, bool enabled) {
    const auto owner = connection(request);
    auto one = route(request, owner);
    if (one.enabled == enabled) return shown(owner, one, request);
    one.enabled = enabled;
    requireOwnRecords(p_.store, owner, {one});
    const auto after = p_.store.replaceRoute(one, one.revision, request.principal.login);
    p_.runner.refresh(owner.organization, owner.name);
    note(request, enabled ? "route.enabled" : "route.disabled", subjectOf(owner, after));
    return shown(owner, after, request);
}

Response ConnectionsApi::enableRoute(const Request& request) {
    return setRouteEnabled(request, true);
}

Response ConnectionsApi::disableRoute(const Request& request) {
    return setRouteEnabled(request, false);
}

Response ConnectionsApi::tryRoute(const Request& request) {
    const auto owner = connection(request);
    const auto one = route(request, owner);
    const auto trial = p_.runner.tryRoute(owner, one, readTrialAsked(request));
    JsonWriter json;
    writeTrial(json, trial, request.language);
    return Response::json(json.take());
}

Response ConnectionsApi::run(const Request& request) {
    const auto owner = connection(request);
    const auto one = route(request, owner);
    const auto order = readOrder(request);
    const auto run = p_.runner.run(owner, one, {order, "manual", request.principal.login, {}, readKey(request)});
    note(request, "route.run-requested", subjectOf(owner, one) + "/runs/" + run.id, orderText(order));
    JsonWriter json;
    writeRun(json, run, request.language);
    return Response::json(json.take(), 202).header("Location", addressOf(owner, one) + "/runs/" + run.id);
}

Response ConnectionsApi::cancel(const Request& request) {
    const auto owner = connection(request);
    const auto one = route(request, owner);
    if (!p_.runner.cancel(one.id)) throw AppError::conflict("route.not-running", "The route does not run.");
    note(request, "route.run-cancelled", subjectOf(owner, one));
    return shown(owner, one, request, 202);
}

Response ConnectionsApi::listRuns(const Request& request) {
    const auto owner = connection(request);
    const auto one = route(request, owner);
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 2);
    std::optional<RunStore::Key> after;
    if (!page.after.empty()) after = RunStore::Key{page.afterNumber(), page.after[1]};
    auto runs = p_.runs.list(one.id, after, page.limit + 1);
    const bool more = runs.size() > page.limit;
    if (more) runs.resize(page.limit);
    http::ListPage list;
    list.columns = {"id", "mode", "trigger", "requestedBy", "state", "startedAt", "finishedAt"};
    for (const auto& [name, value] : RunCounts().named()) list.columns.push_back(name);
    for (auto& run : runs) {
        run = p_.runner.withCounts(run);
        JsonWriter json;
        writeRun(json, run, request.language);
        list.items.push_back(json.take());
        std::vector<std::string> row{run.id,
                                     run.mode,
                                     run.trigger,
                                     run.requestedBy,
                                     run.state,
                                     common::Rfc3339::utc(run.startedAt),
                                     run.finishedAt ? common::Rfc3339::utc(*run.finishedAt) : ""};
        for (const auto& [name, value] : run.counts) row.push_back(std::to_string(value));
        row.resize(list.columns.size());
        list.rows.push_back(std::move(row));
    }
    if (more) list.next = common::Cursor::encode({std::to_string(runs.back().startedAt), runs.back().id});
    return http::listResponse(request, std::move(list));
}

Response ConnectionsApi::getRun(const Request& request) {
    const auto owner = connection(request);
    const auto one = route(request, owner);
    const auto run = p_.runs.find(one.id, request.parameter("run"));
    if (!run) throw AppError::notFound("There is no such run.");
    JsonWriter json;
    writeRun(json, p_.runner.withCounts(*run), request.language);
    return Response::json(json.take());
}

Response ConnectionsApi::runLog(const Request& request) {
    const auto owner = connection(request);
    const auto one = route(request, owner);
    const auto run = p_.runs.find(one.id, request.parameter("run"));
    if (!run) throw AppError::notFound("There is no such run.");
    const auto file = p_.runner.logOf(owner, run->id);
    const bool csv = http::wantsCsv(request);
    Response response;
    response.contentType = csv ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8";
    response.header("Content-Disposition",
                    fmt::format("attachment; filename=\"{}-{}.{}\"", one.name, run->id, csv ? "csv" : "txt"));
    std::ifstream in(file, std::ios::binary);  // a run that waits has none yet
    std::ostringstream text;
    if (in) text << in.rdbuf();
    const bool russian = http::asksForRussian(request);
    response.body = csv ? "\xEF\xBB\xBF" + logAsCsv(text.str(), russian) : logAsText(text.str(), russian);
    return response;
}

}  // namespace host::connections
