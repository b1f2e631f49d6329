#pragma once
/// The history of runs in the database: tables job and job_run. Thread-safe; database must outlive it.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace host::schedule {

/// Owner "host.schedule".
std::vector<sdk::Migration> scheduleMigrations();

enum class RunState {
    Running,
    Succeeded,
    Failed,
    Cancelled,   ///< asked to end, and ended
    Interrupted  ///< the server ended before it did
};
const char* toString(RunState state);

struct Run {
    std::string id;  ///< UUID
    std::string job;
    std::string trigger;  ///< "schedule" | "manual"
    std::string requestedBy;
    std::string arguments = "{}";
    RunState state = RunState::Running;
    sdk::Micros startedAt = 0;
    std::optional<sdk::Micros> finishedAt;
    std::string message;
    std::map<std::string, std::int64_t> counts;
    std::string requestKey;  ///< of the request that asked for it, so that a repeated one finds it; may be empty
};

class RunHistory {
public:
    explicit RunHistory(sdk::Database& database);

    /// Runs that a server before this one left behind become Interrupted; returns how many.
    std::size_t interruptLeftBehind(sdk::Micros now);
    /// Since when the job stands in this schedule: set anew when the expression or the zone changes.
    sdk::Micros knownSince(const std::string& job, const std::string& expression, const std::string& timeZone,
                           sdk::Micros now);

    void begin(const Run& run);
    /// Writes state, end, message and counts.
    void finish(const Run& run);
    void removeBefore(sdk::Micros startedAt);

    std::optional<Run> find(const std::string& job, const std::string& id);
    std::optional<Run> findByRequestKey(const std::string& job, const std::string& key);
    std::optional<Run> latest(const std::string& job);

    struct Key {
        sdk::Micros startedAt = 0;
        std::string id;
    };
    /// Newest first, behind `after` when given.
    std::vector<Run> list(const std::string& job, const std::optional<Key>& after, std::size_t limit);
    /// Runs of the whole work (arguments "{}") started at `from` or later, newest first.
    std::vector<Run> wholeSince(const std::string& job, sdk::Micros from, std::size_t limit);
    /// Runs of the whole work and whatever is running, newest first; parts that are over take no place among them.
    std::vector<Run> wholeOrRunning(const std::string& job, std::size_t limit);

private:
    std::vector<Run> select(const std::string& condition, const std::string& job, const std::string& text,
                            std::int64_t number, std::size_t limit);

    sdk::Database& database_;
};

}  // namespace host::schedule
