#include "plugin/store/ReceiptText.h"

#include "common/Json.h"
#include "common/Sha256.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace plugin::store {

namespace {

constexpr const char* kFormat = "u2035-receipt-1";
/// What may happen to a statement, in the order in which a receipt counts it.
constexpr std::array<const char*, 8> kFates = {"sent",    "confirmed", "missing",   "lost",
                                               "differs", "voided",    "cancelled", "refused"};

std::string textAt(const rapidjson::Value& object, const char* name) {
    const auto it = object.FindMember(name);
    return it != object.MemberEnd() && it->value.IsString()
               ? std::string(it->value.GetString(), it->value.GetStringLength())
               : std::string();
}

}  // namespace

const std::string kNoReceipt(64, '0');

void order(std::vector<ReceiptItem>& items) {
    std::sort(items.begin(), items.end(), [](const ReceiptItem& a, const ReceiptItem& b) {
        return std::tie(a.fate, a.statementId) < std::tie(b.fate, b.statementId);
    });
}

std::string digestLine(const ReceiptItem& item) {
    return item.fate + ' ' + item.statementId + ' ' + item.digest + '\n';
}

std::string digestOf(const std::vector<ReceiptItem>& items) {
    common::Sha256 digest;
    for (const auto& item : items) digest.update(digestLine(item));
    return digest.finishHex();
}

std::string receiptText(const ReceiptFacts& facts, const std::vector<ReceiptItem>& items, std::int64_t number,
                        const std::string& previous) {
    std::map<std::string, std::int64_t> fates;
    for (const auto& item : items) ++fates[item.fate];
    common::JsonWriter json;
    json.object()
        .member("format", kFormat)
        .member("organization", facts.organization)
        .member("number", number)
        .member("previous", previous)
        .member("project", facts.project)
        .member("store", facts.storeId)
        .key("flow");
    facts.flowId == 0 ? json.null() : json.value(std::to_string(facts.flowId));
    json.member("run", std::to_string(facts.runId)).timeMember("at", facts.at).member("planned", facts.planned);
    for (const auto* fate : kFates) json.member(fate, fates[fate]);
    json.member("waiting", facts.waiting)
        .member("inDoubt", facts.inDoubt)
        .member("quarantined", facts.quarantined)
        .member("unsendable", facts.unsendable)
        .key("read")
        .object()
        .member("mode", facts.read.mode)
        .member("asked", facts.read.asked)
        .member("of", facts.read.of)
        .member("unanswered", facts.read.unanswered)
        .member("late", facts.read.late)
        .member("note", facts.read.note)
        .end()
        .key("totals")
        .object()
        .member("accepted", facts.accepted)
        .member("confirmed", facts.confirmed)
        .member("differs", facts.differs)
        .member("lost", facts.lost)
        .member("voided", facts.voided)
        .end()
        .key("statements")
        .object()
        .member("count", static_cast<std::int64_t>(items.size()))
        .member("digest", digestOf(items))
        .end()
        .end();
    return json.take();
}

std::int64_t ParsedReceipt::count(const std::string& name) const {
    const auto it = counts.find(name);
    return it == counts.end() ? 0 : it->second;
}

std::optional<ParsedReceipt> parseReceipt(const std::string& text) {
    rapidjson::Document json;
    json.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
    if (json.HasParseError() || !json.IsObject() || textAt(json, "format") != kFormat) return std::nullopt;
    for (const auto* part : {"read", "totals", "statements"})
        if (!json.HasMember(part) || !json[part].IsObject()) return std::nullopt;
    ParsedReceipt out;
    out.organization = textAt(json, "organization");
    out.previous = textAt(json, "previous");
    out.project = textAt(json, "project");
    out.storeId = textAt(json, "store");
    out.flow = textAt(json, "flow");
    out.run = textAt(json, "run");
    out.at = textAt(json, "at");
    out.mode = textAt(json["read"], "mode");
    out.note = textAt(json["read"], "note");
    out.digest = textAt(json["statements"], "digest");
    for (const auto& member : json.GetObject()) {
        if (member.value.IsInt64()) out.counts[member.name.GetString()] = member.value.GetInt64();
        const std::string name = member.name.GetString();
        if (member.value.IsObject())
            for (const auto& inner : member.value.GetObject())
                if (inner.value.IsInt64()) out.counts[name + "." + inner.name.GetString()] = inner.value.GetInt64();
    }
    out.number = out.count("number");
    out.items = out.count("statements.count");
    return out;
}

}  // namespace plugin::store
