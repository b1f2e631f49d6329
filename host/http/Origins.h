#pragma once
/// Pages of other origins (CORS). Those on the list may ask with a bearer token; nobody's page but our own may use the
/// session's cookie, whether it is on the list or not. Immutable; thread-safe.

#include "host/http/RequestHead.h"
#include "host/sdk/Http.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::http {

/// What is wrong with an origin of the list and what to do, split by "; "; nullopt when it is one, as in
/// "https://app.example.org:8443": exact, since a pattern lets in whoever registers a name that fits.
std::optional<std::string> originError(const std::string& origin);

/// Whether the cookie of a session counts: the request is of a page of ours, of a link that is followed, or of a
/// program that is no browser. Told by Sec-Fetch-Site; where a browser sends none, by the host of Origin.
bool mayUseCookie(const RequestHead& head);

/// Addresses to which every request brings credentials of its own, and where no cookie counts: pages of other origins
/// may send there as those credentials' owner lets them.
struct OpenDoor {
    std::string prefix;                            ///< of the path
    std::function<bool(std::string_view)> allows;  ///< an origin
    std::string requestHeaders, exposedHeaders;    ///< what its pages may send and see
};

class Origins {
public:
    explicit Origins(std::vector<std::string> allowed = {}) : allowed_(std::move(allowed)) {}

    /// What an answer to this request says of other origins: nothing but Vary to one that is not on the list.
    void describe(const RequestHead& head, sdk::Response& response, const OpenDoor* door = nullptr) const;
    /// The answer to a browser that asks before it sends; nullopt when this isn't such a question or of no listed
    /// origin. `methods`: what the path takes, as Allow lists them.
    std::optional<sdk::Response> preflight(const RequestHead& head, const std::string& methods,
                                           const OpenDoor* door = nullptr) const;

private:
    bool isAllowed(std::string_view origin, const OpenDoor* door) const;

    std::vector<std::string> allowed_;
};

}  // namespace host::http
