#pragma once
/// How far running runs are in the step they are at. In memory only: a run that goes on does so in this process, and
/// one that doesn't has no measure. Thread-safe.

#include "host/sdk/Clock.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

namespace plugin::store {

struct RunMeasure {
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::optional<std::int64_t> remainingSeconds;  ///< at the pace so far; unknown before anything is done
};

class RunMeasures {
public:
    explicit RunMeasures(const host::sdk::Clock& clock) : clock_(clock) {}

    /// The run has so much to do now.
    void expect(std::int64_t run, std::int64_t total);
    /// True when it is worth telling: of what goes quickly, once a second.
    bool advance(std::int64_t run, std::int64_t done);
    /// The run is at something that has no measure, or has ended.
    void forget(std::int64_t run);

    std::optional<RunMeasure> of(std::int64_t run) const;

private:
    using Time = std::chrono::steady_clock::time_point;
    struct One {
        std::int64_t done = 0;
        std::int64_t total = 0;
        Time since;
        Time told;
    };

    const host::sdk::Clock& clock_;
    mutable std::mutex mutex_;
    std::map<std::int64_t, One> runs_;
};

}  // namespace plugin::store
