#include "plugin/reflections/Passages.h"

#include "plugin/reflections/Borrowing.h"
#include "plugin/reflections/Folding.h"

#include <algorithm>

namespace plugin::reflections {

namespace {

std::vector<std::uint32_t> hashesOf(const Folded& text) {
    std::vector<std::uint32_t> out;
    out.reserve(text.words.size());
    for (std::size_t i = 0; i < text.words.size(); ++i) out.push_back(hashOf(text.word(i)));
    return out;
}

std::vector<Piece> piecesOf(std::string_view text, const Folded& folded, const std::vector<bool>& bits) {
    std::vector<Piece> out;
    std::size_t done = 0;
    const auto until = [&](std::size_t end, bool same) {
        if (end > done) out.push_back({std::string(text.substr(done, end - done)), same});
        done = std::max(done, end);
    };
    for (std::size_t i = 0; i < bits.size();) {
        if (!bits[i]) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end + 1 < bits.size() && bits[end + 1]) ++end;
        until(folded.words[i].from, false);
        until(folded.words[end].to, true);
        i = end + 1;
    }
    until(text.size(), false);
    return out;
}

}  // namespace

SideBySide compare(std::string_view left, std::string_view right) {
    const auto a = fold(left), b = fold(right);
    const auto aWords = hashesOf(a), bWords = hashesOf(b);
    const auto aBits = covered(aWords, shinglesOf(bWords), kShingle);
    const auto bBits = covered(bWords, shinglesOf(aWords), kShingle);
    SideBySide out{piecesOf(left, a, aBits), piecesOf(right, b, bBits), 0};
    if (!aBits.empty())
        out.share =
            static_cast<double>(std::count(aBits.begin(), aBits.end(), true)) / static_cast<double>(aBits.size());
    return out;
}

std::string fragment(std::string_view text, std::uint32_t first, std::uint32_t last, std::size_t mostBytes) {
    const auto folded = fold(text);
    if (first > last || last >= folded.words.size()) return {};
    const std::size_t from = folded.words[first].from;
    std::size_t to = folded.words[first].to;
    for (auto i = first; i <= last && folded.words[i].to - from <= mostBytes; ++i) to = folded.words[i].to;
    if (to - from > mostBytes) return {};
    std::string out(text.substr(from, to - from));
    if (to < folded.words[last].to) out += "…";
    return out;
}

}  // namespace plugin::reflections
