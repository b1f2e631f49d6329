#pragma once
/// What a store gave back when it was asked for statements that it had accepted, and what that makes of them.
///
/// A reading changes the outbox in the transaction that writes it down: `confirmed` is what was found equal; what is
/// missing is in doubt again and due, with the same bytes, until it was missed `kMostMissing` times. A statement that a
/// person said was handed over by file was told by no POST and is never read. Thread-safe; times in microseconds UTC.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/footprint/Footprint.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace plugin::store {

/// Missing so often, a statement is listed for a person and not sent again.
inline constexpr int kMostMissing = 3;

/// A statement that its store has accepted by a POST.
struct Readable {
    std::int64_t seq = 0;
    int kind = 0;  ///< a number for each kind of statement
    std::int64_t batchId = 0;
    bool confirmed = false;
    std::string verdict;  ///< of its last reading; empty: never read
};

struct ReadableText {
    std::int64_t seq = 0;
    std::string statementId;
    std::string bytes;
    bool cancelled = false;       ///< its cancellation is accepted: it is there as a voided one
    bool mayBeCancelled = false;  ///< nobody knows yet whether its cancellation was taken
    std::string verdict;          ///< of its last reading; empty: never read
    int timesMissing = 0;         ///< since it was found last
};

/// `verdict`: "confirmed"; "missing" (due again); "lost" (missed too often); "differs"; "voided" (by somebody else);
/// "cancelled" (by us, and gone); "late" (just sent and not there yet: to be asked again).
struct Reading {
    std::int64_t seq = 0;
    std::string verdict;
    int timesMissing = 0;
    std::string place;  ///< for "differs": JSON pointer
    std::string ours;
    std::string theirs;
    host::sdk::Micros at = 0;  ///< when it was read; set by the store
};

/// A reading that a person has to look at.
struct Finding {
    Reading reading;
    std::string statementId;
    footprint::RecordRef record;
    std::string kind;
    std::int64_t flowId = 0;
    std::int64_t learnerId = 0;
};

struct ReadingRefusal {
    host::sdk::Micros since = 0;
    std::string message;
};

class ReadingStore {
public:
    ReadingStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// All of a flow, in order of seq.
    std::vector<Readable> readable(const std::string& storeId, std::int64_t flowId);
    std::vector<ReadableText> texts(const std::vector<std::int64_t>& seqs);

    /// Writes readings down with what they make of their statements, in one transaction. A statement that is no longer
    /// accepted stays as it is.
    void keep(const std::string& storeId, std::int64_t flowId, std::int64_t runId,
              const std::vector<Reading>& readings);

    std::optional<Reading> find(std::int64_t seq);
    /// "differs", "lost" and "voided" of every flow, page by page; none that was cancelled since.
    void eachFinding(const std::string& storeId, const std::function<void(std::span<const Finding>)>& page);

    /// The store's word that this credential may not read, with the time of the first one.
    std::optional<ReadingRefusal> refusal(const std::string& storeId);
    void setRefusal(const std::string& storeId, const std::string& message);
    void clearRefusal(const std::string& storeId);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
