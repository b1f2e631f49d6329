#pragma once
/// What a route of a kind that is brought to must keep to besides: an address of its own below the connection's, no
/// schedule, and no deletions followed when what comes is only a part. Pure.

#include "host/connections/ConnectionStore.h"
#include "host/connections/Delivery.h"

#include <vector>

namespace host::connections {

/// AppError 422. `others`: the connection's routes; the route itself among them doesn't count.
void requireBroughtRules(const BroughtKind& kind, const Route& route, const std::vector<Route>& others);

}  // namespace host::connections
