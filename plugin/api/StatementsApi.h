#pragma once
/// REST of what was planned, sent and answered: the list, and one record's whole way. Thread-safe.

#include "host/sdk/Http.h"
#include "plugin/store/OutboxStore.h"

#include <vector>

namespace plugin::api {

class StatementsApi {
public:
    explicit StatementsApi(store::OutboxStore& outbox) : outbox_(outbox) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);

    store::OutboxStore& outbox_;
};

}  // namespace plugin::api
