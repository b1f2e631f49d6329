#include "host/xapi/StatementDigest.h"

#include "common/Json.h"
#include "common/Sha256.h"
#include "common/Text.h"
#include "host/xapi/StatementCheck.h"

#include <algorithm>
#include <vector>

namespace host::xapi {
namespace {

using Json = rapidjson::Value;

std::string_view textOf(const Json& value) {
    return {value.GetString(), value.GetStringLength()};
}

enum class What { Statement, SubStatement, Actor, Verb, Activity, Object, Result, Context, Lists, Attachment, Plain };

/// A fraction is cut to hundredths: "PT1.2345S" and "PT1.23S" are equal.
std::string_view shortDuration(std::string_view text, std::string& keep) {
    const auto point = text.find('.');
    if (point == std::string_view::npos || text.size() <= point + 4) return text;
    keep = std::string(text.substr(0, point + 3)) + "S";
    return keep;
}

class Canon {
public:
    std::string run(const Json& statement) {
        out_.reserve(1024);
        write(statement, What::Statement);
        return common::Sha256::hex(out_).substr(0, 32);
    }

private:
    using Member = std::pair<std::string_view, const Json*>;

    void text(std::string_view value) {
        out_ += std::to_string(value.size());
        out_ += ':';
        out_ += value;
    }

    static bool isLeftOut(What what, const Member& member) {
        const auto& [name, value] = member;
        switch (what) {
            case What::Statement:
                return name == "id" || name == "stored" || name == "authority" || name == "version";
            case What::Verb:
                return name == "display";
            case What::Activity:
                return name == "definition" || (name == "objectType" && textOf(*value) == "Activity");
            case What::Actor:
                return name == "objectType" && textOf(*value) == "Agent";
            default:
                return false;
        }
    }

    static What whatIs(What in, std::string_view name) {
        if (in == What::Statement || in == What::SubStatement) {
            if (name == "actor") return What::Actor;
            if (name == "verb") return What::Verb;
            if (name == "object") return What::Object;
            if (name == "result") return What::Result;
            if (name == "context") return What::Context;
            if (name == "attachments") return What::Attachment;
        }
        if (in == What::Context) {
            if (name == "instructor" || name == "team") return What::Actor;
            if (name == "contextActivities") return What::Lists;
            if (name == "statement") return What::Object;
        }
        if (in == What::Lists) return What::Activity;
        if (in == What::Actor && name == "member") return What::Actor;
        return What::Plain;
    }

    void write(const Json& value, What what) {
        if (what == What::Object) {
            const auto type = value.FindMember("objectType");
            const auto name = type == value.MemberEnd() ? std::string_view("Activity") : textOf(type->value);
            what = name == "Activity"       ? What::Activity
                   : name == "SubStatement" ? What::SubStatement
                   : name == "StatementRef" ? What::Plain
                                            : What::Actor;
        }
        if (value.IsObject()) return object(value, what);
        if (value.IsArray()) return array(value, what);
        if (value.IsString()) return text(textOf(value));
        if (value.IsBool()) {
            out_ += value.IsTrue() ? 't' : 'f';
        } else if (value.IsNull()) {
            out_ += 'n';
        } else if (value.IsInt64()) {
            out_ += '#';
            out_ += std::to_string(value.GetInt64());
        } else {
            out_ += '#';
            common::appendJsonNumber(out_, value.GetDouble());
        }
    }

    void object(const Json& value, What what) {
        std::vector<Member> members;
        members.reserve(value.MemberCount());
        for (const auto& one : value.GetObject()) {
            Member member{textOf(one.name), &one.value};
            if (!isLeftOut(what, member)) members.push_back(member);
        }
        std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.first < b.first; });
        out_ += '{';
        for (const auto& [name, member] : members) {
            text(name);
            out_ += '=';
            one(*member, name, what);
        }
        out_ += '}';
    }

    void one(const Json& value, std::string_view name, What in) {
        if (value.IsString()) {
            std::string keep;
            if (name == "timestamp" && (in == What::Statement || in == What::SubStatement)) {
                if (const auto at = statementTime(textOf(value))) return text(std::to_string(*at));
            } else if (name == "duration" && in == What::Result) {
                return text(shortDuration(textOf(value), keep));
            } else if ((name == "registration" && in == What::Context) || (name == "sha2" && in == What::Attachment) ||
                       (name == "mbox_sha1sum" && in == What::Actor)) {
                return text(common::toLowerAscii(textOf(value)));
            }
        }
        const What what = whatIs(in, name);
        if (in == What::Lists && !value.IsArray()) return unordered({&value}, what);
        if (value.IsArray() && (in == What::Lists || (in == What::Actor && name == "member"))) {
            std::vector<const Json*> items;
            for (const auto& item : value.GetArray()) items.push_back(&item);
            return unordered(items, what);
        }
        write(value, what);
    }

    void unordered(const std::vector<const Json*>& items, What what) {
        std::vector<std::string> texts;
        for (const auto* item : items) {
            std::string mine;
            mine.swap(out_);
            write(*item, what);
            texts.push_back(std::move(out_));
            out_ = std::move(mine);
        }
        std::sort(texts.begin(), texts.end());
        out_ += '[';
        for (const auto& one : texts) out_ += one;
        out_ += ']';
    }

    void array(const Json& value, What what) {
        out_ += '[';
        for (const auto& item : value.GetArray()) write(item, what);
        out_ += ']';
    }

    std::string out_;
};

}  // namespace

std::string digestOf(const rapidjson::Value& statement) {
    return Canon().run(statement);
}

}  // namespace host::xapi
