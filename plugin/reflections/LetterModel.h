#pragma once
/// Which three letters stand together in a language: learnt from its dictionary when that is loaded, so nothing of a
/// dictionary is kept in the program. Says of a word that no dictionary has («промптинг») whether it could be one.
/// Not thread-safe while it learns, thread-safe afterwards.

#include <array>
#include <cstdint>
#include <string_view>

namespace plugin::reflections {

class LetterModel {
public:
    void learn(std::string_view foldedWord);
    /// The share of the word's letter triples that are usual, 0..1; a word of fewer than three letters has none: 1.
    double share(std::string_view foldedWord) const;

private:
    static constexpr std::size_t kLetters = 64;  ///< border, а..я, a..z, everything else
    std::array<std::uint32_t, kLetters * kLetters * kLetters> counts_{};
    std::uint64_t total_ = 0;
};

}  // namespace plugin::reflections
