#pragma once
/// REST of reflections that look wrong: the list a methodist works through, one with the texts it resembles side by
/// side, and the judgement. Learners' texts are shown here only, and never written to the journal. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/RecordNames.h"
#include "host/sdk/Records.h"
#include "plugin/store/ReflectionStore.h"

#include <vector>

namespace plugin::api {

class ReflectionsApi {
public:
    ReflectionsApi(store::ReflectionStore& store, host::sdk::Records& records, host::sdk::RecordNames& names,
                   host::sdk::Journal& journal)
        : store_(store), records_(records), names_(names), journal_(journal) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response list(const host::sdk::Request& request);
    host::sdk::Response summary(const host::sdk::Request& request);
    host::sdk::Response one(const host::sdk::Request& request);
    host::sdk::Response judge(const host::sdk::Request& request);
    std::string detail(const std::string& organization, const store::ReflectionRow& row);

    store::ReflectionStore& store_;
    host::sdk::Records& records_;
    host::sdk::RecordNames& names_;
    host::sdk::Journal& journal_;
};

}  // namespace plugin::api
