#pragma once
/// A small made-up flow with one record for every statement kind: what `u2035-profile render` shows a profile on, and
/// what tests start from. Values only.

#include "host/sdk/Organizations.h"
#include "host/sdk/Records.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"

#include <map>
#include <vector>

namespace plugin::footprint {

struct SampleFlow {
    host::sdk::Organization organization;
    host::sdk::Project project;
    host::sdk::FlowStructure structure;
    std::vector<host::sdk::Learner> learners;
    std::vector<host::sdk::Result> results;
    std::vector<host::sdk::View> views;
    std::vector<host::sdk::Opening> openings;
    std::vector<host::sdk::Reflection> reflections;
    /// As if they were in the storage: works 9001 and 9002, a diary 9003, a video 9101, a recording 9102, a letter
    /// 9201.
    std::map<host::sdk::RecordId, PlacedFile> files;
    std::string installationId;
    host::sdk::Micros now = 0;

    static SampleFlow make();
};

/// Plans the whole sample with a profile into `sink`, and the cancellation of its first video.
void planSample(const SampleFlow& sample, const Profile& profile, PlanSink& sink);

}  // namespace plugin::footprint
