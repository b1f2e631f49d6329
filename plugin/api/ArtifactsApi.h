#pragma once
/// REST of the files on their way to University 2035's storage: the list, and one with its parts and what stops it.
/// Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/RecordNames.h"
#include "plugin/store/ArtifactStore.h"

#include <vector>

namespace plugin::api {

class ArtifactsApi {
public:
    ArtifactsApi(store::ArtifactStore& artifacts, host::sdk::RecordNames& names)
        : artifacts_(artifacts), names_(names) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);

    store::ArtifactStore& artifacts_;
    host::sdk::RecordNames& names_;
};

}  // namespace plugin::api
