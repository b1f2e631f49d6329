#pragma once
/// What OpenAPI says of the readiness resources. Values.

#include "host/sdk/Http.h"

namespace plugin::api::docs {

host::sdk::Operation listReadinessFlows();
host::sdk::Operation listReadinessLearners();
host::sdk::Operation getReadinessLearner();

}  // namespace plugin::api::docs
