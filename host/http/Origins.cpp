#include "host/http/Origins.h"

#include <algorithm>

namespace host::http {
namespace {

constexpr const char* kRequestHeaders =
    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Accept, Accept-Language";
constexpr const char* kExposedHeaders =
    "ETag, Location, Retry-After, Content-Disposition, X-Request-Id, X-Next-Cursor, Link";
constexpr const char* kMaxAge = "600";

/// Without scheme and port; an IPv6 literal keeps its brackets.
std::string_view hostOf(std::string_view text) {
    if (auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
    if (text.starts_with('[')) return text.substr(0, text.find(']') + 1);
    return text.substr(0, text.find(':'));
}

bool isHostCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

}  // namespace

std::optional<std::string> originError(const std::string& origin) {
    if (origin == "*" || origin == "null") return "lets in everybody; list the origins of the pages you know";
    const std::size_t start = origin.starts_with("https://") ? 8 : origin.starts_with("http://") ? 7 : 0;
    const std::string rest = origin.substr(start);
    const bool defaultPort = origin.ends_with(start == 8 ? ":443" : ":80");
    if (start == 0 || hostOf(rest).empty() || !std::all_of(rest.begin(), rest.end(), isHostCharacter) ||
        rest.ends_with(':') || defaultPort)
        return "is not an origin as browsers send it; write https://HOST or https://HOST:PORT in lower case, without a "
               "path and without the scheme's own port";
    return std::nullopt;
}

bool mayUseCookie(const RequestHead& head) {
    if (const auto site = head.header("sec-fetch-site"); !site.empty()) {
        if (site == "same-origin" || site == "none") return true;
        // A link to us that stands elsewhere is followed as the person who is signed in; it can only read.
        return head.header("sec-fetch-mode") == "navigate" && (head.method == "GET" || head.method == "HEAD");
    }
    const auto origin = head.header("origin");
    // Ports are left out: some proxies hand on the host alone.
    return origin.empty() || (origin != "null" && lowered(hostOf(origin)) == lowered(hostOf(head.header("host"))));
}

bool Origins::isAllowed(std::string_view origin, const OpenDoor* door) const {
    if (origin.empty()) return false;
    if (door != nullptr) return door->allows(origin);
    return std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

void Origins::describe(const RequestHead& head, sdk::Response& response, const OpenDoor* door) const {
    if (allowed_.empty() && door == nullptr) return;
    // Said to everybody: a cache must not give one origin's answer to another.
    response.header("Vary", "Origin");
    const auto origin = head.header("origin");
    if (!isAllowed(origin, door)) return;
    response.header("Access-Control-Allow-Origin", std::string(origin));
    response.header("Access-Control-Expose-Headers", door != nullptr ? door->exposedHeaders : kExposedHeaders);
}

std::optional<sdk::Response> Origins::preflight(const RequestHead& head, const std::string& methods,
                                                const OpenDoor* door) const {
    if (head.header("access-control-request-method").empty() || !isAllowed(head.header("origin"), door))
        return std::nullopt;
    auto response = sdk::Response::noContent();
    response.header("Access-Control-Allow-Methods", methods);
    response.header("Access-Control-Allow-Headers", door != nullptr ? door->requestHeaders : kRequestHeaders);
    response.header("Access-Control-Max-Age", kMaxAge);
    return response;
}

}  // namespace host::http
