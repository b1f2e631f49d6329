#pragma once
/// What OpenAPI says of «Переотправить в промышленный контур».

#include "host/sdk/Http.h"

namespace plugin::api::docs {

host::sdk::Operation resend();

}  // namespace plugin::api::docs
