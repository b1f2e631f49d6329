#include "host/connectors/odata/ODataModel.h"

#include "common/Text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>
#include <pugixml.hpp>

namespace host::connectors {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

/// Names without their prefix: producers choose it.
bool is(const pugi::xml_node& node, const char* name) {
    const char* const colon = std::strchr(node.name(), ':');
    return std::strcmp(colon == nullptr ? node.name() : colon + 1, name) == 0;
}

std::string listed(std::vector<std::string> names) {
    const bool more = names.size() > 30;
    if (more) names.resize(30);
    return fmt::format("{}{}", fmt::join(names, ", "), more ? ", …" : "");
}

/// "Collection(Model.Group)" → "Model.Group"
std::string element(const std::string& type) {
    return type.compare(0, 11, "Collection(") == 0 ? type.substr(11, type.size() - 12) : type;
}

[[noreturn]] void unknown(const std::string& what, const std::string& name, const std::vector<std::string>& all,
                          Kind kind) {
    const auto near = common::nearest(name, all);
    throw SourceError(kind, fmt::format("{} '{}'; it has {}.", what, common::oneLine(name, 80), listed(all)),
                      near.empty() ? "Choose one of those." : fmt::format("Write '{}'.", near));
}

}  // namespace

std::vector<std::string> namesOf(const std::string& column) {
    std::vector<std::string> names;
    for (const auto part : common::split(column, '/')) names.emplace_back(part);
    return names;
}

ODataModel ODataModel::parse(std::string xml) {
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size()))
        throw SourceError(Kind::Format, "What the service says of itself ($metadata) is not XML.",
                          "Check that the address of the connection is the root of the OData service.");
    ODataModel model;
    struct Schema {
        pugi::xml_node node;
        std::string space;
    };
    std::vector<Schema> schemas;
    for (const auto& services : document.document_element().children())
        for (const auto& schema : services.children())
            if (is(schema, "Schema")) {
                schemas.push_back({schema, schema.attribute("Namespace").value()});
                if (const auto alias = schema.attribute("Alias"))
                    model.namespaceOfAlias_[alias.value()] = schemas.back().space;
            }
    for (const auto& [schema, space] : schemas)
        for (const auto& association : schema.children())
            if (is(association, "Association"))
                for (const auto& end : association.children())
                    if (is(end, "End"))
                        model.ends_[fmt::format("{}.{} {}", space, association.attribute("Name").value(),
                                                end.attribute("Role").value())] =
                            model.qualified(end.attribute("Type").value());
    for (const auto& [schema, space] : schemas)
        for (const auto& node : schema.children()) {
            if (is(node, "EntityContainer"))
                for (const auto& set : node.children())
                    if (is(set, "EntitySet") || is(set, "Singleton"))
                        model.sets_[set.attribute("Name").value()] =
                            model.qualified(set.attribute(is(set, "EntitySet") ? "EntityType" : "Type").value());
            if (!is(node, "EntityType") && !is(node, "ComplexType")) continue;
            auto& type = model.types_[space + "." + node.attribute("Name").value()];
            type.base = model.qualified(node.attribute("BaseType").value());
            for (const auto& child : node.children()) {
                const std::string name = child.attribute("Name").value();
                if (is(child, "Key"))
                    for (const auto& part : child.children()) type.key.emplace_back(part.attribute("Name").value());
                else if (is(child, "Property"))
                    type.properties[name] = model.qualified(element(child.attribute("Type").value()));
                else if (is(child, "NavigationProperty") && child.attribute("Type"))
                    type.navigation[name] = model.qualified(element(child.attribute("Type").value()));
                else if (is(child, "NavigationProperty"))
                    type.navigation[name] =
                        model.ends_[fmt::format("{} {}", model.qualified(child.attribute("Relationship").value()),
                                                child.attribute("ToRole").value())];
            }
        }
    return model;
}

std::string ODataModel::qualified(const std::string& name) const {
    const auto dot = name.rfind('.');
    if (dot == std::string::npos) return name;
    const auto found = namespaceOfAlias_.find(name.substr(0, dot));
    return found == namespaceOfAlias_.end() ? name : found->second + name.substr(dot);
}

std::vector<std::string> ODataModel::sets() const {
    std::vector<std::string> names;
    for (const auto& [name, type] : sets_) names.push_back(name);
    return names;
}

std::unique_ptr<ODataModel::Type> ODataModel::type(const std::string& name) const {
    auto found = types_.find(name);
    if (found == types_.end()) return nullptr;
    auto all = std::make_unique<Type>(found->second);
    for (int depth = 0; depth < 20; ++depth) {
        found = types_.find(found->second.base);
        if (found == types_.end()) break;
        all->properties.insert(found->second.properties.begin(), found->second.properties.end());
        all->navigation.insert(found->second.navigation.begin(), found->second.navigation.end());
        if (all->key.empty()) all->key = found->second.key;
    }
    return all;
}

std::unique_ptr<ODataModel::Type> ODataModel::typeOf(const std::string& entitySet) const {
    const auto set = sets_.find(entitySet);
    return set == sets_.end() ? nullptr : type(set->second);
}

ODataColumn ODataModel::resolve(const std::string& entitySet, const std::string& column) const {
    ODataColumn out{namesOf(column), 0};
    auto at = typeOf(entitySet);
    if (!at) unknown("The service has no entity set", entitySet, sets(), Kind::NotThere);
    for (std::size_t i = 0; i < out.names.size() && at; ++i) {
        const auto& name = out.names[i];
        const bool last = i + 1 == out.names.size();
        if (const auto property = at->properties.find(name); property != at->properties.end()) {
            at = last ? nullptr : type(property->second);
        } else if (const auto way = at->navigation.find(name); way != at->navigation.end()) {
            if (last)
                throw SourceError(Kind::Query,
                                  fmt::format("'{}' leads from '{}' to other entities.", column, entitySet),
                                  fmt::format("Go on to one of their properties: '{}/Name'.", column));
            out.expanded = i + 1;
            at = type(way->second);
        } else {
            std::vector<std::string> names;
            for (const auto& [known, kind] : at->properties) names.push_back(known);
            for (const auto& [known, kind] : at->navigation) names.push_back(known);
            unknown(fmt::format("The entity set '{}' has no", entitySet), name, names, Kind::Query);
        }
    }
    return out;
}

EdmType ODataModel::edmTypeOf(const std::string& entitySet, const std::string& column) const {
    auto at = typeOf(entitySet);
    const auto names = namesOf(column);
    for (std::size_t i = 0; at && i < names.size(); ++i) {
        const auto found = at->properties.find(names[i]);
        if (i + 1 == names.size()) return found == at->properties.end() ? EdmType::Unknown : edmType(found->second);
        const auto way = at->navigation.find(names[i]);
        at = found != at->properties.end() ? type(found->second)
             : way != at->navigation.end() ? type(way->second)
                                           : nullptr;
    }
    return EdmType::Unknown;
}

}  // namespace host::connectors
