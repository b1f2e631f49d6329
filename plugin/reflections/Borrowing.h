#pragma once
/// Shingles — three words in a row, as a number — and how much of a text stands in another. Pure; thread-safe.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace plugin::reflections {

inline constexpr std::size_t kShingle = 3;
/// Set on a word's hash when it stands in the programme's description: two learners who quote it copy nobody.
inline constexpr std::uint32_t kQuoted = 0x80000000U;

std::uint64_t shingleAt(const std::uint32_t* words);

/// Sorted, for `covered`.
std::vector<std::uint64_t> shinglesOf(std::span<const std::uint32_t> words);

/// Which of the words stand in runs of at least `leastRun` words that the other text has too.
std::vector<bool> covered(std::span<const std::uint32_t> words, const std::vector<std::uint64_t>& other,
                          std::size_t leastRun);

/// The longest run of set bits: [first, last]; {0, 0} and false when there is none.
struct Run {
    bool any = false;
    std::uint32_t first = 0, last = 0;
};
Run longestRun(const std::vector<bool>& bits);

}  // namespace plugin::reflections
