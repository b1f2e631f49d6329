#pragma once
/// The outbox: every statement ever planned for a store, with its frozen bytes and what became of it.
///
/// A row's states: waiting → sending → accepted | quarantined | waiting | in_doubt; in_doubt → sending. `sending` is
/// persisted before the POST, so that a row found in it at the start was interrupted and its outcome is not known.
/// `waiting` is what the LRS surely has not stored: never attempted, or answered with a refusal of the whole batch.
/// Once in doubt a row stays so until it is accepted or refused itself, and its bytes never change. `withdrawn` is a
/// row that waited and that a later plan no longer holds; `confirmed` is an accepted row that was read back.
/// Thread-safe; times are microseconds UTC.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/store/Search.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

using host::sdk::Micros;
using host::sdk::RecordId;

/// The store a statement goes to, as delivery remembers it.
struct Target {
    std::string storeId;
    std::string organization;
    std::string project;
};

struct DueRow {
    std::int64_t seq = 0;
    std::string statementId;
    int rank = 0;
    std::int64_t size = 0;
    int attempts = 0;
    bool inDoubt = false;
};

/// Which of the due rows: a cancellation is the methodist's as well; old records go by a lane of their own.
enum class DueKind { Methodist, Learners, OldRecords, Cancellations };

/// Where a pass over the due rows stands.
struct DueCursor {
    int rank = -1;
    std::int64_t seq = 0;
};

struct Refusal {
    std::int64_t seq = 0;
    std::string reason;
    bool conflict = false;
};

/// What one POST came to; every row of the batch stands in exactly one of the lists.
struct BatchResult {
    std::int64_t batchId = 0;
    std::string outcome;  ///< "accepted", "data", "too-large", "configuration", "transient", "in-doubt"
    int status = 0;
    std::string message;
    std::string errorId;
    std::vector<std::int64_t> accepted;
    std::vector<Refusal> refused;
    std::vector<std::int64_t> waiting;
    std::vector<std::int64_t> inDoubt;
    Micros nextAt = 0;  ///< for `waiting` and `inDoubt`
};

struct Added {
    std::int64_t fresh = 0;     ///< new rows
    std::int64_t repeated = 0;  ///< already there; their bytes stay
};

/// Counts of one store by state.
struct StateCounts {
    std::int64_t waiting = 0;
    std::int64_t inDoubt = 0;
    std::int64_t accepted = 0;
    std::int64_t quarantined = 0;  ///< refused, and nobody has said what to do
    std::int64_t discarded = 0;    ///< refused, and not to be sent, as a person said
    std::int64_t blocked = 0;      ///< waiting for a methodist's statement that isn't accepted
};

/// A row as people see it.
struct StatementRow {
    std::int64_t seq = 0;
    Target target;
    std::string statementId;
    RecordId flowId = 0;
    RecordId learnerId = 0;
    std::string kind;
    footprint::RecordRef record;
    std::string dependsOn;
    std::string state;
    int attempts = 0;
    std::int64_t size = 0;
    Micros createdAt = 0;
    std::optional<Micros> nextAt;
    std::optional<Micros> answeredAt;
    std::int64_t batchId = 0;
    std::int64_t runId = 0;
};

struct StatementFilter {
    std::string organization;
    std::string project;
    std::string state;
    std::string kind;
    RecordId flowId = 0;
    RecordId learnerId = 0;
    Search search = {};  ///< of learners, of its own id and of the errorId of its last answer
};

/// The last POST a statement was in.
struct BatchRow {
    std::int64_t id = 0;
    std::int64_t runId = 0;
    Micros startedAt = 0;
    std::optional<Micros> answeredAt;
    int statements = 0;
    std::int64_t bytes = 0;
    std::string outcome;
    int status = 0;
    std::string message;
    std::string errorId;
};

/// One statement's whole way.
struct StatementDetail {
    StatementRow row;
    std::string bytes;
    Micros timestamp = 0;
    std::string profile;
    std::string profileVersion;
    std::optional<BatchRow> batch;
    std::optional<Refusal> refusal;
    std::string dependsOnState;  ///< empty when it depends on nothing or that isn't planned
};

/// A statement as it is frozen for a store.
struct FrozenStatement {
    std::string state;
    std::string bytes;
    std::string digest;
    std::string dependsOn;
    std::string profileVersion;
    Micros timestamp = 0;
    bool replaceable = false;  ///< a plan that tells other facts puts its bytes in the place of these
};

/// A row that can't go on, and the refused statement it is stopped by: its own or the one it refers to.
struct StuckRow {
    std::int64_t seq = 0;
    footprint::RecordRef record;
    std::string kind;
    RecordId flowId = 0;
    RecordId learnerId = 0;
    bool waits = false;          ///< for the refused one; else refused itself
    std::string statementId;     ///< the refused one
    footprint::RecordRef about;  ///< the refused one's record
    std::string reason;          ///< the LRS's words
    std::string errorId;
    std::string discardedBy;  ///< who said that the refused one is not to be sent; empty: nobody
    std::string comment;      ///< why, in that person's words
};

class OutboxStore {
public:
    OutboxStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// Adds drafts in one transaction; a row that is there keeps its bytes. A row that still waits is taken over by
    /// this run, and gets the new bytes only when the facts it tells (the digest), what it refers to or the profile
    /// have changed; then a refused one goes again as well, and one that a person asked for once more (QuarantineStore)
    /// in either case. What a person discarded stays as it is. Learners' statements of before `oldBefore` go by the
    /// lane of old records.
    Added add(const Target& target, const std::string& profile, const std::string& profileVersion, std::int64_t runId,
              const std::vector<footprint::StatementDraft>& drafts, Micros oldBefore = 0);

    /// Takes back rows of a flow (0: of every flow) that wait and that run `runId` didn't plan again: their record was
    /// changed, deleted or left out since, or the flow goes by tables now. Returns how many.
    std::int64_t withdrawUnplanned(const std::string& storeId, RecordId flowId, std::int64_t runId,
                                   bool onlyCancellations = false);

    /// Rows found in `sending` become `in_doubt`, due at once. Returns how many. Called when nobody sends.
    std::int64_t recoverInterrupted(const std::string& storeId);

    /// The next due rows in order of rank and seq, whose statement that they depend on this store has accepted.
    std::vector<DueRow> due(const std::string& storeId, DueKind kind, Micros now, DueCursor after, std::size_t limit);
    /// Is there any row of any kind that could go now, one left in the middle of sending included? Asked when nobody
    /// sends.
    bool isAnyDue(const std::string& storeId, Micros now);

    /// Frozen bytes of a statement this store has been told; empty when there is none.
    std::string bytesOf(const std::string& storeId, const std::string& statementId);

    /// Frozen bytes, in the order of `seqs`.
    std::vector<std::string> bytes(const std::vector<std::int64_t>& seqs);

    /// Those of the rows that still wait or are in doubt.
    std::set<std::int64_t> stillOpen(const std::vector<std::int64_t>& seqs);
    /// Not sent before `until`; its state stays.
    void postpone(std::int64_t seq, Micros until);

    /// Persists `sending`, the batch and every statement's place in it; returns the batch's id. What is committed here
    /// precedes the POST. 0, and nothing is changed, when a row neither waits nor is in doubt any more.
    std::int64_t startBatch(const std::string& storeId, std::int64_t runId, const std::vector<std::int64_t>& seqs,
                            std::int64_t bytes);
    void finishBatch(const BatchResult& result);

    StateCounts counts(const std::string& storeId);
    /// How many statements are due at the moment, those included that wait for one of them: what a run that begins now
    /// has before it.
    std::int64_t ahead(const std::string& storeId);

    /// Flows of which the store has been told something.
    std::vector<RecordId> flows(const std::string& storeId);

    /// What this store has refused and run `runId` planned or sent, and rows that wait for a refused methodist's
    /// statement, of one flow (0: of every flow), page by page.
    void eachStuck(const std::string& storeId, RecordId flowId, std::int64_t runId,
                   const std::function<void(std::span<const StuckRow>)>& page);

    /// Newest first; `before` 0 from the start.
    std::vector<StatementRow> list(const StatementFilter& filter, std::int64_t before, std::size_t limit);
    /// State → how many, of what `list` shows.
    std::map<std::string, std::int64_t> countByState(const StatementFilter& filter);
    /// Of what `runId` sent to the store: how many were read back and found as they were sent.
    std::int64_t confirmedOf(const std::string& storeId, std::int64_t runId);
    std::optional<StatementDetail> detail(const std::string& organization, std::int64_t seq);
    /// By the statement's own id; of several stores the newest row.
    std::optional<StatementDetail> detail(const std::string& organization, const std::string& statementId);
    /// By id, those that the store has.
    std::map<std::string, FrozenStatement> frozen(const std::string& storeId, const std::vector<std::string>& ids);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

/// What the outbox has of one flow's records, for the planner: memory stays flat because each kind has a window of rows
/// that moves with the ascending record ids the planner walks. Rows a plan may still replace (waiting, withdrawn) and
/// quarantined ones (to be corrected at the source) are not known. A learner's record is known in whatever flow it was
/// when it was sent. Not thread-safe.
class KnownRecords {
public:
    /// Everything, or just what stands in xAPI files: what a person said was handed over, or nobody decided about.
    enum class Of { Store, Files };

    KnownRecords(host::sdk::Database& database, std::string storeId, RecordId flowId, std::size_t window = 2'000,
                 Of of = Of::Store, bool elsewhere = false)
        : database_(database),
          storeId_(std::move(storeId)),
          flowId_(flowId),
          window_(window),
          of_(of),
          elsewhere_(elsewhere) {}

    /// Valid until the next call for the same kind.
    const footprint::Known* find(const std::string& kind, RecordId id);
    footprint::KnownLookup lookup() {
        return [this](const std::string& kind, RecordId id) { return find(kind, id); };
    }

private:
    struct Window {
        RecordId from = 0;
        RecordId to = -1;  ///< inclusive
        std::vector<std::pair<RecordId, footprint::Known>> rows;
    };
    void load(Window& window, const std::string& kind, RecordId id);

    host::sdk::Database& database_;
    std::string storeId_;
    RecordId flowId_;
    std::size_t window_;
    Of of_;
    bool elsewhere_;  ///< not the store that is planned for
    std::map<std::string, Window> windows_;
};

/// What became of a learner's record in any LRS, the ones disconnected since included: University 2035 has been told.
/// What only the test contour has accepted, it hasn't.
struct Delivery {
    std::int64_t revision = 0;
    bool accepted = false;  ///< else it may have arrived, and nobody knows
    std::string digest;     ///< of the facts it told, as in footprint::StatementDraft
};

/// Which learners' records went through an LRS. The same windows; not thread-safe.
class DeliveredRecords {
public:
    explicit DeliveredRecords(host::sdk::Database& database, std::size_t window = 2'000)
        : database_(database), window_(window) {}

    /// `recordKind` is "result" or "view". The newest accepted revision, else one in doubt, else nullptr. Valid until
    /// the next call for the same kind.
    const Delivery* find(const std::string& recordKind, RecordId id);

private:
    struct Window {
        RecordId from = 0;
        RecordId to = -1;
        std::vector<std::pair<RecordId, Delivery>> rows;
    };
    void load(Window& window, const std::string& recordKind, RecordId id);

    host::sdk::Database& database_;
    std::size_t window_;
    std::map<std::string, Window> windows_;
};

}  // namespace plugin::store
