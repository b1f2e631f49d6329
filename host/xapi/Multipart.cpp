#include "host/xapi/Multipart.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <fmt/format.h>

namespace host::xapi {
namespace {

using sdk::AppError;

constexpr std::size_t kMaxParts = 1000;
constexpr std::size_t kMaxHead = 16 * 1024;

AppError cut(const std::string& what) {
    return AppError::badRequest(fmt::format("The multipart body is not whole: {}.", what));
}

/// Where "--boundary" begins a line, from `from` on.
std::size_t delimiterFrom(std::string_view body, std::string_view mark, std::size_t from) {
    for (auto at = body.find(mark, from); at != std::string_view::npos; at = body.find(mark, at + 1))
        if (at == 0 || body[at - 1] == '\n') return at;
    return std::string_view::npos;
}

std::string_view lineEndCut(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

BodyPart partOf(std::string_view text) {
    BodyPart part;
    for (;;) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos || end > kMaxHead) throw cut("a part has no end of its head");
        const auto line = lineEndCut(text.substr(0, end + 1));
        text.remove_prefix(end + 1);
        if (line.empty()) break;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) throw cut("a part has a line in its head that is no header");
        if (part.headers.size() > 50) throw cut("a part has too many headers");
        part.headers.emplace_back(common::toLowerAscii(common::trim(line.substr(0, colon))),
                                  std::string(common::trim(line.substr(colon + 1))));
    }
    part.bytes = text;
    return part;
}

}  // namespace

std::string_view BodyPart::header(std::string_view lowerCaseName) const {
    for (const auto& [name, value] : headers)
        if (name == lowerCaseName) return value;
    return {};
}

std::string headerParameter(std::string_view header, std::string_view lowerCaseName) {
    auto semicolon = header.find(';');
    while (semicolon != std::string_view::npos) {
        header.remove_prefix(semicolon + 1);
        const auto equals = header.find('=');
        if (equals == std::string_view::npos) return {};
        const auto name = common::toLowerAscii(common::trim(header.substr(0, equals)));
        auto value = common::trim(header.substr(equals + 1));
        if (value.starts_with('"')) {
            const auto close = value.find('"', 1);
            if (close == std::string_view::npos) return {};
            if (name == lowerCaseName) return std::string(value.substr(1, close - 1));
            header = value.substr(close + 1);
        } else {
            if (name == lowerCaseName) return std::string(common::trim(value.substr(0, value.find(';'))));
            header = value;
        }
        semicolon = header.find(';');
    }
    return {};
}

std::vector<BodyPart> partsOf(std::string_view body, std::string_view contentType) {
    const auto boundary = headerParameter(contentType, "boundary");
    if (boundary.empty() || boundary.size() > 70) throw cut("its Content-Type names no boundary");
    const std::string mark = "--" + boundary;
    std::vector<BodyPart> parts;
    auto at = delimiterFrom(body, mark, 0);
    if (at == std::string_view::npos) throw cut("its boundary is nowhere in it");
    for (;;) {
        at += mark.size();
        if (body.substr(at, 2) == "--") return parts;
        const auto line = body.find('\n', at);
        if (line == std::string_view::npos) throw cut("it ends within a boundary");
        const auto next = delimiterFrom(body, mark, line + 1);
        if (next == std::string_view::npos) throw cut("the last boundary is missing");
        if (parts.size() >= kMaxParts) throw cut(fmt::format("it has more than {} parts", kMaxParts));
        parts.push_back(partOf(lineEndCut(body.substr(line + 1, next - line - 1))));
        at = next;
    }
}

}  // namespace host::xapi
