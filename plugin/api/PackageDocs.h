#pragma once
/// What OpenAPI and /docs say of full packages.

#include "host/sdk/Http.h"

namespace plugin::api::docs {

host::sdk::Operation beginPackage();
host::sdk::Operation listPackages();
host::sdk::Operation getPackage();
host::sdk::Operation voidPackage();

}  // namespace plugin::api::docs
