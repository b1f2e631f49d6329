#include "host/connections/AssumedLines.h"

#include "common/JsonReader.h"

#include <fmt/format.h>

namespace host::connections {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

bool isPair(const Var& line) {
    if (line.type() != typeid(Object::Ptr)) return false;
    const auto& pair = *line.extract<Object::Ptr>();
    return pair.size() == 2 && pair.get("ru").isString() && pair.get("en").isString();
}

/// The mapping with each line as `change` makes it.
template <class Change>
std::string changed(const std::string& mapping, const Change& change) {
    auto root = common::parseJsonObject(mapping);
    const auto lines = root->getArray("assumed");
    if (!lines) return mapping;
    Array::Ptr out = new Array();
    for (const auto& line : *lines) out->add(change(line));
    root->set("assumed", out);
    return common::jsonText(root);
}

}  // namespace

std::vector<sdk::FieldError> assumedErrors(const Object& mapping, bool both) {
    if (!mapping.has("assumed")) return {};
    const auto lines = mapping.getArray("assumed");
    if (!lines) return {{"/assumed", "is not an array", "Give an array of texts."}};
    std::vector<sdk::FieldError> errors;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        const auto line = lines->get(static_cast<unsigned>(i));
        if (isPair(line) || (!both && line.isString())) continue;
        errors.push_back({fmt::format("/assumed/{}", i), "is not a text in both languages",
                          both ? R"(Give {"ru": "…", "en": "…"}.)" : R"(Give a text, or {"ru": "…", "en": "…"}.)"});
    }
    return errors;
}

std::string assumedIn(const std::string& mapping, const std::string& language) {
    return changed(mapping, [&](const Var& line) {
        return isPair(line) ? line.extract<Object::Ptr>()->get(language == "en" ? "en" : "ru") : line;
    });
}

std::string assumedKept(const std::string& mapping, const std::string& before) {
    const auto known = common::parseJsonObject(before)->getArray("assumed");
    if (!known) return mapping;
    return changed(mapping, [&](const Var& line) {
        if (!line.isString()) return line;
        for (const auto& one : *known) {
            if (!isPair(one)) continue;
            const auto& pair = *one.extract<Object::Ptr>();
            if (pair.get("ru") == line || pair.get("en") == line) return one;
        }
        return line;
    });
}

}  // namespace host::connections
