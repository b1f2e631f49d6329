#include "host/connectors/paths/JsonPath.h"

#include "host/connectors/paths/JsonFilter.h"
#include "host/connectors/paths/JsonPathParser.h"
#include "host/sdk/Sources.h"

#include <algorithm>
#include <cstring>

namespace host::connectors {
namespace {

using rapidjson::Value;

/// A page may have so many nodes that a path meets: "$..*..*" of a large page would be their square.
constexpr std::size_t kMaxNodes = 20'000'000;

std::string_view textOf(const Value& text) {
    return {text.GetString(), text.GetStringLength()};
}

const Value* elementOf(const Value& array, std::int64_t index) {
    if (!array.IsArray()) return nullptr;
    const auto size = static_cast<std::int64_t>(array.Size());
    if (index < 0) index += size;
    return index >= 0 && index < size ? &array[static_cast<rapidjson::SizeType>(index)] : nullptr;
}

/// Applies selectors to one node after another.
class Walk {
public:
    Walk(JsonArena& arena, JsonNodes& out, std::string* twice) : arena_(arena), out_(out), twice_(twice) {}

    void select(const JsonNode& node, const JsonPath::Selector& selector) {
        const Value& value = *node.value;
        if (const auto* name = std::get_if<std::string>(&selector)) {
            bool twice = false;
            if (const auto* member = memberOf(value, *name, twice)) add(*member, node);
            if (twice && twice_ != nullptr) *twice_ = *name;
        } else if (const auto* index = std::get_if<std::int64_t>(&selector)) {
            if (const auto* element = elementOf(value, *index)) add(*element, node);
        } else if (std::holds_alternative<JsonPath::Wildcard>(selector)) {
            children(value, [&](const Value& child) { add(child, node); });
        } else if (const auto* slice = std::get_if<JsonPath::Slice>(&selector)) {
            selectSlice(node, *slice);
        } else {
            const auto& filter = *std::get<std::shared_ptr<const JsonFilter>>(selector);
            children(value, [&](const Value& child) {
                if (filter.takes(JsonNode{&child, &node})) add(child, node);
            });
        }
    }

    /// The node and everything below it, in the order of the document; without recursion.
    static JsonNodes withDescendants(const JsonNode& node, JsonArena& arena) {
        JsonNodes all;
        JsonNodes waiting{&node};
        while (!waiting.empty()) {
            const JsonNode* const next = waiting.back();
            waiting.pop_back();
            all.push_back(next);
            const auto begin = static_cast<std::ptrdiff_t>(waiting.size());
            children(*next->value, [&](const Value& child) {
                if (child.IsObject() || child.IsArray()) waiting.push_back(&keep(arena, child, *next));
            });
            std::reverse(waiting.begin() + begin, waiting.end());
        }
        return all;
    }

private:
    template <class Function>
    static void children(const Value& value, const Function& function) {
        if (value.IsArray())
            for (const auto& child : value.GetArray()) function(child);
        else if (value.IsObject())
            for (const auto& member : value.GetObject()) function(member.value);
    }

    void selectSlice(const JsonNode& node, const JsonPath::Slice& slice) {
        if (!node.value->IsArray()) return;
        const auto size = static_cast<std::int64_t>(node.value->Size());
        const auto place = [size](std::int64_t at) {
            return std::clamp(at < 0 ? at + size : at, std::int64_t{0}, size);
        };
        const auto to = slice.hasTo ? place(slice.to) : size;
        for (auto at = slice.hasFrom ? place(slice.from) : 0; at < to; at += slice.step)
            add((*node.value)[static_cast<rapidjson::SizeType>(at)], node);
    }

    static const JsonNode& keep(JsonArena& arena, const Value& value, const JsonNode& parent) {
        if (arena.size() >= kMaxNodes)
            throw sdk::SourceError(sdk::SourceError::Kind::Limit, "A path meets too many values in one answer.",
                                   "Write the path without '..', or ask for smaller pages.");
        return arena.emplace_back(JsonNode{&value, &parent});
    }
    void add(const Value& value, const JsonNode& parent) { out_.push_back(&keep(arena_, value, parent)); }

    JsonArena& arena_;
    JsonNodes& out_;
    std::string* twice_;  ///< may be null
};

/// The object that the node stands in, lists skipped; null above the outermost.
const JsonNode* climb(const JsonNode* node, std::size_t times) {
    for (; times > 0 && node != nullptr; --times) {
        node = node->parent;
        while (node != nullptr && !node->value->IsObject()) node = node->parent;
    }
    return node;
}

bool isNameOnly(const JsonPath::Segment& segment) {
    return std::all_of(segment.selectors.begin(), segment.selectors.end(),
                       [](const auto& one) { return std::holds_alternative<std::string>(one); });
}

}  // namespace

const Value* memberOf(const Value& object, std::string_view name, bool& twice) {
    if (!object.IsObject()) return nullptr;
    const Value* found = nullptr;
    for (const auto& member : object.GetObject())
        if (textOf(member.name) == name) {
            if (found != nullptr)
                twice = true;
            else
                found = &member.value;
        }
    return found;
}

JsonPath JsonPath::parse(std::string_view text) {
    return JsonPathParser(text).path();
}

const std::string* JsonPath::soleName() const {
    if (up_ != 0 || segments_.size() != 1 || segments_[0].descendants || segments_[0].selectors.size() != 1)
        return nullptr;
    return std::get_if<std::string>(&segments_[0].selectors[0]);
}

bool JsonPath::isSingular() const {
    return std::all_of(segments_.begin(), segments_.end(), [](const Segment& segment) {
        return !segment.descendants && segment.selectors.size() == 1 &&
               (std::holds_alternative<std::string>(segment.selectors[0]) ||
                std::holds_alternative<std::int64_t>(segment.selectors[0]));
    });
}

const Value* JsonPath::find(const JsonNode& from, bool& twice) const {
    const JsonNode* const start = climb(&from, up_);
    const Value* value = start == nullptr ? nullptr : start->value;
    for (const auto& segment : segments_) {
        if (value == nullptr) return nullptr;
        if (const auto* name = std::get_if<std::string>(&segment.selectors[0]))
            value = memberOf(*value, *name, twice);
        else
            value = elementOf(*value, std::get<std::int64_t>(segment.selectors[0]));
    }
    return value;
}

bool JsonPath::hasKey(const JsonNode& from) const {
    if (!isSingular()) {
        JsonArena arena;
        std::string missing;
        return !nodes(from, arena, &missing).empty() || missing.empty();
    }
    const JsonNode* const start = climb(&from, up_);
    const Value* value = start == nullptr ? nullptr : start->value;
    for (const auto& segment : segments_) {
        if (value == nullptr) return false;
        if (value->IsNull()) return true;
        bool twice = false;
        if (const auto* name = std::get_if<std::string>(&segment.selectors[0])) {
            value = memberOf(*value, *name, twice);
        } else {
            const bool list = value->IsArray();
            value = elementOf(*value, std::get<std::int64_t>(segment.selectors[0]));
            if (list && value == nullptr) return true;
        }
    }
    return value != nullptr;
}

JsonNodes JsonPath::nodes(const JsonNode& from, JsonArena& arena, std::string* missing, std::string* twice) const {
    JsonNodes now;
    if (const auto* start = climb(&from, up_)) now.push_back(start);
    for (const auto& segment : segments_) {
        JsonNodes next;
        Walk walk(arena, next, twice);
        for (const auto* node : now) {
            if (!segment.descendants) {
                for (const auto& selector : segment.selectors) walk.select(*node, selector);
                continue;
            }
            for (const auto* below : Walk::withDescendants(*node, arena))
                for (const auto& selector : segment.selectors) walk.select(*below, selector);
        }
        if (next.empty() && !now.empty() && missing != nullptr) {
            // An empty list is an answer; a name that isn't there, or a list that is something else, is none.
            const bool list = std::any_of(now.begin(), now.end(), [](const JsonNode* node) {
                return node->value->IsArray() || (node->value->IsObject() && node->value->ObjectEmpty()) ||
                       node->value->IsNull();
            });
            if (isNameOnly(segment) && !segment.descendants)
                *missing = std::get<std::string>(segment.selectors[0]);
            else if (!list && !segment.descendants)
                *missing = "[*]";
        }
        now = std::move(next);
        if (now.empty()) break;
    }
    return now;
}

}  // namespace host::connectors
