#pragma once
/// REST of the stores deliveries are remembered for: what each was told, its contour, and a person's word that a store
/// was the test contour in truth. HTTP to values and back, nothing else. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "plugin/api/CheckRunner.h"
#include "plugin/store/StoreRegistry.h"

#include <vector>

namespace plugin::api {

class StoresApi {
public:
    /// All outlive it. `checks` disconnects an integration whose store turns out to be the test contour.
    StoresApi(store::StoreRegistry& stores, CheckRunner& checks, host::sdk::Journal& journal)
        : stores_(stores), checks_(checks), journal_(journal) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response declare(const host::sdk::Request& request);
    host::sdk::Response answer(const store::StoreRow& row);

    store::StoreRegistry& stores_;
    CheckRunner& checks_;
    host::sdk::Journal& journal_;
};

}  // namespace plugin::api
