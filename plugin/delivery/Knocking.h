#pragma once
/// While a destination gives no answer that counts, one of a run's lanes knocks and the others wait for its answer: a
/// server in trouble gets one request at a time, and its Retry-After holds for all. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace plugin::delivery {

class Knocking {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// Before a POST: waits while another lane knocks, or until `stop`.
    void wait(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [&] { return !knocker_ || *knocker_ == std::this_thread::get_id(); });
    }

    struct Failure {
        bool knocks = false;  ///< this lane is the one to wait and try again; another goes to `wait`
        int number = 0;       ///< 1 for the first one in a row
        TimePoint since;      ///< of the first one in a row
    };
    Failure failed(TimePoint at) {
        std::lock_guard lock(mutex_);
        if (!knocker_) {
            knocker_ = std::this_thread::get_id();
            since_ = at;
            failures_ = 0;
        }
        const bool knocks = *knocker_ == std::this_thread::get_id();
        if (knocks) ++failures_;
        return {knocks, failures_, since_};
    }

    void answered() {
        std::lock_guard lock(mutex_);
        if (!knocker_) return;
        knocker_.reset();
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<std::thread::id> knocker_;
    TimePoint since_{};
    int failures_ = 0;
};

}  // namespace plugin::delivery
