#pragma once
/// Folds what people are looked for by: lower case of Latin and Cyrillic letters, ё as е. Pure; thread-safe.

#include <string>
#include <string_view>

namespace common {

/// `text` is UTF-8; other letters and bytes that are not UTF-8 stay as they are.
std::string foldName(std::string_view text);

}  // namespace common
