#pragma once
/// Alarms in memory: every call is kept, in order, and what is open now.

#include "host/sdk/Alarms.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

class FakeAlarms : public host::sdk::Alarms {
public:
    void raise(const host::sdk::Alarm& alarm) override {
        std::lock_guard lock(mutex_);
        raised_.push_back(alarm);
        auto [it, fresh] = open_.try_emplace(alarm.key, alarm);
        if (fresh) return;
        it->second.title = alarm.title;
        it->second.detail = alarm.detail;
        it->second.fix = alarm.fix;
    }
    void clear(const std::string& key) override {
        std::lock_guard lock(mutex_);
        cleared_.push_back(key);
        open_.erase(key);
    }
    /// By key.
    std::map<std::string, host::sdk::Alarm> open() const {
        std::lock_guard lock(mutex_);
        return open_;
    }
    bool isOpen(const std::string& key) const {
        std::lock_guard lock(mutex_);
        return open_.contains(key);
    }
    std::vector<host::sdk::Alarm> raised() const {
        std::lock_guard lock(mutex_);
        return raised_;
    }
    std::vector<std::string> cleared() const {
        std::lock_guard lock(mutex_);
        return cleared_;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, host::sdk::Alarm> open_;
    std::vector<host::sdk::Alarm> raised_;
    std::vector<std::string> cleared_;
};

}  // namespace tests
