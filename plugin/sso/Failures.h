#pragma once
/// What can go wrong between the button and the unti_id, each with its cause and its fix in Russian and in English. The
/// texts are for the person in front of the page and for the administrator whom that person calls. Pure; thread-safe.

#include "host/sdk/OutboundHttp.h"

#include <string>
#include <string_view>

namespace plugin::sso {

enum class Fault {
    // The way back from University 2035.
    StateMissing,  ///< the callback was opened without `state`
    StateUnknown,  ///< nobody was sent away with this `state`, or it was given back already (replay)
    StateExpired,  ///< too long on the way
    OtherBrowser,  ///< begun in another browser, or cookies are off
    CodeMissing,   ///< neither `code` nor `error`
    Cancelled,     ///< error=access_denied
    // Refusals of University 2035.
    RedirectMismatch,  ///< «The requested redirect didn't match the client settings.»
    InvalidClient,     ///< client_id or secret
    InvalidGrant,      ///< the code is used up, expired or another client's
    Refused,           ///< another OAuth error
    NotAuthorized,     ///< 401 at users/me
    ServerTrouble,     ///< 5xx, 429
    // No answer, or none that can be read.
    Slow,
    Unreachable,
    Untrusted,         ///< TLS
    ForbiddenAddress,  ///< the address guard, or an address that is none
    NotJson,
    NoToken,
    NoUntiId,
    BadUntiId,
};
inline constexpr int kFaults = 20;

struct Failure {
    Fault fault = Fault::Refused;
    std::string detail;  ///< what the other side said: valid UTF-8, short, without secrets; may be empty
};

struct Explanation {
    std::string code;  ///< stable: "sso.redirect-mismatch"
    std::string cause;
    std::string fix;
};

/// Stable, for lists and the journal: "sso.redirect-mismatch".
const char* codeOf(Fault fault);
Explanation explain(const Failure& failure, bool russian);
/// The same of a code on record; an unknown one explains itself as such.
Explanation explainCode(std::string_view code, const std::string& detail, bool russian);

/// Of `error` in a redirect back to us or in an OAuth answer (RFC 6749 4.1.2.1, 5.2).
Fault faultOfError(std::string_view error, std::string_view description);
/// When no answer came.
Failure failureOf(const host::sdk::OutboundError& error);

}  // namespace plugin::sso
