#pragma once
/// Who asks, by what they show. Implemented by host::accounts; thread-safe.

#include "host/http/TokenScopes.h"
#include "host/sdk/Http.h"

#include <optional>
#include <string>
#include <string_view>

namespace host::http {

/// Name of the session's cookie.
inline constexpr std::string_view kSessionCookie = "lmsd_session";

struct Identity {
    sdk::Principal principal;
    std::string csrfToken;  ///< what X-CSRF-Token must be on changes; empty for bearer tokens
    TokenScopes scopes;     ///< of a bearer token
};

class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// nullopt when the session or the token is unknown, expired or withdrawn.
    virtual std::optional<Identity> bySession(std::string_view cookie) = 0;
    virtual std::optional<Identity> byBearer(std::string_view token) = 0;
};

/// Value of a cookie in a Cookie header; empty when it is not there.
std::string_view cookieValue(std::string_view header, std::string_view name);

}  // namespace host::http
