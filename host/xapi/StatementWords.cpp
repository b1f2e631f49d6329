#include "host/xapi/StatementWords.h"

#include "common/Rfc3339.h"
#include "common/Text.h"

#include <algorithm>

namespace host::xapi {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string At::pointer() const {
    if (up == nullptr) return {};
    std::string out = up->pointer() + "/";
    for (const char c : common::beginning(name, 300)) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

bool isLanguage(std::string_view tag) {
    bool first = true;
    while (true) {
        const auto dash = tag.find('-');
        const auto part = tag.substr(0, dash);
        if (part.empty() || part.size() > 8) return false;
        if (!std::all_of(part.begin(), part.end(), [&](char c) { return isLetter(c) || (!first && isDigit(c)); }))
            return false;
        if (first && part.size() == 1 &&
            (std::string_view("iIxX").find(part[0]) == std::string_view::npos || dash == std::string_view::npos))
            return false;
        if (dash == std::string_view::npos) return true;
        tag.remove_prefix(dash + 1);
        first = false;
    }
}

bool isMailbox(std::string_view text) {
    if (!text.starts_with("mailto:")) return false;
    text.remove_prefix(7);
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.find(' ') == std::string_view::npos;
}

bool isHex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::optional<sdk::Micros> statementTime(std::string_view text) {
    const auto t = text.find_first_of("Tt ");
    if (t == std::string_view::npos || text.size() > 40) return std::nullopt;
    std::string time(text);
    time[t] = 'T';
    const auto sign = time.find_first_of("+-", t);
    if (time.back() == 'z') time.back() = 'Z';
    if (sign == std::string::npos) {
        if (time.back() != 'Z') time += 'Z';
        return common::Rfc3339::parse(time);
    }
    std::string offset = time.substr(sign + 1);
    if (offset.size() == 2) offset += ":00";
    if (offset.size() == 4 && offset.find(':') == std::string::npos) offset.insert(2, ":");
    if (time[sign] == '-' && offset == "00:00") return std::nullopt;
    return common::Rfc3339::parse(time.substr(0, sign + 1) + offset);
}

}  // namespace host::xapi
