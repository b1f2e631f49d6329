#pragma once
/// REST of receipts: what each night proved of each flow, the statements a receipt names, and a check of the whole
/// chain. Texts are served as they are hashed. Thread-safe.

#include "host/sdk/Http.h"
#include "plugin/store/ReceiptStore.h"

#include <vector>

namespace plugin::api {

class ReceiptsApi {
public:
    explicit ReceiptsApi(store::ReceiptStore& receipts) : receipts_(receipts) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response statements(const host::sdk::Request& request);
    host::sdk::Response verify(const host::sdk::Request& request);

    store::ReceiptStore& receipts_;
};

}  // namespace plugin::api
