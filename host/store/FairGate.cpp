#include "host/store/FairGate.h"

namespace host::store {

std::optional<FairGate::Pass> FairGate::enter(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    if (free_ > 0 && queue_.empty()) {
        --free_;
        return std::make_optional<Pass>(this);
    }
    auto self = queue_.emplace(queue_.end());
    self->called.wait_for(lock, wait, [&] { return self->admitted; });
    bool admitted = self->admitted;
    queue_.erase(self);
    if (!admitted) return std::nullopt;
    return std::make_optional<Pass>(this);
}

void FairGate::leave() {
    std::lock_guard lock(mutex_);
    // The place goes straight to the first who waits, so that nobody who comes now can take it before.
    for (Waiter& waiter : queue_) {
        if (waiter.admitted) continue;
        waiter.admitted = true;
        waiter.called.notify_one();
        return;
    }
    ++free_;
}

std::size_t FairGate::waiting() const {
    std::lock_guard lock(mutex_);
    return queue_.size();
}

}  // namespace host::store
