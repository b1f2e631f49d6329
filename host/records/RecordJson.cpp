#include "host/records/RecordJson.h"

#include "common/Csv.h"
#include "common/Rfc3339.h"
#include "common/Text.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace host::records {
namespace {

using JsonValue = rapidjson::Value;
using sdk::FieldError;

std::string_view view(const JsonValue& value) {
    return {value.GetString(), value.GetStringLength()};
}

const char* expectation(FieldType type) {
    switch (type) {
        case FieldType::Text:
        case FieldType::Enum:
            return "Give a text in quotes.";
        case FieldType::Int:
            return "Give a whole number without quotes.";
        case FieldType::Number:
            return "Give a number without quotes.";
        case FieldType::Bool:
            return "Give true or false.";
        case FieldType::Time:
            return "Give RFC 3339 with an offset, as in \"2025-09-15T10:00:00+03:00\".";
        case FieldType::Ref:
            return "Give the external id in quotes, or {\"source\":…, \"externalId\":…}, or {\"id\":…}.";
        case FieldType::TextList:
            return "Give an array of texts.";
    }
    return "";
}

std::optional<std::int64_t> idFrom(std::string_view text) {
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t id = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        id = id * 10 + (c - '0');
    }
    return id > 0 ? std::optional(id) : std::nullopt;
}

std::optional<Value> referenceFrom(const JsonValue& json) {
    if (json.IsString()) return Reference{0, {}, std::string(view(json))};
    if (!json.IsObject()) return std::nullopt;
    Reference ref;
    for (const auto& member : json.GetObject()) {
        if (!member.value.IsString()) return std::nullopt;
        const auto name = view(member.name);
        if (name == "id") {
            auto id = idFrom(view(member.value));
            if (!id) return std::nullopt;
            ref.id = *id;
        } else if (name == "source") {
            ref.source = view(member.value);
        } else if (name == "externalId") {
            ref.externalId = view(member.value);
        } else {
            return std::nullopt;
        }
    }
    if (ref.id == 0 && ref.externalId.empty()) return std::nullopt;
    return ref;
}

std::optional<Value> valueFrom(const FieldSpec& field, const JsonValue& json) {
    switch (field.type) {
        case FieldType::Text:
        case FieldType::Enum:
            if (json.IsString()) return Value(std::string(view(json)));
            break;
        case FieldType::Int:
            if (json.IsInt64()) return Value(json.GetInt64());
            if (json.IsDouble() && json.GetDouble() == std::floor(json.GetDouble()) &&
                std::fabs(json.GetDouble()) < 9e15)
                return Value(static_cast<std::int64_t>(json.GetDouble()));
            break;
        case FieldType::Number:
            if (json.IsNumber()) return Value(json.GetDouble());
            break;
        case FieldType::Bool:
            if (json.IsBool()) return Value(json.GetBool());
            break;
        case FieldType::Time:
            if (json.IsString())
                if (auto micros = common::Rfc3339::parse(view(json))) return Value(*micros);
            break;
        case FieldType::Ref:
            return referenceFrom(json);
        case FieldType::TextList:
            if (json.IsArray()) {
                std::vector<std::string> texts;
                for (const auto& one : json.GetArray()) {
                    if (!one.IsString()) return std::nullopt;
                    texts.emplace_back(view(one));
                }
                return Value(std::move(texts));
            }
            break;
    }
    return std::nullopt;
}

void readFields(const JsonValue& object, RecordDraft& draft, const std::set<std::string, std::less<>>& envelope) {
    const auto& kind = spec(draft.kind);
    std::set<std::string_view> seen;
    for (const auto& member : object.GetObject()) {
        const auto name = view(member.name);
        const std::string known(common::beginning(name, 100));
        if (!seen.insert(name).second) {
            draft.fail(known, "is given twice", "Give each field once.");
            continue;
        }
        if (envelope.contains(name)) continue;
        const auto index = kind.field(name);
        if (!index) {
            draft.fail(known, fmt::format("is not a field of '{}'", kind.name),
                       fmt::format("{}Remove it or use one of: {}.", suggestion(name, fieldNames(kind)),
                                   fmt::join(fieldNames(kind), ", ")));
            continue;
        }
        const auto& field = kind.fields[*index];
        if (member.value.IsNull() || (field.readOnly && envelope.contains("id"))) continue;
        if (field.readOnly) {
            draft.fail(known, "is set by the server", "Leave it out.");
        } else if (auto value = valueFrom(field, member.value)) {
            draft.values[*index] = std::move(*value);
        } else {
            draft.fail(known, "has the wrong type", expectation(field.type));
        }
    }
}

void writeReference(common::JsonWriter& json, const Reference& ref) {
    json.object()
        .member("id", std::to_string(ref.id))
        .member("source", ref.source)
        .member("externalId", ref.externalId)
        .end();
}

std::string cellText(const FieldSpec& field, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return field.type == FieldType::Time ? common::Rfc3339::utc(*whole) : std::to_string(*whole);
    if (const auto* real = std::get_if<double>(&value)) {
        std::string out;
        common::appendJsonNumber(out, *real);
        return out;
    }
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* ref = std::get_if<Reference>(&value)) return ref->externalId;
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value))
        return fmt::format("{}", fmt::join(*texts, ";"));
    return {};
}

}  // namespace

std::optional<RecordDraft> readBatchItem(const rapidjson::Value& item, FieldError& error) {
    if (!item.IsObject()) {
        error = {"", "is not an object", "Give {\"kind\":…, \"externalId\":…, …}."};
        return std::nullopt;
    }
    const auto named = item.FindMember("kind");
    if (named == item.MemberEnd() || !named->value.IsString()) {
        error = {"/kind", "is missing", "Give one of: " + kindNames() + "."};
        return std::nullopt;
    }
    const auto kind = recordKindFrom(view(named->value));
    if (!kind) {
        std::vector<std::string> known;
        for (int i = 0; i < kRecordKinds; ++i) known.emplace_back(spec(static_cast<RecordKind>(i)).name);
        error = {"/kind", "is not a kind of record",
                 suggestion(view(named->value), known) + "Give one of: " + kindNames() + "."};
        return std::nullopt;
    }
    RecordDraft draft(*kind);
    const auto id = item.FindMember("externalId");
    if (id != item.MemberEnd() && id->value.IsString())
        draft.externalId = view(id->value);
    else if (id != item.MemberEnd())
        draft.fail("externalId", "has the wrong type", "Give the record's id in its source, in quotes.");
    static const std::set<std::string, std::less<>> envelope = {"kind", "externalId"};
    readFields(item, draft, envelope);
    return draft;
}

RecordDraft readReplacement(RecordKind kind, const rapidjson::Value& body, const StoredRecord& current) {
    if (!body.IsObject()) throw sdk::AppError::badRequest("The body is not a JSON object.");
    RecordDraft draft(kind);
    draft.externalId = current.externalId;
    static const std::set<std::string, std::less<>> envelope = {"id",       "kind",      "source", "externalId",
                                                                "revision", "changedAt", "deleted"};
    const std::pair<const char*, std::string> identity[] = {{"id", std::to_string(current.id)},
                                                            {"kind", spec(kind).name},
                                                            {"source", current.source},
                                                            {"externalId", current.externalId}};
    for (const auto& [name, value] : identity) {
        const auto member = body.FindMember(name);
        if (member != body.MemberEnd() && (!member->value.IsString() || view(member->value) != value))
            draft.fail(name, "can't be changed", "Leave it out, or give it as it is.");
    }
    readFields(body, draft, envelope);
    const auto& fields = spec(kind).fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].readOnly) draft.values[i] = current.values[i];
    return draft;
}

void writeValue(common::JsonWriter& json, const FieldSpec& field, const Value& value, ReferenceForm form) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        json.value(*text);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        if (field.type == FieldType::Time)
            json.time(*whole);
        else
            json.value(*whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        json.value(*real);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        json.value(*flag);
    } else if (const auto* ref = std::get_if<Reference>(&value)) {
        if (form == ReferenceForm::ExternalId)
            json.value(ref->externalId);
        else
            writeReference(json, *ref);
    } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        json.array();
        for (const auto& one : *texts) json.value(one);
        json.end();
    } else {
        json.null();
    }
}

void writeRecord(common::JsonWriter& json, const KindSpec& kind, const StoredRecord& record) {
    json.object()
        .member("id", std::to_string(record.id))
        .member("source", record.source)
        .member("externalId", record.externalId)
        .member("revision", record.revision)
        .key("changedAt")
        .time(record.changedAt)
        .member("deleted", record.deleted);
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        if (std::holds_alternative<std::monostate>(record.values[i])) continue;
        json.key(kind.fields[i].name);
        writeValue(json, kind.fields[i], record.values[i], ReferenceForm::Whole);
    }
    json.end();
}

std::string csvHeader(const KindSpec& kind) {
    std::string out = "id,source,externalId,revision,changedAt,deleted";
    for (const auto& field : kind.fields) {
        out += ',';
        out += field.name;
    }
    return out + "\r\n";
}

void appendCsv(std::string& out, const KindSpec& kind, const StoredRecord& record) {
    out += std::to_string(record.id);
    out += ',';
    common::appendCsvText(out, record.source);
    out += ',';
    common::appendCsvText(out, record.externalId);
    out += fmt::format(",{},{},{}", record.revision, common::Rfc3339::utc(record.changedAt), record.deleted);
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        out += ',';
        const auto type = kind.fields[i].type;
        const bool textual = type == FieldType::Text || type == FieldType::Ref || type == FieldType::TextList;
        const std::string cell = cellText(kind.fields[i], record.values[i]);
        // A number's own minus is no formula.
        if (textual)
            common::appendCsvText(out, cell);
        else
            out += cell;
    }
    out += "\r\n";
}

}  // namespace host::records
