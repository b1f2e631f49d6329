#include "plugin/identities/Fold.h"

#include <Poco/UTF8String.h>

#include <algorithm>

namespace plugin::identities {
namespace {

struct Replacement {
    std::string_view from;
    std::string_view to;
};

constexpr Replacement kReplacements[] = {
    {"ё", "е"},
    {"е\xCC\x88", "е"},
    {"и\xCC\x86", "й"},
    {"\xC2\xA0", " "},      // no-break space
    {"\xC2\xAD", ""},       // soft hyphen
    {"\xE2\x80\x87", " "},  // figure space
    {"\xE2\x80\x89", " "},  // thin space
    {"\xE2\x80\xAF", " "},  // narrow no-break space
    {"\xE2\x80\x8B", ""},   // zero width space
    {"\xEF\xBB\xBF", ""},   // byte order mark
    {"\xE2\x80\x90", "-"},  // hyphen
    {"\xE2\x80\x91", "-"},  // non-breaking hyphen
    {"\xE2\x80\x92", "-"},  // figure dash
    {"\xE2\x80\x93", "-"},  // en dash
    {"\xE2\x80\x94", "-"},  // em dash
    {"\xE2\x88\x92", "-"},  // minus
};

bool isGap(char c) {
    return c == ' ' || c == '-' || (c >= '\t' && c <= '\r');
}

}  // namespace

std::string foldName(std::string_view text) {
    const std::string lower = Poco::UTF8::toLower(std::string(text));
    std::string out;
    bool gap = false;
    for (std::size_t i = 0; i < lower.size();) {
        const std::string_view rest = std::string_view(lower).substr(i);
        const auto* found = std::find_if(std::begin(kReplacements), std::end(kReplacements),
                                         [&](const Replacement& one) { return rest.starts_with(one.from); });
        const std::string_view piece = found == std::end(kReplacements) ? rest.substr(0, 1) : found->to;
        i += found == std::end(kReplacements) ? 1 : found->from.size();
        for (const char c : piece) {
            if (isGap(c)) {
                gap = true;
                continue;
            }
            if (gap && !out.empty()) out += ' ';
            gap = false;
            out += c;
        }
    }
    return out;
}

std::string foldTitle(std::string_view text) {
    std::string out = foldName(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '_' || c == '*' || c == ':'; });
    return out;
}

}  // namespace plugin::identities
