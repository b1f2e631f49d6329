#include "plugin/reflections/LetterModel.h"

#include <unicode/utf8.h>

namespace plugin::reflections {

namespace {

std::size_t indexOf(UChar32 c) {
    if (c >= 0x430 && c <= 0x44F) return 1 + static_cast<std::size_t>(c - 0x430);
    if (c >= 'a' && c <= 'z') return 33 + static_cast<std::size_t>(c - 'a');
    return 59;
}

/// Calls `triple(index)` for each three letters in a row, the word's beginning being the first "letter".
template <class F>
void eachTriple(std::string_view word, std::size_t letters, F triple) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
    std::size_t a = 0, b = 0, seen = 0;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(word.size());) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, static_cast<std::int32_t>(word.size()), c);
        const auto next = indexOf(c);
        if (++seen >= 2) triple((a * letters + b) * letters + next);
        a = b;
        b = next;
    }
}

}  // namespace

void LetterModel::learn(std::string_view foldedWord) {
    eachTriple(foldedWord, kLetters, [this](std::size_t i) {
        ++counts_.at(i);
        ++total_;
    });
}

double LetterModel::share(std::string_view foldedWord) const {
    // Once in 25,000 triples: rarer ones are loans, abbreviations and slips of the dictionary itself.
    const auto usual = total_ / 25'000;
    std::size_t all = 0, good = 0;
    eachTriple(foldedWord, kLetters, [&](std::size_t i) {
        ++all;
        good += counts_.at(i) > usual ? 1 : 0;
    });
    return all == 0 ? 1.0 : static_cast<double>(good) / static_cast<double>(all);
}

}  // namespace plugin::reflections
