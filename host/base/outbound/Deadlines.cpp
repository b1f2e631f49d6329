#include "host/base/outbound/Deadlines.h"

#include <sys/socket.h>

namespace host::base::outbound {

Deadlines::Deadlines() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

Deadlines::~Deadlines() = default;

void Deadlines::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        if (watches_.empty()) {
            wake_.wait(lock, stop, [this] { return !watches_.empty(); });
            continue;
        }
        const TimePoint next = watches_.begin()->first;
        if (next > std::chrono::steady_clock::now()) {
            // Only an earlier deadline needs to wake us; later ones are seen when this one has passed.
            wake_.wait_until(lock, stop, next,
                             [this, next] { return watches_.empty() || watches_.begin()->first < next; });
            continue;
        }
        Watch* const watch = watches_.begin()->second;
        watches_.erase(watches_.begin());
        watch->expired_ = true;
        ::shutdown(watch->fd_, SHUT_RDWR);
    }
}

Deadlines::Watch::Watch(Deadlines& deadlines, int fd, TimePoint deadline, const std::stop_token& stop)
    : deadlines_(deadlines), fd_(fd), deadline_(deadline) {
    {
        const std::lock_guard lock(deadlines_.mutex_);
        const bool earliest = deadlines_.watches_.empty() || deadline < deadlines_.watches_.begin()->first;
        deadlines_.watches_.emplace(deadline, this);
        if (earliest) deadlines_.wake_.notify_all();
    }
    if (stop.stop_possible()) onStop_.emplace(stop, [this] { cancel(); });
}

Deadlines::Watch::~Watch() {
    onStop_.reset();  // waits for a callback that is running
    const std::lock_guard lock(deadlines_.mutex_);
    deadlines_.watches_.erase({deadline_, this});
}

void Deadlines::Watch::cancel() {
    const std::lock_guard lock(deadlines_.mutex_);
    cancelled_ = true;
    ::shutdown(fd_, SHUT_RDWR);
}

bool Deadlines::Watch::expired() const {
    const std::lock_guard lock(deadlines_.mutex_);
    return expired_;
}

bool Deadlines::Watch::cancelled() const {
    const std::lock_guard lock(deadlines_.mutex_);
    return cancelled_;
}

}  // namespace host::base::outbound
