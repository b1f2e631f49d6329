#pragma once
/// What an LRS must refuse of a statement: xAPI 1.0.3 part 2, judged by the statement cases of ADL's conformance suite.
/// Says where, and why. Pure; thread-safe.

#include "host/sdk/Error.h"
#include "host/xapi/StatementWords.h"

#include <rapidjson/document.h>

#include <optional>
#include <string_view>

namespace host::xapi {

/// The first broken rule, its pointer within the statement; nullopt when it is a statement.
std::optional<sdk::FieldError> checkStatement(const rapidjson::Value& statement);

inline constexpr std::string_view kVoided = "http://adlnet.gov/expapi/verbs/voided";

}  // namespace host::xapi
