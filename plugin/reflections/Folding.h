#pragma once
/// A text as the checks read it: words only, with everything gone that hides a copy from a machine but not from a
/// reader. Pure; thread-safe.
///
/// Gone: case, ё (as е), punctuation, white space, characters nobody sees (soft hyphen, zero-width space, BOM,
/// direction marks), marks set on letters, compatibility forms (NFKC), Latin and Greek letters that look Cyrillic in a
/// Cyrillic word (and Cyrillic ones in a Latin word), digits that stand for letters inside a Cyrillic word. Folding a
/// folded text changes nothing. Bytes that are no UTF-8 separate words; they never stop the work.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::reflections {

/// Which letters a word has.
enum class Script : std::uint8_t { Digits, Russian, OtherCyrillic, Latin, Mixed, Other };

struct Word {
    std::uint32_t at = 0;      ///< byte in Folded::text
    std::uint32_t length = 0;  ///< bytes
    std::uint32_t from = 0;    ///< first byte in the original
    std::uint32_t to = 0;      ///< byte behind the last one in the original
    std::uint16_t letters = 0;
    Script script = Script::Digits;
    bool name = false;   ///< begins with a capital inside a phrase, other letters small: «Хусаинову»
    bool pause = false;  ///< punctuation or a line break follows: no phrase goes on over it
};

struct Folded {
    std::string text;  ///< words with one space between
    std::vector<Word> words;
    std::string_view word(std::size_t i) const { return std::string_view(text).substr(words[i].at, words[i].length); }
};

/// At most this many bytes of a text are read; offsets are 32 bits and a reflection of megabytes is none.
inline constexpr std::size_t kMostBytes = 4 * 1024 * 1024;

Folded fold(std::string_view text);

/// FNV-1a of a folded word, its highest bit free for the caller's mark.
std::uint32_t hashOf(std::string_view word);

}  // namespace plugin::reflections
