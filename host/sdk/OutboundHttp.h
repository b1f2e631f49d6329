#pragma once
/// Requests to other servers: pooled keep-alive connections per host, direct sends with a fixed length, TLS always
/// verified. Thread-safe; a call blocks until the answer, an error or its deadline.

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/sdk/Error.h"

namespace host::sdk {
inline namespace abi1 {

struct OutboundRequest {
    std::string method = "GET";
    std::string url;                                            ///< https://host[:port]/path?query, sent as it is
    std::vector<std::pair<std::string, std::string>> headers;   ///< Host and Content-Length are the client's own
    std::string_view body;                                      ///< must live until the call returns
    /// Instead of `body`: fills a buffer of at most `size` bytes, returns how many; must yield `bodyLength` in all.
    std::function<std::size_t(char* buffer, std::size_t size)> bodySource;
    std::uint64_t bodyLength = 0;

    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds timeout{90'000};  ///< whole exchange
    std::size_t maxAnswer = 16u * 1024 * 1024;  ///< a longer answer is OutboundError::TooLarge
    /// The address was typed by a person: https only, nothing that resolves to a loopback, private or link-local
    /// address, unless the server's administrator allows it by configuration.
    bool typedByPerson = false;
    std::stop_token stop;  ///< ends the wait early (Kind::Cancelled)
};

struct OutboundResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;
    std::chrono::microseconds elapsed{0};
    bool reusedConnection = false;

    std::string header(std::string_view lowerCaseName) const {
        for (const auto& [name, value] : headers)
            if (name == lowerCaseName) return value;
        return {};
    }
};

/// No answer came. `requestSent` tells whether the other side may have acted on it.
class HOST_SDK_API OutboundError : public AppError {
public:
    enum class Kind {
        BadUrl,          ///< the address can't be used as written
        Forbidden,       ///< the address guard refuses it
        Dns,             ///< the name is not known
        Refused,         ///< nobody listens there, or no route
        ConnectTimeout,  ///< no connection in time
        Tls,             ///< certificate or handshake; `what` says which
        Timeout,         ///< connected, no whole answer in time
        Closed,          ///< the other side closed before or in the middle of its answer
        BadAnswer,       ///< what came is not HTTP
        TooLarge,        ///< the answer is longer than `maxAnswer`
        Source,          ///< `bodySource` gave fewer bytes than promised, or threw
        Cancelled
    };
    OutboundError(Kind kind, bool requestSent, const std::string& detail, std::string reason = {})
        : AppError(502, "outbound", detail), kind_(kind), requestSent_(requestSent), reason_(std::move(reason)) {}

    Kind kind() const noexcept { return kind_; }
    /// Of Kind::Tls: "untrusted", "expired", "not-yet-valid", "other-name", "revoked" or "handshake"; empty otherwise.
    const std::string& reason() const noexcept { return reason_; }
    /// True when the whole request may have reached the other side: the outcome is in doubt.
    bool requestSent() const noexcept { return requestSent_; }

private:
    Kind kind_;
    bool requestSent_;
    std::string reason_;
};

class OutboundHttp {
public:
    virtual ~OutboundHttp() = default;

    /// A stale pooled connection is replaced once, unseen, and only when not a byte of an answer came and either the
    /// method is idempotent or the request was not sent whole.
    /// \throws OutboundError
    virtual OutboundResponse send(const OutboundRequest& request) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
