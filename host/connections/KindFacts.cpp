#include "host/connections/KindFacts.h"

namespace host::connections {
namespace {

using common::JsonWriter;

void writeTexts(JsonWriter& json, const std::vector<std::string>& texts) {
    json.array();
    for (const auto& text : texts) json.value(text);
    json.end();
}

void writeCondition(JsonWriter& json, const std::optional<FieldFacts::Condition>& condition) {
    if (!condition) {
        json.null();
        return;
    }
    json.object().member("field", condition->field);
    writeTexts(json.key("values"), condition->values);
    json.end();
}

}  // namespace

KindFacts factsOf(const sdk::SourceKind* kind) {
    const auto* telling = dynamic_cast<const TellsFacts*>(kind);
    return telling == nullptr ? KindFacts() : telling->facts();
}

void writeFacts(JsonWriter& json, const KindFacts& facts, const std::string& language) {
    auto said = [&](const sdk::PageText& text) { return language == "en" ? text.en : text.ru; };
    json.key("way");
    if (const auto& way = facts.way)
        json.object()
            .member("title", said(way->title))
            .member("fits", said(way->fits))
            .member("needs", said(way->needs))
            .member("time", said(way->time))
            .end();
    else
        json.null();
    json.key("brought");
    if (const auto& brought = facts.brought) {
        writeTexts(json.object().key("by"), brought->by);
        json.member("whole", brought->whole).member("maxBytes", brought->maxBytes).end();
    } else {
        json.null();
    }
    json.key("leadsTo").array();
    for (const auto& [setting, before] : facts.leadsTo)
        json.object().member("setting", setting).member("before", before).end();
    json.end();
    writeCondition(json.key("pathsWhen"), facts.pathsWhen);
}

void writeFieldFacts(JsonWriter& json, const FieldFacts& facts, const std::string& language) {
    if (facts.when) writeCondition(json.key("when"), facts.when);
    if (facts.rare) json.member("rare", true);
    json.memberIfSet("syntax", facts.syntax);
    if (facts.choices.empty()) return;
    json.key("choiceTitles").object();
    for (const auto& [choice, title] : facts.choices) json.member(choice, language == "en" ? title.en : title.ru);
    json.end();
}

}  // namespace host::connections
