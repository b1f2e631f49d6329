#pragma once
/// Slows down who guesses passwords: after a few failures of one login from one address, or many from one address, the
/// next tries are refused for a time that doubles; an IPv6 address counts as its /64. A success forgives the login. In
/// memory; thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Error.h"

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace host::accounts {

/// 429 with the time to wait.
class SignInThrottled : public sdk::AppError {
public:
    explicit SignInThrottled(std::chrono::seconds wait);
    std::chrono::seconds wait() const { return wait_; }

private:
    std::chrono::seconds wait_;
};

class SignInThrottle {
public:
    explicit SignInThrottle(const sdk::Clock& clock) : clock_(clock) {}

    /// Throws SignInThrottled when it is too early; otherwise counts the try as a failure until `succeeded` is told.
    void begin(const std::string& login, const std::string& from);
    void succeeded(const std::string& login, const std::string& from);

private:
    struct Record {
        int failures = 0;
        std::chrono::steady_clock::time_point until{};  ///< refused before
        std::chrono::steady_clock::time_point last{};
    };

    void check(const std::string& key, std::chrono::steady_clock::time_point now) const;
    void count(const std::string& key, int free, std::chrono::steady_clock::time_point now);
    void prune(std::chrono::steady_clock::time_point now);

    const sdk::Clock& clock_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Record> records_;
};

}  // namespace host::accounts
