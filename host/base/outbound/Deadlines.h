#pragma once
/// Ends blocking socket calls from outside: at a deadline, or when a stop is requested, the socket is shut down and
/// whatever waits on it returns at once. One thread for all sockets; timeouts of single calls would let a server that
/// sends a byte a second hold us for ever. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>

namespace host::base::outbound {

using TimePoint = std::chrono::steady_clock::time_point;

class Deadlines {
public:
    Deadlines();
    ~Deadlines();
    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;

    /// Watches one socket while it lives; the socket must stay open as long.
    class Watch {
    public:
        Watch(Deadlines& deadlines, int fd, TimePoint deadline, const std::stop_token& stop);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

        bool expired() const;
        bool cancelled() const;

    private:
        friend class Deadlines;
        void cancel();

        Deadlines& deadlines_;
        const int fd_;
        const TimePoint deadline_;
        bool expired_ = false;
        bool cancelled_ = false;
        std::optional<std::stop_callback<std::function<void()>>> onStop_;
    };

private:
    void run(const std::stop_token& stop);

    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::set<std::pair<TimePoint, Watch*>> watches_;
    std::jthread thread_;
};

}  // namespace host::base::outbound
