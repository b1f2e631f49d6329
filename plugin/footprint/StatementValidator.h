#pragma once
/// The last look at rendered bytes before they leave: what Learning Locker refuses, and what University 2035 asks
/// beyond it. Runs on every statement. Not thread-safe (reuses its memory); one per worker.

#include "host/sdk/Clock.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plugin::footprint {

/// A broken rule: stable name («id», «actor», «score», …), where in the statement, and what is wrong, in English.
struct Violation {
    std::string rule;
    std::string pointer;
    std::string reason;
};

struct Expectation {
    host::sdk::Micros now = 0;
    bool graded = false;                             ///< score and success must be there
    std::string_view reference;                      ///< the only StatementRef allowed; empty: any valid UUID
    std::span<const std::string> contextExtensions;  ///< must all be there
};

/// May a statement name a file at this address: https; and http on this very machine, which nobody takes for an address
/// of University 2035's storage: a sandbox.
bool isOpenAddress(std::string_view url);

class StatementValidator {
public:
    StatementValidator();
    ~StatementValidator();
    /// The first broken rule, or nullopt.
    std::optional<Violation> check(std::string_view bytes, const Expectation& expected);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plugin::footprint
