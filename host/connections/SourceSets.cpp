#include "host/connections/SourceSets.h"

#include "common/JsonReader.h"
#include "common/Text.h"
#include "host/connections/AssumedLines.h"
#include "host/records/RecordSchema.h"
#include "host/sources/CsvMapping.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace host::connections {
namespace {

namespace fs = std::filesystem;
using common::JsonReader;
using sdk::AppError;
using sdk::FieldError;

std::string contentOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

sdk::PageText textOf(JsonReader& in, const std::string& name) {
    auto both = in.object(name);
    if (!both) return {};
    return {both->text("ru").value_or(""), both->text("en").value_or("")};
}

sdk::PageText titleOf(JsonReader& in) {
    auto title = textOf(in, "title");
    if (title.ru.empty() || title.en.empty())
        in.wrong("title", "is not given in both languages", R"(give {"ru","en"})");
    return title;
}

/// "10-final-grades" → "final-grades".
std::string withoutNumber(const std::string& name) {
    const auto dash = name.find('-');
    const bool numbered = dash != std::string::npos && name.find_first_not_of("0123456789") == dash;
    return numbered ? name.substr(dash + 1) : name;
}

SourceSet readSet(const fs::path& folder) {
    SourceSet set;
    set.name = folder.filename().string();
    JsonReader in(common::parseJsonObject(contentOf(folder / "set.json")));
    set.title = titleOf(in);
    set.kind = in.requiredText("kind");
    if (const auto parameters = in.array("parameters"))
        for (std::size_t i = 0; i < parameters->size(); ++i) {
            auto one = in.item("parameters", parameters, i);
            if (!one) continue;
            sdk::SourceField field;
            field.name = one->requiredText("name");
            field.title = titleOf(*one);
            field.hint = textOf(*one, "hint");
            field.required = one->boolean("required").value_or(false);
            field.fallback = one->text("fallback").value_or("");
            field.example = one->text("example").value_or("");
            one->has("type");
            one->refuseUnknown();
            set.parameters.push_back(std::move(field));
        }
    const auto order = in.texts("order").value_or(std::vector<std::string>());
    if (order.empty()) in.wrong("order", "names no route", "list the files of the routes, without .json");
    in.refuseUnknown();
    in.finish("The set is not valid");
    for (const auto& name : order) {
        const auto file = folder / (name + ".json");
        if (!fs::is_regular_file(file))
            throw AppError::validation("The set is not valid",
                                       {{"/order", fmt::format("names no file: '{}'", name), "Add the file."}});
        const auto json = contentOf(file);
        JsonReader route(common::parseJsonObject(json));
        SourceSet::Piece piece{withoutNumber(name), titleOf(route), json};
        try {
            route.finish(name + ".json");
        } catch (const AppError& error) {
            throw AppError::validation(fmt::format("The file '{}' is not valid", name), error.errors());
        }
        set.routes.push_back(std::move(piece));
    }
    return set;
}

std::string filled(const std::string& text, const std::map<std::string, std::string>& values) {
    std::string out;
    std::size_t from = 0;
    for (;;) {
        const auto open = text.find('{', from);
        const auto close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) return out + text.substr(from);
        const auto value = values.find(text.substr(open + 1, close - open - 1));
        out += text.substr(from, open - from);
        if (value == values.end()) {
            out += '{';
            from = open + 1;
        } else {
            out += value->second;
            from = close + 1;
        }
    }
}

Poco::Dynamic::Var filled(const Poco::Dynamic::Var& value, const std::map<std::string, std::string>& values) {
    if (value.type() == typeid(std::string)) return filled(value.extract<std::string>(), values);
    if (value.type() == typeid(Poco::JSON::Object::Ptr)) {
        Poco::JSON::Object::Ptr out = new Poco::JSON::Object(Poco::JSON_PRESERVE_KEY_ORDER);
        for (const auto& [key, one] : *value.extract<Poco::JSON::Object::Ptr>()) out->set(key, filled(one, values));
        return out;
    }
    if (value.type() == typeid(Poco::JSON::Array::Ptr)) {
        Poco::JSON::Array::Ptr out = new Poco::JSON::Array();
        for (const auto& one : *value.extract<Poco::JSON::Array::Ptr>()) out->add(filled(one, values));
        return out;
    }
    return value;
}

}  // namespace

SourceSets::SourceSets(const fs::path& folder) {
    if (!fs::is_directory(folder)) return;
    std::vector<FieldError> errors;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!entry.is_directory() || !fs::is_regular_file(entry.path() / "set.json")) continue;
        const auto name = entry.path().filename().string();
        try {
            auto set = readSet(entry.path());
            // A mapping that could never be: told now, with example values of the parameters.
            std::map<std::string, std::string> values;
            for (const auto& one : set.parameters) values[one.name] = one.fallback.empty() ? one.example : one.fallback;
            for (std::size_t i = 0; i < set.routes.size(); ++i) {
                const auto body = bodies(set, values, "en")[i];
                try {
                    if (!body->isObject("mapping"))
                        throw AppError::validation("", {{"/mapping", "is missing", "Give it as an object."}});
                    if (auto wrong = assumedErrors(*body->getObject("mapping"), true); !wrong.empty())
                        throw AppError::validation("", std::move(wrong));
                    sources::CsvMapping::parse(set.routes[i].name, common::jsonText(body->get("mapping")),
                                               sources::CsvMapping::Use::Route, "set");
                } catch (const AppError& error) {
                    for (const auto& one : error.errors())
                        errors.push_back(
                            {fmt::format("{}/{}#{}", name, set.routes[i].name, one.pointer), one.reason, one.fix});
                }
            }
            sets_.emplace(name, std::move(set));
        } catch (const AppError& error) {
            if (error.errors().empty()) errors.push_back({name, error.what(), "Correct the file."});
            for (const auto& one : error.errors()) errors.push_back({name + "#" + one.pointer, one.reason, one.fix});
        }
    }
    if (!errors.empty()) throw AppError::validation("Sets of routes are not valid.", errors);
}

const SourceSet& SourceSets::find(const std::string& name) const {
    if (const auto it = sets_.find(name); it != sets_.end()) return it->second;
    std::vector<std::string> names;
    for (const auto& [known, set] : sets_) names.push_back(known);
    throw AppError::notFound(fmt::format("There is no set '{}'. {}Known: {}.", common::beginning(name, 100),
                                         records::suggestion(name, names), fmt::join(names, ", ")));
}

std::vector<Poco::JSON::Object::Ptr> SourceSets::bodies(const SourceSet& set,
                                                        const std::map<std::string, std::string>& values,
                                                        const std::string& language) {
    std::vector<Poco::JSON::Object::Ptr> all;
    for (const auto& piece : set.routes) {
        auto body = filled(common::parseJsonObject(piece.json), values).extract<Poco::JSON::Object::Ptr>();
        body->remove("kind");
        body->set("name", piece.name);
        body->set("title", language == "en" ? piece.title.en : piece.title.ru);
        all.push_back(body);
    }
    return all;
}

}  // namespace host::connections
