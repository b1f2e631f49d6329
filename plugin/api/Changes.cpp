#include "plugin/api/Changes.h"

namespace plugin::api {

Changes::Watch::Watch(Changes& owner, std::string topic) : owner_(owner), topic_(std::move(topic)) {
    const std::lock_guard lock(owner_.mutex_);
    owner_.watches_.insert(this);
}

Changes::Watch::~Watch() {
    const std::lock_guard lock(owner_.mutex_);
    owner_.watches_.erase(this);
}

bool Changes::Watch::wait(std::chrono::milliseconds atMost) {
    std::unique_lock lock(owner_.mutex_);
    owner_.rung_.wait_for(lock, atMost, [this] { return rung_; });
    return std::exchange(rung_, false);
}

void Changes::ring(const std::string& topic) {
    const std::lock_guard lock(mutex_);
    for (auto* watch : watches_)
        if (watch->topic_ == topic) watch->rung_ = true;
    rung_.notify_all();
}

void Changes::ringAll() {
    const std::lock_guard lock(mutex_);
    for (auto* watch : watches_) watch->rung_ = true;
    rung_.notify_all();
}

std::size_t Changes::watches() const {
    const std::lock_guard lock(mutex_);
    return watches_.size();
}

}  // namespace plugin::api
