#include "host/connectors/http/WebUrl.h"

#include "common/Text.h"
#include "host/base/outbound/Url.h"
#include "host/sdk/OutboundHttp.h"

#include <fmt/format.h>

#include <vector>

namespace host::connectors {
namespace {

bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

void appendEncoded(std::string& out, char c) {
    constexpr char kHex[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

/// Where the path begins: behind the authority.
std::size_t pathBegin(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return 0;
    const auto end = url.find_first_of("/?#", scheme + 3);
    return end == std::string_view::npos ? url.size() : end;
}

bool hasScheme(std::string_view text) {
    const auto end = text.find_first_of(":/?#");
    return end != std::string_view::npos && end > 0 && text[end] == ':';
}

std::string withoutDots(std::string_view path) {
    std::vector<std::string_view> parts;
    const auto all = common::split(path, '/');
    for (std::size_t i = 1; i < all.size(); ++i) {
        const bool last = i + 1 == all.size();
        if (all[i] == ".." || all[i] == ".") {
            if (all[i] == ".." && !parts.empty()) parts.pop_back();
            if (last) parts.emplace_back();
        } else {
            parts.push_back(all[i]);
        }
    }
    std::string out;
    for (const auto part : parts) {
        out += '/';
        out += part;
    }
    return out.empty() ? "/" : out;
}

}  // namespace

std::string percentEncoded(std::string_view text, std::string_view keep) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c) || keep.find(c) != std::string_view::npos)
            out += c;
        else
            appendEncoded(out, c);
    }
    return out;
}

std::string typedEncoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || c == '"' || c == '<' || c == '>')
            appendEncoded(out, c);
        else
            out += c;
    }
    return out;
}

void appendQuery(std::string& url, std::string_view name, std::string_view value) {
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += percentEncoded(name, "$");
    url += '=';
    url += percentEncoded(value);
}

std::string joined(std::string_view base, std::string_view path) {
    if (!originOf(path).empty()) return std::string(path);
    if (path.empty()) return std::string(base);
    if (path.front() == '?') return std::string(base) + std::string(path);
    while (!base.empty() && base.back() == '/') base.remove_suffix(1);
    while (!path.empty() && path.front() == '/') path.remove_prefix(1);
    return fmt::format("{}/{}", base, path);
}

std::string resolved(const std::string& base, std::string_view reference) {
    if (const auto fragment = reference.find('#'); fragment != std::string_view::npos)
        reference = reference.substr(0, fragment);
    if (hasScheme(reference)) return std::string(reference);
    const std::string_view whole = base;
    if (reference.substr(0, 2) == "//") return fmt::format("{}:{}", whole.substr(0, whole.find(':')), reference);
    const auto begin = pathBegin(whole);
    const auto root = whole.substr(0, begin);
    const auto rest = whole.substr(begin);
    const auto path = rest.substr(0, rest.find('?'));
    if (reference.empty()) return std::string(whole);
    if (reference.front() == '?') return fmt::format("{}{}{}", root, path.empty() ? "/" : path, reference);
    const auto query = reference.find('?');
    const auto target = reference.substr(0, query);
    const auto tail = query == std::string_view::npos ? std::string_view() : reference.substr(query);
    if (target.front() == '/') return fmt::format("{}{}{}", root, withoutDots(target), tail);
    const auto folder = path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/'));
    return fmt::format("{}{}{}", root, withoutDots(fmt::format("{}/{}", folder, target)), tail);
}

std::string originOf(std::string_view url) {
    try {
        const auto parsed = base::outbound::Url::parse(typedEncoded(url.substr(0, url.find('#'))));
        return fmt::format("{}://{}:{}", parsed.secure ? "https" : "http", parsed.host, parsed.port);
    } catch (const sdk::OutboundError&) {
        return {};
    }
}

std::string shownUrl(std::string_view url) {
    auto shown = std::string(url.substr(0, url.find_first_of("?#")));
    const auto begin = shown.find("://");
    if (begin == std::string::npos) return shown;
    const auto at = shown.find('@', begin + 3);
    if (at != std::string::npos && at < pathBegin(shown)) shown.erase(begin + 3, at - begin - 2);
    return shown;
}

}  // namespace host::connectors
