#pragma once
/// Learning Locker's answers taken apart: both shapes of its errors, and whatever a proxy puts in between. Pure.

#include "host/sdk/OutboundHttp.h"
#include "plugin/lrs/LrsClient.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::lrs {

/// An error body; everything is empty when it is not JSON of the LRS.
struct ErrorBody {
    std::string errorId;
    std::string message;
    std::vector<std::string> warnings;

    bool isOfLrs() const noexcept { return !errorId.empty(); }
    /// The LRS's own words, or nothing.
    std::string words() const;
};
ErrorBody parseErrorBody(const std::string& body);

/// The ids of a 200's array, in lower case; nothing when the body is something else.
std::optional<std::vector<std::string>> parseIds(const std::string& body);

/// Whether it complains about the request itself (version header, content type, parameters) and not about statements.
bool blamesRequest(const ErrorBody& error);
/// Whether it says that X-Experience-API-Version is missing or wrong.
bool blamesVersionHeader(const ErrorBody& error);

/// The statements that a 400 or 409 names, each once, in order of position. `secrets`: kept out of the reasons.
std::vector<PostOutcome::Culprit> culprits(int status, const ErrorBody& error, const std::vector<std::string>& ids,
                                           const std::vector<std::string>& secrets = {});

/// Retry-After as seconds from the answer's own Date (or now): both forms of RFC 9110.
std::optional<std::chrono::seconds> retryAfter(const host::sdk::OutboundResponse& response);

}  // namespace plugin::lrs
