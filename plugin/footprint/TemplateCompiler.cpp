// Turns a template's JSON into the operations that Template::render runs. Every member and item is written with a comma
// behind it; the container's end turns the last comma into its bracket. So a member that is left out needs no second
// look.

#include "common/Text.h"
#include "plugin/footprint/JsonText.h"
#include "plugin/footprint/Template.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <set>

namespace plugin::footprint {
namespace {

using host::sdk::FieldError;
using Json = rapidjson::Value;

std::string_view textOf(const Json& value) {
    return {value.GetString(), value.GetStringLength()};
}

std::string escapedPointer(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

/// A string of a template cut at its braces.
struct Piece {
    std::string literal;  ///< when name is Count
    Name name = Name::Count;
    bool optional = false;
};

const char* literalType(const Json& value) {
    if (value.IsBool()) return "boolean";
    if (value.IsInt64()) return "integer";
    if (value.IsNumber()) return "number";
    return "text";
}

bool literalFits(const Json& value, ValueType type) {
    switch (type) {
        case ValueType::Integer:
            return value.IsInt64();
        case ValueType::Number:
            return value.IsNumber();
        case ValueType::Boolean:
            return value.IsBool();
        case ValueType::Text:
        case ValueType::Iri:
        case ValueType::Duration:
            return value.IsString();
        default:
            return false;  // ids and times are never constants
    }
}

bool isList(ValueType type) {
    return type == ValueType::TextList || type == ValueType::FileList;
}

}  // namespace

class TemplateCompiler {
public:
    TemplateCompiler(Template& out, unsigned scope, const Places& places, std::vector<FieldError>& errors)
        : out_(out), scope_(scope), places_(places), errors_(errors) {}

    void run(const Json& root, const std::string& pointer) {
        if (!root.IsObject()) return fault(pointer, "a statement's template must be an object");
        Shape shape = member("", root, {pointer, ""});
        if (shape.mayVanish) return fault(pointer, "every member is optional: the statement could be empty");
        if (errors_.empty()) {
            --out_.ops_.back().b;  // the comma behind the statement
            out_.joinLiterals();
        }
        for (const PlaceRule& rule : places_.values)
            if (rule.required && constant_.count(rule.pointer) == 0)
                fault(pointer, fmt::format("'{}' must always be in a statement", rule.pointer));
    }

private:
    using Op = Template::Op;
    using Code = Template::Op::Code;

    /// Where a value stands: in the file, and in the statement that comes out.
    struct Place {
        std::string file;
        std::string statement;
        bool conditional = false;
        int depth = 0;
    };
    struct Shape {
        bool mayVanish = false;  ///< nothing may be written
        bool labelled = false;   ///< a jump can land behind it: its last comma is not known at compile time
    };

    void fault(const std::string& pointer, std::string reason, std::string fix = {}) {
        errors_.push_back({pointer, std::move(reason), std::move(fix)});
    }

    // --- writing operations ---
    void literal(std::string_view text) {
        const bool merge = !out_.ops_.empty() && out_.ops_.size() > barrier_ && out_.ops_.back().code == Code::Literal;
        if (merge)
            out_.ops_.back().b += static_cast<std::uint32_t>(text.size());
        else
            out_.ops_.push_back({Code::Literal, Name::Count, ValueType::Text,
                                 static_cast<std::uint32_t>(out_.literals_.size()),
                                 static_cast<std::uint32_t>(text.size())});
        out_.literals_ += text;
    }
    std::size_t emit(Code code, Name name = Name::Count, std::uint32_t a = 0) {
        const ValueType type = name == Name::Count ? ValueType::Text : placeholder(name).type;
        out_.ops_.push_back({code, name, type, a, 0});
        return out_.ops_.size() - 1;
    }
    void land(std::size_t jump) {
        out_.ops_[jump].b = static_cast<std::uint32_t>(out_.ops_.size());
        barrier_ = out_.ops_.size();
    }
    std::uint32_t here() {
        barrier_ = out_.ops_.size();
        return static_cast<std::uint32_t>(out_.ops_.size());
    }

    // --- reading the template ---
    Shape member(const std::string& prefix, const Json& value, const Place& place) {
        if (place.depth > 24) {
            fault(place.file, "is nested too deep");
            return {};
        }
        if (value.IsObject())
            return value.HasMember("$if") ? choice(prefix, value, place) : object(prefix, value, place);
        if (value.IsArray()) return array(prefix, value, place);
        if (value.IsString()) return text(prefix, value, place);
        if (value.IsNull()) {
            fault(place.file, "null can't be sent: the LRS refuses it", "leave the member out");
            return {};
        }
        checkLiteral(value, place);
        rapidjson::StringBuffer buffer;
        if (value.IsDouble()) {
            std::string number;
            appendNumber(number, value.GetDouble());
            literal(prefix + number + ",");
            return {};
        }
        rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
        value.Accept(writer);
        literal(prefix + buffer.GetString() + ",");
        return {};
    }

    Shape object(const std::string& prefix, const Json& value, const Place& place) {
        if (value.MemberCount() == 0) {
            fault(place.file, "an empty object can't be sent");
            return {};
        }
        const auto rule = std::find_if(places_.objects.begin(), places_.objects.end(),
                                       [&](const ObjectRule& r) { return r.pointer == place.statement; });
        std::vector<std::pair<std::string, const Json*>> members;
        for (const auto& m : value.GetObject()) {
            const std::string_view key = textOf(m.name);
            const std::string file = place.file + "/" + escapedPointer(key);
            if (key.starts_with('$'))
                fault(file, "unknown directive",
                      "there are $if with $then and $else, and $each with $item in an array");
            else if (key.find_first_of("{}") != std::string_view::npos)
                fault(file, "a key can't be computed");
            else if (rule != places_.objects.end())
                checkKey(*rule, std::string(key), file);
            members.emplace_back(std::string(key), &m.value);
        }
        return container(prefix, '{', '}', members.size(), [&](std::size_t i) {
            const auto& [key, v] = members[i];
            std::string quoted = "\"";
            appendJsonText(quoted, key);
            quoted += "\":";
            const Place inner{place.file + "/" + escapedPointer(key), place.statement + "/" + escapedPointer(key),
                              place.conditional, place.depth + 1};
            const Shape shape = member(quoted, *v, inner);
            if (!shape.mayVanish && !place.conditional) {
                out_.constantKeys_[place.statement].push_back(key);
                constant_.insert(inner.statement);
            }
            return shape;
        });
    }

    Shape array(const std::string& prefix, const Json& value, const Place& place) {
        if (value.Empty()) {
            fault(place.file, "an empty array can't be sent");
            return {};
        }
        return container(prefix, '[', ']', value.Size(), [&](std::size_t i) {
            const Json& item = value[static_cast<rapidjson::SizeType>(i)];
            const Place inner{fmt::format("{}/{}", place.file, i), place.statement + "/*", place.conditional,
                              place.depth + 1};
            if (item.IsObject() && item.HasMember("$each")) return each(item, inner);
            return member("", item, inner);
        });
    }

    template <class Write>
    Shape container(const std::string& prefix, char open, char close, std::size_t count, const Write& write) {
        // Whether it can become empty is known only afterwards; Open is turned into a jump to the next when it can't.
        const std::size_t opening = emit(Code::Open);
        literal(prefix + open);
        bool mayBeEmpty = true;
        Shape last;
        for (std::size_t i = 0; i < count; ++i) {
            last = write(i);
            mayBeEmpty = mayBeEmpty && last.mayVanish;
        }
        if (!errors_.empty()) return {};
        if (!mayBeEmpty) {
            out_.ops_[opening].code = Code::Literal;  // of no bytes
        }
        if (!last.labelled) {
            out_.literals_.back() = close;
            literal(",");
            return {};
        }
        const auto bracket = static_cast<std::uint32_t>(out_.literals_.size());
        out_.literals_ += close;
        const std::size_t closing = emit(Code::Close, Name::Count, bracket);
        barrier_ = out_.ops_.size();
        literal(",");
        if (mayBeEmpty) land(closing);
        return {mayBeEmpty, mayBeEmpty};
    }

    Shape choice(const std::string& prefix, const Json& value, const Place& place) {
        const std::vector<Condition> conditions = compileConditions(value["$if"], scope_, place.file + "/$if", errors_);
        for (const Condition& c : conditions) use(c.name);
        out_.conditions_.push_back(conditions);
        const std::size_t jump =
            emit(Code::JumpUnless, Name::Count, static_cast<std::uint32_t>(out_.conditions_.size() - 1));
        Place inner = place;
        inner.conditional = true;
        ++inner.depth;
        Shape yes;
        const bool hasThen = value.HasMember("$then");
        if (hasThen) {
            for (const auto& m : value.GetObject())
                if (textOf(m.name) != "$if" && textOf(m.name) != "$then" && textOf(m.name) != "$else")
                    fault(place.file + "/" + escapedPointer(textOf(m.name)), "can't stand beside $then");
            inner.file = place.file + "/$then";
            yes = member(prefix, value["$then"], inner);
        } else {
            if (value.HasMember("$else")) fault(place.file + "/$else", "$else needs $then");
            rapidjson::Document rest;
            rest.CopyFrom(value, rest.GetAllocator());
            rest.RemoveMember("$if");
            yes = member(prefix, rest, inner);
        }
        if (!hasThen || !value.HasMember("$else")) {
            land(jump);
            return {true, true};
        }
        const std::size_t past = emit(Code::Jump);
        land(jump);
        inner.file = place.file + "/$else";
        const Shape no = member(prefix, value["$else"], inner);
        land(past);
        return {yes.mayVanish || no.mayVanish, true};
    }

    Shape each(const Json& value, const Place& place) {
        for (const auto& m : value.GetObject())
            if (textOf(m.name) != "$each" && textOf(m.name) != "$item")
                fault(place.file + "/" + escapedPointer(textOf(m.name)), "can't stand beside $each");
        if (!value["$each"].IsString() || !value.HasMember("$item")) {
            fault(place.file, "$each names a list, as \"{result.files}\", and needs $item");
            return {};
        }
        const auto pieces = cut(textOf(value["$each"]), place.file + "/$each");
        if (pieces.size() != 1 || pieces[0].name == Name::Count || !isList(placeholder(pieces[0].name).type)) {
            if (!pieces.empty())
                fault(place.file + "/$each", "is not a list",
                      "a list is result.files, element.files or flow.instructors");
            return {};
        }
        const Name list = pieces[0].name;
        use(list);
        if (!pieces[0].optional) emit(Code::Need, list);
        const std::size_t begin = emit(Code::EachBegin, list);
        const std::uint32_t body = here();
        const unsigned outer = scope_;
        scope_ |= placeholder(list).type == ValueType::FileList ? kFileScope : kPersonScope;
        Place inner{place.file + "/$item", place.statement, place.conditional, place.depth + 1};
        const Shape item = member("", value["$item"], inner);
        scope_ = outer;
        const std::size_t end = emit(Code::EachEnd, list);
        out_.ops_[end].b = body;
        land(begin);
        return {pieces[0].optional || item.mayVanish, true};
    }

    Shape text(const std::string& prefix, const Json& value, const Place& place) {
        const std::vector<Piece> pieces = cut(textOf(value), place.file);
        const bool typed = pieces.size() == 1 && pieces[0].name != Name::Count;
        std::vector<std::size_t> jumps;
        for (const Piece& piece : pieces) {
            if (piece.name == Name::Count) continue;
            use(piece.name);
            const ValueType type = placeholder(piece.name).type;
            if (type == ValueType::FileList || (isList(type) && !typed))
                fault(place.file, fmt::format("'{}' is a list", placeholder(piece.name).text), "repeat it with $each");
            if (piece.optional) jumps.push_back(emit(Code::JumpMissing, piece.name));
        }
        if (typed) {
            checkType(placeholder(pieces[0].name), place);
            literal(prefix);
            emit(Code::Value, pieces[0].name);
            literal(",");
        } else {
            checkLiteral(value, place);
            checkMixed(pieces, place);
            literal(prefix + "\"");
            for (const Piece& piece : pieces) {
                if (piece.name != Name::Count) {
                    emit(Code::Inside, piece.name);
                    continue;
                }
                std::string escaped;
                appendJsonText(escaped, piece.literal);
                literal(escaped);
            }
            literal("\",");
        }
        for (const std::size_t jump : jumps) land(jump);
        return {!jumps.empty(), !jumps.empty()};
    }

    /// Cuts at `{name}` and `{name?}`; `{{` and `}}` are braces.
    std::vector<Piece> cut(std::string_view text, const std::string& file) {
        std::vector<Piece> pieces;
        std::string plain;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (c != '{' && c != '}') {
                plain += c;
                continue;
            }
            if (i + 1 < text.size() && text[i + 1] == c) {
                plain += c;
                ++i;
                continue;
            }
            const std::size_t end = text.find('}', i);
            if (c == '}' || end == std::string_view::npos) {
                fault(file, c == '}' ? "a '}' closes nothing" : "a '{' is not closed",
                      "a brace itself is written twice");
                return {};
            }
            std::string_view name = text.substr(i + 1, end - i - 1);
            const bool optional = name.ends_with('?');
            if (optional) name.remove_suffix(1);
            const Placeholder* found = known(name, file);
            if (found == nullptr) return {};
            if (!plain.empty()) pieces.push_back({std::move(plain), Name::Count, false});
            plain.clear();
            pieces.push_back({{}, found->name, optional});
            i = end;
        }
        if (!plain.empty() || pieces.empty()) pieces.push_back({std::move(plain), Name::Count, false});
        return pieces;
    }

    const Placeholder* known(std::string_view name, const std::string& file) {
        const Placeholder* found = findPlaceholder(name);
        if (found != nullptr && (found->scopes & scope_) != 0) return found;
        const std::string near = suggestPlaceholder(name, scope_);
        fault(file,
              found == nullptr ? fmt::format("unknown placeholder '{}'", name)
                               : fmt::format("placeholder '{}' has no value here", name),
              near.empty() || near == name ? "see 'u2035-profile placeholders'"
                                           : fmt::format("did you mean '{}'?", near));
        return nullptr;
    }

    void use(Name name) {
        if (name != Name::Count) out_.used_[static_cast<std::size_t>(name)] = true;
    }

    // --- what xAPI fixes ---
    void checkKey(const ObjectRule& rule, const std::string& key, const std::string& file) {
        if (std::find(rule.keys.begin(), rule.keys.end(), key) != rule.keys.end()) return;
        const std::string_view near = common::nearest(key, rule.keys);
        fault(file, "the LRS knows no such key here", near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }
    const PlaceRule* ruleOf(const Place& place) const {
        const auto rule = std::find_if(places_.values.begin(), places_.values.end(),
                                       [&](const PlaceRule& r) { return r.pointer == place.statement; });
        return rule == places_.values.end() || rule->types.empty() ? nullptr : &*rule;
    }
    void checkType(const Placeholder& found, const Place& place) {
        const PlaceRule* rule = ruleOf(place);
        if (rule != nullptr && std::find(rule->types.begin(), rule->types.end(), found.type) == rule->types.end())
            fault(place.file, fmt::format("'{}' is {}, here must be {}", found.text, toString(found.type),
                                          toString(rule->types.front())));
    }
    void checkLiteral(const Json& value, const Place& place) {
        const PlaceRule* rule = ruleOf(place);
        if (rule == nullptr) return;
        if (std::none_of(rule->types.begin(), rule->types.end(), [&](ValueType t) { return literalFits(value, t); }))
            fault(place.file, fmt::format("is {}, must be {}", literalType(value), toString(rule->types.front())));
    }

    void checkMixed(const std::vector<Piece>& pieces, const Place& place) {
        const PlaceRule* rule = ruleOf(place);
        if (pieces.size() < 2 || rule == nullptr) return;
        if (std::none_of(rule->types.begin(), rule->types.end(),
                         [](ValueType t) { return t == ValueType::Text || t == ValueType::Iri; }))
            fault(place.file, fmt::format("is text, must be {}", toString(rule->types.front())));
    }

    Template& out_;
    unsigned scope_;
    const Places& places_;
    std::vector<FieldError>& errors_;
    std::size_t barrier_ = 0;  ///< operations before it can be jumped over: nothing is merged across
    std::set<std::string> constant_;
};

Template Template::compile(const Json& json, unsigned scope, const Places& places, const std::string& pointer,
                           std::vector<FieldError>& errors) {
    Template out;
    std::vector<FieldError> found;
    TemplateCompiler(out, scope, places, found).run(json, pointer);
    errors.insert(errors.end(), found.begin(), found.end());
    return out;
}

}  // namespace plugin::footprint
