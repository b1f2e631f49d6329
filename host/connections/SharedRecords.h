#pragma once
/// Records are known by organization, source, kind and external id. Two connections whose routes write the same kind
/// under the same source would turn each other's records into others (`user-5` is another person in every Moodle), so
/// no route is saved or switched on so. Routes of one connection may share: it leads to one system. Thread-safe as the
/// store is.

#include "host/connections/ConnectionStore.h"
#include "host/connections/Diagnosis.h"

#include <optional>
#include <string>
#include <vector>

namespace host::connections {

struct SharedRecords {
    std::string source;
    std::string target;
    std::string route;       ///< whose clash it is
    std::string connection;  ///< the other one
    std::string otherRoute;
};

/// The source that the route's records bear.
std::string sourceOf(const Connection& connection, const Route& route);

/// What an enabled route of another enabled connection of the organization writes as well; nullopt when the route or
/// its connection is off, or nobody else does.
std::optional<SharedRecords> sharedRecords(ConnectionStore& store, const Connection& connection, const Route& route);

/// AppError 409 "route.records-shared" that names both and says what to do.
void requireOwnRecords(ConnectionStore& store, const Connection& connection, const std::vector<Route>& routes);

/// Of a route that was saved before this was refused.
Diagnosis diagnose(const SharedRecords& shared);

/// For a set's records, when nobody names a source: the one that all routes of the connection have, or else the
/// connection's name.
std::string sourceForSet(const Connection& connection, const std::vector<Route>& routes);

}  // namespace host::connections
