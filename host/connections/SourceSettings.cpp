#include "host/connections/SourceSettings.h"

#include <Poco/JSON/Object.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace host::connections {
namespace {

using common::JsonReader;
using common::JsonWriter;
using sdk::SourceField;
using Type = SourceField::Type;

constexpr std::size_t kLongestText = 4000;
constexpr std::size_t kLongestMultiline = 200'000;
constexpr std::size_t kMostItems = 200;

const char* toString(Type type) {
    static constexpr const char* kNames[] = {"text", "multiline", "number", "flag", "choice", "secret", "list", "map"};
    return kNames[static_cast<int>(type)];
}

bool readText(JsonReader& in, JsonWriter& out, const SourceField& field) {
    const auto text = in.text(field.name, field.type == Type::Multiline ? kLongestMultiline : kLongestText);
    if (!text || text->empty()) return false;
    if (field.type == Type::Choice &&
        std::find(field.choices.begin(), field.choices.end(), *text) == field.choices.end())
        in.wrong(field.name, fmt::format("is not one of the choices: '{}'", *text),
                 fmt::format("Give one of: {}.", fmt::join(field.choices, ", ")));
    out.member(field.name, *text);
    return true;
}

bool readMap(JsonReader& in, JsonWriter& out, const SourceField& field, const Poco::JSON::Object::Ptr& whole) {
    auto map = in.object(field.name);
    if (!map) return false;
    const auto given = whole->getObject(field.name);
    std::vector<std::string> names;
    given->getNames(names);
    if (names.size() > kMostItems)
        in.wrong(field.name, "has too many items", fmt::format("Give at most {}.", kMostItems));
    out.key(field.name).object();
    for (const auto& name : names)
        if (const auto text = map->text(name, kLongestText)) out.member(name, *text);
    out.end();
    return !names.empty();
}

/// Whether the secret is there afterwards.
bool readSecret(JsonReader& in, const SourceField& field, const Poco::JSON::Object::Ptr& whole, bool kept,
                ReadSettings& out) {
    if (!in.has(field.name)) return kept;
    if (whole->isObject(field.name)) {  // what GET shows of it
        auto shown = in.object(field.name);
        shown->has("set");
        shown->has("lastFour");
        shown->refuseUnknown();
        return kept;
    }
    const auto text = in.text(field.name, kLongestText);
    if (!text) return kept;
    if (text->empty())
        out.secrets[field.name] = std::nullopt;
    else
        out.secrets[field.name] = sdk::SecretString(*text);
    return !text->empty();
}

bool readOne(JsonReader& in, JsonWriter& out, const SourceField& field, const Poco::JSON::Object::Ptr& whole, bool kept,
             ReadSettings& read) {
    switch (field.type) {
        case Type::Text:
        case Type::Multiline:
        case Type::Choice:
            return readText(in, out, field);
        case Type::Number: {
            const auto number = in.number(field.name, field.min.value_or(-1e15), field.max.value_or(1e15));
            if (!number) return false;
            if (std::floor(*number) == *number)
                out.member(field.name, static_cast<std::int64_t>(*number));
            else
                out.member(field.name, *number);
            return true;
        }
        case Type::Flag: {
            const auto flag = in.boolean(field.name);
            if (flag) out.member(field.name, *flag);
            return flag.has_value();
        }
        case Type::Secret:
            return readSecret(in, field, whole, kept, read);
        case Type::List: {
            const auto texts = in.texts(field.name, kMostItems);
            if (!texts) return false;
            out.key(field.name).array();
            for (const auto& text : *texts) out.value(text);
            out.end();
            return !texts->empty();
        }
        case Type::Map:
            return readMap(in, out, field, whole);
    }
    return false;
}

}  // namespace

ReadSettings readSettings(JsonReader& body, const Poco::JSON::Object::Ptr& object,
                          const std::vector<SourceField>& fields, const std::set<std::string>& kept) {
    ReadSettings read;
    static const auto kNone = common::parseJsonObject("{}");
    auto in = body.object("settings");
    const auto whole = in ? object->getObject("settings") : kNone;
    JsonReader nothing(kNone);
    JsonReader& settings = in ? *in : nothing;
    JsonWriter out;
    out.object();
    for (const auto& field : fields) {
        const bool given = readOne(settings, out, field, whole, kept.contains(field.name), read);
        if (!given && field.required && field.fallback.empty()) {
            const auto fix =
                field.example.empty() ? std::string("give it") : fmt::format("give it, as in '{}'", field.example);
            const bool told = std::any_of(body.errors().begin(), body.errors().end(), [&](const sdk::FieldError& e) {
                return e.pointer.ends_with("/settings/" + field.name);
            });
            if (!told && in) in->wrong(field.name, "is missing", fix);
            if (!in) read.missing.push_back({"/settings/" + field.name, "is missing", fix});
        }
    }
    if (in) in->refuseUnknown();
    read.json = out.end().take();
    return read;
}

sdk::SourceValues settingsFrom(const std::string& json, const std::vector<SourceField>& fields,
                               const std::function<std::optional<sdk::SecretString>(const std::string&)>& secret) {
    sdk::SourceValues values;
    const auto kept = common::parseJsonObject(json);
    for (const auto& field : fields) {
        const auto& name = field.name;
        const bool given = kept->has(name) && !kept->isNull(name);
        switch (field.type) {
            case Type::Secret:
                if (secret)
                    if (auto text = secret(name)) values.secrets[name] = std::move(*text);
                break;
            case Type::List:
                if (given)
                    if (const auto list = kept->getArray(name))
                        for (const auto& one : *list) values.lists[name].push_back(one.convert<std::string>());
                break;
            case Type::Map:
                if (given)
                    if (const auto map = kept->getObject(name))
                        for (const auto& [key, value] : *map)
                            values.maps[name].emplace_back(key, value.convert<std::string>());
                break;
            case Type::Number:
            case Type::Flag:
                if (given)
                    values.texts[name] = common::jsonText(kept->get(name));
                else if (!field.fallback.empty())
                    values.texts[name] = field.fallback;
                break;
            default:
                if (given)
                    values.texts[name] = kept->getValue<std::string>(name);
                else if (!field.fallback.empty())
                    values.texts[name] = field.fallback;
        }
    }
    return values;
}

void writeSettings(JsonWriter& json, const std::string& kept, const std::vector<SourceField>& fields,
                   const std::function<std::optional<sdk::SecretString>(const std::string&)>& secret) {
    const auto settings = common::parseJsonObject(kept);
    json.object();
    std::set<std::string> described;
    for (const auto& field : fields) {
        described.insert(field.name);
        if (field.type == Type::Secret) {
            const auto text = secret ? secret(field.name) : std::nullopt;
            json.key(field.name).object().member("set", text.has_value());
            json.member("lastFour", text ? text->lastFour() : std::string()).end();
        } else if (settings->has(field.name)) {
            json.rawMember(field.name, common::jsonText(settings->get(field.name)));
        }
    }
    // Of a kind that is not loaded now the form is not known: what is kept is shown as it is.
    for (const auto& [name, value] : *settings)
        if (!described.contains(name)) json.rawMember(name, common::jsonText(value));
    json.end();
}

void writeFields(JsonWriter& json, const std::vector<SourceField>& fields, const std::string& language,
                 const FactsOfFields& facts) {
    auto said = [&](const sdk::PageText& text) { return language == "en" ? text.en : text.ru; };
    json.array();
    for (const auto& field : fields) {
        json.object().member("name", field.name).member("type", toString(field.type));
        json.member("required", field.required).member("title", said(field.title));
        json.memberIfSet("hint", said(field.hint)).memberIfSet("example", field.example);
        json.memberIfSet("fallback", field.fallback);
        if (!field.choices.empty()) {
            json.key("choices").array();
            for (const auto& choice : field.choices) json.value(choice);
            json.end();
        }
        json.memberIf("min", field.min).memberIf("max", field.max);
        if (const auto it = facts.find(field.name); it != facts.end()) writeFieldFacts(json, it->second, language);
        json.end();
    }
    json.end();
}

void writeDescription(JsonWriter& json, const sdk::SourceDescription& description, const KindFacts& facts,
                      const std::string& language) {
    json.object().member("name", description.name);
    json.member("title", language == "en" ? description.title.en : description.title.ru);
    json.member("namesColumns", description.namesColumns).member("takesWatermark", description.takesWatermark);
    writeFacts(json, facts, language);
    writeFields(json.key("connection"), description.connection, language, facts.connection);
    writeFields(json.key("route"), description.route, language, facts.route);
    json.end();
}

}  // namespace host::connections
