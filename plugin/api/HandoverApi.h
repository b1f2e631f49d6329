#pragma once
/// REST of «передано»: whether an export's prepared xAPI files were handed over to University 2035. HTTP to values and
/// back, nothing else. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "plugin/store/RunStore.h"
#include "plugin/store/XapiFileStore.h"

#include <string>
#include <vector>

namespace plugin::api {

class HandoverApi {
public:
    HandoverApi(store::RunStore& runs, store::XapiFileStore& files, host::sdk::Journal& journal,
                std::string installationId)
        : runs_(runs), files_(files), journal_(journal), installationId_(std::move(installationId)) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    std::int64_t require(const host::sdk::Request& request);
    host::sdk::Response show(std::int64_t run);
    host::sdk::Response decide(const host::sdk::Request& request);

    store::RunStore& runs_;
    store::XapiFileStore& files_;
    host::sdk::Journal& journal_;
    std::string installationId_;
};

}  // namespace plugin::api
