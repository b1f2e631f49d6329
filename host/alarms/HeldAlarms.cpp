#include "host/alarms/HeldAlarms.h"

#include "host/base/Logging.h"
#include "host/sdk/Error.h"

namespace host::alarms {

HeldAlarms::HeldAlarms(AlarmStore& store, const sdk::Clock& clock, sdk::Logger& logger)
    : store_(store), clock_(clock), logger_(logger) {}

void HeldAlarms::raise(const sdk::Alarm& alarm) {
    {
        const std::lock_guard lock(mutex_);
        if (auto it = held_.find(alarm.key); it != held_.end() && it->second.row.isOpen()) {
            it->second.row.alarm.title = alarm.title;
            it->second.row.alarm.detail = alarm.detail;
            it->second.row.alarm.fix = alarm.fix;
            it->second.row.refreshedAt = clock_.now();
            return;
        }
    }
    try {
        store_.raise(alarm);
        return;
    } catch (const sdk::AppError& error) {
        logger_.error("An alarm can't be put on record and is held in memory",
                      base::withError({{"alarm", alarm.key}, {"code", alarm.code}}, error));
    }
    {
        const std::lock_guard lock(mutex_);
        HeldAlarm& one = held_[alarm.key];
        one.row.alarm = alarm;
        if (one.row.openedAt == 0) one.row.openedAt = clock_.now();
        one.row.closedAt = 0;
        one.row.refreshedAt = clock_.now();
    }
    if (changed_) changed_();
}

void HeldAlarms::clear(const std::string& key) {
    {
        const std::lock_guard lock(mutex_);
        if (auto it = held_.find(key); it != held_.end()) {
            if (it->second.told.empty())
                held_.erase(it);
            else if (it->second.row.isOpen())
                it->second.row.closedAt = clock_.now();
        }
    }
    try {
        store_.clear(key);
    } catch (const sdk::AppError& error) {
        // Whoever watches the cause says so again.
        logger_.error("The end of an alarm can't be put on record", base::withError({{"alarm", key}}, error));
    }
}

bool HeldAlarms::flush(MessageStore& messages) {
    for (const HeldAlarm& one : held()) {
        try {
            messages.adopt(one.row, one.told);
        } catch (const sdk::AppError& error) {
            // On record already, from before the trouble: that one goes on.
            if (error.code() != "db.unique") return false;
        }
        const std::lock_guard lock(mutex_);
        held_.erase(one.row.alarm.key);
    }
    return true;
}

std::vector<HeldAlarm> HeldAlarms::held() const {
    const std::lock_guard lock(mutex_);
    std::vector<HeldAlarm> all;
    for (const auto& [key, one] : held_) all.push_back(one);
    return all;
}

void HeldAlarms::told(const std::string& key, const std::string& target) {
    const std::lock_guard lock(mutex_);
    if (auto it = held_.find(key); it != held_.end()) it->second.told.insert(target);
}

void HeldAlarms::notBefore(const std::string& key, const std::string& target, sdk::Micros time) {
    const std::lock_guard lock(mutex_);
    if (auto it = held_.find(key); it != held_.end()) it->second.notBefore[target] = time;
}

}  // namespace host::alarms
