#pragma once
/// Connections, routes and runs from and to JSON. Pure but for the secrets it shows the last four characters of.

#include "common/Json.h"
#include "host/connections/CheckStore.h"
#include "host/connections/ConnectionStore.h"
#include "host/connections/RoutePlan.h"
#include "host/connections/RouteSummary.h"
#include "host/connections/RunStore.h"
#include "host/connections/SourceSettings.h"

#include <Poco/JSON/Object.h>

#include <optional>
#include <set>
#include <string>

namespace host::connections {

struct ReadConnection {
    Connection connection;
    ReadSettings settings;
};

/// A body of POST, or of PUT when `before` is given. AppError 422 with all that is wrong.
ReadConnection readConnection(const Poco::JSON::Object::Ptr& body, const sdk::SourceDescription& description,
                              const std::optional<Connection>& before, const std::set<std::string>& keptSecrets);

/// The same of a route.
Route readRoute(const Poco::JSON::Object::Ptr& body, const Connection& connection,
                const sdk::SourceDescription& description, const std::optional<Route>& before);

/// JsonReader::finish with what else was found.
void finish(const common::JsonReader& in, const std::string& what, const std::vector<sdk::FieldError>& more);

/// The kind of a connection that is made: how the rest is read. AppError 422, with what is wrong of the name as well.
std::string readKind(const Poco::JSON::Object::Ptr& body, const std::vector<std::string>& known);

/// What happened to a connection that nobody typed in.
struct ConnectionNews {
    std::optional<LastCheck> check;
    RouteSummary routes;
};

void writeConnection(common::JsonWriter& json, const Connection& connection, const sdk::SourceDescription* description,
                     const SecretOf& secret, const ConnectionNews& news, const std::string& language);
void writeRoute(common::JsonWriter& json, const Route& route, const sdk::SourceDescription* description,
                const std::optional<std::string>& watermark, const std::optional<Run>& latest,
                const std::string& language);
/// `route`: its name, where runs of several stand together.
void writeRun(common::JsonWriter& json, const Run& run, const std::string& language, const std::string& route = {});

}  // namespace host::connections
