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
/// By <Code> and status of a service that answered, or by why no answer came.
Explanation explain(const Failure& failure);

/// Whom a failure concerns, and so what to do about it.
enum class Trouble {
    Passing,        ///< the same request may succeed later: overload, a lost connection
    Configuration,  ///< every request to this storage fails alike until a person mends something
    Object,         ///< this object alone
    Stopped         ///< we were asked to end
};
Trouble troubleOf(const Failure& failure);

/// What a refusal's answer says. `ourTime`: seconds since 1970, to tell how far the clocks are apart; `withAcl`: the
/// request asked for an ACL.
Failure failureOf(const host::sdk::OutboundResponse& response, std::int64_t ourTime,
                  const std::vector<std::string>& secrets, bool withAcl = false);
/// When a body was not what it was promised to be; nothing was put.
Failure failureOf(BodyProblem problem);
/// When no answer came.
Failure failureOf(const host::sdk::OutboundError& error, const std::vector<std::string>& secrets);

}  // namespace plugin::s3
