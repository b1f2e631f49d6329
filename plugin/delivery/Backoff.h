#pragma once
/// How long to wait before the same bytes go again: exponential, with jitter, never shorter than Retry-After asks.

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>

namespace plugin::delivery {

struct BackoffSettings {
    std::chrono::milliseconds first{1'000};
    std::chrono::milliseconds longest{60'000};
};

/// Thread-safe; the same seed gives the same delays in the same order of calls.
class Backoff {
public:
    Backoff(BackoffSettings settings, std::uint64_t seed) : settings_(settings), random_(seed) {}

    /// `attempt` is 1 after the first failure. Between half of the step and the whole of it.
    std::chrono::milliseconds delay(int attempt, std::optional<std::chrono::seconds> retryAfter) {
        auto step = settings_.first.count();
        for (int i = 1; i < attempt && step < settings_.longest.count(); ++i) step *= 2;
        step = std::min<std::int64_t>(step, settings_.longest.count());
        std::lock_guard lock(mutex_);
        std::uniform_int_distribution<std::int64_t> jitter(step / 2, step);
        std::chrono::milliseconds chosen(jitter(random_));
        if (retryAfter) chosen = std::max<std::chrono::milliseconds>(chosen, *retryAfter);
        return chosen;
    }

private:
    BackoffSettings settings_;
    std::mutex mutex_;
    std::mt19937_64 random_;
};

}  // namespace plugin::delivery
