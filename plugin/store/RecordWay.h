#pragma once
/// Everything the module remembers of one record of the host: its statements for every store with all their POSTs, what
/// was refused and decided, and why the last plan could not tell of it. Thread-safe; times are microseconds UTC.

#include "host/sdk/Database.h"
#include "plugin/store/QuarantineStore.h"
#include "plugin/store/RunStore.h"

#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

/// One POST that a statement was in, or a person's word on a file that it stood in.
struct WayAttempt {
    BatchRow batch;
    int place = 0;  ///< in the batch, from 1; 0: not known
};

/// A person's word on a statement whose record changed after it was sent.
struct WayCorrection {
    std::string decision;  ///< "cancel" or "keep"
    std::string comment;
    std::string by;
    Micros at = 0;
};

struct WayStatement {
    StatementRow row;
    std::string profileVersion;
    Micros timestamp = 0;
    std::string cancels;                        ///< id of the statement that this one cancels; empty: it cancels none
    std::optional<QuarantineDecision> refusal;  ///< the one that stands; no action, comment or person
    std::optional<QuarantineWord> word;
    bool superseded = false;                    ///< refused, and a later plan told of the record by another statement
    std::vector<QuarantineDecision> decisions;  ///< oldest first
    std::vector<WayAttempt> attempts;           ///< oldest first
    std::optional<WayCorrection> correction;
    std::vector<std::int64_t> files;  ///< runs whose xAPI files it stands in
};

struct WayUnsendable {
    std::int64_t runId = 0;
    std::string origin;  ///< as UnsendableRow::origin
    std::string project;
    footprint::Unsendable why;
};

struct RecordWay {
    std::vector<WayStatement> statements;  ///< oldest first, cancellations among them
    std::vector<WayUnsendable> unsendable;
};

class RecordWayStore {
public:
    explicit RecordWayStore(host::sdk::Database& database) : database_(database) {}

    /// `recordKind` as in footprint::RecordRef; a part of the programme is told once per flow, so `flowId` narrows it
    /// (0: every flow). Empty when the organization has nothing of the record.
    RecordWay find(const std::string& organization, const std::string& recordKind, RecordId id, RecordId flowId);

    /// Every POST of one statement, oldest first.
    std::vector<WayAttempt> attempts(std::int64_t seq);

private:
    host::sdk::Database& database_;
};

}  // namespace plugin::store
