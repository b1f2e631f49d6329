#pragma once
/// What one organization's night covers: its projects with their flows, the channel of each, and where they go.

#include "plugin/delivery/Night.h"

namespace plugin::delivery {

/// Projects without a profile are named among the night's reasons and left out. `storage` is for every organization's.
std::vector<ProjectNight> coverProjects(const NightParts& parts, Night& night, const s3::Options& storage);

}  // namespace plugin::delivery
