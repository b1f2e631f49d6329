#include "host/http/Target.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <algorithm>

namespace host::http {
namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void decode(std::string_view raw, bool plusIsSpace, std::string& out) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
        char c = raw[i];
        if (c == '%') {
            int high = i + 2 < raw.size() ? hexDigit(raw[i + 1]) : -1;
            int low = i + 2 < raw.size() ? hexDigit(raw[i + 2]) : -1;
            if (high < 0 || low < 0)
                throw sdk::AppError::badRequest(
                    "The address has a '%' that is not followed by two hexadecimal digits.");
            c = static_cast<char>(high * 16 + low);
            i += 2;
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                throw sdk::AppError::badRequest("The address holds an encoded control character.");
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        out += c;
    }
    if (!common::isUtf8(out)) throw sdk::AppError::badRequest("The address is not UTF-8.");
}

/// A segment may hold an encoded '/', for ids that are addresses, but nothing that climbs when it is joined to a path.
void refuseClimbing(std::string_view segment) {
    while (true) {
        auto slash = segment.find_first_of("/\\");
        auto piece = segment.substr(0, slash);
        if (piece == "." || piece == "..")
            throw sdk::AppError::badRequest("The address has a '.' or '..' in its path.");
        if (slash == std::string_view::npos) return;
        segment.remove_prefix(slash + 1);
    }
}

}  // namespace

Target parseTarget(std::string_view raw) {
    // A proxy may send the absolute form; the authority is not ours to judge.
    std::string rooted;
    if (raw.front() != '/') {
        const auto colon = raw.find("://");
        const auto scheme = common::toLowerAscii(raw.substr(0, colon));
        if (colon == std::string_view::npos || (scheme != "http" && scheme != "https"))
            throw sdk::AppError::badRequest("The address must begin with '/'.");
        // A path begins before the query or not at all: a slash in the query is none of it.
        raw.remove_prefix(std::min(raw.find_first_of("/?#", colon + 3), raw.size()));
        if (raw.empty() || raw.front() != '/') {
            rooted.append("/").append(raw);
            raw = rooted;
        }
    }
    if (raw.find('#') != std::string_view::npos) throw sdk::AppError::badRequest("The address has a fragment ('#').");
    auto mark = raw.find('?');
    auto path = raw.substr(0, mark);

    Target target;
    target.path.reserve(path.size());
    std::string_view rest = path.substr(1);
    while (true) {
        auto slash = rest.find('/');
        std::string& segment = target.segments.emplace_back();
        decode(rest.substr(0, slash), false, segment);
        refuseClimbing(segment);
        target.path += '/';
        target.path += segment;
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }

    if (mark == std::string_view::npos) return target;
    std::string_view query = raw.substr(mark + 1);
    while (!query.empty()) {
        auto amp = query.find('&');
        auto pair = query.substr(0, amp);
        if (!pair.empty()) {
            auto equals = pair.find('=');
            auto& [key, value] = target.query.emplace_back();
            decode(pair.substr(0, equals), true, key);
            if (equals != std::string_view::npos) decode(pair.substr(equals + 1), true, value);
        }
        if (amp == std::string_view::npos) break;
        query.remove_prefix(amp + 1);
    }
    return target;
}

}  // namespace host::http
