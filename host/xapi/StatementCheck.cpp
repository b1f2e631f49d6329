#include "host/xapi/StatementCheck.h"

#include "common/Uuid.h"
#include "common/XapiText.h"
#include "host/xapi/StatementWords.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>

namespace host::xapi {
namespace {

using Json = rapidjson::Value;
using Keys = std::span<const std::string_view>;
using namespace keys;

std::string_view textOf(const Json& value) {
    return {value.GetString(), value.GetStringLength()};
}

/// Walks one statement; the first broken rule ends the walk.
class Walk {
public:
    std::optional<sdk::FieldError> run(const Json& root) {
        try {
            statement(root);
        } catch (const Broken& broken) {
            return broken.error;
        }
        return std::nullopt;
    }

private:
    struct Broken {
        sdk::FieldError error;
    };
    [[noreturn]] static void broken(const At& at, std::string reason, std::string fix = {}) {
        throw Broken{{at.pointer(), std::move(reason), std::move(fix)}};
    }

    static const Json* find(const Json& in, std::string_view key) {
        for (auto member = in.MemberBegin(); member != in.MemberEnd(); ++member)
            if (textOf(member->name) == key) return &member->value;
        return nullptr;
    }

    /// An object whose keys are known, each there once, none of them null.
    static void object(const Json& in, const At& at, Keys known) {
        if (!in.IsObject()) broken(at, "is not an object", "Give an object.");
        std::uint32_t seen = 0;
        for (const auto& member : in.GetObject()) {
            const auto name = textOf(member.name);
            const At here{&at, name};
            const auto place = std::find(known.begin(), known.end(), name);
            if (place == known.end()) broken(here, "is not a property that xAPI knows here", "Leave it out.");
            const auto bit = std::uint32_t{1} << (place - known.begin());
            if ((seen & bit) != 0) broken(here, "is there twice", "Give it once.");
            seen |= bit;
            if (member.value.IsNull()) broken(here, "is null", "Leave out what has no value.");
        }
    }

    static const Json& required(const Json& in, const At& at, const char* key) {
        if (const Json* value = find(in, key)) return *value;
        broken(At{&at, key}, "is missing");
    }
    static std::string_view text(const Json& value, const At& at) {
        if (!value.IsString()) broken(at, "is not a text", "Give a text in quotes.");
        return textOf(value);
    }
    static void iri(const Json& value, const At& at) {
        if (!common::isIri(text(value, at))) broken(at, "is not an IRI", "Give one with its scheme: http://…");
    }
    static void uuid(const Json& value, const At& at) {
        if (!common::Uuid::isValid(text(value, at))) broken(at, "is not a UUID");
    }
    static void flag(const Json& in, const At& at, const char* key) {
        if (const Json* value = find(in, key); value != nullptr && !value->IsBool())
            broken(At{&at, key}, "is not true or false", "Give true or false, without quotes.");
    }
    static void optionalText(const Json& in, const At& at, const char* key) {
        if (const Json* value = find(in, key)) text(*value, At{&at, key});
    }
    static void time(const Json& in, const At& at, const char* key) {
        const Json* value = find(in, key);
        if (value == nullptr) return;
        const At here{&at, key};
        if (!statementTime(text(*value, here)))
            broken(here, "is not a time of ISO 8601", "Write it as 2026-03-01T12:30:00.000Z.");
    }

    static void languageMap(const Json& in, const At& at, const char* key, bool needed = false) {
        const Json* map = find(in, key);
        const At here{&at, key};
        if (map == nullptr && !needed) return;
        if (map == nullptr) broken(here, "is missing");
        if (!map->IsObject()) broken(here, "is not an object of texts by language", "Give {\"ru-RU\": \"…\"}.");
        for (const auto& one : map->GetObject()) {
            const At of{&here, textOf(one.name)};
            if (!isLanguage(textOf(one.name))) broken(of, "is not a language tag of RFC 5646", "Write it as ru-RU.");
            if (!one.value.IsString()) broken(of, "is not a text");
        }
    }

    static void extensions(const Json& in, const At& at) {
        const Json* map = find(in, "extensions");
        if (map == nullptr) return;
        const At here{&at, "extensions"};
        if (!map->IsObject()) broken(here, "is not an object");
        for (const auto& one : map->GetObject())
            if (!common::isIri(textOf(one.name)))
                broken(At{&here, textOf(one.name)}, "is not an IRI", "The keys of extensions are IRIs.");
    }

    static std::string_view typeOf(const Json& in, const At& at, std::string_view otherwise) {
        const Json* type = find(in, "objectType");
        return type == nullptr ? otherwise : text(*type, At{&at, "objectType"});
    }

    static int identifiers(const Json& in, const At& at) {
        int count = 0;
        if (const Json* mbox = find(in, "mbox"); mbox != nullptr && ++count > 0)
            if (const At here{&at, "mbox"}; !isMailbox(text(*mbox, here)))
                broken(here, "is not a mailto: address", "Write it as mailto:name@example.org.");
        if (const Json* sum = find(in, "mbox_sha1sum"); sum != nullptr && ++count > 0) {
            const At here{&at, "mbox_sha1sum"};
            const auto hex = text(*sum, here);
            if (hex.size() != 40 || !isHex(hex)) broken(here, "is not a SHA-1 of 40 hex digits");
        }
        if (const Json* openid = find(in, "openid"); openid != nullptr && ++count > 0) iri(*openid, At{&at, "openid"});
        if (const Json* account = find(in, "account"); account != nullptr && ++count > 0) {
            const At here{&at, "account"};
            object(*account, here, kAccount);
            iri(required(*account, here, "homePage"), At{&here, "homePage"});
            text(required(*account, here, "name"), At{&here, "name"});
        }
        if (count > 1) broken(at, "has several of mbox, mbox_sha1sum, openid and account", "Give exactly one of them.");
        return count;
    }

    static void agent(const Json& in, const At& at) {
        object(in, at, kAgent);
        if (typeOf(in, at, "Agent") != "Agent") broken(At{&at, "objectType"}, "is not Agent");
        optionalText(in, at, "name");
        if (identifiers(in, at) == 0)
            broken(at, "has none of mbox, mbox_sha1sum, openid and account", "Give exactly one of them.");
    }

    static void group(const Json& in, const At& at) {
        object(in, at, kGroup);
        optionalText(in, at, "name");
        const bool identified = identifiers(in, at) > 0;
        const Json* members = find(in, "member");
        const At here{&at, "member"};
        if (members == nullptr && !identified)
            broken(here, "is missing in a group without mbox, mbox_sha1sum, openid and account");
        if (members == nullptr) return;
        if (!members->IsArray()) broken(here, "is not an array");
        if (members->Empty() && !identified) broken(here, "is empty in a group that is not identified");
        each(*members, here, [](const Json& one, const At& of) { agent(one, of); });
    }

    static void actor(const Json& in, const At& at) {
        if (!in.IsObject()) broken(at, "is not an object");
        const auto type = typeOf(in, at, "Agent");
        if (type == "Agent") return agent(in, at);
        if (type == "Group") return group(in, at);
        broken(At{&at, "objectType"}, "is neither Agent nor Group");
    }

    template <class Fn>
    static void each(const Json& array, const At& at, Fn&& fn) {
        for (rapidjson::SizeType i = 0; i < array.Size(); ++i) {
            char digits[12];
            const auto end = fmt::format_to(digits, "{}", i);
            fn(array[i], At{&at, {digits, static_cast<std::size_t>(end - digits)}});
        }
    }

    static void components(const Json& in, const At& at, const char* key) {
        const Json* list = find(in, key);
        if (list == nullptr) return;
        const At here{&at, key};
        if (!list->IsArray()) broken(here, "is not an array");
        std::set<std::string_view> ids;
        each(*list, here, [&](const Json& one, const At& of) {
            object(one, of, kComponent);
            if (!ids.insert(text(required(one, of, "id"), At{&of, "id"})).second)
                broken(At{&of, "id"}, "is the id of another of them");
            languageMap(one, of, "description");
        });
    }

    static void definition(const Json& activity, const At& up) {
        const Json* in = find(activity, "definition");
        if (in == nullptr) return;
        const At at{&up, "definition"};
        object(*in, at, kDefinition);
        languageMap(*in, at, "name");
        languageMap(*in, at, "description");
        if (const Json* type = find(*in, "type")) iri(*type, At{&at, "type"});
        if (const Json* more = find(*in, "moreInfo")) iri(*more, At{&at, "moreInfo"});
        extensions(*in, at);
        if (const Json* type = find(*in, "interactionType")) {
            const At here{&at, "interactionType"};
            const auto name = text(*type, here);
            if (std::find(std::begin(kInteractions), std::end(kInteractions), name) == std::end(kInteractions))
                broken(here, "is not an interaction type of xAPI");
        }
        if (const Json* patterns = find(*in, "correctResponsesPattern")) {
            const At here{&at, "correctResponsesPattern"};
            if (!patterns->IsArray()) broken(here, "is not an array");
            each(*patterns, here, [](const Json& one, const At& of) { text(one, of); });
        }
        for (const char* key : {"choices", "scale", "source", "target", "steps"}) components(*in, at, key);
    }

    static void activity(const Json& in, const At& at) {
        object(in, at, kActivity);
        if (typeOf(in, at, "Activity") != "Activity") broken(At{&at, "objectType"}, "is not Activity");
        iri(required(in, at, "id"), At{&at, "id"});
        definition(in, at);
    }

    static void reference(const Json& in, const At& at) {
        object(in, at, kReference);
        if (typeOf(in, at, "") != "StatementRef") broken(At{&at, "objectType"}, "is not StatementRef");
        uuid(required(in, at, "id"), At{&at, "id"});
    }

    static void verb(const Json& in, const At& at) {
        object(in, at, kVerb);
        iri(required(in, at, "id"), At{&at, "id"});
        languageMap(in, at, "display");
    }

    static void number(const Json& in, const At& at, const char* key) {
        if (const Json* value = find(in, key); value != nullptr && !value->IsNumber())
            broken(At{&at, key}, "is not a number", "Give a number, without quotes.");
    }

    static void score(const Json& in, const At& at) {
        object(in, at, kScore);
        for (const char* key : {"scaled", "raw", "min", "max"}) number(in, at, key);
        const Json *scaled = find(in, "scaled"), *raw = find(in, "raw"), *min = find(in, "min"), *max = find(in, "max");
        if (scaled != nullptr && (scaled->GetDouble() < -1 || scaled->GetDouble() > 1))
            broken(At{&at, "scaled"}, "is not within -1 and 1");
        if (min != nullptr && max != nullptr && min->GetDouble() > max->GetDouble())
            broken(At{&at, "min"}, "is greater than max");
        if (raw != nullptr && ((min != nullptr && raw->GetDouble() < min->GetDouble()) ||
                               (max != nullptr && raw->GetDouble() > max->GetDouble())))
            broken(At{&at, "raw"}, "is not within min and max");
    }

    static void result(const Json& statement, const At& up) {
        const Json* in = find(statement, "result");
        if (in == nullptr) return;
        const At at{&up, "result"};
        object(*in, at, kResult);
        if (const Json* value = find(*in, "score")) score(*value, At{&at, "score"});
        flag(*in, at, "success");
        flag(*in, at, "completion");
        optionalText(*in, at, "response");
        if (const Json* value = find(*in, "duration"))
            if (const At here{&at, "duration"}; !common::isIsoDuration(text(*value, here)))
                broken(here, "is not a duration of ISO 8601", "Write it as PT1H26M.");
        extensions(*in, at);
    }

    static void contextActivities(const Json& in, const At& at) {
        object(in, at, kContextActivities);
        for (const auto& one : in.GetObject()) {
            const At here{&at, textOf(one.name)};
            if (one.value.IsArray())
                each(one.value, here, [](const Json& item, const At& of) { activity(item, of); });
            else
                activity(one.value, here);
        }
    }

    static void context(const Json& statement, const At& up, bool aboutActivity) {
        const Json* in = find(statement, "context");
        if (in == nullptr) return;
        const At at{&up, "context"};
        object(*in, at, kContext);
        if (const Json* value = find(*in, "registration")) uuid(*value, At{&at, "registration"});
        if (const Json* value = find(*in, "instructor")) actor(*value, At{&at, "instructor"});
        if (const Json* value = find(*in, "team")) {
            const At here{&at, "team"};
            if (!value->IsObject() || typeOf(*value, here, "") != "Group") broken(here, "is not a Group");
            group(*value, here);
        }
        if (const Json* value = find(*in, "contextActivities")) contextActivities(*value, At{&at, "contextActivities"});
        for (const char* key : {"revision", "platform"}) {
            optionalText(*in, at, key);
            if (find(*in, key) != nullptr && !aboutActivity)
                broken(At{&at, key}, "stands beside an object that is no activity", "Leave it out.");
        }
        if (const Json* value = find(*in, "language"))
            if (const At here{&at, "language"}; !isLanguage(text(*value, here)))
                broken(here, "is not a language tag of RFC 5646", "Write it as ru-RU.");
        if (const Json* value = find(*in, "statement")) reference(*value, At{&at, "statement"});
        extensions(*in, at);
    }

    static void attachments(const Json& statement, const At& up) {
        const Json* list = find(statement, "attachments");
        if (list == nullptr) return;
        const At here{&up, "attachments"};
        if (!list->IsArray()) broken(here, "is not an array");
        each(*list, here, [](const Json& one, const At& at) {
            object(one, at, kAttachment);
            iri(required(one, at, "usageType"), At{&at, "usageType"});
            languageMap(one, at, "display", true);
            languageMap(one, at, "description");
            text(required(one, at, "contentType"), At{&at, "contentType"});
            const Json& length = required(one, at, "length");
            if (!length.IsUint64()) broken(At{&at, "length"}, "is not a number of bytes");
            const auto sha = text(required(one, at, "sha2"), At{&at, "sha2"});
            if (sha.empty() || !isHex(sha)) broken(At{&at, "sha2"}, "is not a SHA-2 in hex digits");
            if (const Json* url = find(one, "fileUrl")) iri(*url, At{&at, "fileUrl"});
        });
    }

    static void told(const Json& in, const At& at, bool mayNest) {
        actor(required(in, at, "actor"), At{&at, "actor"});
        verb(required(in, at, "verb"), At{&at, "verb"});
        const Json& about = required(in, at, "object");
        const At here{&at, "object"};
        if (!about.IsObject()) broken(here, "is not an object");
        const auto type = typeOf(about, here, "Activity");
        if (type == "Activity")
            activity(about, here);
        else if (type == "Agent" || type == "Group")
            actor(about, here);
        else if (type == "StatementRef")
            reference(about, here);
        else if (type == "SubStatement" && mayNest)
            subStatement(about, here);
        else
            broken(At{&here, "objectType"}, mayNest ? "is not a type of object" : "can't stand in a SubStatement");
        if (textOf(*find(*find(in, "verb"), "id")) == kVoided && type != "StatementRef")
            broken(At{&here, "objectType"}, "is not StatementRef, which the verb voided needs");
        result(in, at);
        context(in, at, type == "Activity");
        time(in, at, "timestamp");
        attachments(in, at);
    }

    static void subStatement(const Json& in, const At& at) {
        object(in, at, kSubStatement);
        told(in, at, false);
    }

    static void authority(const Json& in, const At& at) {
        actor(in, at);
        if (typeOf(in, at, "Agent") != "Group") return;
        if (identifiers(in, at) > 0) broken(at, "is an identified group", "An authority is an agent, or OAuth's two.");
        if (find(in, "member")->Size() != 2)
            broken(At{&at, "member"}, "has not two members, as an authority by OAuth has");
    }

    static void statement(const Json& in) {
        const At at;
        object(in, at, kStatement);
        if (const Json* id = find(in, "id")) uuid(*id, At{&at, "id"});
        if (const Json* version = find(in, "version")) {
            const At here{&at, "version"};
            const auto value = text(*version, here);
            const bool patch = value.starts_with("1.0.") && value.size() > 4 &&
                               value.find_first_not_of("0123456789", 4) == std::string_view::npos;
            if (value != "1.0" && !patch) broken(here, "is not 1.0 or 1.0.x");
        }
        told(in, at, true);
        time(in, at, "stored");
        if (const Json* value = find(in, "authority")) authority(*value, At{&at, "authority"});
    }
};

}  // namespace

std::optional<sdk::FieldError> checkStatement(const rapidjson::Value& statement) {
    return Walk().run(statement);
}

}  // namespace host::xapi
