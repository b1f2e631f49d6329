#pragma once
/// GET /api/v1/modules: what is loaded, in which state and why not, for the server's administrator.

#include "host/modules/ModuleHost.h"
#include "host/sdk/Http.h"

namespace host::modules {

/// `modules` must outlive the registration.
[[nodiscard]] sdk::Registration registerModulesApi(sdk::Router& router, const ModuleHost& modules);

}  // namespace host::modules
