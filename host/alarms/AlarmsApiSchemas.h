#pragma once
/// What OpenAPI says of the routes of alarms, and who may call them.

#include "host/sdk/Http.h"

namespace host::alarms {

sdk::RouteOptions serverListOptions();
sdk::RouteOptions serverTestOptions();
sdk::RouteOptions listOptions();
sdk::RouteOptions testOptions();
sdk::RouteOptions showRecipientsOptions();
sdk::RouteOptions putRecipientsOptions();

}  // namespace host::alarms
