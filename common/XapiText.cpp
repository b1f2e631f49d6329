#include "common/XapiText.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace common {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Calls `take(unit, number, inTime)` for each part; false when it is no duration or `take` says no.
template <class Take>
bool parts(std::string_view text, Take&& take) {
    if (!text.starts_with('P')) return false;
    text.remove_prefix(1);
    std::string_view units = "YMWD";
    bool any = false, inTime = false;
    while (!text.empty()) {
        if (text[0] == 'T') {
            if (inTime || text.size() == 1) return false;
            inTime = true;
            units = "HMS";
            text.remove_prefix(1);
            continue;
        }
        std::size_t i = 0;
        while (i < text.size() && isDigit(text[i])) ++i;
        const auto whole = text.substr(0, i);
        bool fraction = false;
        if (i > 0 && i < text.size() && text[i] == '.') {
            fraction = true;
            const std::size_t point = i++;
            while (i < text.size() && isDigit(text[i])) ++i;
            if (i == point + 1) return false;
        }
        if (i == 0 || i == text.size()) return false;
        const char unit = text[i];
        if (unit == 'W' && (any || i + 1 != text.size())) return false;
        const auto at = units.find(unit);
        if (at == std::string_view::npos || (fraction && unit != 'S')) return false;
        units.remove_prefix(at + 1);
        text.remove_prefix(i + 1);
        any = true;
        if (!take(unit, whole, inTime)) return false;
    }
    return any;
}

}  // namespace

bool isIri(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos) return false;
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    });
}

bool isIsoDuration(std::string_view text) {
    return parts(text, [](char, std::string_view, bool) { return true; });
}

std::optional<std::int64_t> isoDurationSeconds(std::string_view text) {
    constexpr std::int64_t kMost = std::int64_t{1} << 40;
    std::int64_t seconds = 0;
    const bool good = parts(text, [&](char unit, std::string_view digits, bool inTime) {
        std::int64_t count = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), count).ec != std::errc()) return false;
        const std::int64_t each = unit == 'W'             ? 7 * 86400
                                  : unit == 'D'           ? 86400
                                  : unit == 'H'           ? 3600
                                  : unit == 'S'           ? 1
                                  : inTime && unit == 'M' ? 60
                                                          : 0;
        if (count == 0) return true;
        if (each == 0 || count > kMost / each) return false;
        seconds += count * each;
        return seconds <= kMost;
    });
    return good ? std::optional(seconds) : std::nullopt;
}

bool isMediaType(std::string_view text) {
    static constexpr std::array<std::string_view, 9> tops{"application", "audio",     "example", "image", "message",
                                                          "model",       "multipart", "text",    "video"};
    const auto slash = text.find('/');
    return slash != std::string_view::npos && slash + 1 < text.size() &&
           std::find(tops.begin(), tops.end(), text.substr(0, slash)) != tops.end();
}

}  // namespace common
