#include "common/xlsx/CellValue.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace common::xlsx {
namespace {

constexpr double kFirstInexact = 1e15;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr double kDaysTo9999 = 2'958'466;  // 1900 system: the day after 9999-12-31

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<unsigned> hexUnit(std::string_view text) {
    if (text.size() < 7 || text[0] != '_' || (text[1] != 'x' && text[1] != 'X') || text[6] != '_') return std::nullopt;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, value, 16);
    if (error != std::errc() || end != text.data() + 6) return std::nullopt;
    return value;
}

void appendUtf8(std::string& out, unsigned c) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6));
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | (c >> 12));
        tail(6), tail(0);
    } else {
        out += static_cast<char>(0xF0U | (c >> 18));
        tail(12), tail(6), tail(0);
    }
}

/// Digits of the shortest text that reads back as the same value, without an exponent.
std::string decimalText(double value) {
    char buffer[400];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    std::string out;
    if (text.starts_with('-')) {
        out += '-';
        text.remove_prefix(1);
    }
    const auto e = text.find('e');
    int exponent = 0;
    std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
    std::string digits(1, text[0]);
    if (e > 2) digits.append(text.substr(2, e - 2));
    if (exponent < 0) {
        out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
        return out;
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return out.append(digits).append(whole - digits.size(), '0');
    return out.append(digits, 0, whole).append(1, '.').append(digits, whole);
}

bool isPlainInteger(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit) && (text.size() == 1 || text[0] != '0');
}

std::string timeText(std::int64_t second) {
    return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

std::string dayText(std::int64_t day, bool from1904) {
    using namespace std::chrono;
    // Excel's 1900 system counts a 29 February 1900 that never was; before it the days are one later.
    if (!from1904 && day == 60) return "1900-02-29";
    const sys_days origin = from1904   ? sys_days(1904y / 1 / 1)
                            : day < 60 ? sys_days(1899y / 12 / 31)
                                       : sys_days(1899y / 12 / 30);
    const year_month_day date(origin + days(day));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace

std::optional<std::size_t> parseRowNumber(std::string_view text) {
    std::size_t row = 0;
    if (text.empty() || text.size() > 9) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), row);
    if (error != std::errc() || end != text.data() + text.size() || row == 0) return std::nullopt;
    return row;
}

std::optional<CellRef> parseRef(std::string_view text) {
    std::size_t column = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 7; ++at) {
        const char c = text[at];
        if (c >= 'A' && c <= 'Z')
            column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
        else if (c >= 'a' && c <= 'z')
            column = column * 26 + static_cast<std::size_t>(c - 'a') + 1;
        else
            break;
    }
    if (at == 0 || at == 7) return std::nullopt;
    const auto row = parseRowNumber(text.substr(at));
    if (!row) return std::nullopt;
    return CellRef{*row - 1, column - 1};
}

std::string columnName(std::size_t column) {
    std::string name;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return name;
}

std::string unescape(std::string_view text) {
    if (text.find("_x") == std::string_view::npos && text.find("_X") == std::string_view::npos)
        return std::string(text);
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto unit = hexUnit(text.substr(i));
        if (!unit || *unit == 0) {
            out += text[i++];
            continue;
        }
        if (*unit < 0xD800 || *unit > 0xDFFF) {
            appendUtf8(out, *unit);
            i += 7;
            continue;
        }
        const auto low = hexUnit(text.substr(i + 7));
        if (*unit > 0xDBFF || !low || *low < 0xDC00 || *low > 0xDFFF) {
            out += text[i++];
            continue;
        }
        appendUtf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
        i += 14;
    }
    return out;
}

NumberFormat formatOfId(unsigned id) {
    // ECMA-376 part 1, 18.8.30, with the ids that East Asian editions of Excel add; 46 is [h]:mm:ss.
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return NumberFormat::Date;
    if ((id >= 18 && id <= 21) || id == 45 || id == 47) return NumberFormat::Time;
    return NumberFormat::Number;
}

NumberFormat formatOfCode(std::string_view code) {
    bool day = false;
    bool month = false;
    bool time = false;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        switch (code[i]) {
            case '"':
                i = std::min(code.find('"', i + 1), code.size());
                break;
            case '\\':
            case '_':
            case '*':
                ++i;
                break;
            case '[': {
                const auto close = std::min(code.find(']', i), code.size());
                const char first = i + 1 < close ? code[i + 1] : ' ';
                // [h], [mm], [ss] is elapsed time; anything else is a colour, a condition or a locale.
                if (close > i + 1 && std::string_view("hHmMsS").find(first) != std::string_view::npos &&
                    code.substr(i + 1, close - i - 1).find_first_not_of(first) == std::string_view::npos)
                    return NumberFormat::Number;
                i = close;
                break;
            }
            case 'y':
            case 'Y':
            case 'd':
            case 'D':
                day = true;
                break;
            case 'm':
            case 'M':
                month = true;
                break;
            case 'h':
            case 'H':
            case 's':
            case 'S':
                time = true;
                break;
            case 'G':
            case 'g':
                if (code.substr(i, 7) == "General" || code.substr(i, 7) == "GENERAL" || code.substr(i, 7) == "general")
                    i += 6;
                break;
            default:
                break;
        }
    }
    if (day || (month && !time)) return NumberFormat::Date;
    return time ? NumberFormat::Time : NumberFormat::Number;
}

bool setNumber(Cell& cell, std::string_view text) {
    double value = 0;
    const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || begin == end || !std::isfinite(value)) return false;
    cell.type = Cell::Type::Number;
    cell.number = value;
    cell.text = value == 0 ? "0" : isPlainInteger(text) ? std::string(text) : decimalText(value);
    const bool whole = std::floor(value) == value;
    cell.doubt = whole && std::fabs(value) >= kFirstInexact ? Cell::Doubt::LostDigits : Cell::Doubt::None;
    return true;
}

void setDate(Cell& cell, NumberFormat format, bool from1904) {
    // The limit is of the second it is rounded to: the last half second of 9999 is no longer in it.
    const double rounded = std::round(cell.number * kDaySeconds);
    const double limit = (kDaysTo9999 - (from1904 ? 1462 : 0)) * kDaySeconds;
    if (format == NumberFormat::Number || cell.number < 0 || rounded >= limit) return;
    const auto seconds = static_cast<std::int64_t>(rounded);
    const auto day = seconds / kDaySeconds;
    const auto second = seconds % kDaySeconds;
    cell.type = Cell::Type::Date;
    cell.doubt = Cell::Doubt::None;
    if (format == NumberFormat::Time && day == 0) {
        cell.text = timeText(second);
        return;
    }
    cell.text = dayText(day, from1904);
    if (second != 0) cell.text += "T" + timeText(second);
}

}  // namespace common::xlsx
