#include "plugin/api/SsoThrottle.h"

namespace plugin::api {
namespace {

constexpr std::size_t kMostAddresses = 10'000;

}  // namespace

std::chrono::seconds SsoThrottle::wait(const std::string& address) {
    const auto moment = clock_.steadyNow();
    const std::lock_guard lock(mutex_);
    const auto it = misses_.find(address);
    if (it == misses_.end() || it->second.until <= moment || it->second.count < kFree) return std::chrono::seconds(0);
    return std::chrono::ceil<std::chrono::seconds>(it->second.until - moment);
}

void SsoThrottle::miss(const std::string& address) {
    const auto moment = clock_.steadyNow();
    const std::lock_guard lock(mutex_);
    if (misses_.size() >= kMostAddresses)
        std::erase_if(misses_, [&](const auto& one) { return one.second.until <= moment; });
    if (misses_.size() >= kMostAddresses) return;  // a flood from everywhere is the proxy's to stop
    auto& misses = misses_[address];
    if (misses.until <= moment) misses = {0, moment + kWindow};
    ++misses.count;
}

}  // namespace plugin::api
