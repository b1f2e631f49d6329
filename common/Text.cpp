#include "common/Text.h"

#include <utf8.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <numeric>

namespace common {
namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

/// Length of the well-formed sequence at `at`, 0 when there is none (Unicode, table 3-7).
std::size_t sequenceLength(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xc0U) == 0x80U; };
    unsigned char lead = byte(at);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return tail(at + 1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (!tail(at + 1) || !tail(at + 2)) return 0;
        if (lead == 0xe0 && byte(at + 1) < 0xa0) return 0;
        if (lead == 0xed && byte(at + 1) > 0x9f) return 0;
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (!tail(at + 1) || !tail(at + 2) || !tail(at + 3)) return 0;
        if (lead == 0xf0 && byte(at + 1) < 0x90) return 0;
        if (lead == 0xf4 && byte(at + 1) > 0x8f) return 0;
        return 4;
    }
    return 0;
}

}  // namespace

bool isUtf8(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    for (std::size_t i = 0; i < text.size();) {
        std::uint64_t eight = kHighBits;
        if (text.size() - i >= sizeof(eight)) std::memcpy(&eight, text.data() + i, sizeof(eight));
        if ((eight & kHighBits) == 0) {
            i += sizeof(eight);
            continue;
        }
        std::size_t length = sequenceLength(text, i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

std::size_t countCodePoints(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool isOneLine(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view beginning(std::string_view text, std::size_t maxBytes) {
    if (text.size() <= maxBytes) return text;
    std::size_t end = maxBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

std::string shortened(std::string_view text, std::size_t codePoints) {
    std::string clean;
    utf8::replace_invalid(text.begin(), text.end(), std::back_inserter(clean));
    if (countCodePoints(clean) <= codePoints) return clean;
    auto end = clean.begin();
    for (std::size_t i = 0; i + 1 < codePoints; ++i) utf8::unchecked::next(end);
    clean.erase(end, clean.end());
    return clean + "…";
}

std::string oneLine(std::string_view text, std::size_t codePoints) {
    std::string line = shortened(text, codePoints);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return std::string(trim(line));
}

std::string toLowerAscii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string toUpperAscii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

std::string_view nearest(std::string_view text, const std::vector<std::string>& candidates) {
    std::size_t limit = std::max<std::size_t>(2, text.size() / 3);
    std::string_view best;
    for (const std::string& candidate : candidates) {
        std::size_t distance = editDistance(text, candidate);
        if (distance <= limit && (best.empty() || distance < limit)) {
            best = candidate;
            limit = distance;
        }
    }
    return best;
}

}  // namespace common
