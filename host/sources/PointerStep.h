#pragma once
/// Steps of JSON pointers (RFC 6901). Pure; thread-safe.

#include <string>
#include <string_view>

namespace host::sources {

/// "grades/new" → "/grades~1new".
inline std::string step(std::string_view name) {
    std::string out = "/";
    for (const char c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

}  // namespace host::sources
