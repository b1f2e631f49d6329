#pragma once
/// A bound on what runs at once, in the order of coming: nobody who came later goes first. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>

namespace host::base::outbound {

class Turnstile {
public:
    explicit Turnstile(std::size_t limit) : limit_(limit) {}

    /// One turn; given back in the destructor.
    class Turn {
    public:
        /// Waits. \throws host::sdk::OutboundError Timeout or Cancelled
        Turn(Turnstile& turnstile, std::chrono::steady_clock::time_point deadline, const std::stop_token& stop);
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        Turnstile& turnstile_;
    };

    std::size_t waiting() const {
        const std::lock_guard lock(mutex_);
        return queue_.size();
    }

private:
    const std::size_t limit_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<const Turn*> queue_;
    std::size_t busy_ = 0;
};

}  // namespace host::base::outbound
