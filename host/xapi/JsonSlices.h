#pragma once
/// The pieces of a JSON text as they were sent, byte for byte, so that what is kept is the original. The text must be
/// JSON (parsed by somebody); for other text the answer is meaningless but safe. Pure; views into the text.

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace host::xapi {

/// The elements of an array; the text itself when it is no array. The elements need not be JSON yet; nullopt when what
/// stands around them isn't.
std::optional<std::vector<std::string_view>> elementsOf(std::string_view json);

/// Name (as written, without its quotes) and value of an object's members.
std::vector<std::pair<std::string_view, std::string_view>> membersOf(std::string_view json);

}  // namespace host::xapi
