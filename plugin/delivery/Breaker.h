#pragma once
/// The circuit breaker of one destination. It opens when the destination refuses credential or address, or gives no
/// answer that counts for as long as a run is patient; then nothing is sent until one probe may ask. An answer that
/// counts closes it. Its state is on record, so that a restart changes nothing; one alarm per cause until it is over.
/// Thread-safe.

#include "host/sdk/Alarms.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Logger.h"
#include "plugin/store/DestinationStore.h"

#include <chrono>
#include <optional>
#include <string>

namespace plugin::delivery {

struct BreakerSettings {
    std::chrono::milliseconds silentFirst = std::chrono::minutes(1);  ///< to the first probe; doubles
    std::chrono::milliseconds silentLongest = std::chrono::minutes(30);
    std::chrono::milliseconds refusedFirst = std::chrono::minutes(15);
    std::chrono::milliseconds refusedLongest = std::chrono::hours(1);
    std::chrono::milliseconds alarmAfter = std::chrono::hours(2);  ///< a silent destination is worth a message
};

/// Until a destination may be asked again after it failed `failures` times.
std::chrono::milliseconds restOf(const BreakerSettings& settings, store::Rest why, int failures);

class Breaker {
public:
    struct Parts {
        store::DestinationStore& destinations;
        host::sdk::Alarms& alarms;
        const host::sdk::Clock& clock;
        host::sdk::Logger& logger;
        std::string projectTitle = {};  ///< for people, beside the target's id
    };

    Breaker(Parts parts, store::Target target, BreakerSettings settings)
        : parts_(parts), target_(std::move(target)), settings_(settings) {}

    /// As it is on record; nothing when the destination is open.
    std::optional<store::Resting> resting() { return parts_.destinations.find(target_.storeId); }
    /// When it may be asked again, if that is not yet.
    std::optional<host::sdk::Micros> restsUntil();

    /// Asked in vain. Never before `retryAfter`, when the other side gave one.
    void failed(store::Rest why, int status, const std::string& reason, std::optional<std::chrono::seconds> retryAfter);
    void answered();

private:
    Parts parts_;
    store::Target target_;
    BreakerSettings settings_;
};

}  // namespace plugin::delivery
