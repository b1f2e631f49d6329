#include "host/http/Dispatcher.h"

#include "common/Encoding.h"
#include "common/Text.h"
#include "host/http/Problem.h"
#include "host/http/RussianTexts.h"
#include "host/http/Target.h"
#include "host/http/WholeCsv.h"

#include <Poco/Net/IPAddress.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium/utils.h>

#include <algorithm>
#include <cstdlib>

namespace host::http {

using sdk::AppError;

/// What is known of one request while it is worked on.
struct Dispatcher::Work {
    Exchange& exchange;
    std::chrono::steady_clock::time_point began;
    sdk::Request request;
    RouterImpl::Lease route;
    std::string csrfToken;
    bool bySession = false;
    bool csvByUrl = false;  ///< a spreadsheet asks: the whole list, and it may have to be told how to sign in
    TokenScopes scopes;
    std::optional<BodyStream> stream;
    int status = 0;
    std::string cause;  ///< what the log says of a 500; never the client
};

namespace {

constexpr const char* kInside = "The server failed on this request; the log has the cause under the requestId.";

std::string lowered(std::string_view name) {
    std::string out(name);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && !a.empty() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view mediaType(std::string_view contentType) {
    return common::trim(contentType.substr(0, contentType.find(';')));
}

bool isJson(std::string_view mediaType) {
    return equalsIgnoreCase(mediaType, "application/json") ||
           (mediaType.size() > 5 && equalsIgnoreCase(mediaType.substr(mediaType.size() - 5), "+json"));
}

/// RFC 7617; the user's name may be any.
std::optional<std::string> basicPassword(std::string_view authorization) {
    if (authorization.size() < 7 || !equalsIgnoreCase(authorization.substr(0, 6), "basic ")) return std::nullopt;
    const auto pair = common::fromBase64(common::trim(authorization.substr(6)));
    const auto colon = pair ? pair->find(':') : std::string::npos;
    return colon == std::string::npos ? std::nullopt : std::optional(pair->substr(colon + 1));
}

/// The client as the proxy before us saw it: its own entry is the last one; what stands before it anybody can write.
/// Some proxies add theirs to the client's line, others add a line of their own.
std::string clientBehindProxy(const RequestHead& head, const std::string& peer) {
    std::string_view forwarded;
    for (const auto& [name, value] : head.headers)
        if (equalsIgnoreCase(name, "x-forwarded-for")) forwarded = value;
    auto last = common::trim(forwarded.substr(forwarded.rfind(',') + 1));
    Poco::Net::IPAddress client;
    if (last.empty() || !Poco::Net::IPAddress(peer).isLoopback() ||
        !Poco::Net::IPAddress::tryParse(std::string(last), client))
        return peer;
    return client.toString();
}

/// Whether a foreign organization is there is nobody's business.
AppError noSuchOrganization(const std::string& organization) {
    return AppError::notFound(fmt::format("The organization '{}' was not found.", organization));
}

bool isSafe(sdk::Method method) {
    return method == sdk::Method::Get;
}

}  // namespace

std::string_view cookieValue(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        auto semicolon = header.find(';');
        auto pair = common::trim(header.substr(0, semicolon));
        auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
        if (semicolon == std::string_view::npos) break;
        header.remove_prefix(semicolon + 1);
    }
    return {};
}

std::string languageOf(std::string_view header) {
    std::string best = "ru";
    double weight = 0;
    while (!header.empty()) {
        auto comma = header.find(',');
        auto item = common::trim(header.substr(0, comma));
        auto semicolon = item.find(';');
        auto tag = lowered(common::trim(item.substr(0, semicolon)));
        double q = 1;
        if (auto at = item.find("q="); semicolon != std::string_view::npos && at != std::string_view::npos)
            q = std::strtod(std::string(item.substr(at + 2, 5)).c_str(), nullptr);
        auto primary = tag.substr(0, tag.find('-'));
        if ((primary == "ru" || primary == "en") && q > weight) {
            weight = q;
            best = primary;
        }
        if (comma == std::string_view::npos) break;
        header.remove_prefix(comma + 1);
    }
    return best;
}

Dispatcher::Dispatcher(RouterImpl& router, Authenticator* authenticator, sdk::Logger& logger, Options options)
    : router_(router),
      authenticator_(authenticator),
      logger_(logger),
      options_(std::move(options)),
      origins_(options_.corsOrigins) {}

const OpenDoor* Dispatcher::doorOf(const Work& work) const {
    for (const auto& door : options_.doors)
        if (work.request.path.starts_with(door.prefix)) return &door;
    return nullptr;
}

void Dispatcher::handle(Exchange& exchange) {
    Work work{exchange, std::chrono::steady_clock::now(), {}, {}, {}, false, false, {}, std::nullopt, 0, {}};
    work.request.requestId = exchange.requestId;
    work.request.clientAddress = exchange.connection.address();
    try {
        try {
            route(work);
        } catch (const AppError& e) {
            if (e.status() >= 500) work.cause = e.what();
            fail(work, e);
        } catch (const ConnectionLost&) {
            throw;
        } catch (const Poco::Exception& e) {
            work.cause = e.displayText();
            fail(work, AppError(500, "internal", kInside));
        } catch (const std::exception& e) {
            work.cause = e.what();
            fail(work, AppError(500, "internal", kInside));
        } catch (...) {
            work.cause = "an exception that is no std::exception";
            fail(work, AppError(500, "internal", kInside));
        }
    } catch (const ConnectionLost& e) {
        work.cause = e.what();
        log(work);
        throw;
    }
    log(work);
}

void Dispatcher::route(Work& work) {
    const auto& head = work.exchange.head;
    auto& request = work.request;
    // The head's views do not outlive the reading of the body in the handler's eyes: everything is copied here.
    request.headers.reserve(head.headers.size());
    for (const auto& [name, value] : head.headers) request.headers.emplace_back(lowered(name), value);
    if (options_.behindProxy) request.clientAddress = clientBehindProxy(head, request.clientAddress);
    request.language = languageOf(head.header("accept-language"));

    auto target = parseTarget(head.target);
    request.path = std::move(target.path);
    request.query = std::move(target.query);

    if (head.method == "OPTIONS") {
        auto allow = router_.allowed(target.segments);
        if (allow.empty()) throw AppError::notFound("There is nothing at this address; /docs lists what there is.");
        auto asked = origins_.preflight(head, allow, doorOf(work));
        respond(work, (asked ? *asked : sdk::Response::noContent()).header("Allow", allow));
        return;
    }
    auto method = head.method == "HEAD" ? std::optional(sdk::Method::Get) : parseMethod(head.method);
    if (!method) {
        auto allow = router_.allowed(target.segments);
        if (allow.empty()) throw AppError::notFound("There is nothing at this address; /docs lists what there is.");
        throw AppError(501, "method-unknown", "This method is not known here.");
    }
    request.method = *method;

    auto match = router_.match(*method, target.segments);
    using Outcome = RouterImpl::Match::Outcome;
    switch (match.outcome) {
        case Outcome::NotFound:
            throw AppError::notFound("There is nothing at this address; /docs lists what there is.");
        case Outcome::Stopping:
            throw AppError::unavailable("module-stopping",
                                        "The module behind this address is stopping; try again in a few seconds.");
        case Outcome::WrongMethod: {
            const AppError wrong(405, "method-not-allowed", fmt::format("This address takes {}.", match.allow));
            auto response =
                problem(asksForRussian(request) ? russianTexts().error(wrong) : wrong, request.path, request.requestId);
            respond(work, std::move(response.header("Allow", match.allow)));
            return;
        }
        case Outcome::Found:
            break;
    }
    work.route = std::move(match.route);
    for (std::size_t i = 0; i < match.parameters.size(); ++i)
        request.pathParameters.emplace(work.route->parameterNames[i], std::move(match.parameters[i]));

    work.csvByUrl = takeFormat(request, work.route->options);
    identify(work);
    authorize(work);
    checkPreconditions(work);
    readBody(work);
    respond(work,
            work.csvByUrl ? wholeCsv(request, work.route->options, work.route->handler) : work.route->handler(request));
}

void Dispatcher::identify(Work& work) {
    if (authenticator_ == nullptr || doorOf(work) != nullptr) return;
    const auto& head = work.exchange.head;
    bool isPublic = work.route->options.access == sdk::Access::Public;
    std::optional<Identity> identity;
    if (auto authorization = head.header("authorization"); !authorization.empty()) {
        if (authorization.size() > 7 && equalsIgnoreCase(authorization.substr(0, 7), "bearer "))
            identity = authenticator_->byBearer(common::trim(authorization.substr(7)));
        else if (isSafe(work.request.method) && mayUseCookie(head))
            // Excel and Power BI can send nothing else: the token is the password. A browser would add it by itself to
            // what another site makes it ask, so it serves for reading only, and where a cookie would.
            if (const auto token = basicPassword(authorization)) identity = authenticator_->byBearer(*token);
        if (!identity && !isPublic)
            throw AppError::unauthorized(
                "The bearer token is unknown, expired or withdrawn; make a new one and send 'Authorization: Bearer "
                "TOKEN'.");
    } else if (auto cookie = cookieValue(head.header("cookie"), kSessionCookie);
               !cookie.empty() && mayUseCookie(head)) {
        identity = authenticator_->bySession(cookie);
        work.bySession = identity.has_value();
    }
    if (!identity) return;
    work.csrfToken = std::move(identity->csrfToken);
    work.scopes = identity->scopes;
    work.request.principal = std::move(identity->principal);
    work.request.principal.signedIn = true;
    work.exchange.connection.setPeerKnown();
}

void Dispatcher::authorize(const Work& work) const {
    const auto& options = work.route->options;
    const auto& principal = work.request.principal;
    if (options.access == sdk::Access::Public) {
        if (!isSafe(work.request.method) && doorOf(work) == nullptr && !mayUseCookie(work.exchange.head))
            throw AppError(403, "foreign-page",
                           "A page of another site can't sign anybody in here; open the server's own address.");
        return;
    }
    if (!principal.signedIn)
        throw AppError::unauthorized("Sign in first: POST /api/v1/session, or send 'Authorization: Bearer TOKEN'.");
    if (work.bySession && !isSafe(work.request.method) &&
        !same(work.exchange.head.header("x-csrf-token"), work.csrfToken))
        throw AppError(
            403, "csrf",
            "The header X-CSRF-Token is missing or wrong; send the csrfToken that GET /api/v1/session shows.");
    authorizeRole(work);
    if (!work.scopes.allow(work.request.method, work.route->path))
        throw AppError(
            403, "token-scope",
            fmt::format("The token's scope is '{}', this needs {}; make a token with that scope.", work.scopes.text(),
                        fmt::join(scopesThatOpen(work.request.method, work.route->path), " or ")));
}

void Dispatcher::authorizeRole(const Work& work) const {
    const auto& options = work.route->options;
    const auto& principal = work.request.principal;
    switch (options.access) {
        case sdk::Access::Public:
        case sdk::Access::SignedIn:
            return;
        case sdk::Access::ServerAdmin:
            if (principal.serverAdmin) return;
            if (const auto org = work.request.pathParameters.find("org");
                org != work.request.pathParameters.end() && principal.roles.count(org->second) == 0)
                throw noSuchOrganization(org->second);
            throw AppError::forbidden("This needs the role of the server's administrator.");
        case sdk::Access::Organization: {
            const auto& organization = work.request.parameter("org");
            if (principal.may(organization, options.least) || (options.serverAdminToo && principal.serverAdmin)) return;
            if (principal.roles.count(organization) != 0)
                throw AppError::forbidden(options.least == sdk::Role::OrganizationAdmin
                                              ? "This needs the role organization-admin in the organization."
                                              : "This needs the role methodist in the organization.");
            // Who runs the server knows its organizations: hiding one would send them looking for a fault.
            if (principal.serverAdmin)
                throw AppError::forbidden(fmt::format(
                    "You have no role in the organization '{}': this is for those who have one.", organization));
            throw noSuchOrganization(organization);
        }
    }
}

void Dispatcher::checkPreconditions(const Work& work) const {
    if (work.route->options.requireIfMatch && work.exchange.head.header("if-match").empty())
        throw AppError(428, "precondition-required",
                       "The header If-Match is missing; read the resource first and send its ETag, so that nobody's "
                       "change is lost.");
}

void Dispatcher::readBody(Work& work) {
    const auto& options = work.route->options;
    const auto& head = work.exchange.head;
    auto& body = work.exchange.body;
    body.limit(options.maxBody);
    if (!head.hasBody()) {
        if (options.streamBody) work.request.bodyStream = &work.stream.emplace(body);
        return;
    }
    bool wantsJson = options.operation.requestContentType == "application/json" && !isSafe(work.request.method);
    if (auto encoding = head.header("content-encoding"); !encoding.empty() && !equalsIgnoreCase(encoding, "identity"))
        throw AppError(415, "unsupported-encoding",
                       "Compressed bodies are not taken; send it without Content-Encoding.");
    if (wantsJson && !options.streamBody && !isJson(mediaType(head.header("content-type"))))
        throw AppError(415, "unsupported-media-type", "The body must be JSON; send 'Content-Type: application/json'.");
    if (options.streamBody) {
        work.request.bodyStream = &work.stream.emplace(body);
        return;
    }
    work.request.body = body.readAll();
    if (wantsJson && !common::isUtf8(work.request.body)) throw AppError::badRequest("The body is not UTF-8.");
}

void Dispatcher::respond(Work& work, sdk::Response response) {
    auto& answer = work.exchange.answer;
    if (!work.exchange.body.finished()) answer.refuseKeepAlive();
    if (response.status == 200 && isSafe(work.request.method)) {
        auto expected = work.exchange.head.header("if-none-match");
        for (const auto& [name, value] : response.headers)
            if (!expected.empty() && equalsIgnoreCase(name, "etag") && expected == value) {
                response.status = 304;
                response.body.clear();
                response.stream = nullptr;
                response.file.clear();
                break;
            }
    }
    origins_.describe(work.exchange.head, response, doorOf(work));
    work.status = response.status;
    if (response.stream && work.route)
        answer.stopWhen([&route = *work.route] { return route.stopping.load() || route.removed.load(); });
    bool events = response.stream && response.contentType == "text/event-stream";
    if (!events) {
        answer.send(response);
        return;
    }
    struct Slot {
        std::atomic<unsigned>& count;
        unsigned before = count++;
        ~Slot() { --count; }
    } slot{streams_};
    if (slot.before >= options_.maxStreams)
        throw AppError::unavailable("too-many-streams", "Too many event streams are open; poll the resource instead.");
    response.header("X-Accel-Buffering", "no");
    // A slot is not kept for somebody who has left, and a stream with nothing to say would not notice.
    answer.stopWhen([&connection = work.exchange.connection] { return connection.isPeerGone(); });
    answer.send(response);
}

void Dispatcher::fail(Work& work, const AppError& error) {
    auto& answer = work.exchange.answer;
    if (answer.begun()) throw ConnectionLost(error.what());
    if (!work.exchange.body.finished()) answer.refuseKeepAlive();
    // Details of a failure inside are for the log.
    const auto shown = error.status() == 500 ? AppError(500, error.code(), kInside) : error;
    auto response = problem(asksForRussian(work.request) ? russianTexts().error(shown) : shown, work.request.path,
                            work.request.requestId);
    // Only where no page of ours asks: a browser would show its own window to sign in.
    if (work.csvByUrl && shown.status() == 401)
        for (auto& [name, value] : response.headers)
            if (name == "WWW-Authenticate")
                value = "Basic realm=\"lmsd: any name, a token as the password\", charset=\"UTF-8\"";
    origins_.describe(work.exchange.head, response, doorOf(work));
    work.status = response.status;
    answer.send(response);
}

void Dispatcher::log(const Work& work) const {
    bool failed = work.status >= 500 || !work.cause.empty();
    if (!options_.accessLog && !failed) return;
    auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - work.began);
    const auto& head = work.exchange.head;
    sdk::LogFields fields{{"requestId", work.request.requestId},
                          {"method", std::string(head.method)},
                          {"route", work.route ? work.route->path : std::string("-")},
                          {"status", std::to_string(work.status)},
                          {"ms", fmt::format("{:.1f}", static_cast<double>(took.count()) / 1000.0)},
                          {"client", work.request.clientAddress}};
    if (!work.request.principal.login.empty()) fields.emplace_back("login", work.request.principal.login);
    if (!work.cause.empty()) fields.emplace_back("err", work.cause);
    if (failed && work.status >= 500)
        logger_.error("request", fields);
    else
        logger_.info("request", fields);
}

}  // namespace host::http
