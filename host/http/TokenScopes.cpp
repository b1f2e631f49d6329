#include "host/http/TokenScopes.h"

#include <algorithm>

namespace host::http {
namespace {

enum Bit : unsigned { Full = 1, Read = 2, Records = 4, Runs = 8 };

constexpr std::string_view kOrganization = "/api/v1/organizations/{org}/";

/// Whether `rest` is `segment` or goes on below it.
bool isUnder(std::string_view rest, std::string_view segment) {
    return rest.starts_with(segment) && (rest.size() == segment.size() || rest[segment.size()] == '/');
}

unsigned opening(sdk::Method method, std::string_view path) {
    unsigned bits = Full;
    if (method == sdk::Method::Get) bits |= Read;
    if (method == sdk::Method::Get && path == "/api/v1/session") bits |= Records | Runs;
    if (path.starts_with(kOrganization)) {
        const auto rest = path.substr(kOrganization.size());
        if (isUnder(rest, "records") || isUnder(rest, "imports")) bits |= Records;
        if (isUnder(rest, "connections") && path.ends_with("/run")) bits |= Runs;
    }
    if (path.ends_with("/runs") || path.find("/runs/") != std::string_view::npos) bits |= Runs;
    return bits;
}

unsigned bitOf(std::string_view name) {
    const auto& all = TokenScopes::known();
    const auto at = std::find(all.begin(), all.end(), name);
    return at == all.end() ? 0 : 1U << static_cast<unsigned>(at - all.begin());
}

}  // namespace

const std::vector<std::string>& TokenScopes::known() {
    static const std::vector<std::string> names{"full", "read", "records", "runs"};  // in the order of Bit
    return names;
}

std::optional<TokenScopes> TokenScopes::parse(const std::vector<std::string>& names) {
    TokenScopes scopes;
    scopes.bits_ = 0;
    for (const auto& name : names) {
        const unsigned bit = bitOf(name);
        if (bit == 0 || (scopes.bits_ & bit) != 0) return std::nullopt;
        scopes.bits_ |= bit;
    }
    if (scopes.bits_ == 0 || ((scopes.bits_ & Full) != 0 && scopes.bits_ != Full)) return std::nullopt;
    return scopes;
}

TokenScopes TokenScopes::fromText(std::string_view text) {
    TokenScopes scopes;
    scopes.bits_ = 0;
    while (!text.empty()) {
        const auto space = text.find(' ');
        scopes.bits_ |= bitOf(text.substr(0, space));
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    }
    return scopes;
}

std::vector<std::string> TokenScopes::names() const {
    std::vector<std::string> names;
    for (const auto& name : known())
        if ((bits_ & bitOf(name)) != 0) names.push_back(name);
    return names;
}

std::string TokenScopes::text() const {
    std::string text;
    for (const auto& name : names()) text += (text.empty() ? "" : " ") + name;
    return text;
}

bool TokenScopes::allow(sdk::Method method, std::string_view path) const {
    return (bits_ & opening(method, path)) != 0;
}

std::vector<std::string> scopesThatOpen(sdk::Method method, std::string_view path) {
    std::vector<std::string> names;
    for (const auto& name : TokenScopes::known())
        if ((bitOf(name) & opening(method, path)) != 0) names.push_back(name);
    return names;
}

}  // namespace host::http
