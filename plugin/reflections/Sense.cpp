#include "plugin/reflections/Sense.h"

#include "plugin/reflections/Borrowing.h"

#include <algorithm>
#include <array>
#include <unicode/utf8.h>
#include <unordered_map>

namespace plugin::reflections {

namespace {

std::u32string pointsOf(std::string_view word) {
    std::u32string out;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(word.data());
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(word.size());) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, static_cast<std::int32_t>(word.size()), c);
        out += static_cast<char32_t>(c < 0 ? ' ' : c);
    }
    return out;
}

constexpr std::array<std::u32string_view, 7> kRows{U"йцукенгшщзхъ", U"фывапролджэ", U"ячсмитьбю", U"qwertyuiop",
                                                   U"asdfghjkl",    U"zxcvbnm",     U"1234567890"};

/// Letters that stand in runs of at least four neighbours on the keyboard, in either direction.
std::size_t keyboardLetters(const std::u32string& word) {
    std::size_t all = 0;
    for (const auto& row : kRows) {
        std::size_t run = 1;
        int direction = 0;
        const auto close = [&] {
            if (run >= 4) all += run;
            run = 1;
            direction = 0;
        };
        for (std::size_t i = 1; i < word.size(); ++i) {
            const auto a = row.find(word[i - 1]);
            const auto b = row.find(word[i]);
            const int step = a == std::u32string_view::npos || b == std::u32string_view::npos
                                 ? 0
                                 : static_cast<int>(b) - static_cast<int>(a);
            const bool next = (step == 1 || step == -1) && (direction == 0 || direction == step);
            if (!next) {
                close();
                continue;
            }
            direction = step;
            ++run;
        }
        close();
    }
    return all;
}

bool isPeriodic(const std::u32string& word) {
    for (std::size_t period = 1; period <= 5; ++period) {
        const std::size_t times = period <= 2 ? 3 : 2;
        if (word.size() < std::max<std::size_t>(period * times, 4)) continue;
        bool repeats = true;
        for (std::size_t i = period; i < word.size() && repeats; ++i) repeats = word[i] == word[i - period];
        if (repeats) return true;
    }
    return false;
}

bool isVowel(char32_t c) {
    return std::u32string_view(U"аеиоуыэюяaeiouy").find(c) != std::u32string_view::npos;
}

bool lacksVowels(const std::u32string& word) {
    std::size_t vowels = 0, row = 0, longestRow = 0;
    for (char32_t c : word) {
        vowels += isVowel(c) ? 1 : 0;
        row = isVowel(c) ? 0 : row + 1;
        longestRow = std::max(longestRow, row);
    }
    return word.size() >= 5 && (vowels == 0 || vowels == word.size() || longestRow >= 7);
}

struct Letters {
    std::size_t all = 0, real = 0, plausible = 0, strange = 0, mashed = 0, unknown = 0;
};

/// Names, and terms in Latin letters within a Russian text, stand in no dictionary: they speak neither for a text nor
/// against it.
bool mayBeForeign(const Word& word, Sense sense, bool mostlyRussian) {
    return (word.script == Script::Latin && mostlyRussian) || (word.name && sense == Sense::Plausible);
}

Letters lettersOf(const Folded& text, Dictionary* dictionary, bool mostlyRussian) {
    Letters out;
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        const auto& word = text.words[i];
        if (word.script == Script::Digits) {
            // Numbers are no words, but a text of them is none either.
            if (word.length < 4 || !isMashed(text.word(i))) continue;
            out.all += word.length;
            out.mashed += word.length;
            continue;
        }
        out.all += word.letters;
        auto sense = dictionary == nullptr ? Sense::Unknown : dictionary->sense(text.word(i), word.script);
        if (sense != Sense::Real && isMashed(text.word(i))) {
            out.mashed += word.letters;
            sense = Sense::Strange;
        } else if (sense != Sense::Real && mayBeForeign(word, sense, mostlyRussian)) {
            sense = Sense::Unknown;
        }
        switch (sense) {
            case Sense::Real:
                out.real += word.letters;
                break;
            case Sense::Plausible:
                out.plausible += word.letters;
                break;
            case Sense::Strange:
                out.strange += word.letters;
                break;
            case Sense::Unknown:
                out.unknown += word.letters;
                break;
        }
    }
    return out;
}

/// Words that were there before, in the same three words' company; and the most frequent long word's share.
struct Repeats {
    double phrases = 0;
    double word = 0;
};

Repeats repeatsOf(const Folded& text) {
    const auto n = text.words.size();
    std::vector<std::uint32_t> hashes(n);
    std::unordered_map<std::uint32_t, std::size_t> counts;
    std::size_t most = 0;
    for (std::size_t i = 0; i < n; ++i) {
        hashes[i] = hashOf(text.word(i));
        const auto count = ++counts[hashes[i]];
        // Short words repeat in every text: «и», «в», «на».
        if (text.words[i].letters >= 4 || text.words[i].script == Script::Digits) most = std::max(most, count);
    }
    Repeats out;
    out.word = static_cast<double>(most) / static_cast<double>(n);
    if (static_cast<double>(counts.size()) <= 0.3 * static_cast<double>(n) && n <= 200) out.phrases = 1;
    std::unordered_map<std::uint64_t, bool> seen;
    std::vector<bool> covered(n, false);
    for (std::size_t i = 0; i + kShingle <= n; ++i)
        if (!seen.try_emplace(shingleAt(hashes.data() + i), true).second)
            for (std::size_t k = i; k < i + kShingle; ++k) covered[k] = true;
    const auto again = std::count(covered.begin(), covered.end(), true);
    out.phrases = std::max(out.phrases, static_cast<double>(again) / static_cast<double>(n));
    return out;
}

double shareOf(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The dictionary's part: nullopt when the text's words say nothing against it.
void checkWords(const Letters& letters, const footprint::ReflectionLimits& limits, std::vector<Finding>& out) {
    const auto judged = letters.real + letters.plausible + letters.strange;
    if (letters.unknown * 2 > letters.all) {
        out.push_back({&checks::kOtherLanguage, Standing::Borderline, shareOf(letters.unknown, letters.all), {}});
        return;
    }
    const double share = (static_cast<double>(letters.real) + 0.5 * static_cast<double>(letters.plausible)) /
                         static_cast<double>(judged);
    constexpr double kDoubt = 0.12;
    if (share < limits.realWordShare)
        out.push_back({&checks::kNoRealWords, Standing::Flagged, share, {}});
    else if (share < limits.realWordShare + kDoubt)
        out.push_back({&checks::kNoRealWords, Standing::Borderline, share, {}});
}

void checkSalad(const Folded& text, std::vector<Finding>& out) {
    const auto n = text.words.size();
    if (n < 8) return;
    const auto grammar = grammarOf(text);
    const bool breaks = grammar.breaches >= 2 ? grammar.breaches * 30 >= n : grammar.breaches == 1 && n <= 20;
    // Content words alone, without a list's commas.
    const bool bare = n >= 10 && grammar.functionWords * 14 < n && grammar.pauses * 5 < n;
    if (breaks || bare) out.push_back({&checks::kWordSalad, Standing::Borderline, shareOf(grammar.breaches, n), {}});
}

}  // namespace

bool isMashed(std::string_view foldedWord) {
    const auto word = pointsOf(foldedWord);
    if (word.size() < 4) return false;
    if (isPeriodic(word)) return true;
    if (keyboardLetters(word) * 10 >= word.size() * 7) return true;
    return (word[0] < '0' || word[0] > '9') && lacksVowels(word);
}

std::vector<Finding> senseOf(const Folded& text, const footprint::ReflectionLimits& limits, Dictionary* dictionary) {
    std::vector<Finding> out;
    const auto n = text.words.size();
    if (n == 0) {
        out.push_back({&checks::kNoText, Standing::Flagged, 0, {}});
        return out;
    }
    std::size_t characters = 0, letters = 0, lettered = 0, other = 0, russian = 0;
    for (const auto& word : text.words) {
        characters += word.script == Script::Digits ? word.length : word.letters;
        letters += word.letters;
        lettered += word.letters > 0 ? 1 : 0;
        if (word.script == Script::Other || word.script == Script::OtherCyrillic) other += word.letters;
        if (word.script == Script::Russian) russian += word.letters;
    }
    if (n < static_cast<std::size_t>(limits.minWords) || characters < static_cast<std::size_t>(limits.minCharacters))
        out.push_back({&checks::kTooShort, Standing::Flagged, 0, {}});
    if (letters == 0) {
        out.push_back({&checks::kMashing, Standing::Flagged, 1, {}});
        return out;
    }
    if (n >= 8) {
        const auto repeats = repeatsOf(text);
        const bool flagged = repeats.phrases >= 0.55 || repeats.word >= 0.3;
        if (flagged || repeats.phrases >= 0.4 || repeats.word >= 0.22)
            out.push_back({&checks::kRepetition,
                           flagged ? Standing::Flagged : Standing::Borderline,
                           std::max(repeats.phrases, repeats.word),
                           {}});
    }
    // Tatar or Kazakh is mostly written with Russian letters: one word in eight with one of its own tells.
    if (other * 8 >= letters) {
        out.push_back({&checks::kOtherLanguage, Standing::Borderline, shareOf(other, letters), {}});
        return out;
    }
    const auto sums =
        lettersOf(text, dictionary != nullptr && dictionary->isReady() ? dictionary : nullptr, russian * 2 > letters);
    // «а б в г д»: letters set one by one.
    if (sums.mashed * 2 >= sums.all || (lettered >= 5 && letters * 2 < lettered * 5))
        out.push_back({&checks::kMashing, Standing::Flagged, shareOf(sums.mashed, sums.all), {}});
    else if (dictionary != nullptr && dictionary->isReady())
        checkWords(sums, limits, out);
    if (out.empty() && russian * 2 > letters) checkSalad(text, out);
    return out;
}

}  // namespace plugin::reflections
