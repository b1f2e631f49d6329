#pragma once
/// REST of nights: start one now, the history with counts. HTTP to values and back, nothing else. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Scheduler.h"
#include "plugin/api/StateStream.h"
#include "plugin/delivery/NightArguments.h"
#include "plugin/store/RunStore.h"

#include <functional>
#include <string>
#include <vector>

namespace plugin::api {

/// The name under which the night is registered with the scheduler.
inline constexpr const char* kNightlyJob = "nightly";
/// The name of the job between nights.
inline constexpr const char* kFollowUpJob = "delivery";

class RunsApi {
public:
    /// Gives a run to the nightly job that goes on; false when it doesn't.
    using Hand = std::function<bool(const delivery::NightArguments&, const std::string& requestedBy)>;

    RunsApi(store::RunStore& runs, host::sdk::Scheduler& scheduler, host::sdk::Journal& journal, StateStreams& streams,
            Hand hand)
        : runs_(runs), scheduler_(scheduler), journal_(journal), streams_(streams), hand_(std::move(hand)) {}

    /// What `streams` is to be rung by when the run changes.
    static std::string topicOf(std::int64_t runId) { return "run/" + std::to_string(runId); }

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

    /// Starts a queued run, or hands it to the night that goes on. \throws AppError 409 "run.queued" when another one
    /// of the organization waits already.
    void begin(const delivery::NightArguments& arguments, const std::string& requestedBy);

private:
    host::sdk::Response start(const host::sdk::Request& request);
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response events(const host::sdk::Request& request);

    store::RunStore& runs_;
    host::sdk::Scheduler& scheduler_;
    host::sdk::Journal& journal_;
    StateStreams& streams_;
    Hand hand_;
};

}  // namespace plugin::api
