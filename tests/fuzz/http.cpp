// Requests as a stranger's bytes, through head, body and dispatcher to handlers, in pieces and pipelined. However the
// bytes are cut, the same requests are seen with the same answers, or the first of them before the connection is
// closed; each begins exactly where the one before ended; the answers read as HTTP, one for a request.
#include "host/base/outbound/AnswerReader.h"
#include "host/http/Answer.h"
#include "host/http/Body.h"
#include "host/http/Dispatcher.h"
#include "host/http/RouterImpl.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/fuzz/MemorySocket.h"

#include <rapidjson/document.h>

using namespace host::http;
using namespace host::sdk;
using fuzz::require;

namespace {

constexpr HeadLimits kLimits{.maxBytes = 2048, .maxTarget = 512, .maxHeaders = 20};
constexpr std::uint64_t kSmall = 100;

class NoLogger : public Logger {
public:
    void log(LogLevel, std::string_view, const LogFields&) noexcept override {}
};

class OneUser : public Authenticator {
public:
    std::optional<Identity> bySession(std::string_view cookie) override {
        if (cookie != "c") return std::nullopt;
        Identity anna;
        anna.csrfToken = "csrf";
        anna.principal.roles["o"] = Role::OrganizationAdmin;
        return anna;
    }
    std::optional<Identity> byBearer(std::string_view token) override {
        if (token != "t") return std::nullopt;
        Identity vera;
        vera.principal.roles["o"] = Role::Viewer;
        return vera;
    }
};

/// What the handlers were given, one line each.
std::string* seen = nullptr;

Response note(const Request& request) {
    *seen += request.path + "|" + request.body + "|" + request.clientAddress + "\n";
    require(common::isUtf8(request.path), "a path is UTF-8");
    require(request.path.find("/../") == std::string::npos, "no path climbs", request.path);
    for (const auto& [name, value] : request.headers)
        require(name.find_first_of("\r\n") == std::string::npos && value.find_first_of("\r\n") == std::string::npos,
                "no header holds a line break");
    return Response::json("[" + std::to_string(request.body.size()) + "]");
}

struct Site {
    Site() : dispatcher(router, &user, logger, {.accessLog = true, .maxStreams = 1, .behindProxy = true}) {
        RouteOptions open;
        open.access = Access::Public;
        open.maxBody = kSmall;
        routes.push_back(router.add(Method::Get, "/a", open, note));
        routes.push_back(router.add(Method::Post, "/a/{id}", open, note));
        RouteOptions json = open;
        json.operation.requestContentType = "application/json";
        routes.push_back(router.add(Method::Post, "/j", json, note));
        RouteOptions stream = open;
        stream.streamBody = true;
        routes.push_back(router.add(Method::Post, "/s", stream, [](const Request& request) {
            std::string all;
            if (request.bodyStream != nullptr) {
                char piece[64];
                while (request.bodyStream->read(piece, sizeof piece) || request.bodyStream->gcount() > 0)
                    all.append(piece, static_cast<std::size_t>(request.bodyStream->gcount()));
            }
            require(all.size() <= kSmall, "a streamed body keeps the limit");
            Request copy;
            copy.path = request.path;
            copy.body = all;
            return note(copy);
        }));
        routes.push_back(router.add(Method::Post, "/unread", open, [](const Request&) { return Response::json("1"); }));
        RouteOptions closed;
        routes.push_back(router.add(Method::Get, "/o/{org}/x", closed, note));
        RouteOptions edit;
        edit.least = Role::OrganizationAdmin;
        edit.requireIfMatch = true;
        routes.push_back(router.add(Method::Put, "/o/{org}/x", edit, note));
    }
    NoLogger logger;
    OneUser user;
    RouterImpl router;
    Dispatcher dispatcher;
    std::vector<Registration> routes;
};

struct Outcome {
    std::vector<std::string> requests;  ///< method and target
    std::vector<bool> heads;            ///< HEAD, of each
    std::string handled;
    std::string sent;
    std::size_t end = 0;  ///< offset after the last request
    bool goesOn = true;   ///< the connection could carry another request
    std::string badHead;
};

/// As HttpServer serves a connection, without its threads.
Outcome serve(Site& site, std::string_view bytes, unsigned cut) {
    Outcome out;
    seen = &out.handled;
    SlowPeers slow(16, 6);
    auto* const peer = new fuzz::MemorySocket(bytes, cut, out.sent);
    Connection connection(1, Poco::Net::StreamSocket(peer), std::chrono::hours(1), slow);
    const auto place = [&] { return bytes.size() - peer->left() - connection.buffered().size(); };
    for (unsigned number = 0;;) {
        auto& head = connection.head;
        const auto early = parseHead(connection.buffered(), kLimits, head);
        if (early.state == HeadState::NeedMore) {
            if (connection.fill() == Connection::Read::End) break;
            continue;
        }
        if (early.state == HeadState::Bad) {
            require(early.status >= 400 && early.status < 600 && !early.reason.empty(), "a bad head says why");
            out.badHead = std::to_string(early.status) + early.reason;
            out.goesOn = false;
            break;
        }
        connection.headText.assign(connection.buffered().substr(0, head.bytes));
        require(parseHead(connection.headText, kLimits, head).state == HeadState::Complete, "a head reads again");
        require(connection.headText.find("\r\n\r\n") + 4 == connection.headText.size(), "a head is one head");
        connection.consume(head.bytes);
        connection.beginRequest();
        const auto begin = place();
        Body body(connection, head, std::chrono::hours(1));
        const std::string id = "r" + std::to_string(number++);
        Answer::Facts facts;
        facts.headOnly = head.method == "HEAD";
        facts.minorVersion = head.minorVersion;
        facts.keepAlive = head.keepAlive;
        facts.requestId = id;
        Answer answer(connection, std::move(facts));
        Exchange exchange{connection, head, body, answer, id};
        out.requests.push_back(std::string(head.method) + " " + std::string(head.target));
        out.heads.push_back(head.method == "HEAD");
        const bool chunked = head.chunked;
        const auto length = head.contentLength;
        try {
            site.dispatcher.handle(exchange);
        } catch (const ConnectionLost&) {
            out.goesOn = false;
            break;
        }
        out.goesOn = body.finished() && answer.keepAlive();
        if (body.finished()) {
            out.end = place();
            if (!chunked) require(out.end == begin + length, "a body is as long as announced");
            if (chunked)
                require(bytes.substr(begin, out.end - begin).ends_with("\r\n\r\n") ||
                            bytes.substr(begin, out.end - begin).ends_with("0\r\n\r\n"),
                        "a chunked body ends with an empty line");
        }
        if (!out.goesOn) break;
    }
    return out;
}

/// The answers read by the house's own client: as many as requests, problem documents are JSON.
std::vector<std::pair<int, std::string>> answers(const Outcome& out) {
    std::vector<std::pair<int, std::string>> all;
    std::string_view rest = out.sent;
    for (const bool isHead : out.heads) {
        if (rest.empty()) break;
        std::string_view before = rest;
        host::base::outbound::AnswerReader reader(
            [&rest](char* to, std::size_t) -> std::size_t {
                if (rest.empty()) return 0;
                *to = rest.front();
                rest.remove_prefix(1);
                return 1;
            },
            isHead, 1 << 20);
        OutboundResponse response;
        try {
            response = reader.read();
        } catch (const OutboundError& error) {
            require(before.find("\r\n\r\n") == std::string_view::npos || !out.goesOn, "an answer is HTTP",
                    error.what());
            break;
        }
        if (response.header("content-type") == "application/problem+json" && !isHead) {
            rapidjson::Document json;
            json.Parse<rapidjson::kParseValidateEncodingFlag>(response.body.data(), response.body.size());
            require(!json.HasParseError() && json.IsObject() && json["status"].GetInt() == response.status,
                    "a problem is JSON", response.body);
        }
        require(response.status != 500, "a stranger causes no failure inside", response.body);
        all.emplace_back(response.status, response.body);
    }
    require(rest.empty() || rest.starts_with("HTTP/1.1 100"), "one answer for one request", rest);
    return all;
}

template <class T>
bool begins(const std::vector<T>& all, const std::vector<T>& first) {
    return first.size() <= all.size() && std::equal(first.begin(), first.end(), all.begin());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Site site;
    fuzz::Input in(data, size);
    const unsigned cut = in.byte();
    const auto whole = serve(site, in.rest(), 0);
    const auto wholeAnswers = answers(whole);
    const auto cutUp = serve(site, in.rest(), cut);
    const auto cutAnswers = answers(cutUp);
    if (cutUp.badHead.empty() && !cutUp.goesOn) {
        // A body that nobody reads ends the connection, unless it is there already: then fewer requests are seen.
        require(begins(whole.requests, cutUp.requests) && whole.handled.starts_with(cutUp.handled) &&
                    begins(wholeAnswers, cutAnswers),
                "the same first requests however the bytes are cut", whole.handled + "--" + cutUp.handled);
        return 0;
    }
    require(cutUp.requests == whole.requests && cutUp.handled == whole.handled && cutUp.end == whole.end &&
                cutUp.badHead.empty() == whole.badHead.empty() && cutUp.goesOn == whole.goesOn,
            "the same requests however the bytes are cut", whole.handled + "--" + cutUp.handled);
    require(cutAnswers == wholeAnswers, "the same answers however the bytes are cut");
    return 0;
}
