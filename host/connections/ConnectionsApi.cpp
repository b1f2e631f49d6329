#include "host/connections/ConnectionsApi.h"

#include "common/JsonReader.h"
#include "common/Rfc3339.h"
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

ConnectionsApi::ConnectionsApi(sdk::Router& router, Parts parts) : p_(std::move(parts)) {
    addConnections(router);
    addRoutes(router);
    addRuns(router);
}

void ConnectionsApi::add(sdk::Router& router, Method method, const char* path, sdk::RouteOptions options,
                         Handle handle) {
    routes_.push_back(router.add(method, path, std::move(options),
                                 [this, handle](const Request& request) { return (this->*handle)(request); }));
}

void ConnectionsApi::addConnections(sdk::Router& router) {
    const std::string one = std::string(kConnections) + "/{connection}";
    auto at = [&](Method method, const std::string& path, sdk::RouteOptions options, Handle handle) {
        add(router, method, path.c_str(), std::move(options), handle);
    };
    at(Method::Get, "/api/v1/source-kinds", listKindsOptions(), &ConnectionsApi::listKinds);
    at(Method::Get, "/api/v1/source-sets", listSetsOptions(), &ConnectionsApi::listSets);
    at(Method::Get, kConnections, listConnectionsOptions(), &ConnectionsApi::list);
    at(Method::Post, kConnections, createConnectionOptions(), &ConnectionsApi::create);
    at(Method::Get, one, getConnectionOptions(), &ConnectionsApi::get);
    at(Method::Put, one, putConnectionOptions(), &ConnectionsApi::replace);
    at(Method::Delete, one, deleteConnectionOptions(), &ConnectionsApi::erase);
    at(Method::Post, one + "/enable", enableConnectionOptions(true), &ConnectionsApi::enable);
    at(Method::Post, one + "/disable", enableConnectionOptions(false), &ConnectionsApi::disable);
    at(Method::Post, std::string(kConnections) + "/check", checkNewOptions(), &ConnectionsApi::checkNew);
    at(Method::Post, one + "/check", checkOptions(), &ConnectionsApi::check);
    at(Method::Post, one + "/run", runConnectionOptions(), &ConnectionsApi::runAll);
    at(Method::Get, one + "/log", connectionLogOptions(), &ConnectionsApi::log);
}

Connection ConnectionsApi::connection(const Request& request) {
    const auto& org = request.parameter("org");
    if (!p_.organizations.find(org)) throw AppError::notFound("There is no such organization.");
    return p_.store.get(org, request.parameter("connection"));
}

sdk::SourceDescription ConnectionsApi::description(const std::string& kind) {
    const auto offer = p_.sources.find(kind);
    if (offer.kind) return offer.kind->describe();
    throw AppError::conflict("source.kind-unknown", unknownKind(kind).detail + " " + unknownKind(kind).fix);
}

std::set<std::string> ConnectionsApi::keptSecrets(const Connection& connection,
                                                  const sdk::SourceDescription& description) {
    std::set<std::string> kept;
    for (const auto& field : description.connection)
        if (field.type == sdk::SourceField::Type::Secret &&
            p_.secrets.get(ConnectionRuns::secretName(connection, field.name)))
            kept.insert(field.name);
    return kept;
}

void ConnectionsApi::saveSecrets(const Connection& connection, const ReadSettings& settings) {
    for (const auto& [name, secret] : settings.secrets) {
        const auto key = ConnectionRuns::secretName(connection, name);
        if (secret)
            p_.secrets.put(key, *secret);
        else
            p_.secrets.erase(key);
    }
}

void ConnectionsApi::note(const Request& request, const char* action, const std::string& subject,
                          const std::string& details) {
    p_.journal.append({request.parameter("org"), request.principal.login, request.clientAddress, action, subject,
                       details, request.requestId});
}

RouteSummary ConnectionsApi::summaryOf(const Connection& connection, const std::vector<RouteHead>& heads) {
    auto summary = summarize(connection, heads, p_.clock.now());
    if (summary.latest) summary.latest->latest = p_.runner.withCounts(*summary.latest->latest);
    return summary;
}

std::string ConnectionsApi::connectionText(const Connection& connection, const ConnectionNews& news,
                                           const std::string& language) {
    const auto offer = p_.sources.find(connection.kind);
    std::optional<sdk::SourceDescription> described;
    if (offer.kind) described = offer.kind->describe();
    JsonWriter json;
    writeConnection(json, connection, described ? &*described : nullptr, p_.runner.secretsOf(connection), news,
                    language);
    return json.take();
}

Response ConnectionsApi::shown(const Connection& connection, const Request& request, int status) {
    const auto routes = summaryOf(connection, p_.runs.heads(connection.organization, connection.id));
    return Response::json(connectionText(connection, {p_.checks.of(connection.id), routes}, request.language), status)
        .etag(connection.revision);
}

Response ConnectionsApi::listKinds(const Request& request) {
    http::ListPage page;
    page.columns = {"name", "title"};
    // In the order in which one chooses.
    std::vector<std::pair<KindFacts, sdk::SourceDescription>> kinds;
    for (auto& one : p_.sources.descriptions()) {
        auto facts = factsOf(p_.sources.find(one.name).kind.get());
        kinds.emplace_back(std::move(facts), std::move(one));
    }
    std::stable_sort(kinds.begin(), kinds.end(),
                     [](const auto& a, const auto& b) { return a.first.order < b.first.order; });
    for (const auto& [facts, one] : kinds) {
        JsonWriter json;
        writeDescription(json, one, facts, request.language);
        page.items.push_back(json.take());
        page.rows.push_back({one.name, request.language == "en" ? one.title.en : one.title.ru});
    }
    return http::listResponse(request, std::move(page));
}

Response ConnectionsApi::listSets(const Request& request) {
    http::ListPage page;
    page.columns = {"name", "title", "kind"};
    const bool english = request.language == "en";
    for (const auto& [name, set] : p_.sets.all()) {
        JsonWriter json;
        json.object().member("name", name).member("title", english ? set.title.en : set.title.ru);
        json.member("kind", set.kind);
        writeFields(json.key("parameters"), set.parameters, request.language);
        json.key("routes").array();
        for (const auto& route : set.routes)
            json.object().member("name", route.name).member("title", english ? route.title.en : route.title.ru).end();
        page.items.push_back(json.end().end().take());
        page.rows.push_back({name, english ? set.title.en : set.title.ru, set.kind});
    }
    return http::listResponse(request, std::move(page));
}

Response ConnectionsApi::list(const Request& request) {
    const auto& org = request.parameter("org");
    if (!p_.organizations.find(org)) throw AppError::notFound("There is no such organization.");
    http::ListPage page;
    page.columns = {"name",          "kind",     "title",         "enabled",   "cron",
                    "zone",          "revision", "changedBy",     "checkedAt", "checkOk",
                    "checkOutdated", "routes",   "routesEnabled", "failing",   "nextRunAt"};
    // A query for all of them each, however many there are.
    const auto checks = p_.checks.ofOrganization(org);
    std::map<std::int64_t, std::vector<RouteHead>> heads;
    for (auto& head : p_.runs.heads(org)) heads[head.connectionId].push_back(std::move(head));
    for (const auto& one : p_.store.list(org)) {
        const auto known = checks.find(one.id);
        const ConnectionNews news{known == checks.end() ? std::nullopt : std::optional(known->second),
                                  summaryOf(one, heads[one.id])};
        page.items.push_back(connectionText(one, news, request.language));
        const auto& [check, routes] = news;
        auto flag = [](bool on) { return std::string(on ? "true" : "false"); };
        page.rows.push_back({one.name, one.kind, one.title, flag(one.enabled), one.schedule.cron, one.schedule.zone,
                             std::to_string(one.revision), one.changedBy, check ? common::Rfc3339::utc(check->at) : "",
                             check ? flag(check->result.diagnoses.empty()) : "", check ? flag(check->outdated) : "",
                             std::to_string(routes.count), std::to_string(routes.enabled),
                             std::to_string(routes.failing),
                             routes.nextRunAt ? common::Rfc3339::utc(*routes.nextRunAt) : ""});
    }
    return http::listResponse(request, std::move(page));
}

/// A connection that is not kept yet.
ReadConnection ConnectionsApi::readNew(const std::string& org, const Poco::JSON::Object::Ptr& body) {
    std::vector<std::string> known;
    for (const auto& one : p_.sources.descriptions()) known.push_back(one.name);
    const auto kind = readKind(body, known);
    auto read = readConnection(body, description(kind), std::nullopt, {});
    read.connection.organization = org;
    read.connection.kind = kind;
    return read;
}

Response ConnectionsApi::create(const Request& request) {
    const auto& org = request.parameter("org");
    if (!p_.organizations.find(org)) throw AppError::notFound("There is no such organization.");
    const auto body = common::parseJsonObject(request.body);
    auto read = readNew(org, body);
    const auto made = p_.store.create(read.connection, request.principal.login);
    saveSecrets(made, read.settings);
    p_.runner.refresh(org, made.name);
    note(request, "connection.created", "connections/" + made.name, fmt::format(R"({{"kind":"{}"}})", made.kind));
    return shown(made, request, 201)
        .header("Location", fmt::format("/api/v1/organizations/{}/connections/{}", org, made.name));
}

Response ConnectionsApi::get(const Request& request) {
    return shown(connection(request), request);
}

Response ConnectionsApi::replace(const Request& request) {
    const auto before = connection(request);
    const auto described = description(before.kind);
    const auto read =
        readConnection(common::parseJsonObject(request.body), described, before, keptSecrets(before, described));
    if (!before.enabled) requireOwnRecords(p_.store, read.connection, p_.store.routes(before.id));
    const auto after = p_.store.replace(read.connection, sdk::ifMatch(request), request.principal.login);
    saveSecrets(after, read.settings);
    // A check that began before they were saved may have used the ones before.
    if (!read.settings.secrets.empty()) p_.store.outdateCheck(after.id);
    p_.runner.refresh(after.organization, after.name);
    JsonWriter details;
    details.object().member("enabled", after.enabled).key("secretsChanged").array();
    for (const auto& [name, secret] : read.settings.secrets) details.value(name);
    note(request, "connection.changed", "connections/" + after.name, details.end().end().take());
    return shown(after, request);
}

Response ConnectionsApi::erase(const Request& request) {
    const auto gone = connection(request);
    const auto routes = p_.store.routes(gone.id);
    p_.store.erase(gone, sdk::ifMatch(request));
    const auto offer = p_.sources.find(gone.kind);
    if (offer.kind)
        for (const auto& field : offer.kind->describe().connection)
            if (field.type == sdk::SourceField::Type::Secret)
                p_.secrets.erase(ConnectionRuns::secretName(gone, field.name));
    p_.secrets.erase(ConnectionRuns::secretName(gone, kListenToken));
    p_.runner.refresh(gone.organization, gone.name);
    p_.runner.forget(gone, routes, true);
    note(request, "connection.deleted", "connections/" + gone.name);
    return Response::noContent();
}

Response ConnectionsApi::setEnabled(const Request& request, bool enabled) {
    auto one = connection(request);
    if (one.enabled == enabled) return shown(one, request);
    one.enabled = enabled;
    requireOwnRecords(p_.store, one, p_.store.routes(one.id));
    const auto after = p_.store.replace(one, one.revision, request.principal.login);
    p_.runner.refresh(after.organization, after.name);
    note(request, enabled ? "connection.enabled" : "connection.disabled", "connections/" + after.name);
    return shown(after, request);
}

Response ConnectionsApi::enable(const Request& request) {
    return setEnabled(request, true);
}

Response ConnectionsApi::disable(const Request& request) {
    return setEnabled(request, false);
}

Response ConnectionsApi::check(const Request& request) {
    const auto one = connection(request);
    JsonWriter json;
    writeCheck(json, p_.checks.keep(one, p_.runner.check(one), request.principal.login), request.language);
    return Response::json(json.take());
}

/// Nothing is kept, neither of the connection nor of what the source said.
Response ConnectionsApi::checkNew(const Request& request) {
    const auto& org = request.parameter("org");
    if (!p_.organizations.find(org)) throw AppError::notFound("There is no such organization.");
    const auto read = readNew(org, common::parseJsonObject(request.body));
    const auto& secrets = read.settings.secrets;
    const auto result = p_.runner.check(read.connection, [&secrets](const std::string& field) {
        const auto it = secrets.find(field);
        return it == secrets.end() ? std::nullopt : it->second;
    });
    JsonWriter json;
    json.object().member("ok", result.diagnoses.empty());
    json.member("failedAt", result.failedAt.empty() ? std::nullopt : std::optional(result.failedAt));
    writeDiagnoses(json.key("diagnoses"), result.diagnoses, request.language);
    return Response::json(json.end().take());
}

Response ConnectionsApi::runAll(const Request& request) {
    const auto one = connection(request);
    const auto order = readOrder(request);
    const auto runs = p_.runner.runAll(one, {order, "manual", request.principal.login, {}, readKey(request)});
    note(request, "connection.run-requested", "connections/" + one.name, orderText(order));
    JsonWriter json;
    json.object().key("items").array();
    std::map<std::int64_t, std::string> names;
    for (const auto& route : p_.store.routes(one.id)) names[route.id] = route.name;
    for (const auto& run : runs) writeRun(json, run, request.language, names[run.routeId]);
    return Response::json(json.end().rawMember("next", "null").end().take(), 202)
        .header("Location", fmt::format("/api/v1/organizations/{}/connections/{}/routes", one.organization, one.name));
}

namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace

/// The logs of its runs, the latest first.
Response ConnectionsApi::log(const Request& request) {
    const auto one = connection(request);
    const bool csv = http::wantsCsv(request);
    std::map<std::int64_t, std::string> names;
    for (const auto& route : p_.store.routes(one.id)) names[route.id] = route.name;
    struct Part {
        std::string route, id, text;
        std::filesystem::path file;
    };
    std::vector<Part> parts;
    constexpr std::size_t kRunsShown = 200;
    for (const auto& run : p_.runs.ofConnection(one.id, kRunsShown))
        if (const auto name = names.find(run.routeId); name != names.end())
            parts.push_back({name->second, run.id, run.state, p_.runner.logOf(one, run.id)});
    Response response;
    response.contentType = csv ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8";
    response.header("Content-Disposition",
                    fmt::format("attachment; filename=\"{}-log.{}\"", one.name, csv ? "csv" : "txt"));
    response.stream = [parts = std::move(parts), csv, russian = http::asksForRussian(request)](std::ostream& out) {
        if (csv) out << "\xEF\xBB\xBFroute,run," << RunLog::kHeader;
        for (const auto& part : parts) {
            if (!csv) {
                out << "== " << part.route << ", " << part.id << ", " << part.text << "\n"
                    << logAsText(contentOf(part.file), russian) << "\n";
                continue;
            }
            const auto text = logAsCsv(contentOf(part.file), russian);
            std::size_t from = text.find("\r\n");
            while (from != std::string::npos && from + 2 < text.size()) {
                const auto to = text.find("\r\n", from + 2);
                out << part.route << ',' << part.id << ',' << text.substr(from + 2, to - from - 2) << "\r\n";
                from = to;
            }
        }
    };
    return response;
}

}  // namespace host::connections
