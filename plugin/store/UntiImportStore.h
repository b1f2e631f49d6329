#pragma once
/// Imported lists of unti_ids: what each row said, whom it names and what became of it. An import keeps its rows, so
/// that what did not match stays a list and what was set can be taken back. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/identities/Matching.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

struct UntiImport {
    std::int64_t id = 0;
    std::string organization;
    std::string contour;        ///< "production" or "test"
    std::int64_t revision = 1;  ///< grows with every change of a row
    host::sdk::Micros createdAt = 0;
    std::string createdBy;
    std::string columns;  ///< JSON: [{"field", "column"}]
    std::int64_t rows = 0;
    std::optional<host::sdk::Micros> appliedAt;
    std::string appliedBy;
    std::optional<host::sdk::Micros> undoneAt;
    std::string undoneBy;
    std::map<std::string, std::int64_t> counts;  ///< rows by state
};

struct UntiRow {
    std::int64_t number = 0;
    std::string untiId;
    std::string flow;
    std::string status;
    std::string cells;  ///< JSON object: title → text, of the columns that name the learner
    identities::RowVerdict verdict;
    bool previousAssigned = false;  ///< `previous` was a person's, not the source's
};

/// A row's new state; its other members stay.
struct UntiRowChange {
    std::int64_t number = 0;
    identities::RowState state = identities::RowState::Applied;
    std::string code, reason, fix;
    std::optional<bool> previousAssigned = {};
};

enum class UntiStep { None, Applied, Undone };  ///< what is noted with the import

class UntiImportStore {
public:
    UntiImportStore(host::sdk::Database& database, const host::sdk::Clock& clock)
        : database_(database), clock_(clock) {}

    /// Fills id, revision, createdAt and counts.
    UntiImport create(UntiImport head, const std::vector<UntiRow>& rows);
    std::optional<UntiImport> find(const std::string& organization, std::int64_t id);
    /// Newest first; `before` 0 from the start.
    std::vector<UntiImport> list(const std::string& organization, std::int64_t before, std::size_t limit);
    /// In order of number, from `after` on; an empty state gives all.
    std::vector<UntiRow> rows(std::int64_t id, const std::string& state, std::int64_t after, std::size_t limit);
    std::vector<UntiRow> rowsIn(std::int64_t id, const std::vector<identities::RowState>& states);

    /// Changes rows in one transaction and raises the revision. False, with nothing changed, when it is not `revision`.
    bool change(std::int64_t id, std::int64_t revision, const std::vector<UntiRowChange>& rows,
                UntiStep step = UntiStep::None, const std::string& who = {});

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
