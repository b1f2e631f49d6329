#pragma once
/// Keyset lists: {"items":[…],"next":"…"}. A cursor is the last row's key, opaque to the client. Pure; thread-safe.
///
///     auto page = PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
///     SELECT … WHERE id > :after ORDER BY id LIMIT page.limit + 1   -- one more tells whether there is a next page

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace common {

class Cursor {
public:
    static std::string encode(const std::vector<std::string>& key);
    static std::string encode(std::int64_t key) { return encode(std::vector<std::string>{std::to_string(key)}); }

    /// nullopt when `text` is no cursor of ours with exactly `parts` parts.
    static std::optional<std::vector<std::string>> decode(std::string_view text, std::size_t parts);
    static std::optional<std::int64_t> decodeNumber(std::string_view text);
};

/// `cursor` and `limit` of a request, checked. Throws host::sdk::AppError 400 that names the parameter.
struct PageRequest {
    std::vector<std::string> after;  ///< empty: from the start
    std::size_t limit = 100;

    static PageRequest from(const std::optional<std::string>& cursor, const std::optional<std::string>& limit,
                            std::size_t parts = 1, std::size_t defaultLimit = 100, std::size_t maxLimit = 1000);
    /// The key as a number (from() has checked it), `otherwise` when from the start. AppError 400 when it is none.
    std::int64_t afterNumber(std::int64_t otherwise = 0, std::size_t part = 0) const;

    /// Takes the row beyond `limit` away, and gives the cursor behind the last that stays; nullopt: no page follows.
    /// `key`: what the list goes on after, a member or a function of a row.
    template <class Row, class Key>
    std::optional<std::string> cut(std::vector<Row>& rows, const Key& key) const {
        if (rows.size() <= limit) return std::nullopt;
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(limit), rows.end());
        return Cursor::encode(std::invoke(key, rows.back()));
    }
};

}  // namespace common
