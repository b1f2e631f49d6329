#pragma once
/// REST of «Переотправить в промышленный контур»: how much went only to the test contour, and a run that sends it.
/// HTTP to values and back; the counting is ResendPlan's, the sending a night's. Thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "plugin/api/RunsApi.h"
#include "plugin/delivery/ResendPlan.h"
#include "plugin/store/RunStore.h"

#include <vector>

namespace plugin::api {

class ResendApi {
public:
    /// All outlive it.
    ResendApi(const delivery::PreviewParts& parts, store::RunStore& runs, RunsApi& runsApi, host::sdk::Journal& journal)
        : parts_(parts), runs_(runs), runsApi_(runsApi), journal_(journal) {}

    [[nodiscard]] std::vector<host::sdk::Registration> addTo(host::sdk::Router& router);

private:
    host::sdk::Response resend(const host::sdk::Request& request);
    void requireProduction(const std::string& organization, const std::string& project) const;
    std::optional<store::RunRow> earlierRun(const std::string& organization, const std::string& key,
                                            const std::string& arguments);
    std::int64_t start(const host::sdk::Request& request, const std::string& project, std::int64_t records,
                       const std::string& key);

    const delivery::PreviewParts& parts_;
    store::RunStore& runs_;
    RunsApi& runsApi_;
    host::sdk::Journal& journal_;
};

}  // namespace plugin::api
