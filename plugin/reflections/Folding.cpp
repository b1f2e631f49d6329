#include "plugin/reflections/Folding.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace plugin::reflections {

namespace {

constexpr char32_t kNone = 0;

struct Point {
    char32_t code = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

constexpr bool isRussian(char32_t c) {
    return (c >= U'а' && c <= U'я') || (c >= U'А' && c <= U'Я') || c == U'ё' || c == U'Ё';
}
constexpr bool isLatinLetter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
constexpr bool isDigit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
bool isCyrillic(char32_t c) {
    return c >= 0x400 && c <= 0x52F;
}

/// Needs nothing of Unicode's tables: it is its own NFKC form and joins with nothing before it.
constexpr bool isSimple(char32_t c) {
    return c < 0x80 || isRussian(c) || c == 0xAB || c == 0xBB || (c >= 0x2010 && c <= 0x2016) ||
           (c >= 0x2018 && c <= 0x2023);
}

// Lower and upper case hold the same letters: a word that is left as it is in one case is left so in the other, or a
// second folding would differ from the first.
constexpr std::u32string_view kLatin = U"aceopxykmthbACEOPXYKMTHB";
constexpr std::u32string_view kCyrillic = U"асеорхукмтньАСЕОРХУКМТНВ";
constexpr std::u32string_view kGreek = U"αερτκχυοΑΒΕΗΚΜΟΡΤΧΥ";
constexpr std::u32string_view kGreekAsCyrillic = U"аерткхуоАВЕНКМОРТХУ";
/// A Latin word of these alone is read as Cyrillic: «о», «с», «сор» typed in the other layout.
constexpr std::u32string_view kAllAlike = U"aceopxyACEOPXY";

char32_t asCyrillic(char32_t c) {
    if (auto i = kLatin.find(c); i != std::u32string_view::npos) return kCyrillic[i];
    if (auto i = kGreek.find(c); i != std::u32string_view::npos) return kGreekAsCyrillic[i];
    return kNone;
}

char32_t asLatin(char32_t c) {
    // The soft sign has no capital that looks Latin: see above, why it is left out.
    if (c == U'ь') return kNone;
    if (auto i = kCyrillic.find(c); i != std::u32string_view::npos) return kLatin[i];
    return kNone;
}

bool isCapital(char32_t c) {
    return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper(static_cast<UChar32>(c)) != 0;
}

bool isGreek(char32_t c) {
    return c >= 0x370 && c <= 0x3FF;
}

/// The letter that a digit inside a word stands for.
char32_t digitAsLetter(char32_t c) {
    switch (c) {
        case U'0':
            return U'о';
        case U'3':
            return U'з';
        case U'4':
            return U'ч';
        case U'6':
            return U'б';
        default:
            return kNone;
    }
}

void appendUtf8(std::string& out, char32_t c) {
    std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(c));
    out.append(bytes.begin(), bytes.begin() + length);
}

std::vector<Point> decode(std::string_view text, bool& simple) {
    std::vector<Point> points;
    points.reserve(text.size() / 2 + 8);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    simple = true;
    for (std::int32_t i = 0; i < length;) {
        const auto from = static_cast<std::uint32_t>(i);
        UChar32 c = 0;
        U8_NEXT(bytes, i, length, c);
        if (c < 0) c = ' ';
        const auto code = static_cast<char32_t>(c);
        if (!isSimple(code)) {
            if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(c) == U_FORMAT_CHAR) continue;
            simple = false;
        }
        points.push_back({code, from, static_cast<std::uint32_t>(i)});
    }
    return points;
}

/// NFKC piece by piece, so that every character still knows its place in the original.
std::vector<Point> normalize(const std::vector<Point>& points) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status)) return points;
    std::vector<Point> out;
    out.reserve(points.size());
    std::size_t i = 0;
    while (i < points.size()) {
        std::size_t end = i + 1;
        // A heap of marks on one letter is cut: only what a reader could read matters.
        while (end < points.size() && end - i < 64 && !nfkc->hasBoundaryBefore(static_cast<UChar32>(points[end].code)))
            ++end;
        if (end == i + 1 && isSimple(points[i].code)) {
            out.push_back(points[i++]);
            continue;
        }
        icu::UnicodeString piece;
        for (std::size_t k = i; k < end; ++k) piece.append(static_cast<UChar32>(points[k].code));
        status = U_ZERO_ERROR;
        const auto form = nfkc->normalize(piece, status);
        if (U_FAILURE(status)) {
            out.insert(out.end(), points.begin() + static_cast<std::ptrdiff_t>(i),
                       points.begin() + static_cast<std::ptrdiff_t>(end));
        } else {
            for (std::int32_t k = 0; k < form.length(); k = form.moveIndex32(k, 1))
                out.push_back({static_cast<char32_t>(form.char32At(k)), points[i].from, points[end - 1].to});
        }
        i = end;
    }
    return out;
}

enum class Role { Letter, Mark, Space, Separator };

Role roleOf(char32_t c) {
    if (isRussian(c) || isLatinLetter(c) || isDigit(c)) return Role::Letter;
    if (c == ' ' || c == '\t' || c == 0xA0) return Role::Space;
    if (c < 0x80) return Role::Separator;
    const auto code = static_cast<UChar32>(c);
    const auto type = u_charType(code);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return Role::Mark;
    if (u_isalpha(code) || type == U_DECIMAL_DIGIT_NUMBER || type == U_COMBINING_SPACING_MARK) return Role::Letter;
    return u_isUWhiteSpace(code) && c != 0x2028 && c != 0x2029 ? Role::Space : Role::Separator;
}

/// One word's letters → lower case without doubles.
void canonical(std::u32string& word) {
    for (char32_t& c : word)
        if (c == U'ё' || c == U'Ё') c = c == U'ё' ? U'е' : U'Е';
    std::size_t russian = 0, latin = 0, greek = 0, alike = 0, toCyrillic = 0, cyrillic = 0, toLatin = 0, digits = 0;
    for (char32_t c : word) {
        if (isCyrillic(c)) {
            ++cyrillic;
            russian += isRussian(c) ? 1 : 0;
            toLatin += asLatin(c) != kNone ? 1 : 0;
        } else if (isLatinLetter(c) || isGreek(c)) {
            ++(isGreek(c) ? greek : latin);
            toCyrillic += asCyrillic(c) != kNone ? 1 : 0;
            alike += kAllAlike.find(c) != std::u32string_view::npos ? 1 : 0;
        }
        digits += isDigit(c) ? 1 : 0;
    }
    const auto foreign = latin + greek;
    if (foreign > 0 && ((cyrillic > 0 && toCyrillic == foreign) || (cyrillic == 0 && alike == foreign))) {
        for (char32_t& c : word)
            if (isLatinLetter(c) || isGreek(c)) c = asCyrillic(c);
        russian += foreign;
    } else if (latin > 0 && cyrillic > 0 && greek == 0 && toLatin == cyrillic) {
        for (char32_t& c : word)
            if (isCyrillic(c)) c = asLatin(c);
        russian = 0;
    }
    if (digits > 0 && russian >= 3) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            const bool lone = (i == 0 || !isDigit(word[i - 1])) && (i + 1 == word.size() || !isDigit(word[i + 1]));
            const bool before = i > 0 && isCyrillic(word[i - 1]);
            const bool after = i + 1 < word.size() && isCyrillic(word[i + 1]);
            if (lone && after && (before || i == 0) && digitAsLetter(word[i]) != kNone)
                word[i] = digitAsLetter(word[i]);
        }
    }
    for (char32_t& c : word) {
        if (c < 0x80)
            c = c >= 'A' && c <= 'Z' ? c + 32 : c;
        else if (c >= U'А' && c <= U'Я')
            c += 32;
        else if (!isRussian(c))
            c = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
    }
}

Script scriptOf(const std::u32string& word, std::uint16_t& letters) {
    std::size_t russian = 0, otherCyrillic = 0, latin = 0, other = 0;
    for (char32_t c : word) {
        if (isRussian(c))
            ++russian;
        else if (isCyrillic(c))
            ++otherCyrillic;
        else if (isLatinLetter(c))
            ++latin;
        else if (!isDigit(c))
            ++other;
    }
    letters = static_cast<std::uint16_t>(std::min<std::size_t>(russian + otherCyrillic + latin + other, 0xFFFF));
    if (letters == 0) return Script::Digits;
    if (other > 0) return Script::Other;
    if (otherCyrillic > 0) return Script::OtherCyrillic;
    if (russian > 0 && latin > 0) return Script::Mixed;
    return russian > 0 ? Script::Russian : Script::Latin;
}

}  // namespace

Folded fold(std::string_view text) {
    text = text.substr(0, kMostBytes);
    bool simple = true;
    auto points = decode(text, simple);
    if (!simple) points = normalize(points);
    Folded out;
    out.text.reserve(text.size());
    out.words.reserve(text.size() / 10 + 4);
    std::u32string letters;
    std::uint32_t from = 0, to = 0;
    const auto close = [&] {
        if (letters.empty()) return;
        const bool inPhrase = !out.words.empty() && !out.words.back().pause;
        const bool name = inPhrase && letters.size() > 2 && isCapital(letters[0]) &&
                          std::none_of(letters.begin() + 1, letters.end(), isCapital);
        canonical(letters);
        if (!out.text.empty()) out.text += ' ';
        Word word;
        word.at = static_cast<std::uint32_t>(out.text.size());
        for (char32_t c : letters) appendUtf8(out.text, c);
        word.length = static_cast<std::uint32_t>(out.text.size()) - word.at;
        word.name = name;
        word.from = from;
        word.to = to;
        word.script = scriptOf(letters, word.letters);
        out.words.push_back(word);
        letters.clear();
    };
    for (const auto& point : points) {
        const auto role = roleOf(point.code);
        if (role == Role::Mark) continue;
        if (role == Role::Letter) {
            if (letters.empty()) from = point.from;
            to = point.to;
            letters += point.code;
            continue;
        }
        close();
        // A hyphen or an apostrophe parts words but not a phrase.
        const bool joins = point.code == '-' || point.code == '\'' || point.code == 0x2010 || point.code == 0x2011;
        if (role == Role::Separator && !joins && !out.words.empty()) out.words.back().pause = true;
    }
    close();
    return out;
}

std::uint32_t hashOf(std::string_view word) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (char c : word) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
    hash ^= hash >> 32;
    return static_cast<std::uint32_t>(hash) & 0x7fffffffU;
}

}  // namespace plugin::reflections
