#include "plugin/footprint/TemplateSuggestion.h"

#include "host/sdk/Error.h"
#include "plugin/footprint/Placeholders.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/pointer.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace plugin::footprint {

namespace {

using Json = rapidjson::Value;
using Allocator = rapidjson::Document::AllocatorType;

std::string_view textOf(const Json& json) {
    return {json.GetString(), json.GetStringLength()};
}

std::string jsonOf(const Json& json) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    json.Accept(writer);
    return buffer.GetString();
}

bool has(const Json& json, const char* key) {
    return json.IsObject() && json.HasMember(key);
}

/// Keys of a language map are one place, whatever the language.
bool isLanguageMap(std::string_view key) {
    return key == "display" || key == "name" || key == "description";
}

std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

/// Where a value stands: as a person reads it, and as the same place in every statement is called.
struct Place {
    std::string pointer;
    std::string name;
    bool inLanguageMap = false;

    Place member(std::string_view key, const Json& value) const {
        return {pointer + "/" + escaped(key), name + "/" + (inLanguageMap ? "*" : escaped(key)),
                isLanguageMap(key) && value.IsObject()};
    }
    Place item(std::size_t index) const { return {pointer + "/" + std::to_string(index), name + "/*", false}; }
};

/// The names a template's value uses, conditions included.
void namesIn(const Json& json, std::set<std::string>& names) {
    if (json.IsString()) {
        const auto text = textOf(json);
        for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
            const auto end = text.find('}', at);
            if (end == std::string_view::npos) return;
            auto name = text.substr(at + 1, end - at - 1);
            if (name.ends_with('?')) name.remove_suffix(1);
            if (findPlaceholder(name) != nullptr) names.emplace(name);
            at = end;
        }
    } else if (json.IsArray()) {
        for (const auto& item : json.GetArray()) namesIn(item, names);
    } else if (json.IsObject()) {
        for (const auto& member : json.GetObject()) {
            namesIn(member.value, names);
            if (textOf(member.name) != "$if") continue;
            const auto condition = [&](const Json& one) {
                auto text = one.IsString() ? textOf(one) : std::string_view();
                text = text.substr(0, text.find_first_of("!=", text.starts_with('!') ? 1 : 0));
                if (text.starts_with('!')) text.remove_prefix(1);
                if (findPlaceholder(text) != nullptr) names.emplace(text);
            };
            if (member.value.IsArray())
                for (const auto& one : member.value.GetArray()) condition(one);
            else
                condition(member.value);
        }
    }
}

bool isDynamic(const Json& json) {
    if (has(json, "$if")) return true;
    if (!json.IsString()) return false;
    std::set<std::string> names;
    namesIn(json, names);
    return !names.empty();
}

const Json* eachOf(const Json& json) {
    return json.IsArray() && json.Size() == 1 && has(json[0], "$each") && has(json[0], "$item") ? &json[0] : nullptr;
}

/// "{result.files?}"
bool isOptional(const Json& json) {
    return json.IsString() && textOf(json).ends_with("?}");
}

/// A kind that some profile has, and its places.
struct KnownKind {
    std::string like;
    const Json* kind = nullptr;
    Source from = Source::Result;
    std::map<std::string, const Json*> places;
    std::set<std::string> always;  ///< places that are in every statement of the kind
    double score = 0;
    bool sameObject = false;  ///< the statement's object is of the same type

    void collect(const Json& json, const Place& place, bool mayVanish = false) {
        places.emplace(place.name, &json);
        if (has(json, "$if")) return;
        const Json* each = eachOf(json);
        mayVanish = mayVanish || isOptional(each != nullptr ? (*each)["$each"] : json);
        if (!mayVanish) always.insert(place.name);
        if (each != nullptr) return collect((*each)["$item"], place.item(0), mayVanish);
        if (json.IsObject())
            for (const auto& member : json.GetObject())
                collect(member.value, place.member(textOf(member.name), member.value), mayVanish);
        if (json.IsArray())
            for (rapidjson::SizeType i = 0; i < json.Size(); ++i) collect(json[i], place.item(i), mayVanish);
    }
};

/// Does a template's value give this text, in one of its branches?
bool gives(const Json& json, const Json& wanted) {
    if (has(json, "$then") && gives(json["$then"], wanted)) return true;
    if (has(json, "$else") && gives(json["$else"], wanted)) return true;
    return json == wanted;
}

/// The places of a statement, and how far the kind agrees.
struct Comparison {
    const KnownKind& known;
    double shared = 0;
    std::set<std::string> seen;

    void add(const Json& json, const Place& place) {
        seen.insert(place.name);
        if (const auto it = known.places.find(place.name); it != known.places.end())
            shared += agreement(json, *it->second);
        if (json.IsObject())
            for (const auto& member : json.GetObject())
                add(member.value, place.member(textOf(member.name), member.value));
        if (json.IsArray())
            for (rapidjson::SizeType i = 0; i < json.Size(); ++i) add(json[i], place.item(i));
    }
    /// Of all places that either has.
    double share() const {
        const auto lacking = std::count_if(known.always.begin(), known.always.end(),
                                           [&](const auto& name) { return seen.count(name) == 0; });
        return shared / static_cast<double>(std::max<std::size_t>(1, seen.size() + static_cast<std::size_t>(lacking)));
    }

private:
    /// Another constant is half of an agreement; a place that the kind only may have, a little less than one that it
    /// always has: the example has it.
    static double agreement(const Json& json, const Json& found) {
        if (isOptional(found)) return 0.99;
        if (json.IsObject() || json.IsArray() || isDynamic(found)) return 1;
        return found == json ? 1 : 0.5;
    }
};

bool isSameObject(const Json& statement, const KnownKind& known) {
    const Json* type = rapidjson::Pointer("/object/objectType").Get(statement);
    const auto it = known.places.find("/object/objectType");
    if (type == nullptr) return it == known.places.end() || textOf(*it->second) == "Activity";  // xAPI's default
    return it != known.places.end() && *it->second == *type;
}

double likeness(const Json& statement, const KnownKind& known) {
    double score = 0;
    for (const auto& [place, weight] : {std::pair("/verb/id", 8.0), std::pair("/object/objectType", 6.0),
                                        std::pair("/object/definition/type", 6.0)}) {
        const Json* value = rapidjson::Pointer(place).Get(statement);
        const auto it = known.places.find(place);
        if (value != nullptr && it != known.places.end() && gives(*it->second, *value)) score += weight;
    }
    // A learner's statement has a result or refers to another: taken for the structure's it would name the wrong
    // person.
    const Json* type = rapidjson::Pointer("/object/objectType").Get(statement);
    const bool refers = type != nullptr && type->IsString() && textOf(*type) == "StatementRef";
    if ((refers || has(statement, "result")) != (known.from > Source::Element)) score -= 30;
    Comparison comparison{known, 0, {}};
    comparison.add(statement, {});
    return score + 10 * comparison.share();
}

/// Walks the statement and writes the template.
class Suggester {
public:
    Suggester(const std::vector<KnownKind>& known, Allocator& allocator, Suggestion& out)
        : known_(known), from_(known.empty() ? Source::Result : known.front().from), allocator_(allocator), out_(out) {}

    Json make(const Json& json, const Place& place) {
        const auto [found, like] = placeIn(place);
        if (found != nullptr && isDynamic(*found)) return propose(json, place, *found, like);
        const Json* each = found == nullptr ? nullptr : eachOf(*found);
        if (each != nullptr && json.IsArray() && !json.Empty()) return repeat(json, place, *each, like);
        if (json.IsObject()) {
            Json object(rapidjson::kObjectType);
            for (const auto& member : json.GetObject())
                object.AddMember(Json(member.name, allocator_),
                                 make(member.value, place.member(textOf(member.name), member.value)), allocator_);
            return object;
        }
        if (json.IsArray()) {
            Json array(rapidjson::kArrayType);
            for (rapidjson::SizeType i = 0; i < json.Size(); ++i)
                array.PushBack(make(json[i], place.item(i)), allocator_);
            return array;
        }
        if (found == nullptr)
            out_.unknown.push_back({place.pointer, jsonOf(json), "no profile has this place"});
        else if (*found != json)
            out_.unknown.push_back({place.pointer, jsonOf(json), fmt::format("{} has {} here", like, jsonOf(*found))});
        return constant(json);
    }

private:
    Json propose(const Json& json, const Place& place, const Json& found, const std::string& like) {
        out_.proposed.push_back({place.pointer, jsonOf(json), jsonOf(found), like});
        return Json(found, allocator_);
    }

    Json repeat(const Json& json, const Place& place, const Json& each, const std::string& like) {
        out_.proposed.push_back({place.pointer, fmt::format("{} items", json.Size()), jsonOf(each["$each"]), like});
        Json one(rapidjson::kObjectType);
        one.AddMember("$each", Json(each["$each"], allocator_), allocator_);
        one.AddMember("$item", make(json[0], place.item(0)), allocator_);
        Json array(rapidjson::kArrayType);
        array.PushBack(one, allocator_);
        return array;
    }

    /// Braces of a plain text are doubled: they would be taken for a placeholder.
    Json constant(const Json& json) {
        if (!json.IsString()) return Json(json, allocator_);
        std::string text;
        for (const char c : textOf(json)) text += c == '{' ? "{{" : c == '}' ? "}}" : std::string(1, c);
        return Json(text.c_str(), static_cast<rapidjson::SizeType>(text.size()), allocator_);
    }

    /// What the most similar kind has there whose names this one may use.
    std::pair<const Json*, std::string> placeIn(const Place& place) const {
        for (const auto& kind : known_) {
            const auto it = kind.places.find(place.name);
            if (it == kind.places.end() || !usable(*it->second)) continue;
            // An activity's id is nothing that a reference could be made of, nor the other way round.
            if (place.name.starts_with("/object/") && !kind.sameObject) continue;
            return {it->second, kind.like};
        }
        return {nullptr, {}};
    }
    bool usable(const Json& json) const {
        std::set<std::string> names;
        if (isDynamic(json)) namesIn(json, names);
        return std::all_of(names.begin(), names.end(), [&](const auto& name) {
            const auto scopes = findPlaceholder(name)->scopes;
            return (scopes & (scopeOf(from_) | kPersonScope | kFileScope)) != 0;
        });
    }

    const std::vector<KnownKind>& known_;
    Source from_;
    Allocator& allocator_;
    Suggestion& out_;
};

std::vector<KnownKind> knownKinds(const std::vector<std::unique_ptr<rapidjson::Document>>& documents,
                                  const std::vector<ProfileText>& profiles, const Json& statement) {
    std::vector<KnownKind> known;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        if (!has(*documents[i], "statements") || !(*documents[i])["statements"].IsArray()) continue;
        for (const auto& kind : (*documents[i])["statements"].GetArray()) {
            const auto from =
                has(kind, "from") && kind["from"].IsString() ? sourceFrom(textOf(kind["from"])) : std::nullopt;
            if (!from || !has(kind, "template") || !has(kind, "name") || !kind["name"].IsString()) continue;
            KnownKind one;
            one.like = profiles[i].name + ": " + kind["name"].GetString();
            one.kind = &kind;
            one.from = *from;
            one.collect(kind["template"], {});
            one.sameObject = isSameObject(statement, one);
            one.score = likeness(statement, one);
            known.push_back(std::move(one));
        }
    }
    std::stable_sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    return known;
}

}  // namespace

Suggestion suggestKind(std::string_view statement, const std::vector<ProfileText>& profiles) {
    rapidjson::Document pasted;
    pasted.Parse<rapidjson::kParseValidateEncodingFlag>(statement.data(), statement.size());
    if (pasted.HasParseError())
        throw host::sdk::AppError(
            422, "suggestion.not-a-statement",
            fmt::format("The statement is not JSON: {}, at byte {}; paste it whole.",
                        rapidjson::GetParseError_En(pasted.GetParseError()), pasted.GetErrorOffset()));
    const Json* one = pasted.IsArray() && !pasted.Empty() ? &pasted[0] : &pasted;
    if (!has(*one, "actor") || !has(*one, "verb") || !has(*one, "object"))
        throw host::sdk::AppError(422, "suggestion.not-a-statement",
                                  "This is no xAPI statement: it needs 'actor', 'verb' and 'object'; paste one whole.");
    std::vector<std::unique_ptr<rapidjson::Document>> documents;
    for (const auto& profile : profiles) {
        documents.push_back(std::make_unique<rapidjson::Document>());
        documents.back()->Parse(profile.text.data(), profile.text.size());
    }
    const auto known = knownKinds(documents, profiles, *one);

    Suggestion out;
    rapidjson::Document kind(rapidjson::kObjectType);
    auto& allocator = kind.GetAllocator();
    const bool structure = !known.empty() && known.front().from <= Source::Element;
    kind.AddMember("name", Json(structure ? "methodist.new" : "learner.new", allocator), allocator);
    kind.AddMember("from", Json(toString(known.empty() ? Source::Result : known.front().from), allocator), allocator);
    if (!known.empty()) {
        out.like = known.front().like;
        for (const auto* key : {"elements", "when", "graded"})
            if (has(*known.front().kind, key))
                kind.AddMember(Json(key, allocator), Json((*known.front().kind)[key], allocator), allocator);
    }
    auto body = Suggester(known, allocator, out).make(*one, {});
    // What every statement of ours has though an example needn't.
    for (const auto* key : {"id", "version", "timestamp"})
        if (!known.empty() && !has(body, key) && has((*known.front().kind)["template"], key))
            body.AddMember(Json(key, allocator), Json((*known.front().kind)["template"][key], allocator), allocator);
    kind.AddMember("template", body, allocator);
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', 2);
    kind.Accept(writer);
    out.kind = std::string(buffer.GetString()) + "\n";
    return out;
}

}  // namespace plugin::footprint
