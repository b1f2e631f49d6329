#pragma once
/// The history of runs: what each brought, how it ended, and why. The latest fifty of a route are kept. Thread-safe.

#include "host/connections/ConnectionStore.h"
#include "host/connections/Diagnosis.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::connections {

inline constexpr std::size_t kRunsKept = 50;

struct Run {
    std::string id;  ///< UUID
    std::int64_t connectionId = 0;
    std::int64_t routeId = 0;
    std::string mode;     ///< "full" | "incremental"
    std::string trigger;  ///< "schedule" | "manual"
    std::string requestedBy;
    /// "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted" (the server ended before it did)
    std::string state;
    sdk::Micros startedAt = 0;
    std::optional<sdk::Micros> finishedAt;
    std::vector<std::pair<std::string, std::int64_t>> counts;
    std::vector<Diagnosis> diagnoses;
};

/// A route and its latest run.
struct RouteHead {
    std::int64_t connectionId = 0;
    std::string name;
    std::string title;
    bool enabled = true;
    Schedule schedule;  ///< its own
    std::optional<Run> latest;
};

class RunStore {
public:
    explicit RunStore(sdk::Database& database) : database_(database) {}

    /// What a server before this one left behind; returns how many.
    std::size_t interruptLeftBehind(sdk::Micros now);
    void begin(const Run& run);
    /// Mode, state, end, counts and diagnoses. A run of a route that is gone is nobody's and stays unwritten.
    void update(const Run& run);
    /// Ids of runs beyond those that are kept, taken out of the history.
    std::vector<std::string> prune(std::int64_t routeId);

    std::optional<Run> find(std::int64_t routeId, const std::string& id);
    std::optional<Run> latest(std::int64_t routeId);
    struct Key {
        sdk::Micros startedAt = 0;
        std::string id;
    };
    /// Newest first, behind `after` when given.
    std::vector<Run> list(std::int64_t routeId, const std::optional<Key>& after, std::size_t limit);
    /// All routes of an organization, or of one of its connections, in order, each with its latest run: one query.
    std::vector<RouteHead> heads(const std::string& organization, std::optional<std::int64_t> connectionId = {});
    /// Of all routes, newest first.
    std::vector<Run> ofConnection(std::int64_t connectionId, std::size_t limit);

private:
    std::vector<Run> select(const std::string& condition, std::int64_t owner, std::vector<std::string> texts,
                            std::vector<std::int64_t> numbers, std::size_t limit);
    sdk::Database& database_;
};

std::string countsText(const std::vector<std::pair<std::string, std::int64_t>>& counts);

}  // namespace host::connections
