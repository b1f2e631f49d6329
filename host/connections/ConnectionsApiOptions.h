#pragma once
/// What OpenAPI says of connections, and the body that all requests for runs share. Helpers of ConnectionsApi.

#include "host/connections/RouteRun.h"
#include "host/connections/RouteTrial.h"
#include "host/sdk/Http.h"

#include <optional>
#include <string>

namespace host::connections {

inline constexpr const char* kConnections = "/api/v1/organizations/{org}/connections";

/// {"full": …, "confirmDeletions": …}; an empty body is neither.
RunOrder readOrder(const sdk::Request& request);
/// The header Idempotency-Key, empty when it is not given. AppError 400 when it is too long.
std::string readKey(const sdk::Request& request);
/// {"sample": "…"} or {"sampleBase64": "…"}: what would be brought; nullopt for an empty body.
TrialAsked readTrialAsked(const sdk::Request& request);
std::string orderText(const RunOrder& order);

sdk::RouteOptions listKindsOptions();
sdk::RouteOptions listSetsOptions();
sdk::RouteOptions listConnectionsOptions();
sdk::RouteOptions createConnectionOptions();
sdk::RouteOptions getConnectionOptions();
sdk::RouteOptions putConnectionOptions();
sdk::RouteOptions deleteConnectionOptions();
sdk::RouteOptions enableConnectionOptions(bool enable);
sdk::RouteOptions checkOptions();
sdk::RouteOptions checkNewOptions();
sdk::RouteOptions runConnectionOptions();
sdk::RouteOptions connectionLogOptions();

sdk::RouteOptions listRoutesOptions();
sdk::RouteOptions createRouteOptions();
sdk::RouteOptions createFromSetOptions();
sdk::RouteOptions orderRoutesOptions();
sdk::RouteOptions getRouteOptions();
sdk::RouteOptions putRouteOptions();
sdk::RouteOptions deleteRouteOptions();
sdk::RouteOptions enableRouteOptions(bool enable);

sdk::RouteOptions tryOptions();
sdk::RouteOptions runOptions();
sdk::RouteOptions cancelOptions();
sdk::RouteOptions listRunsOptions();
sdk::RouteOptions getRunOptions();
sdk::RouteOptions runLogOptions();

}  // namespace host::connections
