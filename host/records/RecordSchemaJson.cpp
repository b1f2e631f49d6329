#include "common/Json.h"
#include "host/records/RecordSchema.h"

#include <fmt/format.h>

namespace host::records {
namespace {

using common::JsonWriter;

void limits(JsonWriter& json, const FieldSpec& field) {
    json.member("minimum", field.min).member("maximum", field.max);
}

void stringSchema(JsonWriter& json, const FieldSpec& field) {
    json.member("type", "string").member("minLength", 1);
    if (field.max > 0) json.member("maxLength", static_cast<std::int64_t>(field.max));
    if (field.pattern == Pattern::UntiId) json.member("pattern", "^[1-9]\\d{0,18}$");
    if (field.pattern == Pattern::Key || field.pattern == Pattern::Slug) json.member("pattern", "^[a-z0-9][a-z0-9-]*$");
    if (field.pattern == Pattern::Email) json.member("format", "email");
}

void referenceSchema(JsonWriter& json) {
    json.key("oneOf").array();
    json.object().member("type", "string").member("description", "External id of the same source").end();
    json.object().member("type", "object").key("properties").object();
    for (const char* name : {"id", "source", "externalId"}) json.key(name).object().member("type", "string").end();
    json.end().end().end();
}

void fieldSchema(JsonWriter& json, const FieldSpec& field) {
    json.object();
    switch (field.type) {
        case FieldType::Text:
            stringSchema(json, field);
            break;
        case FieldType::Enum:
            json.member("type", "string").key("enum").array();
            for (const char* choice : field.choices) json.value(choice);
            json.end();
            break;
        case FieldType::Int:
            json.member("type", "integer");
            limits(json, field);
            break;
        case FieldType::Number:
            json.member("type", "number");
            limits(json, field);
            break;
        case FieldType::Bool:
            json.member("type", "boolean");
            break;
        case FieldType::Time:
            json.member("type", "string").member("format", "date-time");
            break;
        case FieldType::Ref:
            referenceSchema(json);
            break;
        case FieldType::TextList:
            json.member("type", "array").member("maxItems", static_cast<std::int64_t>(field.max));
            json.key("items").object().member("type", "string").end();
            break;
    }
    json.member("description", field.description);
    if (field.fallback != nullptr) json.rawMember("default", field.fallback);
    if (field.readOnly) json.member("readOnly", true);
    if (*field.example != '\0') json.key("examples").array().raw(field.example).end();
    json.end();
}

}  // namespace

std::string jsonSchema(const KindSpec& kind, bool asBatchItem) {
    JsonWriter json;
    json.object().member("type", "object").member("description", kind.what).key("properties").object();
    if (asBatchItem) json.key("kind").object().member("const", kind.name).end();
    json.key("externalId")
        .object()
        .member("type", "string")
        .member("maxLength", kMaxExternalId)
        .member("description", "The record's id in its source")
        .end();
    for (const auto& field : kind.fields) {
        json.key(field.name);
        fieldSchema(json, field);
    }
    json.end().key("required").array();
    if (asBatchItem) json.value("kind").value("externalId");
    for (const auto& field : kind.fields)
        if (field.required && !field.readOnly) json.value(field.name);
    json.end();
    if (asBatchItem) json.member("additionalProperties", false);
    return json.end().take();
}

std::string answerSchema(const KindSpec& kind) {
    return fmt::format(
        R"({{"allOf":[{{"type":"object","properties":{{"id":{{"type":"string"}},"source":{{"type":"string"}},"revision":{{"type":"integer"}},"changedAt":{{"type":"string","format":"date-time"}},"deleted":{{"type":"boolean"}}}}}},{}]}})",
        jsonSchema(kind, false));
}

std::string jsonExample(const KindSpec& kind, bool asBatchItem) {
    JsonWriter json;
    json.object();
    if (asBatchItem) json.member("kind", kind.name).member("externalId", fmt::format("{}1", kind.name[0]));
    for (const auto& field : kind.fields)
        if (*field.example != '\0' && !field.readOnly) json.rawMember(field.name, field.example);
    return json.end().take();
}

}  // namespace host::records
