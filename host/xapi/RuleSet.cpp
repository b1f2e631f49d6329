#include "host/xapi/RuleSet.h"

#include "host/records/StrictJson.h"
#include "host/xapi/StatementCheck.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace host::xapi {
namespace {

using Json = rapidjson::Value;
using sdk::AppError;
using sdk::FieldError;

constexpr std::size_t kMaxRules = 500;
constexpr std::array<const char*, kStates> kNames{"mapped",   "waiting",    "unmatched", "ignored",
                                                  "rejected", "superseded", "voided"};

std::string_view textOf(const Json& value) {
    return {value.GetString(), value.GetStringLength()};
}

std::string written(const Json& json) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    json.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

sdk::SourceRow rowOf(const StatementColumns& columns, const Json& statement, const StatementFacts& facts) {
    sdk::SourceRow row;
    row.cells = columns.read(statement, facts);
    row.place = fmt::format("statement {}", facts.id);
    return row;
}

}  // namespace

const char* toString(State state) {
    return kNames[static_cast<std::size_t>(state)];
}

std::optional<State> stateFrom(std::string_view text) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (text == kNames[i]) return static_cast<State>(i);
    return std::nullopt;
}

class RuleSet::Parser {
public:
    Parser(const std::string& name, const std::string& source) : name_(name), source_(source) {}

    void run(const Json& root, RuleSet& out) {
        if (!root.IsObject()) return wrong("", "is not an object", R"(Give {"title":…, "rules": […]}.)");
        known(root, "", {"title", "assumed", "rules"});
        out.title_ = pageText(root, "title");
        const auto rules = root.FindMember("rules");
        if (rules == root.MemberEnd() || !rules->value.IsArray() || rules->value.Size() > kMaxRules)
            return wrong("/rules", "is missing or no array", fmt::format("Give up to {} rules.", kMaxRules));
        std::set<std::string> names;
        for (rapidjson::SizeType i = 0; i < rules->value.Size(); ++i) {
            out.rules_.push_back(rule(rules->value[i], fmt::format("/rules/{}", i)));
            if (!names.insert(out.rules_.back().name).second)
                wrong(fmt::format("/rules/{}/name", i), "is the name of another rule", "Give every rule its own.");
        }
    }

    std::vector<FieldError> errors;

private:
    void wrong(std::string pointer, std::string reason, std::string fix) {
        errors.push_back({std::move(pointer), std::move(reason), std::move(fix)});
    }

    void known(const Json& in, const std::string& at, const std::vector<std::string>& names) {
        for (const auto& member : in.GetObject()) {
            const std::string key(textOf(member.name));
            if (std::find(names.begin(), names.end(), key) == names.end())
                wrong(at + "/" + key, "is not known here",
                      records::suggestion(key, names) + fmt::format("Known: {}.", fmt::join(names, ", ")));
        }
    }

    sdk::PageText pageText(const Json& in, const char* name, const std::string& at = {}) {
        sdk::PageText text;
        const auto member = in.FindMember(name);
        if (member != in.MemberEnd() && member->value.IsObject())
            for (const auto& one : member->value.GetObject())
                if (one.value.IsString()) (textOf(one.name) == "ru" ? text.ru : text.en) = textOf(one.value);
        if (text.ru.empty() || text.en.empty())
            wrong(fmt::format("{}/{}", at, name), "is not given in both languages", R"(Give {"ru": "…", "en": "…"}.)");
        return text;
    }

    std::set<std::string, std::less<>> texts(const Json& in, const char* name, const std::string& at, bool needed) {
        std::set<std::string, std::less<>> all;
        const auto member = in.FindMember(name);
        const bool there = member != in.MemberEnd();
        bool good = there ? member->value.IsArray() && !member->value.Empty() : !needed;
        if (there && good)
            for (const auto& one : member->value.GetArray()) {
                good = good && one.IsString();
                if (one.IsString()) all.emplace(textOf(one));
            }
        if (!good) wrong(at + "/" + name, "is not an array of texts", "Give the IRIs in an array.");
        return all;
    }

    Rule rule(const Json& in, const std::string& at) {
        Rule out;
        if (!in.IsObject()) {
            wrong(at, "is not an object", "Give a rule.");
            return out;
        }
        known(in, at, {"name", "verbs", "activityTypes", "ignore", "columns", "mapping"});
        const auto name = in.FindMember("name");
        if (name == in.MemberEnd() || !name->value.IsString() || name->value.GetStringLength() == 0)
            wrong(at + "/name", "is missing", "Give the rule a name.");
        else
            out.name = textOf(name->value);
        out.verbs = texts(in, "verbs", at, true);
        out.activityTypes = texts(in, "activityTypes", at, false);
        const auto* columns = in.HasMember("columns") ? &in["columns"] : nullptr;
        out.columns = StatementColumns::parse(columns, at + "/columns", errors);
        out.ignored = in.HasMember("ignore");
        if (out.ignored == in.HasMember("mapping"))
            wrong(at, "has not exactly one of 'mapping' and 'ignore'", "Say what it becomes, or why it is no record.");
        else if (out.ignored)
            pageText(in, "ignore", at);
        else
            mapping(in["mapping"], at + "/mapping", out);
        return out;
    }

    void mapping(const Json& json, const std::string& at, Rule& out) {
        try {
            out.mapping = std::make_unique<sources::CsvMapping>(sources::CsvMapping::parse(
                name_ + "/" + out.name, written(json), sources::CsvMapping::Use::Route, source_));
            out.reader = std::make_unique<sources::RowReader>(*out.mapping, out.columns.names(), "rule");
        } catch (const AppError& error) {
            if (error.errors().empty()) wrong(at, error.what(), "");
            for (auto one : error.errors())
                wrong(at + (one.pointer.starts_with('/') ? "" : "/") + one.pointer, one.reason, one.fix);
            return;
        }
        if (out.mapping->target == records::RecordKind::File)
            wrong(at + "/target", "can't come by statements", "Bring files by a connection.");
        const auto& fields = records::spec(out.mapping->target).fields;
        for (const auto& field : out.mapping->fields)
            if (fields[field.field].type == records::FieldType::Ref) out.references.push_back(field.field);
        const auto names = out.mapping->externalId.columns();
        out.shared = std::find(names.begin(), names.end(), "statementId") == names.end();
    }

    const std::string& name_;
    const std::string& source_;
};

std::shared_ptr<const RuleSet> RuleSet::parse(const std::string& name, std::string_view json, const std::string& source,
                                              const std::string& references) {
    auto out = std::make_shared<RuleSet>();
    out->references_ = references;
    Parser parser(name, source);
    parser.run(records::parseStrict(json), *out);
    if (!parser.errors.empty())
        throw AppError::validation(fmt::format("The rules '{}' are not valid.", name), std::move(parser.errors));
    return out;
}

Reading RuleSet::read(const Json& statement, const StatementFacts& facts) const {
    Reading out;
    for (const auto& rule : rules_) {
        if (!rule.verbs.contains(facts.verb)) continue;
        if (!rule.activityTypes.empty() && !rule.activityTypes.contains(facts.activityType)) continue;
        if (rule.ignored) {
            out.state = State::Ignored;
            out.rule = rule.name;
            return out;
        }
        const auto row = rowOf(rule.columns, statement, facts);
        if (!rule.reader->isTaken(row)) continue;
        out.rule = rule.name;
        out.draft = rule.reader->read(row);
        out.shared = rule.shared;
        out.state = out.draft.errors.empty() ? State::Mapped : State::Rejected;
        for (const auto& error : out.draft.errors) out.why.push_back(rule.reader->locate(row, error));
        for (const auto field : rule.references)
            if (auto* reference = std::get_if<records::Reference>(&out.draft.values[field]))
                reference->source = references_;
        return out;
    }
    if (facts.verb == kVoided) out.state = State::Ignored;  // it takes another back: that is all it says
    return out;
}

sources::RowError RuleSet::locate(const std::string& name, const Json& statement, const StatementFacts& facts,
                                  const FieldError& error) const {
    for (const auto& rule : rules_)
        if (rule.name == name && rule.reader) return rule.reader->locate(rowOf(rule.columns, statement, facts), error);
    return {{}, error.pointer, {}, error.reason, error.fix, 0};
}

RuleLibrary::RuleLibrary(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder)) return;
    std::vector<FieldError> wrong;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        const auto name = entry.path().stem().string();
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        try {
            titles_[name] = RuleSet::parse(name, text.str(), "xapi", "xapi")->title();
            texts_[name] = text.str();
        } catch (const AppError& error) {
            if (error.errors().empty()) wrong.push_back({name + ".json", error.what(), "Correct the file."});
            for (const auto& one : error.errors())
                wrong.push_back({name + ".json#" + one.pointer, one.reason, one.fix});
        }
    }
    if (!wrong.empty()) throw AppError::validation("Rules of xAPI are not valid.", std::move(wrong));
}

std::optional<std::string> RuleLibrary::named(const std::string& name) const {
    const auto found = texts_.find(name);
    if (found == texts_.end()) return std::nullopt;
    const auto rules = records::parseStrict(found->second);
    rapidjson::Document out(rapidjson::kObjectType);
    auto& memory = out.GetAllocator();
    out.AddMember("name", Json(name.c_str(), memory), memory);
    for (const char* member : {"title", "assumed", "rules"}) {
        const auto at = rules.FindMember(member);
        // Nothing assumed is an empty list: who reads it needn't ask.
        Json value(rapidjson::kArrayType);
        if (at != rules.MemberEnd()) value.CopyFrom(at->value, memory);
        out.AddMember(rapidjson::StringRef(member), value, memory);
    }
    return written(out);
}

const std::string& RuleLibrary::find(const std::string& name) const {
    if (const auto found = texts_.find(name); found != texts_.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [one, text] : texts_) names.push_back(one);
    throw AppError::validation("The rules are not known.", {{"/ruleSet", "is not the name of ready-made rules",
                                                             records::suggestion(name, names) +
                                                                 fmt::format("Known: {}.", fmt::join(names, ", "))}});
}

}  // namespace host::xapi
