#include "host/accounts/SignInThrottle.h"

#include <Poco/Net/IPAddress.h>
#include <fmt/format.h>

#include <algorithm>

namespace host::accounts {
namespace {

using namespace std::chrono_literals;

constexpr int kFreeTriesOfLogin = 5;     // of one login from one address
constexpr int kFreeTriesOfAddress = 50;  // of all logins from one address
constexpr std::chrono::seconds kFirstWait = 5s;
constexpr std::chrono::seconds kLongestWait = 15min;
constexpr std::chrono::seconds kForgottenAfter = 1h;
constexpr std::size_t kMaxRecords = 20'000;

/// Who has one IPv6 address has all of its /64 to try from.
std::string networkOf(const std::string& address) {
    Poco::Net::IPAddress ip;
    if (!Poco::Net::IPAddress::tryParse(address, ip) || ip.family() != Poco::Net::AddressFamily::IPv6 ||
        ip.isIPv4Mapped())
        return address;
    return (ip & Poco::Net::IPAddress(64, Poco::Net::AddressFamily::IPv6)).toString();
}

std::string pairKey(const std::string& login, const std::string& address) {
    return login + '\n' + address;
}

}  // namespace

SignInThrottled::SignInThrottled(std::chrono::seconds wait)
    : AppError(429, "sign-in-throttled",
               fmt::format("Too many failed sign-ins; wait {} seconds and try again.", wait.count())),
      wait_(wait) {}

void SignInThrottle::begin(const std::string& login, const std::string& from) {
    auto address = networkOf(from);
    auto now = clock_.steadyNow();
    std::lock_guard lock(mutex_);
    check(pairKey(login, address), now);
    check(address, now);
    // Counted before the password is looked at, so that tries side by side are counted too.
    count(pairKey(login, address), kFreeTriesOfLogin, now);
    count(address, kFreeTriesOfAddress, now);
    if (records_.size() > kMaxRecords) prune(now);
}

void SignInThrottle::succeeded(const std::string& login, const std::string& from) {
    auto address = networkOf(from);
    std::lock_guard lock(mutex_);
    records_.erase(pairKey(login, address));
    if (auto all = records_.find(address); all != records_.end() && all->second.failures > 0) {
        --all->second.failures;
        all->second.until = {};
    }
}

void SignInThrottle::check(const std::string& key, std::chrono::steady_clock::time_point now) const {
    auto record = records_.find(key);
    if (record == records_.end() || record->second.until <= now) return;
    throw SignInThrottled(std::chrono::ceil<std::chrono::seconds>(record->second.until - now));
}

void SignInThrottle::count(const std::string& key, int free, std::chrono::steady_clock::time_point now) {
    auto& record = records_[key];
    if (record.failures > 0 && now - record.last > kForgottenAfter) record = {};
    record.last = now;
    ++record.failures;
    if (record.failures < free) return;
    auto doublings = std::min(record.failures - free, 10);
    record.until = now + std::min<std::chrono::seconds>(kFirstWait * (1 << doublings), kLongestWait);
}

void SignInThrottle::prune(std::chrono::steady_clock::time_point now) {
    std::erase_if(records_, [&](const auto& entry) { return now - entry.second.last > kForgottenAfter; });
    // Still full: somebody tries from very many addresses. Forget those that are free to try anyway.
    if (records_.size() > kMaxRecords)
        std::erase_if(records_, [&](const auto& entry) { return entry.second.until <= now; });
}

}  // namespace host::accounts
