#pragma once
/// Conditions of a profile: `"view.recording"`, `"!element.required"`, `"element.level=theme"`. Values; thread-safe.

#include "host/sdk/Error.h"
#include "plugin/footprint/Placeholders.h"
#include "plugin/footprint/Values.h"

#include <rapidjson/document.h>

#include <cstdint>
#include <string>
#include <vector>

namespace plugin::footprint {

/// A condition on one value; all of a list must hold.
struct Condition {
    enum class Test : std::uint8_t { Holds, HoldsNot, Equals, Differs } test = Test::Holds;
    Name name = Name::Count;
    std::string value;
    bool holds(const Values& values) const;
};
bool allHold(const std::vector<Condition>& conditions, const Values& values);

/// Compiles conditions (a string or an array of strings); errors carry JSON pointers below `pointer`.
std::vector<Condition> compileConditions(const rapidjson::Value& json, unsigned scope, const std::string& pointer,
                                         std::vector<host::sdk::FieldError>& errors);

}  // namespace plugin::footprint
