#pragma once
/// Files that arrived at routes: what each was and what became of it. The newest thousand of a route are kept.
/// Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::connectors {

struct Arrival {
    std::string id;  ///< UUID
    std::int64_t routeId = 0;
    std::string way;   ///< "upload" | "folder"
    std::string name;  ///< as whoever brought it called it
    std::int64_t size = 0;
    std::string sha256;
    std::int64_t revision = 0;  ///< of the route when it was taken
    /// "taken" (its run is not over) | "done" | "failed" | "duplicate" (the content that the route took last)
    std::string state = "taken";
    std::string runId;
    std::string duplicateOf;  ///< an earlier arrival of the same content
    std::string takenBy;
    sdk::Micros takenAt = 0;
    std::optional<sdk::Micros> finishedAt;
    std::string reason;                    ///< why no run says it
    std::optional<std::int64_t> rejected;  ///< rows that its run refused; nullopt: not known
    std::string repeatOf;                  ///< the arrival whose bytes are read again
    std::string repeatedBy;                ///< the arrival that reads these bytes again; never written
};

class ArrivalStore {
public:
    explicit ArrivalStore(sdk::Database& database) : database_(database) {}

    void begin(const Arrival& arrival);
    /// One that never came to its run.
    void erase(const std::string& id);
    void setRun(const std::string& id, const std::string& runId);
    /// State, end, reason, refused rows, and the run when it has one.
    void finish(const Arrival& arrival);
    std::optional<Arrival> find(const std::string& id);
    /// The latest of the route that was done.
    std::optional<Arrival> lastDone(std::int64_t routeId);
    /// The latest of this content that was done.
    std::optional<Arrival> sameContent(std::int64_t routeId, const std::string& sha256);
    struct Key {
        sdk::Micros takenAt = 0;
        std::string id;
    };
    /// Newest first, behind `after` when given.
    std::vector<Arrival> list(std::int64_t routeId, const std::optional<Key>& after, std::size_t limit);
    /// What is of routes that are gone.
    void forgetGone();

private:
    std::vector<Arrival> select(const std::string& rest, std::vector<std::int64_t> numbers,
                                std::vector<std::string> texts);
    sdk::Database& database_;
};

}  // namespace host::connectors
