#pragma once
/// REST of decisions on what changed after it was sent: cancel it with a scan of the official letter, or keep it as it
/// was sent. HTTP to values and back, nothing else. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/RecordNames.h"
#include "host/sdk/Records.h"
#include "plugin/store/CorrectionStore.h"

#include <vector>

namespace plugin::api {

class CorrectionsApi {
public:
    CorrectionsApi(store::CorrectionStore& corrections, host::sdk::Records& records, host::sdk::RecordNames& names,
                   host::sdk::Journal& journal)
        : corrections_(corrections), records_(records), names_(names), journal_(journal) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response decide(const host::sdk::Request& request);
    host::sdk::Response list(const host::sdk::Request& request);

    store::CorrectionStore& corrections_;
    host::sdk::Records& records_;
    host::sdk::RecordNames& names_;
    host::sdk::Journal& journal_;
};

}  // namespace plugin::api
