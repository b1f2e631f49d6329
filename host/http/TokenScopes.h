#pragma once
/// What a bearer token is for. Roles say where it may; scopes narrow what: a token that only brings records in can't
/// start a night, one that only reads changes nothing. Values; thread-safe.

#include "host/sdk/Http.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::http {

class TokenScopes {
public:
    /// "full" (everything the roles allow), "read" (every GET), "records" (…/records and …/imports: bringing data in
    /// and reading it), "runs" (…/runs: starting, watching and stopping work).
    static const std::vector<std::string>& known();

    /// Everything: people, and tokens of before there were scopes.
    TokenScopes() = default;
    /// nullopt when one is not known, stands twice, or "full" stands beside another.
    static std::optional<TokenScopes> parse(const std::vector<std::string>& names);
    /// As `text` writes it; what is not understood allows nothing.
    static TokenScopes fromText(std::string_view text);

    std::vector<std::string> names() const;
    std::string text() const;  ///< "read runs"

    /// `path` as it was registered: "/api/v1/jobs/{job}/runs". Who one is (GET /api/v1/session) every token may ask.
    bool allow(sdk::Method method, std::string_view path) const;

private:
    unsigned bits_ = 1;
};

/// The scopes of which each alone opens a route.
std::vector<std::string> scopesThatOpen(sdk::Method method, std::string_view path);

}  // namespace host::http
