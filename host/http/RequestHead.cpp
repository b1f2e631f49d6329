#include "host/http/RequestHead.h"

#include <array>

namespace host::http {
namespace {

constexpr auto kTokens = [] {
    std::array<bool, 256> t{};
    for (char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        t[static_cast<unsigned char>(c)] = true;
    return t;
}();

bool isToken(std::string_view text) {
    if (text.empty()) return false;
    for (char c : text)
        if (!kTokens[static_cast<unsigned char>(c)]) return false;
    return true;
}

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::string_view trim(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    return s;
}

HeadResult bad(int status, std::string reason) {
    return {HeadState::Bad, status, std::move(reason)};
}

bool listHas(std::string_view list, std::string_view lower) {
    while (!list.empty()) {
        auto comma = list.find(',');
        if (equalsIgnoreCase(trim(list.substr(0, comma)), lower)) return true;
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return false;
}

HeadResult parseRequestLine(std::string_view line, const HeadLimits& limits, RequestHead& head) {
    auto first = line.find(' ');
    auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return bad(400, "The request line is not 'METHOD target HTTP/1.1'.");
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    auto version = line.substr(last + 1);
    if (!isToken(head.method)) return bad(400, "The method is not a token.");
    if (head.target.size() > limits.maxTarget) return bad(414, "The request target is too long.");
    if (head.target.empty()) return bad(400, "The request target is empty.");
    for (char c : head.target)
        if (isControl(c) || c == ' ') return bad(400, "The request target holds a space or a control character.");
    if (version == "HTTP/1.1")
        head.minorVersion = 1;
    else if (version == "HTTP/1.0")
        head.minorVersion = 0;
    else
        return bad(version.substr(0, 5) == "HTTP/" ? 505 : 400, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    return {HeadState::Complete, 0, {}};
}

std::optional<std::uint64_t> parseLength(std::string_view text) {
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::uint64_t value = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

}  // namespace

bool equalsIgnoreCase(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (c != lower[i]) return false;
    }
    return true;
}

std::string_view RequestHead::header(std::string_view lowerCaseName) const {
    for (const auto& [name, value] : headers)
        if (equalsIgnoreCase(name, lowerCaseName)) return value;
    return {};
}

HeadResult parseHead(std::string_view text, const HeadLimits& limits, RequestHead& head) {
    auto end = text.substr(0, limits.maxBytes).find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (text.size() >= limits.maxBytes) return bad(431, "The request head is too large.");
        // A line that can't begin a request is refused at once rather than waited for.
        if (!text.empty() && !kTokens[static_cast<unsigned char>(text.front())])
            return bad(400, "The request line is not 'METHOD target HTTP/1.1'.");
        return {};
    }
    head.headers.clear();
    head.contentLength = 0;
    head.hasContentLength = false;
    head.chunked = false;
    head.expectContinue = false;
    head.bytes = end + 4;

    auto rest = text.substr(0, end + 2);
    auto eol = rest.find("\r\n");
    if (auto result = parseRequestLine(rest.substr(0, eol), limits, head); result.state == HeadState::Bad)
        return result;
    head.keepAlive = head.minorVersion == 1;
    rest.remove_prefix(eol + 2);

    int hosts = 0;
    bool transferEncoding = false;
    while (!rest.empty()) {
        eol = rest.find("\r\n");
        auto line = rest.substr(0, eol);
        rest.remove_prefix(eol + 2);
        if (line.front() == ' ' || line.front() == '\t') return bad(400, "Folded header lines are not accepted.");
        auto colon = line.find(':');
        if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
            return bad(400, "A header line is not 'Name: value'.");
        auto name = line.substr(0, colon);
        auto value = trim(line.substr(colon + 1));
        for (char c : value)
            if (isControl(c) && c != '\t') return bad(400, "A header value holds a control character.");
        if (head.headers.size() == limits.maxHeaders) return bad(431, "There are too many header fields.");
        head.headers.emplace_back(name, value);

        switch (name.size()) {
            case 4:
                if (equalsIgnoreCase(name, "host")) ++hosts;
                break;
            case 6:
                if (equalsIgnoreCase(name, "expect")) {
                    if (!equalsIgnoreCase(value, "100-continue"))
                        return bad(417, "Only 'Expect: 100-continue' is known.");
                    head.expectContinue = head.minorVersion == 1;
                }
                break;
            case 10:
                if (equalsIgnoreCase(name, "connection")) {
                    if (listHas(value, "close"))
                        head.keepAlive = false;
                    else if (head.minorVersion == 0 && listHas(value, "keep-alive"))
                        head.keepAlive = true;
                }
                break;
            case 14:
                if (equalsIgnoreCase(name, "content-length")) {
                    auto length = parseLength(value);
                    if (!length) return bad(400, "Content-Length is not a number.");
                    if (head.hasContentLength) return bad(400, "Content-Length is there twice.");
                    head.hasContentLength = true;
                    head.contentLength = *length;
                }
                break;
            case 17:
                if (equalsIgnoreCase(name, "transfer-encoding")) {
                    if (transferEncoding || !equalsIgnoreCase(value, "chunked"))
                        return bad(501, "Only 'Transfer-Encoding: chunked' is known.");
                    transferEncoding = true;
                }
                break;
            default:
                break;
        }
    }
    if (transferEncoding && head.hasContentLength)
        return bad(400, "Content-Length and Transfer-Encoding are both there; send one of them.");
    if (transferEncoding && head.minorVersion == 0) return bad(400, "HTTP/1.0 has no Transfer-Encoding.");
    if (hosts > 1 || (hosts == 0 && head.minorVersion == 1)) return bad(400, "Exactly one Host header is needed.");
    head.chunked = transferEncoding;
    return {HeadState::Complete, 0, {}};
}

}  // namespace host::http
