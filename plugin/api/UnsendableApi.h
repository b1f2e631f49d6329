#pragma once
/// REST of the records that can't go, with the reason and what to do: a list a person works through. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Records.h"
#include "plugin/store/RunStore.h"

#include <vector>

namespace plugin::api {

class UnsendableApi {
public:
    UnsendableApi(store::RunStore& runs, host::sdk::Records& records) : runs_(runs), records_(records) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response summary(const host::sdk::Request& request);

    store::RunStore& runs_;
    host::sdk::Records& records_;
};

}  // namespace plugin::api
