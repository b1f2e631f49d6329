#pragma once
/// What the LRS refused, as people work through it: which rows, why, what was decided about them and by whom.
///
/// A refused row stays `quarantined` in the outbox until a plan holds it again, so that nothing is sent that a plan has
/// not confirmed; a person's word stands beside it. `replay`: the next plan puts it back to waiting, with the same
/// bytes when nothing it tells has changed. `discard`: no plan takes it again, and every night names it; the word is
/// about this statement of this store, so a new revision of the record is another question. Every word is kept with
/// the refusal it was about. Thread-safe; times are microseconds UTC.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/store/OutboxStore.h"
#include "plugin/store/Search.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

struct QuarantineFilter {
    std::string organization;
    std::string project;
    std::string kind;
    std::string cause;   ///< as refusalCause()
    std::string reason;  ///< a group as refusalGroup(), or a part of the LRS's words
    RecordId flowId = 0;
    RecordId learnerId = 0;
    std::int64_t runId = 0;  ///< whose POST was answered by the refusal that put it aside; 0: any
    std::optional<bool> conflict;
    /// "open", "queued" (asked for once more), "replayed" (these, and those gone since), "discarded", "superseded";
    /// empty: any
    std::string state;
    std::vector<std::int64_t> seqs;  ///< these alone; empty: all
    Search search = {};              ///< of learners, and of the statement's id and the refusal's errorId
};

/// A person's word that stands.
struct QuarantineWord {
    std::string word;  ///< "replay" or "discard"
    std::string comment;
    std::string by;
    Micros at = 0;
};

struct QuarantineRow {
    std::int64_t seq = 0;
    Target target;
    std::string statementId;
    std::string kind;
    footprint::RecordRef record;
    RecordId flowId = 0;
    RecordId learnerId = 0;
    std::string state;      ///< as QuarantineFilter::state
    std::string statement;  ///< the statement's own state, as in OutboxStore.h
    std::string reason;     ///< the LRS's words; of one that has left quarantine, those of the last refusal
    std::string group;
    std::string cause;
    std::string errorId;
    bool conflict = false;
    int status = 0;
    Micros refusedAt = 0;
    std::int64_t dependents = 0;  ///< statements that wait for this one
    std::optional<QuarantineWord> word;
};

struct QuarantineGroup {
    std::string project;
    std::string kind;
    std::string group;
    std::string cause;
    std::string example;  ///< the LRS's words about one of them
    std::int64_t count = 0;
};

/// What was decided about a refused row, with the refusal that it was about.
struct QuarantineDecision {
    std::string action;  ///< "replay", "discard", "restore", or "renewed": a plan rendered it anew
    std::string comment;
    std::string by;  ///< a login, or "run:N"
    Micros at = 0;
    Micros refusedAt = 0;
    int status = 0;
    bool conflict = false;
    std::string reason;
    std::string errorId;
};

class QuarantineStore {
public:
    QuarantineStore(host::sdk::Database& database, const host::sdk::Clock& clock)
        : database_(database), clock_(clock) {}

    /// Newest statements first; `before` 0 from the start.
    std::vector<QuarantineRow> list(const QuarantineFilter& filter, std::int64_t before, std::size_t limit);
    /// The largest first, at most 1,000.
    std::vector<QuarantineGroup> groups(const QuarantineFilter& filter);
    /// The newest row of a statement's own id; 0: there is none.
    std::int64_t rowOf(const std::string& organization, const std::string& statementId);
    /// Oldest first.
    std::vector<QuarantineDecision> decisions(std::int64_t seq);

    /// Says `word` ("replay" or "discard") of rows that are still as they were read; an earlier word is replaced.
    /// Returns the rows it holds for: another's word, an answer or a plan may have come between.
    std::vector<std::int64_t> mark(const std::string& word, const std::vector<QuarantineRow>& rows,
                                   const std::string& comment, const std::string& who);
    /// Takes back the word that stands. Returns the rows it was taken back of.
    std::vector<std::int64_t> restore(const std::vector<QuarantineRow>& rows, const std::string& comment,
                                      const std::string& who);

    /// Gives refusals that an earlier version wrote their groups. Called at the start.
    void groupOlder();

private:
    std::vector<std::int64_t> decide(const std::string& action, const std::vector<QuarantineRow>& rows,
                                     const std::string& comment, const std::string& who);

    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
