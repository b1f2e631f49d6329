#include "plugin/lrs/SameStatement.h"

#include "common/Rfc3339.h"
#include "common/Text.h"
#include "plugin/AnswerText.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <set>

namespace plugin::lrs {
namespace {

using rapidjson::Value;

constexpr std::size_t kShown = 160;  // bytes around a difference
constexpr std::size_t kBefore = 40;  // of them before it
constexpr int kDepth = 64;
/// One activity may stand there without its brackets; it is given back within them.
constexpr std::string_view kActivities = "/context/contextActivities/";
/// But for the id, by which it was asked for.
constexpr std::array<const char*, 7> kCompared = {"actor",  "verb",        "object",   "context",
                                                  "result", "attachments", "timestamp"};

std::string_view viewOf(const Value& text) {
    return {text.GetString(), text.GetStringLength()};
}

std::string textOf(const Value* value) {
    if (value == nullptr) return {};
    if (value->IsString()) return std::string(viewOf(*value));
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value->Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

/// A hostile answer must not exhaust the stack of whoever walks it.
bool deeperThan(const Value& value, int levels) {
    if (!value.IsObject() && !value.IsArray()) return false;
    if (levels == 0) return true;
    if (value.IsArray())
        return std::any_of(value.Begin(), value.End(), [&](const Value& one) { return deeperThan(one, levels - 1); });
    return std::any_of(value.MemberBegin(), value.MemberEnd(),
                       [&](const auto& member) { return deeperThan(member.value, levels - 1); });
}

std::string pointerTo(const std::string& parent, std::string_view name) {
    std::string path = parent + "/";
    for (const char c : name) c == '~' ? path += "~0" : c == '/' ? path += "~1" : path += c;
    return path;
}

/// What lies around `at`, begun at a character's border.
std::string around(const std::string& text, std::size_t at) {
    std::size_t from = at > kBefore ? at - kBefore : 0;
    while (from > 0 && (static_cast<unsigned char>(text[from]) & 0xc0u) == 0x80u) --from;
    auto shown = answerText(std::string_view(text).substr(from), kShown);
    return (from > 0 ? "…" : "") + shown + (from + shown.size() < text.size() ? "…" : "");
}

/// Walks both values until they part, and tells where.
class Walk {
public:
    explicit Walk(Comparison& result) : result_(result) {}

    static const Value* find(const Value& object, const std::string& name) {
        const auto it = object.FindMember(Value(rapidjson::StringRef(name.data(), name.size())));
        return it == object.MemberEnd() ? nullptr : &it->value;
    }

    bool same(const Value* ours, const Value* theirs, const std::string& path, bool time = false) {
        if (ours == nullptr && theirs == nullptr) return true;
        if (ours == nullptr || theirs == nullptr) return differs(ours, theirs, path);
        if (ours->IsObject() && theirs->IsObject()) return sameObjects(*ours, *theirs, path);
        if (ours->IsObject() && theirs->IsArray() && theirs->Size() == 1 && path.starts_with(kActivities))
            return same(ours, &(*theirs)[0], path);
        if (ours->IsArray() && theirs->IsArray() && ours->Size() == theirs->Size()) {
            for (rapidjson::SizeType i = 0; i < ours->Size(); ++i)
                if (!same(&(*ours)[i], &(*theirs)[i], path + "/" + std::to_string(i))) return false;
            return true;
        }
        if (*ours == *theirs) return true;
        if (time && ours->IsString() && theirs->IsString()) {
            const auto one = common::Rfc3339::parse(viewOf(*ours));
            if (one && one == common::Rfc3339::parse(viewOf(*theirs))) return true;
        }
        return differs(ours, theirs, path);
    }

private:
    /// Learning Locker writes down what the specification takes for granted.
    static bool isDefaultType(const Value* ours, const Value* theirs) {
        return ours == nullptr && theirs != nullptr && theirs->IsString() &&
               (viewOf(*theirs) == "Activity" || viewOf(*theirs) == "Agent");
    }

    bool sameObjects(const Value& ours, const Value& theirs, const std::string& path) {
        std::set<std::string> names;
        for (const auto& member : ours.GetObject()) names.emplace(viewOf(member.name));
        for (const auto& member : theirs.GetObject()) names.emplace(viewOf(member.name));
        for (const auto& name : names) {
            if (name == "objectType" && isDefaultType(find(ours, name), find(theirs, name))) continue;
            if (!same(find(ours, name), find(theirs, name), pointerTo(path, name))) return false;
        }
        return true;
    }

    bool differs(const Value* ours, const Value* theirs, const std::string& path) {
        const auto one = textOf(ours);
        const auto other = textOf(theirs);
        std::size_t at = 0;
        while (at < one.size() && at < other.size() && one[at] == other[at]) ++at;
        result_.outcome = Comparison::Outcome::Differs;
        result_.where = answerText(path, 2 * kShown);
        result_.ours = around(one, std::min(at, one.size()));
        result_.theirs = around(other, std::min(at, other.size()));
        return false;
    }

    Comparison& result_;
};

std::string idOf(const rapidjson::Document& statement) {
    if (!statement.IsObject()) return {};
    const auto* id = Walk::find(statement, "id");
    return id != nullptr && id->IsString() ? common::toLowerAscii(viewOf(*id)) : std::string();
}

}  // namespace

Comparison compareStatements(std::string_view ours, std::string_view theirs) {
    Comparison result;
    rapidjson::Document told, given;
    told.Parse<rapidjson::kParseIterativeFlag>(ours.data(), ours.size());
    given.Parse<rapidjson::kParseIterativeFlag>(theirs.data(), theirs.size());
    if (told.HasParseError() || given.HasParseError() || deeperThan(given, kDepth)) return result;
    const auto id = idOf(told);
    if (id.empty() || id != idOf(given)) return result;
    Walk walk(result);
    for (const std::string name : kCompared) {
        if (!walk.same(Walk::find(told, name), Walk::find(given, name), "/" + name, name == "timestamp")) return result;
    }
    result.outcome = Comparison::Outcome::Same;
    return result;
}

}  // namespace plugin::lrs
