#include "host/connections/SharedRecords.h"

#include "common/Json.h"
#include "common/JsonReader.h"

#include <fmt/format.h>

namespace host::connections {
namespace {

constexpr const char* kFix =
    "Give the mapping a 'source' of its own (left out, it is the connection's name), or disable the other route.";

std::string textOf(const Route& route, const char* name) {
    const auto mapping = common::parseJsonObject(route.mapping);
    return mapping->has(name) && mapping->get(name).isString() ? mapping->getValue<std::string>(name) : std::string();
}

std::string toldOf(const SharedRecords& shared) {
    return fmt::format(
        "The route '{}' would write '{}' of the source '{}', which the route '{}' of the connection '{}' writes: each "
        "would turn the other's records into its own.",
        shared.route, shared.target, shared.source, shared.otherRoute, shared.connection);
}

}  // namespace

std::string sourceOf(const Connection& connection, const Route& route) {
    const auto given = textOf(route, "source");
    return given.empty() ? connection.name : given;
}

std::optional<SharedRecords> sharedRecords(ConnectionStore& store, const Connection& connection, const Route& route) {
    if (!connection.enabled || !route.enabled) return std::nullopt;
    const auto source = sourceOf(connection, route), target = textOf(route, "target");
    for (const auto& other : store.list(connection.organization)) {
        if (other.id == connection.id || !other.enabled) continue;
        for (const auto& one : store.routes(other.id))
            if (one.enabled && textOf(one, "target") == target && sourceOf(other, one) == source)
                return SharedRecords{source, target, route.name, other.name, one.name};
    }
    return std::nullopt;
}

void requireOwnRecords(ConnectionStore& store, const Connection& connection, const std::vector<Route>& routes) {
    for (const auto& route : routes)
        if (const auto shared = sharedRecords(store, connection, route))
            throw sdk::AppError::conflict("route.records-shared", toldOf(*shared) + " " + kFix);
}

Diagnosis diagnose(const SharedRecords& shared) {
    return {"source.shared", toldOf(shared), kFix};
}

std::string sourceForSet(const Connection& connection, const std::vector<Route>& routes) {
    std::string source;
    for (const auto& route : routes) {
        const auto one = sourceOf(connection, route);
        if (!source.empty() && one != source) return connection.name;
        source = one;
    }
    return source.empty() ? connection.name : source;
}

}  // namespace host::connections
