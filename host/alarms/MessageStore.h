#pragma once
/// Messages in the database, planned from what is open, who is to be told and what was told: one opening and one
/// closing for an alarm and a target, whatever happens between. Thread-safe; database and clock must outlive it.

#include "host/alarms/Messages.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace host::alarms {

struct MessageRow {
    std::int64_t alarmId = 0;
    std::string target;  ///< Target::name
    std::string kind;    ///< "opened" | "closed"
    std::string state;   ///< "pending" | "in-doubt" | "sent" | "dropped": nobody needs it any more
    std::int64_t attempts = 0;
    sdk::Micros nextAt = 0;  ///< 0: nothing more is done about it
    sdk::Micros settledAt = 0;
    std::string problem;  ///< of the last try that failed
    std::string fix;
    bool channelDown = false;  ///< Delivery::channelDown of that try
};

class MessageStore {
public:
    /// An end longer ago is told to nobody any more.
    static constexpr std::chrono::hours kNews{7 * 24};

    MessageStore(sdk::Database& database, const sdk::Clock& clock);

    /// Plans: an opening for every open alarm and target, a closing for every alarm that is over and that was told. An
    /// alarm over before it was told needs neither. What waits for a target that is gone is removed.
    void plan(const std::vector<Target>& targets);
    /// Names of targets that something may be sent to now; whose oldest waits longest comes first.
    std::vector<std::string> dueTargets();
    /// What may be sent now, to one target or (empty) to any, the oldest first.
    std::vector<MessageRow> due(std::size_t limit, const std::string& target = "");
    /// When the next one may be; nullopt when nothing waits.
    std::optional<sdk::Micros> nextDue();
    std::int64_t waiting();

    void sent(const MessageRow& message);
    void dropped(const MessageRow& message);
    /// It failed; everything that waits for this target is put off as well.
    void failed(const MessageRow& message, const Delivery& delivery, sdk::Micros nextAt);
    /// What waits for this target is put off, with the same reason.
    void putOff(const std::string& target, sdk::Micros nextAt, const Delivery& delivery);
    /// What waits is tried at once: for one target, or (empty) for all.
    void tryNow(const std::string& target);

    /// Puts an alarm on record that could not be when it was raised, with whom it was told to already.
    void adopt(const AlarmRow& row, const std::set<std::string>& told);

    std::map<std::int64_t, std::vector<MessageRow>> ofAlarms(std::int64_t first, std::int64_t last);

private:
    sdk::Database& database_;
    const sdk::Clock& clock_;
};

}  // namespace host::alarms
