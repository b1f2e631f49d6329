#pragma once
/// The head of an HTTP/1 request, parsed strictly: what two readers could understand differently is refused, so that
/// a proxy in front and this server always see the same requests (request smuggling). Pure; views point into the text
/// given to `parse` and live as long as it does.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::http {

struct HeadLimits {
    std::size_t maxBytes = 32 * 1024;
    std::size_t maxTarget = 8 * 1024;
    std::size_t maxHeaders = 100;
};

struct RequestHead {
    std::string_view method;
    std::string_view target;                                             ///< as sent: path and query, percent-encoded
    int minorVersion = 1;                                                ///< HTTP/1.0 or HTTP/1.1
    std::vector<std::pair<std::string_view, std::string_view>> headers;  ///< names as sent, values trimmed
    std::uint64_t contentLength = 0;
    bool hasContentLength = false;
    bool chunked = false;
    bool keepAlive = true;
    bool expectContinue = false;
    std::size_t bytes = 0;  ///< length of the head with its empty line

    bool hasBody() const { return chunked || contentLength > 0; }
    /// `lowerCaseName` in lower case; the first of that name, or an empty view.
    std::string_view header(std::string_view lowerCaseName) const;
};

enum class HeadState { Complete, NeedMore, Bad };

/// `status` and `reason` (English, for problem+json) tell what is bad. The connection must be closed then.
struct HeadResult {
    HeadState state = HeadState::NeedMore;
    int status = 0;
    std::string reason;
};

/// Fills `head` from the beginning of `text`. `head` is reused, so that its memory is.
HeadResult parseHead(std::string_view text, const HeadLimits& limits, RequestHead& head);

/// ASCII case-insensitive equality; `lower` is in lower case.
bool equalsIgnoreCase(std::string_view text, std::string_view lower);

}  // namespace host::http
