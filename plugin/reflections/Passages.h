#pragma once
/// Two texts side by side: what stands in both, as people see the texts. Pure; thread-safe.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::reflections {

/// A piece of a text; the pieces in order are the whole text.
struct Piece {
    std::string text;
    bool same = false;  ///< stands in the other text too, but for case, punctuation and disguises
};

struct SideBySide {
    std::vector<Piece> left, right;
    double share = 0;  ///< of the left text's words that stand in the right one
};

SideBySide compare(std::string_view left, std::string_view right);

/// The text from word `first` to word `last`, as it was written; cut between words after `mostBytes`.
std::string fragment(std::string_view text, std::uint32_t first, std::uint32_t last, std::size_t mostBytes = 400);

}  // namespace plugin::reflections
