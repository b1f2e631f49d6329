#pragma once
/// Hands one flow's records to its planner page by page: all, or one learner's.

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

/// Looks at a page of results before the planner does.
using ResultsPage = std::function<void(std::span<const host::sdk::Result>)>;

/// The structure first, then everything that learners did; `goOn` is asked between pages.
void feedPlanner(host::sdk::Records& records, const RecordsAsked& asked, footprint::FlowPlanner& planner,
                 const std::function<bool()>& goOn, const ResultsPage& before = {});

}  // namespace plugin::delivery
