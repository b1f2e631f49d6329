#include "common/Text.h"
#include "host/connectors/paths/ItemReader.h"
#include "host/connectors/paths/JsonPath.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <charconv>

namespace host::connectors {
namespace {

using rapidjson::Document;
using rapidjson::SizeType;
using rapidjson::Value;
using Kind = sdk::SourceError::Kind;

constexpr int kMaxDepth = 64;
constexpr std::uint64_t kHashSeed = 14695981039346656037u;  // FNV-1a

std::string_view textOf(const Value& text) {
    return {text.GetString(), text.GetStringLength()};
}

/// Hands a document what the reader reads: numbers as their source wrote them, for a cell is a text and nothing may be
/// rounded on the way; and no deeper than the reader's recursion can bear.
class Bounded {
public:
    explicit Bounded(Document& document) : document_(document) {}

    bool RawNumber(const char* text, SizeType length, bool copy) { return document_.String(text, length, copy); }
    bool String(const char* text, SizeType length, bool copy) { return document_.String(text, length, copy); }
    bool Key(const char* text, SizeType length, bool copy) { return document_.Key(text, length, copy); }
    bool Null() { return document_.Null(); }
    bool Bool(bool value) { return document_.Bool(value); }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
    bool StartObject() { return ++depth_ <= kMaxDepth && document_.StartObject(); }
    bool EndObject(SizeType members) { return --depth_ >= 0 && document_.EndObject(members); }
    bool StartArray() { return ++depth_ <= kMaxDepth && document_.StartArray(); }
    bool EndArray(SizeType elements) { return --depth_ >= 0 && document_.EndArray(elements); }

private:
    Document& document_;
    int depth_ = 0;
};

/// The unit of "\\uD83D" at `at`, or 0 when no such escape stands there.
unsigned unitAt(const std::string& json, std::size_t at) {
    unsigned unit = 0;
    if (json.compare(at, 2, "\\u") != 0 || at + 6 > json.size()) return 0;
    const auto [end, failed] = std::from_chars(json.data() + at + 2, json.data() + at + 6, unit, 16);
    return failed == std::errc() && end == json.data() + at + 6 ? unit : 0;
}

/// Halves of surrogate pairs, which programs leave that cut a text within a letter, become U+FFFD: one such text must
/// not stop all the others. \return whether there was one
bool mendHalves(std::string& json) {
    bool mended = false;
    for (auto at = json.find('\\'); at != std::string::npos; at = json.find('\\', at)) {
        const unsigned unit = unitAt(json, at);
        if (unit < 0xD800 || unit > 0xDFFF) {
            at += 2;  // the character behind a backslash begins no escape
            continue;
        }
        const unsigned second = unit < 0xDC00 ? unitAt(json, at + 6) : 0;
        if (second >= 0xDC00 && second <= 0xDFFF) {
            at += 12;
            continue;
        }
        json.replace(at, 6, "\\ufffd");
        mended = true;
        at += 6;
    }
    return mended;
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
        Document document;
        rapidjson::ParseResult result;
        auto parse = [&](Document& into) {
            rapidjson::InsituStringStream stream(page_.data());
            Bounded bounded(into);
            result = rapidjson::Reader().Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag>(
                stream, bounded);
            return !result.IsError();
        };
        // The reader takes a NUL for the end: what stands behind one would be lost unseen.
        if (const auto nul = page_.find('\0'); nul != std::string::npos) {
            result.Set(rapidjson::kParseErrorDocumentRootNotSingular, nul);
            refuse(result);
        }
        document.Populate(parse);
        if (result.IsError()) refuse(result);
        document_ = std::move(document);
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
        const auto found = whole_[path].nodes(root_, arena);
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

    std::vector<std::string> namesInFirst() const override {
        return nodes_.empty() ? std::vector<std::string>() : namesOf(*nodes_.front()->value);
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

    [[noreturn]] void refuse(const rapidjson::ParseResult& result) const {
        const bool ends = result.Offset() >= page_.size();
        if (result.Code() == rapidjson::kParseErrorTermination)
            throw sdk::SourceError(Kind::Format,
                                   fmt::format("The answer is JSON nested deeper than {} levels.", kMaxDepth),
                                   "Ask the source for less at a time.");
        if (result.Code() == rapidjson::kParseErrorDocumentEmpty)
            throw sdk::SourceError(Kind::Format, "The answer is empty, where JSON was expected.",
                                   "Open the address in a browser, and correct the route's path or method.");
        throw sdk::SourceError(
            Kind::Format,
            ends ? fmt::format("The answer is JSON that breaks off after {} bytes.", page_.size())
                 : fmt::format("The answer is not JSON: {} At byte {}.", rapidjson::GetParseError_En(result.Code()),
                               result.Offset()),
            ends ? "Run it again; if it stays so, the source's log says why it ends its answer too early."
                 : "Look at the answer in a browser; if it is XML, say so in the route's format.");
    }

    void findItems() {
        places_.clear();
        std::string missing;
        auto found = items_.nodes(root_, arena_, &missing);
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
        const auto found = path.nodes(node, arena);
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
