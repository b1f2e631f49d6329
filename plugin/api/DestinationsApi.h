#pragma once
/// REST of destinations: where statements go, whether each is open or rests and why, and what waits for it. HTTP to
/// values and back, nothing else. Thread-safe.

#include "host/sdk/Http.h"
#include "plugin/store/DestinationStore.h"
#include "plugin/store/Integrations.h"

#include <vector>

namespace plugin::api {

class DestinationsApi {
public:
    DestinationsApi(store::DestinationStore& destinations, store::OutboxStore& outbox,
                    store::Integrations& integrations)
        : destinations_(destinations), outbox_(outbox), integrations_(integrations) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);

    store::DestinationStore& destinations_;
    store::OutboxStore& outbox_;
    store::Integrations& integrations_;
};

}  // namespace plugin::api
