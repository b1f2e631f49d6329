#pragma once
/// What became of one try to tell somebody something. A plain value.

#include <string>
#include <utility>

namespace host::mail {

struct Delivery {
    enum class Outcome {
        Sent,
        Failed,
        InDoubt  ///< it went out whole and no answer came: repeated under the same id
    };
    Outcome outcome = Outcome::Sent;
    std::string problem;
    std::string fix;
    bool channelDown = false;    ///< not this address but the way to all of them failed
    bool senderRefused = false;  ///< the way is free, and not for that sender

    static Delivery failed(std::string problem, std::string fix, bool channelDown = false) {
        return {Outcome::Failed, std::move(problem), std::move(fix), channelDown};
    }
};

}  // namespace host::mail
