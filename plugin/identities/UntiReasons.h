#pragma once
/// Why a row of a list gives nobody an unti_id. Codes are stable; texts are Russian, for the organization's people.

namespace plugin::identities {

struct UntiReason {
    const char* code;
    const char* reason;
    const char* fix;
};

namespace reasons {
extern const UntiReason kOtherStatus, kNoUntiId, kBadUntiId, kLostDigits, kNoFlowId, kUnknownFlow, kOtherCourse,
    kEmptyCell, kKeyLostDigits, kNoLearner, kSeveralLearners, kHasAnother, kTaken, kTwoUntiIds, kTwoLearners, kRepeated,
    kChangedMeanwhile, kLearnerGone, kSourceChanged, kTakenMeanwhile, kSourceDiffers, kHeldByAnother;
}  // namespace reasons

}  // namespace plugin::identities
