#pragma once
/// Waiting as a parameter: a back-off ends early when the run is asked to stop, and tests don't sleep.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace plugin::delivery {

class Waiter {
public:
    virtual ~Waiter() = default;
    /// Returns at the end of `duration` or when `stop` is requested.
    virtual void wait(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

class ThreadWaiter : public Waiter {
public:
    void wait(std::chrono::milliseconds duration, std::stop_token stop) override {
        std::mutex mutex;
        std::condition_variable_any condition;
        std::unique_lock lock(mutex);
        condition.wait_for(lock, stop, duration, [] { return false; });
    }
};

}  // namespace plugin::delivery
