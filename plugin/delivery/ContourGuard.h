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
/// The same by the profile of the destination's project. Without one the address says nothing, but what is known to be
/// the test contour is a problem all the same.
std::string contourProblem(const store::Destination& destination, host::sdk::Organizations& organizations,
                           const footprint::ProfileSet& profiles);

}  // namespace plugin::delivery
