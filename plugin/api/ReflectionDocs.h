#pragma once
/// What OpenAPI and /docs say of the reflections' operations. Values.

#include "host/sdk/Http.h"

namespace plugin::api::docs {

host::sdk::Operation listReflections();
host::sdk::Operation summarizeReflections();
host::sdk::Operation getReflection();
host::sdk::Operation judgeReflection();

}  // namespace plugin::api::docs
