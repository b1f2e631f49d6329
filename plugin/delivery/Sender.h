#pragma once
/// Sends one destination's due statements and writes down what became of each. The methodist's statements are finished
/// before the learners' begin, in the order of their kinds; the learners' go in several batches at once, and old
/// records when nothing fresh is left, in a narrow lane.
///
/// `sending` is committed before a POST leaves, and the answer before the next one: whatever dies, the next run finds
/// either the answer or a row in doubt, and sends the same bytes again, which the LRS takes as the same statement.
/// A destination that refuses our credential or address, or is silent for longer than the run is patient, rests: its
/// breaker opens, nothing is lost, and one probe reopens it. An exception (a failed database) ends the run and leaves
/// rows as they are.

#include "host/sdk/Clock.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Metrics.h"
#include "plugin/delivery/Backoff.h"
#include "plugin/delivery/Breaker.h"
#include "plugin/delivery/Waiter.h"
#include "plugin/lrs/LrsClient.h"
#include "plugin/store/OutboxStore.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace plugin::delivery {

struct SenderSettings {
    std::size_t maxStatements = 50;
    std::size_t maxBytes = 512 * 1024;  ///< of the whole body
    int sessions = 4;                   ///< batches in flight
    int oldSessions = 1;                ///< batches of old records in flight
    BackoffSettings backoff;
    BreakerSettings breaker = {};
    std::chrono::seconds patience{120};     ///< a destination that is silent for so long rests
    std::chrono::hours aside{6};            ///< a statement that breaks the LRS isn't sent before
    std::chrono::seconds oldBudget{3'600};  ///< old records left after it wait for the next run
    std::uint64_t seed = 0;
    bool onlyCancellations = false;  ///< nothing else, so that what waits is planned anew before it goes
    bool probeAnyway = false;        ///< asks a resting destination before its time: a person wants it
};

/// Named steps between which a process may die; a test throws from it, nothing else uses it.
using CrashPoint = std::function<void(std::string_view step)>;

struct SendReport {
    std::int64_t posts = 0;
    std::int64_t accepted = 0;
    std::int64_t refused = 0;
    std::int64_t recovered = 0;  ///< rows an earlier process left in the middle of sending
    bool stopped = false;        ///< asked to end, or the integration was disconnected
    bool oldLeft = false;        ///< old records are left for the next run
    std::int64_t aside = 0;      ///< statements the LRS answers with an error of its own, put aside for hours
    std::string reason;          ///< why not everything due went; empty when it did
};

struct SenderParts {
    store::OutboxStore& outbox;
    store::DestinationStore& destinations;
    host::sdk::Alarms& alarms;
    lrs::LrsClient& client;
    const host::sdk::Clock& clock;
    Waiter& waiter;
    host::sdk::Logger& logger;
    host::sdk::Metrics& metrics;
    std::function<bool()> stillActive;  ///< asked between batches
    CrashPoint crashPoint = {};
    std::function<void(std::int64_t)> answered = {};  ///< so many statements have their answer on record
    std::string projectTitle = {};                    ///< for people, where it comes to rest
};

class Sender {
public:
    Sender(SenderParts parts, store::Target target, SenderSettings settings);

    /// Blocks until nothing more is due, the destination comes to rest, or `stop`. Called once at a time per store.
    SendReport run(std::int64_t runId, std::stop_token stop);

private:
    class Run;
    SenderParts parts_;
    store::Target target_;
    SenderSettings settings_;
};

}  // namespace plugin::delivery
