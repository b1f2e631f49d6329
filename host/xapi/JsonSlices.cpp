#include "host/xapi/JsonSlices.h"

#include "common/Text.h"

namespace host::xapi {
namespace {

/// Behind the text that begins at `at`, which is a quote.
std::size_t afterText(std::string_view json, std::size_t at) {
    const auto begin = at + 1;
    for (at = json.find('"', begin); at != std::string_view::npos; at = json.find('"', at + 1)) {
        std::size_t escapes = 0;
        while (at - escapes > begin && json[at - escapes - 1] == '\\') ++escapes;
        if (escapes % 2 == 0) return at + 1;
    }
    return json.size();
}

/// The first comma or `close` on the level of `at`, or the end.
std::size_t nextOnLevel(std::string_view json, std::size_t at, char close) {
    int depth = 0;
    while (at < json.size()) {
        switch (const char c = json[at]) {
            case '"':
                at = afterText(json, at);
                continue;
            case ',':
                if (depth == 0) return at;
                break;
            case '{':
            case '[':
                ++depth;
                break;
            case '}':
            case ']':
                if (depth == 0 && c == close) return at;
                --depth;
                break;
            default:
                break;
        }
        ++at;
    }
    return json.size();
}

/// What stands between the brackets, cut at commas. \return whether there was something between all of them, and
/// nothing behind the last bracket
template <class Fn>
bool pieces(std::string_view json, char close, Fn&& fn) {
    std::size_t at = 1, count = 0;
    bool whole = true;
    for (;;) {
        const auto end = nextOnLevel(json, at, close);
        if (end >= json.size()) return false;
        const auto piece = common::trim(json.substr(at, end - at));
        const bool empty = piece.empty();
        if (!empty) fn(piece);
        if (empty && !(count == 0 && json[end] == close)) whole = false;
        ++count;
        if (json[end] == close) return whole && end + 1 == json.size();
        at = end + 1;
    }
}

}  // namespace

std::optional<std::vector<std::string_view>> elementsOf(std::string_view json) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";  // of the byte order: before all, and nowhere else
    if (json.starts_with(kMark)) json.remove_prefix(kMark.size());
    json = common::trim(json);
    if (json.starts_with(kMark)) return std::nullopt;
    if (!json.starts_with('[')) return std::vector{json};
    std::vector<std::string_view> all;
    bool marked = false;
    const bool whole = pieces(json, ']', [&](std::string_view piece) {
        marked = marked || piece.starts_with(kMark);
        all.push_back(piece);
    });
    return whole && !marked ? std::optional(std::move(all)) : std::nullopt;
}

std::vector<std::pair<std::string_view, std::string_view>> membersOf(std::string_view json) {
    json = common::trim(json);
    std::vector<std::pair<std::string_view, std::string_view>> all;
    if (!json.starts_with('{')) return all;
    pieces(json, '}', [&](std::string_view piece) {
        if (piece.front() != '"') return;
        const auto end = afterText(piece, 0);
        const auto colon = piece.find(':', end);
        if (end < 2 || colon == std::string_view::npos) return;
        all.emplace_back(piece.substr(1, end - 2), common::trim(piece.substr(colon + 1)));
    });
    return all;
}

}  // namespace host::xapi
