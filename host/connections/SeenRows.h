#pragma once
/// Whether an id may have come before: a Bloom filter of fixed size, so that memory does not grow with the rows. "No"
/// is certain; "maybe" is one in a thousand at two million ids, and is looked up. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace host::connections {

class SeenRows {
public:
    SeenRows() : bits_(kBits / 64) {}

    /// Whether it may have been added before; adds it.
    bool add(std::string_view id) {
        const std::uint64_t first = std::hash<std::string_view>{}(id);
        const std::uint64_t step = mixed(first) | 1;
        bool maybe = true;
        for (std::uint64_t i = 0; i < 6; ++i) {
            const std::uint64_t at = (first + i * step) % kBits;
            auto& word = bits_[at / 64];
            const std::uint64_t bit = std::uint64_t{1} << (at % 64);
            maybe = maybe && (word & bit) != 0;
            word |= bit;
        }
        return maybe;
    }

private:
    static constexpr std::size_t kBits = std::size_t{1} << 25;  // 4 MiB

    static std::uint64_t mixed(std::uint64_t x) {
        x = (x ^ (x >> 31)) * 0x9E3779B97F4A7C15U;
        return x ^ (x >> 29);
    }

    std::vector<std::uint64_t> bits_;
};

}  // namespace host::connections
