#include "host/sources/CsvMapping.h"

#include "common/Rfc3339.h"
#include "common/Text.h"
#include "host/records/RecordJson.h"
#include "host/sources/PointerStep.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

namespace host::sources {
namespace {

using records::FieldType;
using sdk::AppError;
using sdk::FieldError;
using Json = rapidjson::Value;

std::string_view view(const Json& json) {
    return {json.GetString(), json.GetStringLength()};
}

/// Reads a mapping and collects what is wrong with it.
class MappingParser {
public:
    MappingParser(CsvMapping& mapping, CsvMapping::Use use) : mapping_(mapping), use_(use) {}

    void read(const Json& root) {
        if (!root.IsObject())
            return wrong("", "is not an object", "Give {\"target\":…, \"source\":…, \"fields\":{…}}.");
        const bool route = use_ == CsvMapping::Use::Route;
        std::vector<std::string> known{"target",     "source", "title", "missing", "decimalComma",
                                       "externalId", "fields", "when",  "assumed"};
        for (const char* more : {"encoding", "delimiter"})
            if (!route) known.emplace_back(more);
        if (route) known.emplace_back("content");
        refuseUnknown(root, "", known);
        readTarget(root);
        if (!route || member(root, "source") != nullptr) mapping_.source = text(root, "", "source");
        mapping_.title = optionalText(root, "", "title").value_or("");
        readFormat(root);
        if (const auto* id = member(root, "externalId"))
            mapping_.externalId = textRule(*id, "/externalId", {"column", "template", "lower", "map", "otherwise"});
        else
            wrong("/externalId", "is missing", "Give {\"column\":…} or {\"template\":\"{a}-{b}\"}.");
        if (known_) readFields(root);
        if (known_ && route) readContent(root);
        readConditions(root);
        // A route's are told by who shows it, in the reader's language.
        const auto* assumed = route ? nullptr : member(root, "assumed");
        if (assumed != nullptr) mapping_.assumed = texts(*assumed, "/assumed");
    }

    std::vector<FieldError> errors;

private:
    void wrong(std::string pointer, std::string reason, std::string fix) {
        errors.push_back({std::move(pointer), std::move(reason), std::move(fix)});
    }

    static const Json* member(const Json& object, const char* name) {
        const auto it = object.FindMember(name);
        return it == object.MemberEnd() ? nullptr : &it->value;
    }

    void refuseUnknown(const Json& object, const std::string& at, const std::vector<std::string>& known) {
        for (const auto& one : object.GetObject()) {
            const std::string name(view(one.name));
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            wrong(at + step(name), "is not known here",
                  records::suggestion(name, known) + fmt::format("Known: {}.", fmt::join(known, ", ")));
        }
    }

    std::optional<std::string> optionalText(const Json& object, const std::string& at, const char* name) {
        const auto* json = member(object, name);
        if (json == nullptr) return std::nullopt;
        if (json->IsString()) return std::string(view(*json));
        wrong(at + "/" + name, "is not a text", "Give a text in quotes.");
        return std::nullopt;
    }

    std::string text(const Json& object, const std::string& at, const char* name) {
        if (member(object, name) == nullptr) wrong(at + "/" + name, "is missing", "Give it as a text.");
        return optionalText(object, at, name).value_or("");
    }

    std::string columnName(const Json& object, const std::string& at) {
        if (member(object, "column") == nullptr) wrong(at + "/column", "is missing", "Give it as a text.");
        const auto name = optionalText(object, at, "column");
        // A piece without a column is constant text: an empty name would read as an empty constant in every row.
        if (name && name->empty()) wrong(at + "/column", "is empty", "Give the column's name.");
        return name.value_or("");
    }

    bool flag(const Json& object, const std::string& at, const char* name) {
        const auto* json = member(object, name);
        if (json == nullptr) return false;
        if (!json->IsBool()) wrong(at + "/" + name, "is not true or false", "Give true or false.");
        return json->IsTrue();
    }

    std::vector<std::string> texts(const Json& json, const std::string& at) {
        std::vector<std::string> all;
        if (!json.IsArray()) {
            wrong(at, "is not an array", "Give an array of texts.");
            return all;
        }
        for (const auto& one : json.GetArray()) {
            if (one.IsString())
                all.emplace_back(view(one));
            else
                wrong(at, "has an item that is not a text", "Give texts only.");
        }
        return all;
    }

    void readTarget(const Json& root) {
        const auto name = text(root, "", "target");
        const bool files = use_ == CsvMapping::Use::Route;
        if (auto kind = records::recordKindFrom(name); kind && (files || *kind != records::RecordKind::File)) {
            mapping_.target = *kind;
            known_ = true;
        } else if (!name.empty()) {
            wrong("/target", files ? "is not a kind of record" : "is not a kind of record that CSV can bring",
                  "Give one of: " + records::kindNames() + (files ? "." : ", but not files."));
        }
    }

    void readFormat(const Json& root) {
        const auto encoding = optionalText(root, "", "encoding").value_or("utf-8");
        if (encoding == "windows-1251")
            mapping_.csv.encoding = CsvEncoding::Windows1251;
        else if (encoding != "utf-8")
            wrong("/encoding", "is not known", "Give \"utf-8\" or \"windows-1251\".");
        const auto delimiter = optionalText(root, "", "delimiter").value_or(",");
        if (delimiter.size() == 1 && std::string_view(",;|\t").find(delimiter[0]) != std::string_view::npos)
            mapping_.csv.delimiter = delimiter[0];
        else
            wrong("/delimiter", "is not a delimiter", "Give \",\", \";\", \"|\" or \"\\t\".");
        mapping_.decimalComma = flag(root, "", "decimalComma");
        if (const auto* missing = member(root, "missing")) {
            const auto all = texts(*missing, "/missing");
            mapping_.missing = {all.begin(), all.end()};
        }
    }

    TextRule textRule(const Json& json, const std::string& at, const std::vector<std::string>& known) {
        TextRule rule;
        if (!json.IsObject()) {
            wrong(at, "is not an object", "Give {\"column\":…}, {\"constant\":…} or {\"template\":…}.");
            return rule;
        }
        refuseUnknown(json, at, known);
        int sources = 0;
        if (member(json, "column") != nullptr) {
            ++sources;
            rule.pieces.push_back({"", columnName(json, at)});
        }
        if (const auto* constant = member(json, "constant")) {
            ++sources;
            rule.pieces.push_back({constantText(*constant, at), ""});
        }
        if (auto shape = optionalText(json, at, "template")) {
            ++sources;
            readTemplate(*shape, at, rule);
        }
        if (sources != 1)
            wrong(at, "says not exactly one source", "Give exactly one of 'column', 'constant' and 'template'.");
        rule.lower = flag(json, at, "lower");
        readMap(json, at, rule);
        return rule;
    }

    void readContent(const Json& root) {
        const auto* content = member(root, "content");
        const bool files = mapping_.target == records::RecordKind::File;
        if (content == nullptr && files)
            wrong("/content", "is missing", "Say which column names the file's bytes: {\"column\":…}.");
        if (content == nullptr) return;
        if (!files) return wrong("/content", "stands at records without bytes", "Leave it out, or take target files.");
        auto& rule = mapping_.content.emplace();
        rule.reference = textRule(*content, "/content", {"column", "template", "immutable"});
        if (content->IsObject()) rule.immutable = flag(*content, "/content", "immutable");
    }

    std::string constantText(const Json& json, const std::string& at) {
        if (json.IsString()) return std::string(view(json));
        if (json.IsBool()) return json.IsTrue() ? "true" : "false";
        if (json.IsInt64()) return std::to_string(json.GetInt64());
        if (json.IsDouble()) return fmt::format("{}", json.GetDouble());
        wrong(at + "/constant", "is no constant", "Give a text, a number, true or false.");
        return {};
    }

    void readTemplate(const std::string& shape, const std::string& at, TextRule& rule) {
        std::size_t from = 0;
        while (from < shape.size()) {
            const auto open = shape.find('{', from);
            if (open != from) rule.pieces.push_back({shape.substr(from, open - from), ""});
            if (open == std::string::npos) return;
            const auto close = shape.find('}', open);
            if (close == std::string::npos || close == open + 1)
                return wrong(at + "/template", "has a brace without a column", "Write columns as {name}.");
            rule.pieces.push_back({"", shape.substr(open + 1, close - open - 1)});
            from = close + 1;
        }
    }

    void readMap(const Json& json, const std::string& at, TextRule& rule) {
        rule.otherwise = optionalText(json, at, "otherwise");
        const auto* map = member(json, "map");
        if (map == nullptr) {
            if (rule.otherwise) wrong(at + "/otherwise", "has no 'map' beside it", "Give a 'map', or leave it out.");
            return;
        }
        if (!map->IsObject())
            return wrong(at + "/map", "is not an object", "Give {\"value in the file\": \"value of the field\"}.");
        rule.map.emplace();
        for (const auto& one : map->GetObject()) {
            if (one.value.IsNull())
                (*rule.map)[std::string(view(one.name))] = std::nullopt;
            else
                (*rule.map)[std::string(view(one.name))] = constantText(one.value, at + "/map");
        }
    }

    void readFields(const Json& root) {
        const auto* fields = member(root, "fields");
        if (fields == nullptr || !fields->IsObject())
            return wrong("/fields", "is missing or no object", "Give {\"field\": {\"column\":…}}.");
        const auto& kind = records::spec(mapping_.target);
        std::set<std::string> given;
        for (const auto& one : fields->GetObject()) {
            const std::string name(view(one.name));
            const std::string at = "/fields" + step(name);
            const auto index = kind.field(name);
            if (!index || kind.fields[*index].readOnly) {
                wrong(at, fmt::format("is not a field of '{}'", kind.name),
                      records::suggestion(name, records::fieldNames(kind)) +
                          fmt::format("Fields: {}.", fmt::join(records::fieldNames(kind), ", ")));
                continue;
            }
            given.insert(name);
            mapping_.fields.push_back(fieldRule(*index, one.value, at));
        }
        for (const auto& field : kind.fields)
            if (field.required && !given.contains(field.name))
                wrong("/fields" + step(field.name), "is missing", "Every required field needs a rule.");
    }

    FieldRule fieldRule(std::size_t index, const Json& json, const std::string& at) {
        const auto& field = records::spec(mapping_.target).fields[index];
        FieldRule rule;
        rule.field = index;
        if (json.IsObject() && member(json, "derive") != nullptr) {
            refuseUnknown(json, at, {"derive"});
            rule.derivesSuccess = optionalText(json, at, "derive") == "raw>=passScore";
            if (mapping_.target != records::RecordKind::Result || std::string_view(field.name) != "success" ||
                !rule.derivesSuccess)
                wrong(at + "/derive", "is not a rule that is known",
                      "Only 'success' of results can be derived, by \"raw>=passScore\".");
            return rule;
        }
        rule.text =
            textRule(json, at, {"column", "constant", "template", "lower", "map", "otherwise", "date", "optional"});
        if (!json.IsObject()) return rule;
        rule.optional = flag(json, at, "optional");
        if (const auto* date = member(json, "date")) {
            if (field.type != FieldType::Time)
                wrong(at + "/date", "stands at a field that is no time", "Leave it out.");
            rule.date = dateRule(*date, at + "/date");
        }
        checkConstants(field, rule, at);
        return rule;
    }

    /// Constants and mapped values are known now: a wrong one is an error of the mapping, not of every row.
    void checkConstants(const records::FieldSpec& field, const FieldRule& rule, const std::string& at) {
        std::vector<std::string> constants;
        if (rule.text.map)
            for (const auto& [from, to] : *rule.text.map)
                if (to) constants.push_back(*to);
        if (!rule.text.map && rule.text.pieces.size() == 1 && rule.text.pieces[0].column.empty())
            constants.push_back(rule.text.pieces[0].text);
        if (rule.text.otherwise && !mapping_.missing.contains(*rule.text.otherwise))
            constants.push_back(*rule.text.otherwise);
        if (rule.date) return;
        for (const auto& constant : constants) {
            FieldError error;
            const auto value = records::valueFromText(field, constant, mapping_.decimalComma, error);
            if (!value)
                wrong(at, fmt::format("gives '{}', which {}", constant, error.reason), error.fix);
            else if (auto bad = records::checkValue(field, *value))
                wrong(at, fmt::format("gives '{}', which {}", constant, bad->reason), bad->fix);
        }
    }

    std::optional<sdk::Micros> clockTime(const Json& json, const std::string& at) {
        if (json.IsString()) {
            if (auto date = common::Rfc3339::parseDate(view(json))) return date;
            if (auto local = common::Rfc3339::parseLocal(view(json))) return local;
        }
        wrong(at, "is not a date", "Give a date as in \"2013-10-01\".");
        return std::nullopt;
    }

    DateRule dateRule(const Json& json, const std::string& at) {
        DateRule rule;
        if (!json.IsObject()) {
            wrong(at, "is not an object", "Give {\"base\":…, \"unit\":\"days\", \"zone\":…}.");
            return rule;
        }
        refuseUnknown(json, at, {"base", "unit", "zone", "format"});
        const auto format = optionalText(json, at, "format");
        rule.isDotted = format == "dd.mm.yyyy";
        if (format && (!rule.isDotted || member(json, "base") != nullptr))
            wrong(at + "/format", "is not known, or stands beside 'base'",
                  "Give \"dd.mm.yyyy\" alone, or leave it out.");
        const auto zone = optionalText(json, at, "zone").value_or("UTC");
        rule.zone = common::TimeZone::find(zone);
        if (!rule.zone) wrong(at + "/zone", "is not a time zone", "Give a name such as \"Europe/Moscow\".");
        static const std::map<std::string, std::int64_t> kUnits = {
            {"seconds", 1}, {"minutes", 60}, {"hours", 3600}, {"days", 86400}};
        const auto unit = optionalText(json, at, "unit").value_or("days");
        if (auto it = kUnits.find(unit); it != kUnits.end())
            rule.unitSeconds = it->second;
        else
            wrong(at + "/unit", "is not a unit", "Give \"days\", \"hours\", \"minutes\" or \"seconds\".");
        const auto* base = member(json, "base");
        if (base == nullptr) return rule;
        if (base->IsString() && view(*base) == "flow.startsAt") {
            rule.base = DateRule::Base::FlowStart;
            if (!records::spec(mapping_.target).field("flow"))
                wrong(at + "/base", "needs a record with a flow", "Give a date.");
        } else if (base->IsObject()) {
            rule.base = DateRule::Base::Column;
            refuseUnknown(*base, at + "/base", {"column", "map"});
            rule.baseColumn = columnName(*base, at + "/base");
            const auto* map = member(*base, "map");
            if (map == nullptr || !map->IsObject())
                wrong(at + "/base/map", "is missing", "Give {\"value in the file\": \"2013-10-01\"}.");
            else
                for (const auto& one : map->GetObject())
                    if (auto time = clockTime(one.value, at + "/base/map"))
                        rule.baseMap[std::string(view(one.name))] = *time;
        } else {
            rule.base = DateRule::Base::Fixed;
            rule.fixed = clockTime(*base, at + "/base").value_or(0);
        }
        return rule;
    }

    void readConditions(const Json& root) {
        const auto* when = member(root, "when");
        if (when == nullptr) return;
        if (!when->IsArray()) return wrong("/when", "is not an array", "Give an array of conditions.");
        std::size_t index = 0;
        for (const auto& one : when->GetArray()) {
            const std::string at = fmt::format("/when/{}", index++);
            if (!one.IsObject()) {
                wrong(at, "is not an object", "Give {\"column\":…, \"in\":[…]}.");
                continue;
            }
            refuseUnknown(one, at, {"column", "in", "notIn", "missing", "optional"});
            RowCondition condition;
            condition.column = columnName(one, at);
            const auto read = [&](const char* name, auto& values) {
                if (const auto* given = member(one, name))
                    for (auto& value : texts(*given, at + "/" + name)) values.insert(std::move(value));
            };
            read("in", condition.in);
            read("notIn", condition.notIn);
            if (member(one, "missing") != nullptr) condition.missing = flag(one, at, "missing");
            condition.optional = flag(one, at, "optional");
            if (condition.in.empty() && condition.notIn.empty() && !condition.missing)
                wrong(at, "says nothing", "Give 'in', 'notIn' or 'missing'.");
            mapping_.when.push_back(std::move(condition));
        }
    }

    CsvMapping& mapping_;
    CsvMapping::Use use_;
    bool known_ = false;
};

}  // namespace

CsvMapping CsvMapping::parse(const std::string& name, std::string_view json, Use use, const std::string& source) {
    CsvMapping mapping;
    mapping.name = name;
    if (use == Use::Route) mapping.source = source;
    const auto document = records::parseStrict(json);
    MappingParser parser(mapping, use);
    parser.read(document);
    if (parser.errors.empty()) {
        try {
            records::requireSource(mapping.source);
        } catch (const AppError& error) {
            parser.errors = error.errors();
        }
    }
    if (!parser.errors.empty())
        throw AppError::validation(fmt::format("The mapping '{}' is not valid.", name), parser.errors);
    return mapping;
}

}  // namespace host::sources
