#pragma once
/// REST of one record's whole way, from the organization's own row to University 2035's answers. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Records.h"
#include "plugin/store/Integrations.h"
#include "plugin/store/ReadingStore.h"
#include "plugin/store/RecordWay.h"
#include "plugin/store/ReflectionStore.h"

#include <vector>

namespace plugin::api {

class RecordWayApi {
public:
    RecordWayApi(store::RecordWayStore& ways, store::ReflectionStore& reflections, store::Integrations& integrations,
                 host::sdk::Records& records, store::ReadingStore& readings)
        : ways_(ways), reflections_(reflections), integrations_(integrations), records_(records), readings_(readings) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response way(const host::sdk::Request& request);

    store::RecordWayStore& ways_;
    store::ReflectionStore& reflections_;
    store::Integrations& integrations_;
    host::sdk::Records& records_;
    store::ReadingStore& readings_;
};

}  // namespace plugin::api
