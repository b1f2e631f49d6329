#pragma once
/// Texts of alarms as they may leave the server. Pure.

#include <cstddef>
#include <string>

namespace host::alarms {

/// At most `codePoints`, with "…" where something was cut off; what is not UTF-8 becomes U+FFFD.
std::string cut(const std::string& text, std::size_t codePoints);
/// The same in one line: line breaks and other control characters become blanks.
std::string oneLine(const std::string& text, std::size_t codePoints);

}  // namespace host::alarms
