#pragma once
/// A storage service's refusals, explained in Russian. Pure.

#include "host/sdk/OutboundHttp.h"
#include "plugin/s3/S3Client.h"

#include <string>

namespace plugin::s3 {

struct Explanation {
    std::string code;  ///< of a check's step: "wrong-secret", "no-bucket", "access-denied", …
    std::string cause;
    std::string fix;
};
/// By <Code> and status of a service that answered.
Explanation explain(const Failure& failure);

/// What a refusal's answer says. `ourTime`: seconds since 1970, to tell how far the clocks are apart.
Failure failureOf(const host::sdk::OutboundResponse& response, std::int64_t ourTime,
                  const std::vector<std::string>& secrets);
/// When no answer came.
Failure failureOf(const host::sdk::OutboundError& error, const std::vector<std::string>& secrets);

}  // namespace plugin::s3
