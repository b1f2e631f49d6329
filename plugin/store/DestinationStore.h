#pragma once
/// Destinations that rest: those that refuse our credential or address, and those that give no answer that counts. A
/// store without a row is open. A row says since when and why, how often it was asked in vain, and when one probe may
/// ask again; what is due waits in the outbox meanwhile. Thread-safe; times are microseconds UTC.

#include "plugin/store/OutboxStore.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

enum class Rest {
    Refused,  ///< 401, 403, 404, or a 200 that is no LRS's: a person must look at credential or address
    Silent    ///< unreachable, 5xx, 429, no answer: it passes by itself
};
const char* toString(Rest rest);  ///< "paused", "silent"

struct Resting {
    Target target;
    Rest why = Rest::Silent;
    Micros since = 0;
    Micros probeAt = 0;
    int failures = 0;  ///< probes and runs in vain, at least 1
    int status = 0;    ///< of the last answer; 0: there was none
    std::string reason;
};

class DestinationStore {
public:
    DestinationStore(host::sdk::Database& database, const host::sdk::Clock& clock)
        : database_(database), clock_(clock) {}

    std::optional<Resting> find(const std::string& storeId);
    /// Makes it rest, or goes on with it: `since` stays. `failures` is the caller's count.
    void rest(const Resting& row);
    /// False when it did not rest.
    bool open(const std::string& storeId);
    /// One probe may ask at once: a key was replaced, or a person asks.
    void probeNow(const std::string& storeId);

    /// Every store that an integration has left behind.
    std::vector<std::string> closedStores();

    /// Of one organization (empty: of all), in the order in which they came to rest.
    std::vector<Resting> list(const std::string& organization);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
