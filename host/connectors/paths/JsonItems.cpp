#include "common/Text.h"
#include "host/connectors/paths/ItemReader.h"
#include "host/connectors/paths/JsonPage.h"
#include "host/connectors/paths/JsonPath.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace host::connectors {
namespace {

using rapidjson::Document;
using rapidjson::Value;
using Kind = sdk::SourceError::Kind;

constexpr std::uint64_t kHashSeed = 14695981039346656037u;  // FNV-1a
constexpr std::size_t kNamedItems = 100;

std::string_view textOf(const Value& text) {
    return {text.GetString(), text.GetStringLength()};
}

std::uint64_t hashOf(const Value& value, std::uint64_t seed) {
    const auto mix = [&seed](std::string_view bytes) {
        for (const char c : bytes) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211u;
    };
    const char type = static_cast<char>(value.GetType());
    mix({&type, 1});
    if (value.IsString()) mix(textOf(value));
    if (value.IsArray())
        for (const auto& child : value.GetArray()) seed = hashOf(child, seed);
    if (value.IsObject())
        for (const auto& member : value.GetObject()) {
            mix(textOf(member.name));
            seed = hashOf(member.value, seed);
        }
    return seed;
}

class JsonItems final : public ItemReader {
public:
    explicit JsonItems(const ItemPaths& paths) : optional_(paths.itemsOptional), items_(JsonPath::parse(paths.items)) {
        for (const auto& column : paths.columns) {
            columns_.push_back(JsonPath::parse(column));
            const auto* name = columns_.back().soleName();
            bool known = false;
            if (name != nullptr)
                for (const auto& flat : flat_) known = known || flat.name == *name;
            if (name != nullptr && !known)
                flat_.push_back({*name, columns_.size() - 1});
            else
                other_.push_back(columns_.size() - 1);
        }
        for (const auto& path : paths.whole) whole_.push_back(JsonPath::parse(path));
    }

    void load(std::string page, bool damaged) override {
        arena_.clear();
        nodes_.clear();
        page_ = std::move(page);
        const bool mended = mendHalves(page_);
        damaged_ = damaged || mended;
        document_ = parseJsonPage(page_);
        root_ = {&document_, nullptr};
        findItems();
    }

    std::size_t count() const override { return nodes_.size(); }

    void read(std::size_t item, sdk::SourceRow& row) override {
        row.cells.resize(columns_.size());
        for (auto& cell : row.cells) cell.reset();
        row.problem.reset();
        const JsonNode& node = *nodes_[item];
        if (!flat_.empty() && node.value->IsObject()) readFlat(*node.value, row);
        for (const auto column : other_) readOther(node, column, row);
    }

    std::optional<std::string> whole(std::size_t path) override {
        JsonArena arena;
        std::string isTwice;
        const auto found = whole_[path].nodes(root_, arena, nullptr, &isTwice);
        if (!isTwice.empty())
            throw sdk::SourceError(
                Kind::Format,
                fmt::format("The key '{}' on the path '{}' stands twice in the answer.", isTwice, whole_[path].text()),
                "Correct the source: which of the two is meant can't be known.");
        if (found.empty() || found[0]->value->IsNull()) return std::nullopt;
        const Value& value = *found[0]->value;
        if (found.size() > 1 || value.IsObject() || value.IsArray())
            throw sdk::SourceError(
                Kind::Format,
                fmt::format("The path '{}' does not lead to one value in the answer.", whole_[path].text()),
                "Correct the path in the route.");
        return value.IsString() ? std::string(textOf(value)) : std::string(value.IsTrue() ? "true" : "false");
    }

    std::uint64_t hash(std::size_t item) const override { return hashOf(*nodes_[item]->value, kHashSeed); }

    void findKeys(std::vector<bool>& absent) const override {
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            if (!absent[column]) continue;
            absent[column] = std::none_of(nodes_.begin(), nodes_.end(),
                                          [&](const JsonNode* item) { return columns_[column].hasKey(*item); });
        }
    }

    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < nodes_.size() && i < kNamedItems; ++i)
            for (auto& name : namesOf(*nodes_[i]->value))
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        return names;
    }

    std::string listInItem() const override {
        if (nodes_.size() != 1 || !nodes_[0]->value->IsObject() || ofList_ || !items_.isSingular()) return {};
        for (const auto& member : nodes_[0]->value->GetObject())
            if (member.value.IsArray() && !member.value.Empty() && member.value[0].IsObject())
                return items_.text() + (items_.text().empty() ? "" : ".") + std::string(textOf(member.name));
        return {};
    }

private:
    struct Flat {
        std::string name;
        std::size_t column;
    };
    /// What the member at a position was called in the item before, and which flat column it is (or none). Items of one
    /// list look alike, so that one comparison a member is the usual price.
    struct Place {
        std::string_view name;
        std::size_t flat;
    };
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    static std::vector<std::string> namesOf(const Value& value) {
        std::vector<std::string> names;
        if (value.IsObject())
            for (const auto& member : value.GetObject()) names.emplace_back(textOf(member.name));
        return names;
    }

    void findItems() {
        places_.clear();
        ofList_ = false;
        std::string missing;
        std::string twice;
        auto found = items_.nodes(root_, arena_, &missing, &twice);
        if (!twice.empty())
            throw sdk::SourceError(Kind::Format,
                                   fmt::format("The key '{}' on the path to the items '{}' stands twice in the answer.",
                                               twice, items_.text()),
                                   "Correct the source: which of the two is meant can't be known.");
        if (!missing.empty()) {
            if (optional_) return;
            const auto names = namesOf(document_);
            const auto near = common::nearest(missing, names);
            throw sdk::SourceError(
                Kind::Query,
                missing == "[*]"
                    ? fmt::format("The path to the items '{}' does not lead to a list in the answer.", items_.text())
                    : fmt::format("The path to the items '{}' leads nowhere: the answer has no '{}'; it has {}.",
                                  items_.text(), missing, describe(document_)),
                near.empty() ? "Correct the path to the items in the route; empty means the whole answer."
                             : fmt::format("Write '{}' in the path to the items.", near));
        }
        if (found.size() == 1 && found[0]->value->IsArray()) {
            ofList_ = true;
            const JsonNode* const list = found[0];
            found.clear();
            found.reserve(list->value->Size());
            for (const auto& element : list->value->GetArray())
                found.push_back(&arena_.emplace_back(JsonNode{&element, list}));
        } else if (found.size() == 1 && items_.isSingular() && !found[0]->value->IsObject()) {
            const auto& value = *found[0]->value;
            if (value.IsNull()) return;
            throw sdk::SourceError(
                Kind::Format,
                fmt::format("The path to the items '{}' leads to {}, not to a list.", items_.text(), describe(value)),
                "Correct the path to the items in the route.");
        }
        nodes_ = std::move(found);
    }

    static std::string describe(const Value& value) {
        if (value.IsObject()) {
            auto names = namesOf(value);
            if (names.empty()) return "an object without fields";
            const bool more = names.size() > 20;
            if (more) names.resize(20);
            for (auto& name : names) name = common::oneLine(name, 60);
            return fmt::format("{}{}", fmt::join(names, ", "), more ? ", …" : "");
        }
        if (value.IsArray()) return "a list";
        if (value.IsString()) return fmt::format("the text '{}'", common::oneLine(textOf(value), 60));
        return value.IsNull() ? "nothing" : "true or false";
    }

    void readFlat(const Value& object, sdk::SourceRow& row) {
        std::size_t position = 0;
        seen_.assign(flat_.size(), false);
        for (const auto& member : object.GetObject()) {
            const auto name = textOf(member.name);
            if (position == places_.size()) places_.push_back({name, flatOf(name)});
            auto& place = places_[position++];
            if (place.name != name) place = {name, flatOf(name)};
            if (place.flat == kNone) continue;
            const auto column = flat_[place.flat].column;
            if (seen_[place.flat] && !row.problem) row.problem = twice(column);
            seen_[place.flat] = true;
            readCell(member.value, column, row);
        }
    }
    std::size_t flatOf(std::string_view name) const {
        for (std::size_t i = 0; i < flat_.size(); ++i)
            if (flat_[i].name == name) return i;
        return kNone;
    }

    void readOther(const JsonNode& node, std::size_t column, sdk::SourceRow& row) {
        const auto& path = columns_[column];
        if (path.isSingular()) {
            bool isTwice = false;
            const auto* value = path.find(node, isTwice);
            if (isTwice && !row.problem) row.problem = twice(column);
            if (value != nullptr) readCell(*value, column, row);
            return;
        }
        JsonArena arena;
        std::string isTwice;
        const auto found = path.nodes(node, arena, nullptr, &isTwice);
        if (!isTwice.empty() && !row.problem) row.problem = twice(column);
        if (found.size() > 1) {
            if (!row.problem) row.problem = severalValues(path.text(), found.size());
        } else if (!found.empty()) {
            readCell(*found[0]->value, column, row);
        }
    }

    sdk::SourceProblem twice(std::size_t column) const {
        return {columns_[column].text(), "stands twice in the same object",
                "correct the source: which of the two is meant can't be known"};
    }

    void readCell(const Value& value, std::size_t column, sdk::SourceRow& row) {
        auto& cell = row.cells[column];
        switch (value.GetType()) {
            case rapidjson::kNullType:
                return;
            case rapidjson::kTrueType:
                cell = "true";
                return;
            case rapidjson::kFalseType:
                cell = "false";
                return;
            case rapidjson::kStringType:
                readText(textOf(value), column, row);
                return;
            case rapidjson::kArrayType:
                if (!value.Empty() && !row.problem)
                    row.problem = notOneValue(columns_[column].text(), "a list; choose one of it, as in [0]");
                return;
            default:
                if (!value.ObjectEmpty() && !row.problem)
                    row.problem = notOneValue(columns_[column].text(), "an object; go on to one of its fields");
        }
    }

    void readText(std::string_view text, std::size_t column, sdk::SourceRow& row) {
        if (damaged_ && text.find("\xEF\xBF\xBD") != std::string_view::npos) {
            if (!row.problem) row.problem = brokenText(columns_[column].text());
            return;
        }
        auto& cell = row.cells[column];
        if (cell)
            cell->assign(text);
        else
            cell.emplace(text);
    }

    bool optional_;
    JsonPath items_;
    std::vector<JsonPath> columns_;
    std::vector<Flat> flat_;
    std::vector<std::size_t> other_;
    std::vector<JsonPath> whole_;

    std::string page_;  ///< the document's texts lie in it
    bool damaged_ = false;
    Document document_;
    JsonNode root_;
    JsonArena arena_;
    JsonNodes nodes_;
    bool ofList_ = false;  ///< the path leads to a list, whose elements the items are
    std::vector<Place> places_;
    std::vector<bool> seen_;  ///< by flat column, of the item being read
};

}  // namespace

std::unique_ptr<ItemReader> jsonItems(const ItemPaths& paths) {
    return std::make_unique<JsonItems>(paths);
}

sdk::SourceProblem brokenText(const std::string& path) {
    return {path, "has bytes that are no text",
            "say in the route which encoding the source writes, or correct the source"};
}

sdk::SourceProblem severalValues(const std::string& path, std::size_t count) {
    return {path, fmt::format("leads to {} values", count), "write a path to one of them, as with [0]"};
}

sdk::SourceProblem notOneValue(const std::string& path, const char* what) {
    return {path, fmt::format("leads to {}", what), "correct the path in the mapping"};
}

}  // namespace host::connectors
