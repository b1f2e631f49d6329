#pragma once
/// Ids of University 2035 that tables told, and what people accepted: each acceptance is a batch that can be taken
/// back; and the suggestions that people rejected. Thread-safe; every change is one transaction.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/identities/KnownIds.h"
#include "plugin/identities/Suggestions.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

struct MatchBatch {
    std::int64_t id = 0;
    std::string organization;
    std::string what;  ///< "learners" or "elements"
    std::string contour;
    std::int64_t revision = 1;
    host::sdk::Micros createdAt = 0;
    std::string createdBy;
    std::optional<host::sdk::Micros> undoneAt;
    std::string undoneBy;
    std::map<std::string, std::int64_t> counts;  ///< rows by state
};

struct MatchRow {
    std::int64_t number = 0;
    std::string kind;  ///< "learner", "programme", "flow", "module" or "theme"
    std::int64_t recordId = 0;
    std::string value;
    std::string state;  ///< "applying" (not known to have ended), "applied", "same", "refused", "undone", "kept"
    std::string code;   ///< why it was refused or kept
};

/// A suggestion that a person said no to.
struct MatchRejection {
    std::string contour;  ///< of a learner's unti_id; empty otherwise
    std::string kind;     ///< as MatchRow's
    std::int64_t recordId = 0;
    std::string value;
    std::string reason, from;  ///< what it was suggested by
    host::sdk::Micros rejectedAt = 0;
    std::string rejectedBy;
};

class MatchStore {
public:
    MatchStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// A table's ids over those that were there; a later table wins. `contour`: of learners' unti_ids; empty otherwise.
    void learn(const std::string& organization, const std::string& contour, const std::vector<identities::ToldId>& ids);
    /// Of programmes, flows, modules and themes.
    std::vector<identities::KnownId> known(const std::string& organization);
    std::vector<identities::SpareRow> knownLearners(const std::string& organization, const std::string& contour);

    /// Before the records are written: so that a batch that broke off can be taken back too.
    MatchBatch begin(MatchBatch batch, const std::vector<MatchRow>& rows);
    /// What became of its rows.
    void settle(std::int64_t id, const std::vector<MatchRow>& rows);
    std::optional<MatchBatch> find(const std::string& organization, std::int64_t id);
    /// Newest first; `before` 0 from the start.
    std::vector<MatchBatch> list(const std::string& organization, std::int64_t before, std::size_t limit);
    std::vector<MatchRow> rows(std::int64_t id);
    /// States and codes of rows, and that it was taken back. False when it isn't `revision` any more.
    bool undone(std::int64_t id, std::int64_t revision, const std::vector<MatchRow>& rows, const std::string& who);

    // -- what was rejected; MatchRejections.cpp --
    /// Of one contour; of "" those of programmes, flows, modules and themes. By kind and record, the earliest first.
    std::vector<MatchRejection> rejections(const std::string& organization, const std::string& contour);
    /// Who and when are filled in; one that was rejected before stays as it is. How many are new.
    std::size_t reject(const std::string& organization, std::vector<MatchRejection> rejections, const std::string& who);
    /// May be suggested again. For each whether there was such a rejection.
    std::vector<bool> restore(const std::string& organization, const std::vector<MatchRejection>& rejections);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

/// (name, sql) in order; `plugin/store/Migrations.h` numbers them. Never edited once released.
std::vector<std::pair<std::string, std::string>> matchMigrations();
std::vector<std::pair<std::string, std::string>> matchRejectionMigrations();

}  // namespace plugin::store
