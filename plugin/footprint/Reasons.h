#pragma once
/// Why a record can't go, beyond a missing value (those are with the placeholders). Codes are stable. Immutable.

#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Template.h"

#include <span>
#include <string>
#include <string_view>

namespace plugin::footprint {

/// One reason; texts are Russian sentences for the organization's people.
struct Reason {
    const char* code;
    const char* field;
    const char* reason;
    const char* fix;
};

namespace reasons {
extern const Reason kLearnerLeftOut, kUnknownLearner, kLearnerDeleted, kNoUntiId, kNoTestUntiId, kBadUntiId,
    kNoMethodist, kNoTestMethodist, kBadMethodist, kUnknownElement, kElementDeleted, kWrongFlow, kKindNotInProfile,
    kNoTemplate, kRefersToUnsendable, kChangedAfterSending, kDeletedAfterSending, kFileNotInStorage, kMayHaveArrived,
    kRefusedByLrs, kRefersToRefused, kDiscardedByPerson, kRefersToDiscarded, kMarkOutOfRange, kBadScoreBounds,
    kBadPassMark, kBadAttempt, kBadDuration, kBadViewPercent, kTimeInFuture, kBadText, kInvalidStatement, kTooLarge,
    kNoStorage, kReferredByLearners, kBeingCancelled, kTwoPracticeBlocks, kUnknownModule, kReflectionHeld,
    kReflectionHeldByPerson, kReflectionUnchecked, kTextTooLong, kControlCharacter, kTimeOutsideTable, kFileGone,
    kFileChanged, kFileNameTaken, kTemplateNotMapped, kStoredDifferently, kLostInStore, kVoidedThere;
}  // namespace reasons

std::span<const Reason* const> allReasons();

/// A refusal with the words of one case; `detail` is put in brackets behind the reason.
struct Refusal {
    std::string code;
    std::string field;
    std::string reason;
    std::string fix;

    static Refusal of(const Reason& reason, std::string_view detail = {});
    static Refusal missing(Name name);
    static Refusal failed(const RenderFailure& failure);
};

}  // namespace plugin::footprint
