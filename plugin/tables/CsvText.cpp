#include "plugin/tables/CsvText.h"

#include "common/Text.h"

#include <array>
#include <cstdint>

namespace plugin::tables {
namespace {

enum : std::uint8_t { kPlain = 0, kQuote = 1, kFormula = 2, kWide = 4 };

constexpr std::array<std::uint8_t, 256> classes() {
    std::array<std::uint8_t, 256> table{};
    for (const char c : {'"', ',', '\n', '\r'}) table[static_cast<unsigned char>(c)] |= kQuote;
    for (const char c : {'=', '+', '-', '@', '\t', '\r'}) table[static_cast<unsigned char>(c)] |= kFormula;
    for (std::size_t c = 0x80; c < 256; ++c) table[c] |= kWide;
    return table;
}
constexpr auto kClasses = classes();

std::uint8_t classOf(char c) {
    return kClasses[static_cast<unsigned char>(c)];
}

}  // namespace

bool appendCsvText(std::string& out, std::string_view text) {
    std::uint8_t seen = kPlain;
    for (const char c : text) seen |= classOf(c);
    if ((seen & kWide) != 0 && !common::isUtf8(text)) return false;
    const bool formula = !text.empty() && (classOf(text.front()) & kFormula) != 0;
    if ((seen & kQuote) == 0) {
        if (formula) out += '\'';
        out.append(text);
        return true;
    }
    out += '"';
    if (formula) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
    return true;
}

}  // namespace plugin::tables
