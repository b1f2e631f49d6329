#pragma once
/// Tells people of alarms: one opening and one closing message for each cause and target. What fails is tried again, at
/// growing intervals, also by the next process. A crash, or a lost answer, between the sending and its record means the
/// same message again under the same id: once in effect for whoever looks at ids. `tick` is one thread's at a time.

#include "host/alarms/HeldAlarms.h"
#include "host/alarms/MessageStore.h"
#include "host/sdk/Metrics.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace host::alarms {

class AlarmNotifier {
public:
    struct Parts {
        AlarmStore& store;
        MessageStore& messages;
        HeldAlarms& held;
        Messenger& messenger;
        const sdk::Clock& clock;
        sdk::Logger& logger;
        sdk::Metrics& metrics;
        std::vector<Target> serverTargets;                         ///< known without the database
        std::function<std::vector<Target>()> organizationTargets;  ///< of all organizations
        std::string installationId;
    };
    explicit AlarmNotifier(Parts parts);

    /// Sends what is due. \returns when to look again at the latest.
    sdk::Micros tick(const std::stop_token& stop);

    /// Pauses between tries: a minute, doubled up to half an hour.
    static std::chrono::microseconds pauseAfter(std::int64_t attempts);
    /// After this time nothing more is begun for an organization's target in this tick.
    static constexpr std::chrono::seconds kLongestTurn{15};

private:
    std::vector<Target> targets();
    void sendDue(const std::vector<Target>& targets, const std::stop_token& stop);
    void sendTo(const Target& target, std::set<std::string>& skipped, const std::vector<Target>& targets,
                const std::stop_token& stop);
    void sendOne(const Target& target, const MessageRow& due, std::set<std::string>& skipped,
                 const std::vector<Target>& targets, const std::stop_token& stop);
    void tellHeld(const std::stop_token& stop);
    std::string idOf(std::int64_t alarmId, sdk::Micros openedAt, const std::string& kind,
                     const std::string& target) const;
    void count(const Target& target, const Delivery& delivery);

    Parts p_;
    std::set<std::string> sentUnrecorded_;  ///< ids that went out and could not be written down
};

}  // namespace host::alarms
