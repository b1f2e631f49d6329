#pragma once
/// The journal in the database. Rows are added, never changed or removed, and chained by their hashes (JournalChain.h).
/// Thread-safe; database and clock must outlive it. `append` is a write of its own: call it after, not inside, the
/// write it tells of.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Journal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::base {

struct JournalRow {
    std::int64_t id = 0;
    sdk::Micros at = 0;
    sdk::JournalEntry entry;
};

/// What to list; empty fields don't narrow.
struct JournalFilter {
    std::optional<std::string> organization;
    std::string action;   ///< exact, or a prefix with a dot at the end: "integration."
    std::string actor;    ///< exact
    std::string subject;  ///< exact
    std::optional<sdk::Micros> from;
    std::optional<sdk::Micros> to;  ///< exclusive
};

struct JournalAnchor;
struct JournalHead;
struct JournalProof;

class JournalStore : public sdk::Journal {
public:
    JournalStore(sdk::Database& database, const sdk::Clock& clock);

    /// AppError 500 "internal" when `details` is neither empty nor a JSON object.
    void append(const sdk::JournalEntry& entry) override;

    /// Newest first; `before` is the id of the last row of the page before, nullopt for the first page.
    std::vector<JournalRow> list(const JournalFilter& filter, std::optional<std::int64_t> before, std::size_t limit);

    /// Proves the chain; see verifyJournal.
    JournalProof verify(const std::optional<JournalAnchor>& anchor);
    JournalHead head();

private:
    sdk::Database& database_;
    const sdk::Clock& clock_;
};

}  // namespace host::base
