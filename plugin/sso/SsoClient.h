#pragma once
/// University 2035's sign-in (SSO): the OAuth2 code flow of seed 003, 1.2, from the address of the button to the two
/// ids that are wanted of a profile. Knows nothing of learners, pages or the database; usable alone.
///
///     SsoClient client(http, settings);
///     redirect the browser to client.authorizeUrl(state);         // GET {base}/oauth2/authorize
///     auto person = client.identify(code, stop);                  // POST /oauth2/access_token, GET /users/me
///
/// The token is used once and dropped; of the profile nothing is kept but what `Person` has. Thread-safe. Blocks for at
/// most twice `timeout`. Never throws for what the other side does.

#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Secrets.h"
#include "plugin/sso/Failures.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace plugin::sso {

struct Settings {
    std::string base;  ///< without a slash at the end: clients of University 2035 append "/oauth2/…" (u2035-wire.md §5)
    std::string clientId;
    host::sdk::SecretString clientSecret;
    std::string redirectUri;                    ///< to the character as University 2035 has it
    std::chrono::milliseconds timeout{15'000};  ///< of each of the two requests
};

/// All that is taken of a profile.
struct Person {
    std::string untiId;    ///< digits, no leading zero
    std::string leaderId;  ///< may be empty: absent, or nothing that is an id
};

struct Identified {
    std::optional<Person> person;
    Failure failure;      ///< when there is no person
    std::string usersMe;  ///< the answer of users/me as text, for the letter of seed 003, 1.3; only when asked for
};

class SsoClient {
public:
    SsoClient(host::sdk::OutboundHttp& http, Settings settings) : http_(http), settings_(std::move(settings)) {}

    /// Where the button leads. No scope, no PKCE: the seed has neither.
    std::string authorizeUrl(const std::string& state) const;

    /// `withAnswer`: the whole answer of users/me is handed back too.
    Identified identify(const std::string& code, std::stop_token stop = {}, bool withAnswer = false) const;

private:
    struct Token;
    Token redeem(const std::string& code, const std::stop_token& stop) const;

    host::sdk::OutboundHttp& http_;
    Settings settings_;
};

/// What a callback's query says when it brings no code: `error`, `error_description`.
Failure failureOfCallback(const std::string& error, const std::string& description);

}  // namespace plugin::sso
