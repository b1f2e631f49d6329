#pragma once
/// What a route's mapping takes for granted, for people: its `assumed`, an array of texts or, as ready-made sets give
/// them, of {"ru","en"}. A mapping keeps both languages and is shown in the reader's; who sends back what was shown
/// takes none of them away. Pure.

#include "host/sdk/Error.h"

#include <Poco/JSON/Object.h>

#include <string>
#include <vector>

namespace host::connections {

/// What is wrong with it, below "/assumed". `both`: a text alone is wrong as well.
std::vector<sdk::FieldError> assumedErrors(const Poco::JSON::Object& mapping, bool both);

/// The mapping, with every line as a text in that language.
std::string assumedIn(const std::string& mapping, const std::string& language);

/// `mapping`, with both languages for every text that is one of a line that `before` has in both.
std::string assumedKept(const std::string& mapping, const std::string& before);

}  // namespace host::connections
