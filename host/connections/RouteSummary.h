#pragma once
/// How a connection's routes do, in short: how many there are, which latest run is worst, when one runs next. Pure.

#include "host/connections/ConnectionStore.h"
#include "host/connections/RunStore.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::connections {

struct RouteSummary {
    std::size_t count = 0;
    std::size_t enabled = 0;
    /// Of the enabled ones, by their latest run: it goes on or waits; it did not end well; it ended with something to
    /// look at.
    std::size_t running = 0;
    std::size_t failing = 0;
    std::size_t remarked = 0;
    std::size_t well = 0;  ///< it ended with nothing to look at
    /// Of the enabled routes the one whose latest run is worst, the first in order among equals: failed, interrupted,
    /// cancelled, then done with diagnoses; nullopt: none has anything to look at.
    std::optional<RouteHead> worst;
    /// Of all routes the one that ran last.
    std::optional<RouteHead> latest;
    std::optional<sdk::Micros> nextRunAt;  ///< by the clock; nullopt: never by itself
};

/// `heads`: of this connection, in order.
RouteSummary summarize(const Connection& connection, const std::vector<RouteHead>& heads, sdk::Micros now);

/// `{count, enabled, running, failing, remarked, worst, latest, nextRunAt}`.
void writeSummary(common::JsonWriter& json, const RouteSummary& summary, const std::string& language);

}  // namespace host::connections
