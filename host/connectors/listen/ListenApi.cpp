#include "host/connectors/listen/ListenApi.h"

#include "common/JsonReader.h"
#include "common/Sha256.h"
#include "common/Text.h"
#include "host/connections/SourceSettings.h"
#include "host/connectors/listen/ListenAnswer.h"
#include "host/connectors/listen/ListenDocs.h"
#include "host/connectors/listen/ListenKind.h"
#include "host/http/Problem.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace host::connectors {

using common::JsonWriter;
using connections::Connection;
using connections::Delivery;
using connections::Route;
using connections::Run;
using sdk::AppError;
using sdk::Method;
using sdk::Request;
using sdk::Response;
using sdk::SourceError;

namespace {

/// Large bodies that are held in memory at once, whatever arrives: 64 MiB each at most, and what is made of them. Small
/// ones never wait for them.
constexpr unsigned kBodies = 4;
constexpr std::uint64_t kLarge = std::uint64_t{1024} * 1024;
constexpr std::chrono::seconds kLongestWait{30};
constexpr std::size_t kLongestKey = 200;
constexpr std::int64_t kLongestOverlap = std::int64_t{7} * 24 * 60;

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// The place in memory of one body, once it is large.
class Room {
public:
    explicit Room(std::atomic<unsigned>& taken) : taken_(taken) {}
    ~Room() {
        if (has_) --taken_;
    }
    void take(std::uint64_t size) {
        if (has_ || size <= kLarge) return;
        if (taken_++ >= kBodies) {
            --taken_;
            throw AppError::unavailable(
                "too-many-bodies",
                "As many large requests are taken in as the server holds at once; send it again "
                "in a few seconds.");
        }
        has_ = true;
    }

private:
    std::atomic<unsigned>& taken_;
    bool has_ = false;
};

void requireType(const Request& request, bool xml) {
    const auto whole = request.header("content-type").value_or("");
    const auto type = lowered(std::string(common::trim(std::string_view(whole).substr(0, whole.find(';')))));
    auto endsWith = [&type](std::string_view end) { return type.ends_with(end); };
    if (xml ? type == "application/xml" || type == "text/xml" || endsWith("+xml")
            : type == "application/json" || endsWith("+json"))
        return;
    throw AppError(415, "unsupported-media-type",
                   xml ? "The route takes XML; send 'Content-Type: application/xml'."
                       : "The route takes JSON; send 'Content-Type: application/json'.");
}

}  // namespace

/// Where a request leads.
struct ListenApi::Place {
    Connection connection;
    std::optional<Route> route;
    sdk::SourceValues settings;  ///< of the connection
    ListenRoute rules;
    std::set<std::string> allowed;  ///< methods of the prefix, when the request's is none of them
};

ListenApi::ListenApi(sdk::Router& router, Parts parts)
    : p_(std::move(parts)), tokens_(p_.secrets, p_.clock), memory_(p_.database, p_.clock), throttle_(p_.clock) {
    addAddresses(router);
    addAdministration(router);
}

void ListenApi::addAddresses(sdk::Router& router) {
    const std::string base = "/in/{org}/{connection}";
    for (const auto* rest : {"", "/{prefix}", "/{prefix}/{second}", "/{prefix}/{second}/{third}"})
        for (const auto method : {Method::Post, Method::Put})
            routes_.push_back(router.add(method, base + rest,
                                         listenOptions(method, std::string_view(rest) == "/{prefix}"),
                                         [this](const Request& request) { return receive(request); }));
}

// -- what is sent ---------------------------------------------------------------------------------------------------

Response ListenApi::receive(const Request& request) {
    const auto& org = request.parameter("org");
    const auto& name = request.parameter("connection");
    std::optional<Place> place;
    try {
        place = placeOf(request);
    } catch (const AppError& error) {
        if (error.status() != 404) throw;
    }
    // A token can't be guessed; who tries is slowed down all the same, and whoever has the right one is never.
    if (!place || !tokens_.accepts(place->connection, tokenOf(request, place->settings.text("header")))) {
        const AppError wrong = AppError::unauthorized(
            "The token of the listening connection is missing, wrong or withdrawn; send 'Authorization: Bearer TOKEN', "
            "Basic with the token as password, or the header that the connection names.");
        try {
            throttle_.begin(org + "/" + name, request.clientAddress);
        } catch (const accounts::SignInThrottled& throttled) {
            return http::problem(AppError(429, "token-throttled",
                                          fmt::format("Too many wrong tokens; wait {} seconds and try again.",
                                                      throttled.wait().count())),
                                 request.path, request.requestId)
                .header("Retry-After", std::to_string(throttled.wait().count()));
        }
        throw wrong;
    }
    if (!place->route && !place->allowed.empty())
        return http::problem(AppError(405, "method-not-allowed",
                                      fmt::format("This address takes {}.", fmt::join(place->allowed, ", "))),
                             request.path, request.requestId)
            .header("Allow", fmt::format("{}", fmt::join(place->allowed, ", ")));
    if (!place->route) throw AppError::notFound("The connection has no route at this address.");
    // It will be enabled again: the sender keeps what it has.
    for (const bool enabled : {place->connection.enabled, place->route->enabled})
        if (!enabled)
            throw AppError::unavailable("source.disabled",
                                        fmt::format("The {} is disabled; send it again when it is enabled.",
                                                    place->connection.enabled ? "route" : "connection"));
    return take(request, *place);
}

/// The route of the method and the prefix. AppError 404 when there is no such connection.
ListenApi::Place ListenApi::placeOf(const Request& request) {
    Place place;
    place.connection = p_.store.get(request.parameter("org"), request.parameter("connection"));
    const auto offer = p_.sources.find(place.connection.kind);
    if (place.connection.kind != ListenKind::kName || !offer.kind)
        throw AppError::notFound("There is no such connection.");
    const auto description = offer.kind->describe();
    place.settings = connections::settingsFrom(place.connection.settings, description.connection);
    std::string prefix;
    for (const auto* part : {"prefix", "second", "third"})
        if (const auto it = request.pathParameters.find(part); it != request.pathParameters.end())
            prefix += (prefix.empty() ? "" : "/") + it->second;
    const std::string method = request.method == Method::Put ? "PUT" : "POST";
    for (auto& route : p_.store.routes(place.connection.id)) {
        if (route.prefix != prefix) continue;
        const auto rules = ListenRoute::of(connections::settingsFrom(route.settings, description.route));
        if (!rules.method.empty() && rules.method != method) {
            place.allowed.insert(rules.method);
            continue;
        }
        place.rules = rules;
        place.route = std::move(route);
        break;
    }
    return place;
}

Response ListenApi::take(const Request& request, const Place& place) {
    requireType(request, place.rules.format.xml);
    const auto key = request.header("idempotency-key").value_or("");
    if (key.size() > kLongestKey)
        throw AppError::badRequest("The header Idempotency-Key is longer than 200 characters; shorten it.");
    std::string body;
    Room room(bodies_);
    const auto most = mostBytes(place.settings);
    try {
        if (request.bodyStream != nullptr)
            body = wholeText(*request.bodyStream, most, [&room](std::uint64_t size) { room.take(size); });
    } catch (const SourceError& error) {
        if (error.kind() != SourceError::Kind::Limit) throw AppError::badRequest("The body ended in the middle.");
        throw AppError(
            413, "body-too-large",
            fmt::format("The body is larger than the connection's limit of {} bytes; send it in parts.", most));
    }
    if (key.empty()) return takeBody(request, place, std::move(body));

    const auto hash = common::Sha256::hex(body);
    if (const auto known = memory_.find(place.route->id, key)) {
        if (known->bodyHash != hash)
            throw AppError(422, "idempotency-key-reused",
                           "The Idempotency-Key came before with another body; give every request a key of its own.");
        auto again = Response::json(known->text, known->status).header("Idempotency-Replayed", "true");
        if (known->status >= 400) again.contentType = "application/problem+json";
        return again;
    }
    auto response = takeBody(request, place, std::move(body));
    if (response.status < 500) memory_.keep(place.route->id, key, {hash, response.status, response.body});
    return response;
}

Response ListenApi::takeBody(const Request& request, const Place& place, std::string body) {
    const auto type = request.header("content-type").value_or("");
    RefusedRows refused;
    auto delivery = std::make_shared<Delivery>();
    delivery->isPart = true;
    delivery->allOrNothing = place.rules.allOrNothing;
    delivery->onError = [&refused](const sources::RowError& error) { refused.add(error); };
    auto document = std::make_shared<std::string>(std::move(body));
    delivery->open = [document, type, format = place.rules.format](const sdk::SourceRequest& asked) {
        return std::make_unique<ItemsSource>(std::move(*document), type, format, asked.columns);
    };
    const auto run = p_.runner.runHere(place.connection, *place.route, {{}, "request", request.clientAddress, delivery},
                                       std::chrono::steady_clock::now() + kLongestWait);
    return listenAnswer(run, refused, request);
}

// -- what the organization sees ------------------------------------------------------------------------------------

void ListenApi::addAdministration(sdk::Router& router) {
    const std::string one = "/api/v1/organizations/{org}/connections/{connection}";
    routes_.push_back(router.add(Method::Get, one + "/listening", showListeningOptions(),
                                 [this](const Request& request) { return show(request); }));
    routes_.push_back(router.add(Method::Post, one + "/token", makeTokenOptions(),
                                 [this](const Request& request) { return makeToken(request); }));
    routes_.push_back(router.add(Method::Delete, one + "/token", eraseTokenOptions(),
                                 [this](const Request& request) { return eraseToken(request); }));
    routes_.push_back(router.add(Method::Get, one + "/openapi.json", describeListeningOptions(),
                                 [this](const Request& request) { return describe(request); }));
}

Connection ListenApi::listening(const Request& request) {
    const auto& org = request.parameter("org");
    if (!p_.organizations.find(org)) throw AppError::notFound("There is no such organization.");
    auto connection = p_.store.get(org, request.parameter("connection"));
    if (connection.kind != ListenKind::kName)
        throw AppError::conflict(
            "connection.not-listening",
            fmt::format("The connection is of the kind '{}'; only listening ones have this.", connection.kind));
    return connection;
}

void ListenApi::note(const Request& request, const char* action, const Connection& connection) {
    p_.journal.append({request.parameter("org"), request.principal.login, request.clientAddress, action,
                       "connections/" + connection.name, "", request.requestId});
}

Response ListenApi::show(const Request& request) {
    const auto connection = listening(request);
    const auto offer = p_.sources.find(connection.kind);
    const auto description = offer.kind->describe();
    const auto kept = tokens_.find(connection);
    JsonWriter json;
    json.object().member("address", addressOf(connection, ""));
    json.member("header", connections::settingsFrom(connection.settings, description.connection).text("header"));
    json.key("token").object().member("set", kept.has_value());
    if (kept) {
        json.member("lastFour", kept->lastFour).member("madeBy", kept->madeBy).key("madeAt").time(kept->madeAt);
        json.timeMember("previousUntil",
                        kept->previousHash.empty() ? std::nullopt : std::optional(kept->previousUntil));
    }
    json.end().key("routes").array();
    for (const auto& route : p_.store.routes(connection.id)) {
        const auto rules = ListenRoute::of(connections::settingsFrom(route.settings, description.route));
        json.object().member("name", route.name).member("title", route.title).member("enabled", route.enabled);
        json.member("method", rules.method.empty() ? "any" : rules.method);
        json.member("address", addressOf(connection, route.prefix));
        json.member("format", rules.format.xml ? "xml" : "json").end();
    }
    return Response::json(json.end().end().take());
}

Response ListenApi::makeToken(const Request& request) {
    const auto connection = listening(request);
    std::int64_t minutes = 0;
    if (!request.body.empty()) {
        common::JsonReader in(common::parseJsonObject(request.body));
        minutes = in.integer("keepPreviousMinutes", 0, kLongestOverlap).value_or(0);
        in.refuseUnknown();
        in.finish("The request for a token is not valid");
    }
    const auto token = tokens_.make(connection, request.principal.login, std::chrono::minutes(minutes));
    note(request, "connection.token-made", connection);
    JsonWriter json;
    json.object().member("token", token).member("address", addressOf(connection, "")).end();
    return Response::json(json.take(), 201).header("Cache-Control", "no-store");
}

Response ListenApi::eraseToken(const Request& request) {
    const auto connection = listening(request);
    tokens_.erase(connection);
    note(request, "connection.token-withdrawn", connection);
    return Response::noContent();
}

Response ListenApi::describe(const Request& request) {
    const auto connection = listening(request);
    const auto offer = p_.sources.find(connection.kind);
    return Response::json(listenDocument(connection, p_.store.routes(connection.id), offer.kind->describe(), p_.version,
                                         request.language))
        .header("Cache-Control", "no-cache");
}

}  // namespace host::connectors
