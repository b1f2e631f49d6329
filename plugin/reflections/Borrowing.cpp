#include "plugin/reflections/Borrowing.h"

#include <algorithm>

namespace plugin::reflections {

std::uint64_t shingleAt(const std::uint32_t* words) {
    std::uint64_t hash = 0x9e3779b97f4a7c15ULL;
    for (std::size_t i = 0; i < kShingle; ++i) {
        hash ^= words[i] & ~kQuoted;
        hash *= 0xff51afd7ed558ccdULL;
        hash ^= hash >> 32;
    }
    return hash;
}

std::vector<std::uint64_t> shinglesOf(std::span<const std::uint32_t> words) {
    std::vector<std::uint64_t> out;
    if (words.size() >= kShingle) out.reserve(words.size() - kShingle + 1);
    for (std::size_t i = 0; i + kShingle <= words.size(); ++i) out.push_back(shingleAt(words.data() + i));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<bool> covered(std::span<const std::uint32_t> words, const std::vector<std::uint64_t>& other,
                          std::size_t leastRun) {
    std::vector<bool> bits(words.size(), false);
    std::size_t begin = 0, end = 0;  // of the run that grows
    const auto close = [&] {
        if (end - begin >= leastRun)
            std::fill(bits.begin() + static_cast<std::ptrdiff_t>(begin),
                      bits.begin() + static_cast<std::ptrdiff_t>(end), true);
        begin = end = 0;
    };
    for (std::size_t i = 0; i + kShingle <= words.size(); ++i) {
        if (!std::binary_search(other.begin(), other.end(), shingleAt(words.data() + i))) continue;
        if (i > end) close();
        if (end == begin) begin = i;
        end = i + kShingle;
    }
    close();
    return bits;
}

Run longestRun(const std::vector<bool>& bits) {
    Run best;
    std::size_t length = 0, run = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) {
        run = bits[i] ? run + 1 : 0;
        if (run > length) {
            length = run;
            best = {true, static_cast<std::uint32_t>(i + 1 - run), static_cast<std::uint32_t>(i)};
        }
    }
    return best;
}

}  // namespace plugin::reflections
