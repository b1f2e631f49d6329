#pragma once
/// The border of the footprint room: what delivery, tables and api see of it. Pure: no HTTP, no SQL, no clock.

#include "host/sdk/Organizations.h"
#include "host/sdk/Records.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace plugin::footprint {

enum class Contour { Test, Production };

/// Names one record of the host: kind is "flow" (the course statement), "block", "module", "theme", "element",
/// "result", "view", "opening", "reflection"; or "statement": one that is to be cancelled, `id` is the outbox's.
struct RecordRef {
    std::string kind;
    host::sdk::RecordId id = 0;
    std::int64_t revision = 0;
};

/// A statement rendered for a store: bytes, id and time are frozen from here on.
struct StatementDraft {
    std::string statementId;  ///< UUIDv5, name = organization|project|flow|kind|record id|attempt|revision
    std::string kind;         ///< template's name in the profile: "methodist.course", "learner.grade"
    int rank = 0;             ///< sending order of the kind in the profile; methodist kinds come first
    RecordRef record;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;  ///< 0 for the methodist's
    std::string dependsOn;              ///< id of the methodist's statement that must be accepted first, or empty
    std::string bytes;                  ///< ASCII JSON
    std::string digest;  ///< of the facts told, without id and time; to be kept and given back as Known::digest
    host::sdk::Micros timestamp = 0;  ///< the statement's own
};

/// Was a learner's statement of this digest sent as this person's? An empty digest tells nothing: yes.
bool isOfPerson(const std::string& digest, std::string_view untiId);

/// Why a record can't go, and what a person can do. `code` is stable.
struct Unsendable {
    RecordRef record;
    std::string kind;  ///< statement kind or table element it would have become; empty when none fits
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
    std::string code;    ///< "no-unti-id", "no-mark", "changed-after-sending", "deleted-after-sending", …
    std::string field;   ///< the missing name: "learner.untiId"
    std::string reason;  ///< Russian sentence
    std::string fix;     ///< Russian sentence
};

/// What a person decided about a sent statement whose record is no longer as it was.
enum class Decision { None, Cancel, Keep };
/// What a decision was made about: a word on a change is none on a later deletion.
enum class DecidedOn { Any, Change, Deletion };

/// What the outbox already has of a record for this store: the newest statement of it.
struct Known {
    std::int64_t revision = 0;
    std::string statementId;
    std::string
        digest;  ///< as StatementDraft::digest was; empty when none was kept: then a new revision counts as changed
    std::int64_t seq = 0;    ///< the outbox's number of it
    bool cancelled = false;  ///< the store has accepted its cancellation: the record counts as not told
    int cancels = 0;         ///< statements of the record that were cancelled, this one included
    bool referred = false;   ///< the store has a learner's statement that refers to it
    Decision decision = Decision::None;
    std::int64_t decidedRevision = 0;  ///< of the record, when it was decided
    DecidedOn decidedOn = DecidedOn::Any;
    host::sdk::RecordId letterFileId = 0;  ///< the official letter given with Decision::Cancel; 0: none
    bool elsewhere = false;  ///< told by another way than the one that is planned for: nothing can be cancelled here
};
/// (statement kind, record id) → what this store has of the flow being planned; nullptr when nothing is. A block,
/// module, theme or element is told about once per flow, so the lookup must be of one flow.
using KnownLookup = std::function<const Known*(const std::string& kind, host::sdk::RecordId id)>;

/// Receives a plan, record by record.
class PlanSink {
public:
    virtual ~PlanSink() = default;
    virtual void due(StatementDraft&& draft) = 0;
    virtual void unsendable(Unsendable&& why) = 0;
};

/// May a learner's reflection go? The answer for one revision of it, as the checks, the policy and a person say.
struct ReflectionVerdict {
    enum class Fate { Send, SendMarked, Hold };
    Fate fate = Fate::Send;
    std::string code, field, reason, fix;  ///< of a held one, as in `Refusal`: for the list of what can't go
};
using ReflectionVerdictLookup = std::function<ReflectionVerdict(const host::sdk::Reflection&)>;

/// One cell of a table, typed by its column.
using Cell = std::variant<std::monostate, std::string, double, std::int64_t, bool>;

}  // namespace plugin::footprint
