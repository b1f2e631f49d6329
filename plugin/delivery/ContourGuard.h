#pragma once
/// The one place that decides whether a destination may be told working footprints: never when it leads to the test
/// contour. What goes there has to be sent again, and nobody would notice.

#include "host/sdk/Organizations.h"
#include "plugin/footprint/Profile.h"
#include "plugin/store/Integrations.h"

#include <string>

namespace plugin::delivery {

/// Why nothing may be sent there, for people; empty: it may.
std::string contourProblem(const store::Destination& destination, const footprint::Profile& profile);
/// The same by the profile of the destination's project; empty when it has none: then nothing is planned anyway.
std::string contourProblem(const store::Destination& destination, host::sdk::Organizations& organizations,
                           const footprint::ProfileSet& profiles);

}  // namespace plugin::delivery
