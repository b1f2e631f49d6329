#include "plugin/delivery/OrderDesk.h"

namespace plugin::delivery {

bool Turns::enter(const std::string& organization, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [&] { return busy_.count(organization) == 0; })) return false;
    busy_.insert(organization);
    return true;
}

bool Turns::isBusy(const std::string& organization) {
    std::lock_guard lock(mutex_);
    return busy_.count(organization) != 0;
}

void Turns::leave(const std::string& organization) {
    std::lock_guard lock(mutex_);
    busy_.erase(organization);
    changed_.notify_all();
}

void OrderDesk::work(std::deque<NightOrder> orders, std::size_t atOnce, const One& one) {
    {
        std::lock_guard lock(mutex_);
        orders_ = std::move(orders);
        atOnce_ = atOnce;
        one_ = &one;
        for (std::size_t i = 1; i < std::min(atOnce_, orders_.size()); ++i) threads_.emplace_back([this] { lane(); });
    }
    lane();
    std::vector<std::jthread> ended;
    {
        std::lock_guard lock(mutex_);
        ended.swap(threads_);
    }
}

bool OrderDesk::hand(NightOrder order) {
    std::lock_guard lock(mutex_);
    if (one_ == nullptr) return false;
    orders_.push_back(std::move(order));
    if (idle_ == 0 && threads_.size() + 1 < atOnce_) threads_.emplace_back([this] { lane(); });
    changed_.notify_one();
    return true;
}

/// Ends when nothing is left and nothing runs: whoever finds that closes the desk.
void OrderDesk::lane() {
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        changed_.wait(lock, [&] { return one_ == nullptr || !orders_.empty() || running_ == 0; });
        --idle_;
        if (one_ == nullptr || orders_.empty()) {
            one_ = nullptr;
            changed_.notify_all();
            return;
        }
        auto order = std::move(orders_.front());
        orders_.pop_front();
        const auto& one = *one_;
        ++running_;
        lock.unlock();
        const bool done = one(order, order.deferred);
        lock.lock();
        if (!done) {
            order.deferred = true;
            orders_.push_back(std::move(order));
        }
        if (--running_ == 0) changed_.notify_all();
    }
}

}  // namespace plugin::delivery
