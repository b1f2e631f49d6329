#include "common/Cursor.h"

#include "common/Encoding.h"
#include "host/sdk/Error.h"

#include <charconv>

namespace common {
namespace {

// Between parts: can't occur in a key that came through JSON or a database as text, save by malice, and then decoding
// yields another number of parts and is refused.
constexpr char kSeparator = '\x1f';

std::optional<std::int64_t> toNumber(std::string_view text) {
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

host::sdk::AppError badCursor() {
    return host::sdk::AppError::badRequest(
        "The query parameter 'cursor' is not one that this list gave out; take it from 'next' of the page before.");
}

}  // namespace

std::string Cursor::encode(const std::vector<std::string>& key) {
    std::string joined;
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (i != 0) joined += kSeparator;
        joined += key[i];
    }
    return toBase64Url(joined);
}

std::optional<std::vector<std::string>> Cursor::decode(std::string_view text, std::size_t parts) {
    auto joined = fromBase64Url(text);
    if (!joined) return std::nullopt;
    std::vector<std::string> key(1);
    for (char c : *joined) {
        if (c == kSeparator)
            key.emplace_back();
        else
            key.back() += c;
    }
    if (key.size() != parts) return std::nullopt;
    return key;
}

std::optional<std::int64_t> Cursor::decodeNumber(std::string_view text) {
    auto key = decode(text, 1);
    return key ? toNumber(key->front()) : std::nullopt;
}

PageRequest PageRequest::from(const std::optional<std::string>& cursor, const std::optional<std::string>& limit,
                              std::size_t parts, std::size_t defaultLimit, std::size_t maxLimit) {
    PageRequest page;
    page.limit = defaultLimit;
    if (cursor && !cursor->empty()) {
        auto key = Cursor::decode(*cursor, parts);
        if (!key) throw badCursor();
        page.after = std::move(*key);
    }
    if (limit) {
        auto number = toNumber(*limit);
        if (!number || *number < 1 || *number > static_cast<std::int64_t>(maxLimit))
            throw host::sdk::AppError::badRequest("The query parameter 'limit' must be a number from 1 to " +
                                                  std::to_string(maxLimit) + ".");
        page.limit = static_cast<std::size_t>(*number);
    }
    return page;
}

std::int64_t PageRequest::afterNumber(std::int64_t otherwise, std::size_t part) const {
    if (after.empty()) return otherwise;
    auto number = part < after.size() ? toNumber(after[part]) : std::nullopt;
    if (!number) throw badCursor();
    return *number;
}

}  // namespace common
