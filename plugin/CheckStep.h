#pragma once
/// One line of a connection check, for people: what was done, what came back, cause, fix. A value; shared by the checks
/// of University 2035's services, which know nothing of each other.

#include <cstdint>
#include <functional>
#include <string>

namespace plugin {

struct CheckStep {
    std::string name;   ///< "lrs.get", "lrs.post", "lrs.known", "s3.buckets", "s3.put", "s3.read", "s3.delete"
    std::string title;  ///< «Чтение из LRS (GET)»
    bool passed = false;
    bool warning = false;  ///< passed, with something to know
    std::string code;      ///< stable: "ok", "dns", "refused", "timeout", "tls", "wrong-path", "unauthorized", …
    std::string observed;  ///< «HTTP 401 за 35 мс»
    std::string cause;
    std::string fix;
    std::int64_t milliseconds = 0;
    int status = 0;       ///< HTTP status, 0 when no answer came
    std::string errorId;  ///< of the LRS's answer
    std::string answer;   ///< first 2,048 bytes of the body, as text, secrets never in it
};

/// Called with each step as it finishes, from the thread that checks; what it throws ends the check.
using StepFinished = std::function<void(const CheckStep& step)>;

}  // namespace plugin
