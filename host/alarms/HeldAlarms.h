#pragma once
/// The host's own alarms, which must be heard when nothing can be written: what the database refuses is held in memory,
/// shown and told from there, and put on record, with whom it was told to, as soon as that is possible. Thread-safe;
/// store, clock and logger must outlive it.

#include "host/alarms/MessageStore.h"

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace host::alarms {

struct HeldAlarm {
    AlarmRow row;                                  ///< its id is 0
    std::set<std::string> told;                    ///< targets
    std::map<std::string, sdk::Micros> notBefore;  ///< target → when it may be tried again
};

class HeldAlarms : public sdk::Alarms {
public:
    HeldAlarms(AlarmStore& store, const sdk::Clock& clock, sdk::Logger& logger);

    /// Never throws for the database.
    void raise(const sdk::Alarm& alarm) override;
    void clear(const std::string& key) override;

    /// Puts on record what is held; what still can't be stays. True when nothing is left.
    bool flush(MessageStore& messages);

    std::vector<HeldAlarm> held() const;
    void told(const std::string& key, const std::string& target);
    void notBefore(const std::string& key, const std::string& target, sdk::Micros time);
    /// Called when one is held; must not throw.
    void onChange(std::function<void()> changed) { changed_ = std::move(changed); }

private:
    AlarmStore& store_;
    const sdk::Clock& clock_;
    sdk::Logger& logger_;
    std::function<void()> changed_;
    mutable std::mutex mutex_;
    std::map<std::string, HeldAlarm> held_;  ///< by key
};

}  // namespace host::alarms
