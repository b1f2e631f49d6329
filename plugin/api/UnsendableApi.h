#pragma once
/// REST of the records that can't go, with the reason and what to do: a list a person works through. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/RecordNames.h"
#include "plugin/store/CorrectionStore.h"
#include "plugin/store/RunStore.h"

#include <vector>

namespace plugin::api {

class UnsendableApi {
public:
    UnsendableApi(store::RunStore& runs, store::CorrectionStore& corrections, host::sdk::RecordNames& names)
        : runs_(runs), corrections_(corrections), names_(names) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response summary(const host::sdk::Request& request);

    store::RunStore& runs_;
    store::CorrectionStore& corrections_;
    host::sdk::RecordNames& names_;
};

}  // namespace plugin::api
