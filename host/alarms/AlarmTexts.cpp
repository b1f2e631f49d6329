#include "host/alarms/AlarmTexts.h"

#include "common/Text.h"

#include <utf8.h>

#include <iterator>

namespace host::alarms {

std::string cut(const std::string& text, std::size_t codePoints) {
    std::string clean;
    utf8::replace_invalid(text.begin(), text.end(), std::back_inserter(clean));
    if (common::countCodePoints(clean) <= codePoints) return clean;
    auto end = clean.begin();
    for (std::size_t i = 0; i + 1 < codePoints; ++i) utf8::unchecked::next(end);
    clean.erase(end, clean.end());
    return clean + "…";
}

std::string oneLine(const std::string& text, std::size_t codePoints) {
    std::string line = cut(text, codePoints);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return std::string(common::trim(line));
}

}  // namespace host::alarms
