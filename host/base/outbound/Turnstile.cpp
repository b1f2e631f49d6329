#include "host/base/outbound/Turnstile.h"

#include "host/sdk/OutboundHttp.h"

#include <algorithm>

namespace host::base::outbound {

Turnstile::Turn::Turn(Turnstile& turnstile, std::chrono::steady_clock::time_point deadline, const std::stop_token& stop)
    : turnstile_(turnstile) {
    using sdk::OutboundError;
    std::unique_lock lock(turnstile_.mutex_);
    auto& queue = turnstile_.queue_;
    queue.push_back(this);
    const bool mine = turnstile_.changed_.wait_until(
        lock, stop, deadline, [&] { return queue.front() == this && turnstile_.busy_ < turnstile_.limit_; });
    queue.erase(std::find(queue.begin(), queue.end(), this));
    turnstile_.changed_.notify_all();
    if (stop.stop_requested()) throw OutboundError(OutboundError::Kind::Cancelled, false, "The request was cancelled");
    if (!mine) throw OutboundError(OutboundError::Kind::Timeout, false, "No connection to this host came free in time");
    ++turnstile_.busy_;
}

Turnstile::Turn::~Turn() {
    const std::lock_guard lock(turnstile_.mutex_);
    --turnstile_.busy_;
    turnstile_.changed_.notify_all();
}

}  // namespace host::base::outbound
