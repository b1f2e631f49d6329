#pragma once
/// Slows down who tries links and states that aren't there: after `kFree` misses from one address within `kWindow` the
/// next are refused until it is over. Nobody guesses 244 bits; this keeps the database and the log from the attempt. In
/// memory, bounded; thread-safe.

#include "host/sdk/Clock.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace plugin::api {

class SsoThrottle {
public:
    static constexpr int kFree = 200;  ///< a school may stand behind one address
    static constexpr std::chrono::seconds kWindow{600};

    explicit SsoThrottle(const host::sdk::Clock& clock) : clock_(clock) {}

    /// Seconds to wait; zero: go on.
    std::chrono::seconds wait(const std::string& address);
    void miss(const std::string& address);

private:
    struct Misses {
        int count = 0;
        std::chrono::steady_clock::time_point until{};
    };

    const host::sdk::Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Misses> misses_;
};

}  // namespace plugin::api
