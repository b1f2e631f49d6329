#pragma once
/// Why a rule of acceptance isn't met, beyond what statements and tables refuse (those are with footprint::reasons and
/// the placeholders, and keep their codes here). Codes are stable. Immutable.

#include "plugin/footprint/Reasons.h"

#include <span>

namespace plugin::readiness::lacks {

extern const footprint::Reason kExpelled, kNoFinalWorkElement, kNoFinalWork, kFinalWorkUnderReview, kFileWaits,
    kNotDelivered, kSentAsAnother, kNoModules, kModuleReflectionMissing, kProgrammeReflectionMissing, kNoReflections,
    kReflectionEmpty, kReflectionsHaveNoWay, kReflectionBorderline, kReflectionFlagged;

std::span<const footprint::Reason* const> all();

}  // namespace plugin::readiness::lacks
