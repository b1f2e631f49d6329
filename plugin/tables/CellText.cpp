#include "plugin/tables/CellText.h"

#include "common/Text.h"

#include <array>
#include <cstdint>

namespace plugin::tables {
namespace {

enum : std::uint8_t { kPlain = 0, kControl = 1, kWide = 2, kReturn = 4, kUnderscore = 8, kMaybeNonCharacter = 16 };

constexpr std::array<std::uint8_t, 256> classes() {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c) table[c] = kControl;
    table['\t'] = table['\n'] = kPlain;
    table['\r'] = kReturn;
    table['_'] = kUnderscore;
    for (std::size_t c = 0x80; c < 256; ++c) table[c] = kWide;
    table[0xef] = kWide | kMaybeNonCharacter;
    return table;
}
constexpr auto kClasses = classes();

std::uint8_t classesIn(std::string_view text) {
    std::uint8_t seen = kPlain;
    for (const char c : text) seen |= kClasses[static_cast<unsigned char>(c)];
    return seen;
}

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// "_x000D_" at `at`? A return ends it too: libxlsxwriter writes it as an escape, which begins with an underscore.
bool isEscape(std::string_view text, std::size_t at) {
    return text.size() - at >= 7 && text[at + 1] == 'x' && isHex(text[at + 2]) && isHex(text[at + 3]) &&
           isHex(text[at + 4]) && isHex(text[at + 5]) && (text[at + 6] == '_' || text[at + 6] == '\r');
}

/// Longest of what Excel counts and what is written: libxlsxwriter counts the escapes too.
std::size_t unitsOf(std::string_view text) {
    std::size_t units = 0;
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c & 0xc0U) == 0x80U) continue;
        units += c >= 0xf0 ? 2 : 1;
        written += c == '\r' ? 7 : 1;
        if (c == '_' && isEscape(text, i)) written += 6;
    }
    return units > written ? units : written;
}

}  // namespace

TextFault faultOf(std::string_view text, bool spreadsheet) {
    const std::uint8_t seen = classesIn(text);
    if ((seen & kWide) != 0 && !common::isUtf8(text)) return TextFault::NotUtf8;
    if (!spreadsheet) return TextFault::None;
    if ((seen & kControl) != 0) return TextFault::Control;
    // U+FFFE and U+FFFF are UTF-8, and no XML.
    if ((seen & kMaybeNonCharacter) != 0 &&
        (text.find("\xef\xbf\xbe") != std::string_view::npos || text.find("\xef\xbf\xbf") != std::string_view::npos))
        return TextFault::Control;
    // Only a return or an escape is written longer than it is: seven characters at most.
    const bool grows = (seen & (kReturn | kUnderscore)) != 0;
    if (text.size() > (grows ? kCellUnits / 7 : kCellUnits) && unitsOf(text) > kCellUnits) return TextFault::TooLong;
    return TextFault::None;
}

std::string_view spreadsheetText(std::string_view text, std::string& scratch) {
    std::size_t at = text.find('_');
    while (at != std::string_view::npos && !isEscape(text, at)) at = text.find('_', at + 1);
    if (at == std::string_view::npos) return text;
    scratch.assign(text.substr(0, at));
    for (; at < text.size(); ++at) {
        if (text[at] == '_' && isEscape(text, at)) scratch += "_x005F";
        scratch += text[at];
    }
    return scratch;
}

}  // namespace plugin::tables
