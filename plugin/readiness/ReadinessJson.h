#pragma once
/// Readiness as the JSON that is stored and shown. Pure; thread-safe.

#include "common/Json.h"
#include "plugin/readiness/Readiness.h"

#include <string>

namespace plugin::readiness {

/// [{"check","title","state","lacks":[{"state","code","field","reason","fix","records"}],"records"}]
std::string rulesJson(const std::vector<RuleOutcome>& rules);
std::string factsJson(const Facts& facts);
/// [{"code","text"}]
std::string hintsJson(const std::vector<Hint>& hints);

}  // namespace plugin::readiness
