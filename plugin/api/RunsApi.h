#pragma once
/// REST of nights: start one now, the history with counts. HTTP to values and back, nothing else. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Scheduler.h"
#include "plugin/store/RunStore.h"

#include <vector>

namespace plugin::api {

/// The name under which the night is registered with the scheduler.
inline constexpr const char* kNightlyJob = "nightly";

class RunsApi {
public:
    RunsApi(store::RunStore& runs, host::sdk::Scheduler& scheduler, host::sdk::Journal& journal)
        : runs_(runs), scheduler_(scheduler), journal_(journal) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response start(const host::sdk::Request& request);
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);

    store::RunStore& runs_;
    host::sdk::Scheduler& scheduler_;
    host::sdk::Journal& journal_;
};

}  // namespace plugin::api
