#pragma once
/// What of an LRS's refusals is the same cause: its words without what differs from statement to statement. Pure.

#include <string>
#include <string_view>

namespace plugin::store {

/// The words without positions in the batch, ids and received values: "Missing required value in
/// 'statements.N.verb'". Rows refused for one cause have one group, whatever batch they stood in.
std::string refusalGroup(std::string_view reason);

/// A stable code of the kind of cause: "conflict", "too-large", "missing-value", "wrong-value", "unknown-key",
/// "repeated-id", "missing-attachment" or "other".
const char* refusalCause(std::string_view reason, bool conflict, int status);

}  // namespace plugin::store
