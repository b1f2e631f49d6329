#pragma once
/// A route made ready to run: its mapping parsed, its rules read, the request for its kind written. Values; the mapping
/// lies on the heap, so that a plan can be moved. Pure but for the secrets it is handed.

#include "host/connections/ConnectionStore.h"
#include "host/connections/RouteRun.h"
#include "host/sdk/Secrets.h"
#include "host/sdk/Sources.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace host::connections {

using SecretOf = std::function<std::optional<sdk::SecretString>(const std::string& name)>;

struct RoutePlan {
    std::unique_ptr<sources::CsvMapping> mapping;
    RouteRules rules;
    sdk::SourceRequest request;

    /// AppError 422 with what is wrong with the mapping.
    static RoutePlan of(const Connection& connection, const Route& route, const sdk::SourceDescription& description,
                        const SecretOf& secret);
};

/// The request that only checks a connection.
sdk::SourceRequest checkRequest(const Connection& connection, const sdk::SourceDescription& description,
                                const SecretOf& secret);

/// nullopt for an empty text.
std::optional<WatermarkRule> watermarkFrom(const std::string& json);

}  // namespace host::connections
