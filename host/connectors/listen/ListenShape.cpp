#include "host/connectors/listen/ListenShape.h"

#include "common/Json.h"

#include <map>
#include <memory>
#include <optional>
#include <string_view>

namespace host::connectors {
namespace {

using common::JsonWriter;

struct Tree {
    std::map<std::string, std::unique_ptr<Tree>> members;
};

/// "$.a.b" and "a.b" as names; nullopt for anything more.
std::optional<std::vector<std::string>> namesOf(std::string_view path) {
    if (path.starts_with("$.")) path.remove_prefix(2);
    std::vector<std::string> names;
    while (!path.empty()) {
        const auto dot = path.find('.');
        const auto name = path.substr(0, dot);
        if (name.empty() || name.find_first_of("$[]*?@^()'\"/") != std::string_view::npos) return std::nullopt;
        names.emplace_back(name);
        if (dot == std::string_view::npos) return names;
        path.remove_prefix(dot + 1);
    }
    return std::nullopt;
}

/// Where the list stands; empty: at the top.
std::vector<std::string> wayToItems(std::string_view items) {
    if (items.ends_with("[*]")) items.remove_suffix(3);
    if (items == "$") items = {};
    return namesOf(items).value_or(std::vector<std::string>());
}

Tree treeOf(const std::vector<std::string>& columns) {
    Tree root;
    for (const auto& column : columns) {
        const auto names = namesOf(column);
        if (!names) continue;
        auto* at = &root;
        for (const auto& name : *names) {
            auto& next = at->members[name];
            if (!next) next = std::make_unique<Tree>();
            at = next.get();
        }
    }
    return root;
}

void writeShape(JsonWriter& json, const Tree& tree) {
    json.object().member("type", "object").key("properties").object();
    for (const auto& [name, inner] : tree.members) {
        json.key(name);
        if (inner->members.empty())
            json.raw(R"({"type":["string","number","boolean","null"]})");
        else
            writeShape(json, *inner);
    }
    json.end().end();
}

void writeExample(JsonWriter& json, const Tree& tree) {
    json.object();
    for (const auto& [name, inner] : tree.members) {
        json.key(name);
        if (inner->members.empty())
            json.value("…");
        else
            writeExample(json, *inner);
    }
    json.end();
}

}  // namespace

std::string shapeOf(const std::string& items, const std::vector<std::string>& columns) {
    JsonWriter json;
    const auto way = wayToItems(items);
    for (const auto& name : way) json.object().member("type", "object").key("properties").object().key(name);
    json.object().member("type", "array").key("items");
    writeShape(json, treeOf(columns));
    json.end();
    for (std::size_t i = 0; i < way.size(); ++i) json.end().end();
    return json.take();
}

std::string exampleOf(const std::string& items, const std::vector<std::string>& columns) {
    JsonWriter json;
    const auto way = wayToItems(items);
    for (const auto& name : way) json.object().key(name);
    json.array();
    writeExample(json, treeOf(columns));
    json.end();
    for (std::size_t i = 0; i < way.size(); ++i) json.end();
    return json.take();
}

}  // namespace host::connectors
