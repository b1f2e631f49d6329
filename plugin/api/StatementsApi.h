#pragma once
/// REST of what was planned, sent and answered: the list, and one record's whole way. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/RecordNames.h"
#include "plugin/store/OutboxStore.h"
#include "plugin/store/ReadingStore.h"

#include <vector>

namespace plugin::api {

class StatementsApi {
public:
    StatementsApi(store::OutboxStore& outbox, store::ReadingStore& readings, host::sdk::RecordNames& names)
        : outbox_(outbox), readings_(readings), names_(names) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response summary(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);

    store::OutboxStore& outbox_;
    store::ReadingStore& readings_;
    host::sdk::RecordNames& names_;
};

}  // namespace plugin::api
