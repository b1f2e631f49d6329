#pragma once
/// Text helpers. Strings are UTF-8 by contract; what comes from outside is checked at the edge with `isUtf8`.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace common {

/// Well-formed UTF-8: no surrogates, no overlong forms, nothing above U+10FFFF.
bool isUtf8(std::string_view text);

/// Code points in well-formed UTF-8 (undefined but safe for other input).
std::size_t countCodePoints(std::string_view text);

/// No line break and no other ASCII control character: names, which go into headers, file names and tables.
bool isOneLine(std::string_view text);

/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);

/// The beginning of UTF-8, at most so many bytes, cut between characters: for what is quoted in a message.
std::string_view beginning(std::string_view text, std::size_t maxBytes);

/// For texts of others that are shown or sent on: what is not UTF-8 becomes U+FFFD, at most `codePoints` are left, with
/// "…" where something was cut off.
std::string shortened(std::string_view text, std::size_t codePoints);
/// The same in one line: line breaks and other control characters become blanks.
std::string oneLine(std::string_view text, std::size_t codePoints);

/// ASCII only; other bytes stay.
std::string toLowerAscii(std::string_view text);
std::string toUpperAscii(std::string_view text);

/// Parts between separators, empty ones included; one empty part for an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Levenshtein distance in bytes: for identifiers, which are ASCII.
std::size_t editDistance(std::string_view a, std::string_view b);

/// The candidate that `text` was most likely meant to be, or "" when none is near (a third of its length, at least 2).
std::string_view nearest(std::string_view text, const std::vector<std::string>& candidates);

}  // namespace common
