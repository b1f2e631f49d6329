#pragma once
/// An independent reader of RFC 4180 for tests: rows of fields, quotes taken off.

#include <string>
#include <vector>

namespace kit {

inline std::vector<std::vector<std::string>> readCsv(const std::string& text) {
    std::vector<std::vector<std::string>> rows(1);
    std::string field;
    bool quoted = false;
    std::size_t at = text.rfind("\xef\xbb\xbf", 0) == 0 ? 3 : 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c != '"') {
                field += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                field += '"';
                ++at;
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            rows.back().push_back(std::move(field));
            field.clear();
        } else if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
            rows.back().push_back(std::move(field));
            field.clear();
            rows.emplace_back();
            ++at;
        } else {
            field += c;
        }
    }
    rows.pop_back();
    return rows;
}

/// A spreadsheet's guard taken off again.
inline std::string withoutGuard(const std::string& field) {
    const bool guarded =
        field.size() > 1 && field[0] == '\'' && std::string("=+-@\t\r").find(field[1]) != std::string::npos;
    return guarded ? field.substr(1) : field;
}

}  // namespace kit
