#pragma once
/// JSONPath (RFC 9535) without functions, and without "$" inside filters; simple dotted names ("user.name") are such
/// paths without their "$.". One thing more: "^" or "../" at the beginning climbs to the object that the item stands
/// in, so that a nested item sees the fields of what it belongs to. Immutable, thread-safe.

#include <rapidjson/document.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace host::connectors {

class JsonFilter;

/// A value and what it stands in.
struct JsonNode {
    const rapidjson::Value* value = nullptr;
    const JsonNode* parent = nullptr;
};

using JsonNodes = std::vector<const JsonNode*>;

/// Holds the nodes of one page.
using JsonArena = std::deque<JsonNode>;

class JsonPath {
public:
    /// \throws sdk::SourceError Configuration: what is wrong, and where
    static JsonPath parse(std::string_view text);

    const std::string& text() const { return text_; }

    /// The only step is a name: "score", "$.score", "$['score']".
    const std::string* soleName() const;

    /// Never more than one node: names and indexes only.
    bool isSingular() const;

    /// Of a singular path; null when it leads nowhere. `twice` is set when a name on the way stands twice in its
    /// object.
    const rapidjson::Value* find(const JsonNode& from, bool& twice) const;

    /// In the order of the document. `missing`: the first name that none of its objects has, when that is why there is
    /// nothing; empty when a list is empty or a filter takes none. \throws sdk::SourceError Limit
    /// `twice`: a name on the way that stands twice in its object, of which the first is taken.
    JsonNodes nodes(const JsonNode& from, JsonArena& arena, std::string* missing = nullptr,
                    std::string* twice = nullptr) const;

    /// False when a name of the path is not there. A null, or an empty list, on the way leaves it open: that is true.
    bool hasKey(const JsonNode& from) const;

    struct Wildcard {};
    struct Slice {
        std::int64_t from = 0, to = 0, step = 1;
        bool hasFrom = false, hasTo = false;
    };
    using Selector = std::variant<std::string, std::int64_t, Wildcard, Slice, std::shared_ptr<const JsonFilter>>;
    struct Segment {
        std::vector<Selector> selectors;
        bool descendants = false;
    };

private:
    friend class JsonPathParser;

    std::string text_;
    std::size_t up_ = 0;  ///< objects to climb first
    std::vector<Segment> segments_;
};

/// The member, or null; `twice` is set when the object has it more than once.
const rapidjson::Value* memberOf(const rapidjson::Value& object, std::string_view name, bool& twice);

}  // namespace host::connectors
