#include "plugin/api/UnsendableApi.h"

#include "common/Cursor.h"
#include "plugin/api/Lists.h"
#include "plugin/api/RowNames.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

const char* const kRowSchema =
    R"({"type":"object","required":["id","run","origin","project","flow","learner","record","kind","code","field","reason","fix"],)"
    R"("properties":{"id":{"type":"string"},"run":{"type":"string"},"origin":{"enum":["statements","tables","test-tables","xapi-files"]},)"
    R"("project":{"type":"string"},"flow":{"type":"string"},"learner":{"type":["string","null"]},)"
    R"("learnerExternalId":{"type":"string","description":"the learner's id in its source"},)"
    R"("decidable":{"type":"boolean","description":"of what changed after it was sent: whether POST …/corrections can decide on it"},)"
    R"("record":{"type":"object","required":["kind","id","revision"],"properties":{"kind":{"type":"string"},)"
    R"("id":{"type":"string"},"revision":{"type":"integer"}}},)"
    R"("kind":{"type":"string","description":"statement kind or table element"},)"
    R"("code":{"type":"string","description":"stable reason"},"field":{"type":"string","description":"field that is missing or wrong"},)"
    R"("reason":{"type":"string"},"fix":{"type":"string","description":"what to do"})" NAMES_PROPERTIES "}}";
const char* const kSummarySchema =
    R"({"type":"object","required":["total","byCode","learners"],"properties":{"total":{"type":"integer"},)"
    R"("byCode":{"type":"object","additionalProperties":{"type":"integer"}},)"
    R"("learners":{"type":"object","description":"code → different learners","additionalProperties":{"type":"integer"}}}})";
const char* const kRowExample =
    R"({"id":"5","run":"12","origin":"statements","project":"bas","flow":"3","learner":"41",)"
    R"("learnerExternalId":"s-1041","learnerName":"Семёнова Анна Петровна","flowTitle":"Осень 2025",)"
    R"("elementTitle":"Итоговый тест","record":{"kind":"result","id":"977","revision":1},"kind":"learner.grade",)"
    R"("code":"no-unti-id","field":"learner.untiId","reason":"У слушателя нет unti_id.",)"
    R"("fix":"Внесите unti_id в карточку слушателя."})";

store::UnsendableFilter filterOf(const Request& request) {
    store::UnsendableFilter filter;
    filter.organization = request.parameter("org");
    filter.project = request.queryValue("project").value_or("");
    filter.code = request.queryValue("code").value_or("");
    filter.kind = request.queryValue("kind").value_or("");
    filter.origin = queryChoice(request, "origin", {"statements", "tables", "test-tables", "xapi-files"});
    filter.flowId = queryId(request, "flow");
    filter.learnerId = queryId(request, "learner");
    return filter;
}

bool isOfCorrections(const std::string& code) {
    static const std::set<std::string> codes{"changed-after-sending", "deleted-after-sending", "no-letter",
                                             "referred-by-learners"};
    return codes.count(code) != 0;
}

host::sdk::RecordMention mentionOf(const store::UnsendableRow& row) {
    return {row.why.record.kind, row.why.record.id, row.why.flowId, row.why.learnerId};
}

void write(common::JsonWriter& json, const store::UnsendableRow& row, const RecordNamesOf& names,
           const std::set<std::int64_t>& decidable) {
    const auto& why = row.why;
    json.object()
        .member("id", std::to_string(row.id))
        .member("run", std::to_string(row.runId))
        .member("origin", row.origin)
        .member("project", row.project)
        .member("flow", std::to_string(why.flowId));
    json.key("learner");
    why.learnerId == 0 ? json.null() : json.value(std::to_string(why.learnerId));
    json.memberIfSet("learnerExternalId", names.learnerExternalId);
    writeNames(json, names);
    if (const bool can = decidable.count(row.id) != 0; can || isOfCorrections(why.code)) json.member("decidable", can);
    json.key("record")
        .object()
        .member("kind", why.record.kind)
        .member("id", std::to_string(why.record.id))
        .member("revision", why.record.revision)
        .end()
        .member("kind", why.kind)
        .member("code", why.code)
        .member("field", why.field)
        .member("reason", why.reason)
        .member("fix", why.fix)
        .end();
}

Response csvOf(const Request& request, const std::vector<store::UnsendableRow>& rows,
               const std::vector<RecordNamesOf>& names, const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name : {"id", "run", "origin", "project", "flow", "learner", "learnerExternalId", "recordKind",
                             "record", "revision", "kind", "code", "field", "reason", "fix"})
        csv.cell(name);
    endTitles(csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto& why = row.why;
        csv.cell(row.id).cell(row.runId).cell(row.origin).cell(row.project).cell(why.flowId);
        why.learnerId == 0 ? csv.cell("") : csv.cell(why.learnerId);
        csv.cell(names[i].learnerExternalId).cell(why.record.kind).cell(why.record.id).cell(why.record.revision);
        csv.cell(why.kind).cell(why.code).cell(why.field).cell(why.reason).cell(why.fix);
        endRow(csv, names[i]);
    }
    return csvPage(request, csv, "unsendable.csv", next);
}

}  // namespace

std::vector<host::sdk::Registration> UnsendableApi::addTo(host::sdk::Router& router) {
    const std::vector<std::pair<std::string, std::string>> filters = {
        {"project", "project id"},
        {"code", "stable reason: no-unti-id"},
        {"kind", "statement kind or table element"},
        {"origin", "statements, tables, xapi-files or test-tables; all but the last when left out"},
        {"flow", "flow id"},
        {"learner", "learner id"},
        {"q", std::string(kSearchText) + "; of ids that the reason quotes at least 8 characters"}};
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions list;
    list.operation = {.id = "listUnsendable",
                      .tag = "Statements",
                      .summary = "Records that can't go, with the reason and what to do",
                      .description = "As the last night found them. `Accept: text/csv` gives the same list as CSV.",
                      .responseSchema = listSchema(kRowSchema),
                      .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kRowExample),
                      .queryParameters = filters};
    list.operation.queryParameters.emplace_back("limit", "at most 1000");
    list.operation.queryParameters.emplace_back("cursor", "`next` of the page before");
    kept.push_back(router.add(Method::Get, under("/unsendable"), list,
                              [this](const Request& request) { return this->list(request); }));
    host::sdk::RouteOptions summary;
    summary.operation = {.id = "summarizeUnsendable",
                         .tag = "Statements",
                         .summary = "How many records can't go, by reason",
                         .responseSchema = kSummarySchema,
                         .responseExample = R"({"total":3,"byCode":{"no-unti-id":3},"learners":{"no-unti-id":1}})",
                         .queryParameters = filters};
    kept.push_back(router.add(Method::Get, under("/unsendable/summary"), summary,
                              [this](const Request& request) { return this->summary(request); }));
    return kept;
}

Response UnsendableApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto filter = filterOf(request);
    filter.search = searchIn(request, names_);
    auto rows = runs_.unsendable(filter, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.id; });
    const auto names = namesOf(names_, filter.organization, rows, mentionOf);
    if (wantsCsv(request)) return csvOf(request, rows, names, next);
    std::vector<std::int64_t> ids;
    for (const auto& row : rows)
        if (row.origin == "statements") ids.push_back(row.id);
    const auto decidable = corrections_.decidable(filter.organization, ids);
    common::JsonWriter json;
    json.object().key("items").array();
    for (std::size_t i = 0; i < rows.size(); ++i) write(json, rows[i], names[i], decidable);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response UnsendableApi::summary(const Request& request) {
    auto filter = filterOf(request);
    filter.search = searchIn(request, names_);
    const auto byCode = runs_.unsendableByCode(filter);
    std::int64_t total = 0;
    for (const auto& [code, count] : byCode) total += count;
    common::JsonWriter json;
    json.object().member("total", total).key("byCode").object();
    for (const auto& [code, count] : byCode) json.member(code, count);
    json.end().key("learners").object();
    for (const auto& [code, count] : runs_.unsendableLearners(filter)) json.member(code, count);
    json.end().end();
    return Response::json(json.take());
}

}  // namespace plugin::api
