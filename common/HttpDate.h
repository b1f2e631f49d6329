#pragma once
/// The date of HTTP's headers (RFC 9110, IMF-fixdate): "Sun, 06 Nov 1994 08:49:37 GMT". Read here because date::parse
/// of Debian 12 computes with an uninitialised number where the seconds are none. Pure; thread-safe.

#include <chrono>
#include <optional>
#include <string_view>

namespace common {

/// nullopt when it is anything else; the name of the day is not compared with the date.
std::optional<std::chrono::sys_seconds> parseHttpDate(std::string_view text);

}  // namespace common
