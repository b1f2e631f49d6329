#pragma once
/// A small made-up flow with one record for every statement kind: what `u2035-profile render` shows a profile on, and
/// what tests start from. Values only.

#include "host/sdk/Organizations.h"
#include "host/sdk/Records.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"

#include <vector>

namespace plugin::footprint {

struct SampleFlow {
    host::sdk::Organization organization;
    host::sdk::Project project;
    host::sdk::FlowStructure structure;
    std::vector<host::sdk::Learner> learners;
    std::vector<host::sdk::Result> results;
    std::vector<host::sdk::View> views;
    PlacedFile work;  ///< of the final work, as if it were in the storage: record 9001
    std::string installationId;
    host::sdk::Micros now = 0;

    static SampleFlow make();
};

/// Plans the whole sample with a profile into `sink`.
void planSample(const SampleFlow& sample, const Profile& profile, PlanSink& sink);

}  // namespace plugin::footprint
