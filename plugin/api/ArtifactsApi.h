#pragma once
/// REST of the files on their way to University 2035's storage: the list, and one with its parts and what stops it.
/// Thread-safe.

#include "host/sdk/Http.h"
#include "plugin/store/ArtifactStore.h"

#include <vector>

namespace plugin::api {

class ArtifactsApi {
public:
    explicit ArtifactsApi(store::ArtifactStore& artifacts) : artifacts_(artifacts) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);

    store::ArtifactStore& artifacts_;
};

}  // namespace plugin::api
