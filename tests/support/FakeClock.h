#pragma once
/// A clock that stands still until told otherwise. Thread-safe.

#include "host/sdk/Clock.h"

#include <atomic>
#include <chrono>

namespace tests {

class FakeClock : public host::sdk::Clock {
public:
    static constexpr host::sdk::Micros kStart = 1'772'323'200'000'000;  ///< 2026-03-01T00:00:00Z

    explicit FakeClock(host::sdk::Micros start = kStart) : now_(start) {}

    host::sdk::Micros now() const override { return now_.load(); }
    std::chrono::steady_clock::time_point steadyNow() const override {
        return std::chrono::steady_clock::time_point(std::chrono::microseconds(steady_.load()));
    }

    /// Moves both clocks.
    template <class Rep, class Period>
    void advance(std::chrono::duration<Rep, Period> by) {
        auto micros = std::chrono::duration_cast<std::chrono::microseconds>(by).count();
        now_ += micros;
        steady_ += micros;
    }
    /// Sets the wall clock only, as an administrator or NTP would.
    void set(host::sdk::Micros now) { now_ = now; }

private:
    std::atomic<host::sdk::Micros> now_;
    std::atomic<host::sdk::Micros> steady_{1'000'000'000};
};

}  // namespace tests
