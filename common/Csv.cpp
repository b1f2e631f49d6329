#include "common/Csv.h"

#include "common/Text.h"

#include <array>
#include <cstdint>

namespace common {
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

std::uint8_t classesIn(std::string_view text) {
    std::uint8_t seen = kPlain;
    for (const char c : text) seen |= classOf(c);
    return seen;
}

void append(std::string& out, std::string_view text, std::uint8_t seen) {
    const bool formula = !text.empty() && (classOf(text.front()) & kFormula) != 0;
    if ((seen & kQuote) == 0) {
        if (formula) out += '\'';
        out.append(text);
        return;
    }
    out += '"';
    if (formula) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace

void appendCsvText(std::string& out, std::string_view text) {
    append(out, text, classesIn(text));
}

bool appendCheckedCsvText(std::string& out, std::string_view text) {
    const std::uint8_t seen = classesIn(text);
    if ((seen & kWide) != 0 && !isUtf8(text)) return false;
    append(out, text, seen);
    return true;
}

bool prefersCsv(std::string_view accept) {
    const auto csv = accept.find("text/csv");
    return csv != std::string_view::npos && csv < accept.find("application/json");
}

}  // namespace common
