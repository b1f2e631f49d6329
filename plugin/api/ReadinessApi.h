#pragma once
/// REST of readiness: per flow how many learners University 2035 would accept, per learner what is lacking. Reads what
/// the last night kept; judging anew is a run. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Records.h"
#include "plugin/store/ReadinessStore.h"

#include <vector>

namespace plugin::api {

class ReadinessApi {
public:
    ReadinessApi(store::ReadinessStore& readiness, host::sdk::Records& records)
        : readiness_(readiness), records_(records) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response flows(const host::sdk::Request& request);
    host::sdk::Response learners(const host::sdk::Request& request);
    host::sdk::Response learner(const host::sdk::Request& request);
    store::ReadinessFlow require(const host::sdk::Request& request);

    store::ReadinessStore& readiness_;
    host::sdk::Records& records_;
};

}  // namespace plugin::api
