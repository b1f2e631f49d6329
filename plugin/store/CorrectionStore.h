#pragma once
/// A person's decisions on sent statements whose records are no longer as they were: cancel what the store has, with a
/// scan of the official letter, or keep it as it was sent. One decision per statement; a later one replaces it.
/// Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/footprint/Footprint.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

/// The tables of decisions, and indexes by which a cancellation is found.
std::vector<std::pair<std::string, std::string>> correctionMigrations();

/// Which of the changed or deleted records on the list of the unsendable a decision is about.
struct CorrectionFilter {
    std::string organization;
    std::vector<std::int64_t> unsendable;  ///< their ids on the list; empty: all that fit the rest
    std::string project;
    std::string code;
    host::sdk::RecordId flowId = 0;
};

struct CorrectionRow {
    std::int64_t seq = 0;  ///< of the statement in the outbox
    std::string statementId;
    std::string kind;
    footprint::RecordRef record;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
    footprint::Decision decision = footprint::Decision::None;
    host::sdk::RecordId letterFileId = 0;
    std::string comment;
    std::string decidedBy;
    host::sdk::Micros decidedAt = 0;
    std::string cancellation;  ///< state of the cancellation's own statement; empty: not planned yet
};

const char* toString(footprint::Decision decision);

class CorrectionStore {
public:
    CorrectionStore(host::sdk::Database& database, const host::sdk::Clock& clock)
        : database_(database), clock_(clock) {}

    /// Decides on the newest statement of every listed record that fits. Returns how many statements.
    std::int64_t decide(const CorrectionFilter& filter, footprint::Decision decision, host::sdk::RecordId letterFileId,
                        const std::string& comment, const std::string& who);
    /// Those of the rows on the list of the unsendable that can be decided on.
    std::set<std::int64_t> decidable(const std::string& organization, const std::vector<std::int64_t>& unsendable);
    /// Newest statements first; `before` 0 from the start.
    std::vector<CorrectionRow> list(const std::string& organization, std::int64_t before, std::size_t limit);
    /// Whether a cancellation was decided on that no store has accepted yet.
    bool cancellationsPending(const std::string& organization, const std::string& project);
    /// Letters that cancellations still to come will name.
    std::vector<host::sdk::RecordId> letters(const std::string& organization, const std::string& project);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
