#include "plugin/footprint/StatementValidator.h"

#include "common/Rfc3339.h"
#include "common/XapiText.h"
#include "plugin/footprint/StatementPlaces.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace plugin::footprint {
namespace {

using Allocator = rapidjson::MemoryPoolAllocator<>;
using Document = rapidjson::GenericDocument<rapidjson::UTF8<>, Allocator, rapidjson::CrtAllocator>;
using Json = Document::ValueType;
using Keys = std::span<const std::string_view>;

using common::isIri;
using common::isMediaType;

constexpr host::sdk::Micros kClockSlack = 5 * 60 * 1'000'000LL;

std::string_view textOf(const Json& value) {
    return {value.GetString(), value.GetStringLength()};
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLowerHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f');
}

/// Version 4 or 5, variant of RFC 9562, lower case as we write it.
bool isUuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < 36; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isLowerHex(text[i])) return false;
    }
    return (text[14] == '4' || text[14] == '5') && std::string_view("89ab").find(text[19]) != std::string_view::npos;
}

bool isUntiId(std::string_view text) {
    return !text.empty() && text[0] != '0' && std::all_of(text.begin(), text.end(), isDigit);
}

/// Walks one statement; the first broken rule ends the walk.
class Walk {
public:
    Walk(const Json& root, const Expectation& expected) : root_(root), expected_(expected) {}

    std::optional<Violation> run() {
        if (!root_.IsObject()) return Violation{"json", "", "a statement is an object"};
        noEmptyOrNull(root_, "");
        keys(root_, "", KnownKeys::statement());
        identity();
        agent(root_, "actor", "");
        verb();
        const bool reference = object();
        result();
        context(reference);
        attachments();
        return found_;
    }

private:
    void broken(const char* rule, std::string pointer, std::string reason) {
        if (!found_) found_ = Violation{rule, std::move(pointer), std::move(reason)};
    }

    const Json* find(const Json& in, const char* key) const {
        const auto at = in.FindMember(key);
        return at == in.MemberEnd() ? nullptr : &at->value;
    }
    /// The member of an object, or a broken rule when it is absent or of another type.
    const Json* object(const Json& in, const char* key, const char* pointer, const char* rule) {
        const Json* value = find(in, key);
        if (value != nullptr && value->IsObject()) return value;
        broken(rule, fmt::format("{}/{}", pointer, key), "must be an object");
        return nullptr;
    }
    std::string_view text(const Json& in, const char* key, const char* pointer, const char* rule) {
        const Json* value = find(in, key);
        if (value != nullptr && value->IsString() && value->GetStringLength() > 0) return textOf(*value);
        broken(rule, fmt::format("{}/{}", pointer, key), "must be a text");
        return {};
    }
    void keys(const Json& in, const char* pointer, Keys known) {
        for (const auto& m : in.GetObject())
            if (std::find(known.begin(), known.end(), textOf(m.name)) == known.end())
                broken("unknown-key", fmt::format("{}/{}", pointer, textOf(m.name)), "the LRS knows no such key");
    }

    void noEmptyOrNull(const Json& value, const char* key) {
        if (value.IsNull()) return broken("null", key, "null is refused by the LRS");
        if (value.IsObject()) {
            if (value.MemberCount() == 0) return broken("empty", key, "an empty object");
            for (auto m = value.MemberBegin(); m != value.MemberEnd(); ++m) {
                for (auto other = value.MemberBegin(); other != m; ++other)
                    if (textOf(other->name) == textOf(m->name))
                        broken("duplicate-key", m->name.GetString(), "is there twice");
                noEmptyOrNull(m->value, m->name.GetString());
            }
        } else if (value.IsArray()) {
            if (value.Empty()) return broken("empty", key, "an empty array");
            for (const Json& item : value.GetArray()) noEmptyOrNull(item, key);
        }
    }

    void identity() {
        if (!isUuid(text(root_, "id", "", "id"))) broken("id", "/id", "must be a UUID of version 4 or 5");
        const std::string_view version = text(root_, "version", "", "version");
        if (version != "1.0" && !(version.starts_with("1.0.") && isDigit(version.back())))
            broken("version", "/version", "must be 1.0 or 1.0.N");
        const std::string_view time = text(root_, "timestamp", "", "timestamp");
        const auto parsed = common::Rfc3339::parse(time);
        if (!parsed || time.ends_with('Z') || time.ends_with("-00:00"))
            broken("timestamp", "/timestamp", "must be a time with the zone's offset");
        else if (*parsed > expected_.now + kClockSlack)
            broken("timestamp", "/timestamp", "lies in the future");
    }

    void agent(const Json& in, const char* key, const char* pointer) {
        const Json* agent = object(in, key, pointer, key);
        if (agent == nullptr) return;
        keys(*agent, key, KnownKeys::agent());
        if (text(*agent, "objectType", key, key) != "Agent") broken(key, "objectType", "must be Agent");
        const Json* account = object(*agent, "account", key, key);
        if (account == nullptr) return;
        keys(*account, key, KnownKeys::account());
        if (!isIri(text(*account, "homePage", key, key))) broken(key, "homePage", "must be an IRI");
        if (!isUntiId(text(*account, "name", key, key)))
            broken(key, "name", "must be an unti_id: digits without a leading zero, as a text");
    }

    void languageMap(const Json& in, const char* key, const char* rule, bool required) {
        const Json* map = find(in, key);
        if (map == nullptr && !required) return;
        if (map == nullptr || !map->IsObject()) return broken(rule, key, "must be texts by language");
        for (const auto& m : map->GetObject())
            if (textOf(m.name).find('_') != std::string_view::npos || !m.value.IsString())
                broken(rule, key, "must be texts by language, as ru-RU");
    }

    void extensions(const Json& in, const char* pointer) {
        const Json* map = find(in, "extensions");
        if (map == nullptr) return;
        if (!map->IsObject()) return broken("extensions", pointer, "must be an object");
        for (const auto& m : map->GetObject())
            if (!isIri(textOf(m.name)))
                broken("extensions", fmt::format("{}/extensions/{}", pointer, textOf(m.name)),
                       "the key must be an IRI");
    }

    void verb() {
        const Json* verb = object(root_, "verb", "", "verb");
        if (verb == nullptr) return;
        keys(*verb, "/verb", KnownKeys::verb());
        if (!isIri(text(*verb, "id", "/verb", "verb"))) broken("verb", "/verb/id", "must be an IRI");
        languageMap(*verb, "display", "verb", true);
    }

    void definition(const Json& activity) {
        const Json* definition = find(activity, "definition");
        if (definition == nullptr) return;
        if (!definition->IsObject()) return broken("object", "definition", "must be an object");
        keys(*definition, "definition", KnownKeys::definition());
        languageMap(*definition, "name", "object", false);
        languageMap(*definition, "description", "object", false);
        if (const Json* type = find(*definition, "type");
            type != nullptr && (!type->IsString() || !isIri(textOf(*type))))
            broken("object", "definition/type", "must be an IRI");
        extensions(*definition, "definition");
    }

    void activity(const Json& activity, const char* pointer) {
        if (!activity.IsObject()) return broken("object", pointer, "must be an object");
        keys(activity, pointer, KnownKeys::activity());
        if (!isIri(text(activity, "id", pointer, "object"))) broken("object", pointer, "the id must be an IRI");
        definition(activity);
    }

    bool object() {
        const Json* object = this->object(root_, "object", "", "object");
        if (object == nullptr) return false;
        const std::string_view type = text(*object, "objectType", "/object", "object");
        if (type == "Activity") {
            activity(*object, "/object");
            return false;
        }
        if (type != "StatementRef") {
            broken("object", "/object/objectType", "must be Activity or StatementRef");
            return false;
        }
        keys(*object, "/object", KnownKeys::reference());
        const std::string_view id = text(*object, "id", "/object", "reference");
        if (!isUuid(id)) broken("reference", "/object/id", "must be the UUID of a statement");
        if (!expected_.reference.empty() && id != expected_.reference)
            broken("reference", "/object/id", "is not the methodist's statement of the element");
        return true;
    }

    std::optional<double> number(const Json& score, const char* key) {
        const Json* value = find(score, key);
        if (value != nullptr && value->IsNumber() && std::isfinite(value->GetDouble())) return value->GetDouble();
        broken("score", fmt::format("/result/score/{}", key), "raw, min, max and scaled go together, as numbers");
        return std::nullopt;
    }

    void score(const Json& score) {
        if (!score.IsObject()) return broken("score", "/result/score", "must be an object");
        keys(score, "/result/score", KnownKeys::score());
        const auto raw = number(score, "raw"), min = number(score, "min"), max = number(score, "max"),
                   scaled = number(score, "scaled");
        if (!raw || !min || !max || !scaled) return;
        if (*min >= *max) broken("score", "/result/score", "min must be less than max");
        if (*raw < *min || *raw > *max) broken("score", "/result/score/raw", "must lie between min and max");
        if (*scaled < -1 || *scaled > 1) broken("score", "/result/score/scaled", "must lie between -1 and 1");
    }

    void result() {
        const Json* result = find(root_, "result");
        if (result == nullptr) {
            if (expected_.graded) broken("score", "/result", "score and success are required");
            return;
        }
        if (!result->IsObject()) return broken("result", "/result", "must be an object");
        keys(*result, "/result", KnownKeys::result());
        if (const Json* value = find(*result, "score"))
            score(*value);
        else if (expected_.graded)
            broken("score", "/result/score", "is required");
        const Json* success = find(*result, "success");
        if (success == nullptr ? expected_.graded : !success->IsBool())
            broken("success", "/result/success", "must be true or false");
        if (const Json* d = find(*result, "duration");
            d != nullptr && (!d->IsString() || !common::isIsoDuration(textOf(*d))))
            broken("duration", "/result/duration", "must be an ISO 8601 duration");
        extensions(*result, "/result");
    }

    void contextActivities(const Json& context) {
        const Json* lists = find(context, "contextActivities");
        if (lists == nullptr) return;
        if (!lists->IsObject()) return broken("context", "/context/contextActivities", "must be an object");
        keys(*lists, "/context/contextActivities", KnownKeys::contextActivities());
        for (const auto& m : lists->GetObject()) {
            if (!m.value.IsArray()) return broken("context", "/context/contextActivities", "must hold arrays");
            for (const Json& item : m.value.GetArray()) activity(item, "/context/contextActivities");
        }
    }

    void context(bool reference) {
        const Json* context = object(root_, "context", "", "context");
        if (context == nullptr) return;
        if (reference && (find(*context, "platform") != nullptr || find(*context, "revision") != nullptr))
            broken("context", "/context", "platform and revision are refused beside a StatementRef");
        keys(*context, "/context", KnownKeys::context());
        if (find(*context, "instructor") != nullptr) agent(*context, "instructor", "/context");
        contextActivities(*context);
        extensions(*context, "/context");
        const Json* extensions = find(*context, "extensions");
        for (const std::string& key : expected_.contextExtensions)
            if (extensions == nullptr || !extensions->IsObject() || find(*extensions, key.c_str()) == nullptr)
                broken("context", fmt::format("/context/extensions/{}", key), "is required for this kind");
    }

    void attachments() {
        const Json* list = find(root_, "attachments");
        if (list == nullptr) return;
        if (!list->IsArray()) return broken("attachment", "/attachments", "must be an array");
        for (const Json& item : list->GetArray()) {
            if (!item.IsObject()) return broken("attachment", "/attachments", "must hold objects");
            keys(item, "/attachments", KnownKeys::attachment());
            if (!isIri(text(item, "usageType", "/attachments", "attachment")))
                broken("attachment", "usageType", "must be an IRI");
            languageMap(item, "display", "attachment", true);
            languageMap(item, "description", "attachment", true);
            if (!isMediaType(text(item, "contentType", "/attachments", "attachment")))
                broken("attachment", "contentType", "is a media type that the LRS refuses");
            const Json* length = find(item, "length");
            if (length == nullptr || !length->IsInt64() || length->GetInt64() < 1)
                broken("attachment", "length", "must be a number of bytes, at least 1");
            const std::string_view sha = text(item, "sha2", "/attachments", "attachment");
            if (sha.size() != 64 || !std::all_of(sha.begin(), sha.end(), isLowerHex))
                broken("attachment", "sha2", "must be 64 lower-case hex digits");
            if (!isOpenAddress(text(item, "fileUrl", "/attachments", "attachment")))
                broken("attachment", "fileUrl", "must be an https address");
        }
    }

    const Json& root_;
    const Expectation& expected_;
    std::optional<Violation> found_;
};

}  // namespace

bool isOpenAddress(std::string_view url) {
    if (url.starts_with("https://")) return url.size() > 8;
    return url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:") ||
           url.starts_with("http://s3.localhost:");
}

struct StatementValidator::Impl {
    std::array<char, 32 * 1024> memory;
    rapidjson::CrtAllocator stack;
};

StatementValidator::StatementValidator() : impl_(std::make_unique<Impl>()) {}
StatementValidator::~StatementValidator() = default;

std::optional<Violation> StatementValidator::check(std::string_view bytes, const Expectation& expected) {
    if (std::any_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7e; }))
        return Violation{"ascii", "", "only ASCII may be sent: the LRS corrupts other text between two chunks"};
    Allocator pool(impl_->memory.data(), impl_->memory.size());
    Document document(&pool, 1024, &impl_->stack);
    document.Parse(bytes.data(), bytes.size());
    if (document.HasParseError())
        return Violation{"json", fmt::format("offset {}", document.GetErrorOffset()), "is not valid JSON"};
    return Walk(document, expected).run();
}

}  // namespace plugin::footprint
