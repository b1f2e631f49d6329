#pragma once
/// Hands one flow's records to its planner page by page: all, or one learner's. For what looks at a part of a flow
/// without a night: the preview, the full package, a trial of a profile.

#include "host/sdk/Records.h"
#include "plugin/footprint/FlowPlanner.h"

#include <functional>
#include <string>

namespace plugin::delivery {

struct RecordsAsked {
    std::string organization;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;  ///< 0: every learner
};

/// The structure first, then results and views; `goOn` is asked between pages.
void feedPlanner(host::sdk::Records& records, const RecordsAsked& asked, footprint::FlowPlanner& planner,
                 const std::function<bool()>& goOn);

}  // namespace plugin::delivery
