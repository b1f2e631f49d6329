#pragma once
/// What OpenAPI says of listening connections: the general addresses in the server's own document, and a document of
/// each connection in which its routes stand as the operations that they are. Pure.

#include "host/connections/ConnectionStore.h"
#include "host/sdk/Http.h"
#include "host/sdk/Sources.h"

#include <string>
#include <vector>

namespace host::connectors {

/// "/in/ORG/CONNECTION[/PREFIX]"
std::string addressOf(const connections::Connection& connection, const std::string& prefix);

/// `isDescribed`: it stands in the server's document.
sdk::RouteOptions listenOptions(sdk::Method method, bool isDescribed);
sdk::RouteOptions showListeningOptions();
sdk::RouteOptions makeTokenOptions();
sdk::RouteOptions eraseTokenOptions();
sdk::RouteOptions describeListeningOptions();

/// OpenAPI 3.1.
std::string listenDocument(const connections::Connection& connection, const std::vector<connections::Route>& routes,
                           const sdk::SourceDescription& description, const std::string& version,
                           const std::string& language);

}  // namespace host::connectors
