#pragma once
/// How values of xAPI statements are written, for who sends them and for who receives them. Source: xAPI 1.0.3 part 2;
/// IRIs as Learning Locker judges them. Pure; thread-safe.

#include <cstdint>
#include <optional>
#include <string_view>

namespace common {

/// Learning Locker's rule: any word characters and a colon.
bool isIri(std::string_view text);

/// P, then years, months, days, then T and hours, minutes, seconds (a fraction on seconds only), in order; or weeks
/// alone.
bool isIsoDuration(std::string_view text);

/// Whole seconds of a duration, the fraction cut off. nullopt for what is none, and for years and months, of which
/// nobody knows how long they are.
std::optional<std::int64_t> isoDurationSeconds(std::string_view text);

/// A type of RFC 2046's registry, a slash and something behind it.
bool isMediaType(std::string_view text);

}  // namespace common
