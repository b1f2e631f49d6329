#pragma once
/// What OpenAPI and /docs say of the quarantine's operations and of a record's whole way. Values.

#include "host/sdk/Http.h"

namespace plugin::api::docs {

host::sdk::Operation listQuarantine();
host::sdk::Operation groupQuarantine();
host::sdk::Operation getQuarantined();
host::sdk::Operation replayQuarantined();
host::sdk::Operation discardQuarantined();
host::sdk::Operation restoreQuarantined();
host::sdk::Operation getRecordWay();

}  // namespace plugin::api::docs
