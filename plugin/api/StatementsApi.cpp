#include "plugin/api/StatementsApi.h"

#include "common/Cursor.h"
#include "common/Uuid.h"
#include "plugin/api/Lists.h"
#include "plugin/api/ReadingView.h"
#include "plugin/api/RowNames.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

#define ROW_PROPERTIES                                                                                                \
    R"("id":{"type":"string"},"statementId":{"type":"string","format":"uuid"},"project":{"type":"string"},)"          \
    R"("kind":{"type":"string","description":"statement kind of the profile"},)"                                      \
    R"("state":{"enum":["waiting","sending","in_doubt","accepted","confirmed","quarantined","withdrawn"]},)"          \
    R"("flow":{"type":"string"},"learner":{"type":["string","null"],"description":"null: a methodist's statement"},)" \
    R"("record":{"type":"object","required":["kind","id","revision"],"properties":{"kind":{"type":"string"},)"        \
    R"("id":{"type":"string"},"revision":{"type":"integer"}}},"attempts":{"type":"integer"},)"                        \
    R"("size":{"type":"integer","description":"bytes"},"createdAt":{"type":"string","format":"date-time"},)"          \
    R"("nextAt":{"type":["string","null"],"format":"date-time","description":"not sent before this time"},)"          \
    R"("answeredAt":{"type":["string","null"],"format":"date-time"})" NAMES_PROPERTIES
#define ROW_REQUIRED \
    R"("id","statementId","project","kind","state","flow","learner","record","attempts","size","createdAt")"

constexpr const char* kRowSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED R"(],"properties":{)" ROW_PROPERTIES "}}";
constexpr const char* kDetailSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED
    R"(,"lastPost","refusal","readBack","statement"],"properties":{)" ROW_PROPERTIES
    R"(,"store":{"type":"string","description":"the store it goes to"},"plannedInRun":{"type":"string"},)"
    R"("profile":{"type":"string"},"profileVersion":{"type":"string"},"timestamp":{"type":"string","format":"date-time"},)"
    R"("dependsOn":{"type":["object","null"],"properties":{"statementId":{"type":"string"},"state":{"type":"string"}}},)"
    R"("lastPost":{"type":["object","null"],"properties":{"batch":{"type":"string"},"run":{"type":"string"},)"
    R"("startedAt":{"type":"string","format":"date-time"},"answeredAt":{"type":["string","null"],"format":"date-time"},)"
    R"("statements":{"type":"integer"},"bytes":{"type":"integer"},"outcome":{"type":"string"},"status":{"type":"integer"},)"
    R"("message":{"type":"string"},"errorId":{"type":"string"}}},)"
    R"("refusal":{"type":["object","null"],"properties":{"reason":{"type":"string"},"conflict":{"type":"boolean"}}},)"
    R"("readBack":)" READING_SCHEMA R"(,"statement":{"type":"object","description":"what is sent, as it is sent"}}})";
constexpr const char* kSummarySchema =
    R"({"type":"object","required":["total","byState"],"properties":{"total":{"type":"integer"},)"
    R"("byState":{"type":"object","additionalProperties":{"type":"integer"}}}})";
constexpr const char* kDetailExample =
    R"({"id":"812","statementId":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001","project":"bas","kind":"learner.grade",)"
    R"("state":"accepted","flow":"3","learner":"41","record":{"kind":"result","id":"977","revision":1},"attempts":1,)"
    R"("size":1104,"createdAt":"2026-01-12T23:00:01Z","nextAt":null,"answeredAt":"2026-01-12T23:00:04Z",)"
    R"("store":"5a2f0d1e-3c1b-4d7e-9a55-2f0c6f1b7e01","plannedInRun":"12","profile":"bas","profileVersion":"1",)"
    R"("timestamp":"2026-01-10T09:15:00Z","dependsOn":{"statementId":"7d7a2c1e-0a0f-5b5e-8f2c-1c9f0e4d3a02","state":"accepted"},)"
    R"("lastPost":{"batch":"31","run":"12","startedAt":"2026-01-12T23:00:03Z","answeredAt":"2026-01-12T23:00:04Z",)"
    R"("statements":50,"bytes":54210,"outcome":"accepted","status":200,"message":"","errorId":""},"refusal":null,)"
    R"("readBack":null,)"
    R"("statement":{"id":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001","actor":{},"verb":{},"object":{}}})";
#undef ROW_PROPERTIES
#undef ROW_REQUIRED

const char* const kRowExample =
    R"({"id":"812","statementId":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001","project":"bas","kind":"learner.grade",)"
    R"("state":"accepted","flow":"3","learner":"41","record":{"kind":"result","id":"977","revision":1},)"
    R"("attempts":1,"size":1104,"createdAt":"2026-01-12T23:00:01Z","nextAt":null,"answeredAt":"2026-01-12T23:00:04Z"})";

constexpr const char* kStates[] = {"waiting",   "sending",     "in_doubt", "accepted",
                                   "confirmed", "quarantined", "withdrawn"};

store::StatementFilter filterOf(const Request& request, host::sdk::RecordNames& names) {
    store::StatementFilter filter;
    filter.organization = request.parameter("org");
    filter.state = queryChoice(request, "state", {std::begin(kStates), std::end(kStates)});
    filter.kind = request.queryValue("kind").value_or("");
    filter.project = request.queryValue("project").value_or("");
    filter.flowId = queryId(request, "flow");
    filter.learnerId = queryId(request, "learner");
    filter.search = searchIn(request, names);
    return filter;
}

host::sdk::RecordMention mentionOf(const store::StatementRow& row) {
    return {row.record.kind, row.record.id, row.flowId, row.learnerId};
}

void writeMembers(common::JsonWriter& json, const store::StatementRow& row, const RecordNamesOf& names) {
    json.member("id", std::to_string(row.seq))
        .member("statementId", row.statementId)
        .member("project", row.target.project)
        .member("kind", row.kind)
        .member("state", row.state)
        .member("flow", std::to_string(row.flowId));
    json.key("learner");
    row.learnerId == 0 ? json.null() : json.value(std::to_string(row.learnerId));
    writeNames(json, names);
    json.key("record")
        .object()
        .member("kind", row.record.kind)
        .member("id", std::to_string(row.record.id))
        .member("revision", row.record.revision)
        .end()
        .member("attempts", row.attempts)
        .member("size", row.size)
        .timeMember("createdAt", row.createdAt)
        .timeMember("nextAt", row.nextAt)
        .timeMember("answeredAt", row.answeredAt);
}

void writeBatch(common::JsonWriter& json, const store::BatchRow& batch) {
    json.key("lastPost")
        .object()
        .member("batch", std::to_string(batch.id))
        .member("run", std::to_string(batch.runId))
        .timeMember("startedAt", batch.startedAt)
        .timeMember("answeredAt", batch.answeredAt)
        .member("statements", batch.statements)
        .member("bytes", batch.bytes)
        .member("outcome", batch.outcome)
        .member("status", batch.status)
        .member("message", batch.message)
        .member("errorId", batch.errorId)
        .end();
}

std::string detailJson(const store::StatementDetail& detail, const std::optional<store::Reading>& reading,
                       const RecordNamesOf& names) {
    common::JsonWriter json;
    json.object();
    writeMembers(json, detail.row, names);
    json.member("store", detail.row.target.storeId)
        .member("plannedInRun", std::to_string(detail.row.runId))
        .member("profile", detail.profile)
        .member("profileVersion", detail.profileVersion)
        .timeMember("timestamp", detail.timestamp);
    json.key("dependsOn");
    if (detail.row.dependsOn.empty())
        json.null();
    else
        json.object().member("statementId", detail.row.dependsOn).member("state", detail.dependsOnState).end();
    if (detail.batch)
        writeBatch(json, *detail.batch);
    else
        json.key("lastPost").null();
    json.key("refusal");
    if (detail.refusal)
        json.object().member("reason", detail.refusal->reason).member("conflict", detail.refusal->conflict).end();
    else
        json.null();
    writeReading(json, reading);
    json.rawMember("statement", detail.bytes).end();
    return json.take();
}

Response csvOf(const Request& request, const std::vector<store::StatementRow>& rows,
               const std::vector<RecordNamesOf>& names, const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name : {"id", "statementId", "project", "kind", "state", "flow", "learner", "recordKind", "record",
                             "revision", "attempts", "size", "createdAt", "answeredAt"})
        csv.cell(name);
    endTitles(csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        csv.cell(row.seq).cell(row.statementId).cell(row.target.project).cell(row.kind).cell(row.state);
        csv.cell(row.flowId);
        row.learnerId == 0 ? csv.cell("") : csv.cell(row.learnerId);
        csv.cell(row.record.kind).cell(row.record.id).cell(row.record.revision);
        csv.cell(static_cast<std::int64_t>(row.attempts)).cell(row.size).time(row.createdAt).time(row.answeredAt);
        endRow(csv, names[i]);
    }
    return csvPage(request, csv, "statements.csv", next);
}

}  // namespace

std::vector<host::sdk::Registration> StatementsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions list;
    list.operation = {
        .id = "listStatements",
        .tag = "Statements",
        .summary = "What was planned, waits, was accepted or refused; newest first",
        .description = "`Accept: text/csv` gives the same list as CSV.",
        .responseSchema = listSchema(kRowSchema),
        .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kRowExample),
        .queryParameters = {{"state", "waiting, sending, in_doubt, accepted, confirmed, quarantined, withdrawn"},
                            {"kind", "statement kind of the profile: learner.grade"},
                            {"project", "project id"},
                            {"flow", "flow id"},
                            {"learner", "learner id"},
                            {"q", kSearchText},
                            {"limit", "at most 1000"},
                            {"cursor", "`next` of the page before"}}};
    kept.push_back(router.add(Method::Get, under("/statements"), list,
                              [this](const Request& request) { return this->list(request); }));
    host::sdk::RouteOptions summary;
    summary.operation = {
        .id = "summarizeStatements",
        .tag = "Statements",
        .summary = "How many statements there are, by state",
        .responseSchema = kSummarySchema,
        .responseExample = R"({"total":1210,"byState":{"accepted":1190,"quarantined":12,"waiting":8}})",
        .queryParameters = {{"kind", "statement kind of the profile: learner.grade"},
                            {"project", "project id"},
                            {"flow", "flow id"},
                            {"learner", "learner id"},
                            {"state", "one of them only"},
                            {"q", kSearchText}}};
    kept.push_back(router.add(Method::Get, under("/statements/summary"), summary,
                              [this](const Request& request) { return this->summary(request); }));
    host::sdk::RouteOptions one;
    one.operation = {.id = "getStatement",
                     .tag = "Statements",
                     .summary = "One record's whole way: source record, rendered statement, last POST and answer",
                     .description = "`statement` is the row's id or the statement's own UUID.",
                     .responseSchema = kDetailSchema,
                     .responseExample = kDetailExample};
    kept.push_back(router.add(Method::Get, under("/statements/{statement}"), one,
                              [this](const Request& request) { return this->one(request); }));
    return kept;
}

Response StatementsApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    const auto filter = filterOf(request, names_);
    auto rows = outbox_.list(filter, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.seq; });
    const auto names = namesOf(names_, filter.organization, rows, mentionOf);
    if (wantsCsv(request)) return csvOf(request, rows, names, next);
    return namedPage(rows, names, next, writeMembers);
}

Response StatementsApi::summary(const Request& request) {
    const auto byState = outbox_.countByState(filterOf(request, names_));
    std::int64_t total = 0;
    for (const auto& [state, count] : byState) total += count;
    common::JsonWriter json;
    json.object().member("total", total).key("byState").object();
    for (const auto& [state, count] : byState) json.member(state, count);
    json.end().end();
    return Response::json(json.take());
}

Response StatementsApi::one(const Request& request) {
    const auto& organization = request.parameter("org");
    const auto& id = request.parameter("statement");
    auto detail = common::Uuid::isValid(id) ? outbox_.detail(organization, id)
                                            : outbox_.detail(organization, pathId(request, "statement", "statement"));
    if (!detail) throw AppError::notFound("There is no such statement here.");
    const auto names = namesOf(names_, organization, std::vector{detail->row}, mentionOf);
    return Response::json(detailJson(*detail, readings_.find(detail->row.seq), names.front()));
}

}  // namespace plugin::api
