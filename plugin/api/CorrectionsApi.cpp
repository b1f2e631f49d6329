#include "plugin/api/CorrectionsApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/RowNames.h"

#include <fmt/format.h>

#include <charconv>

namespace plugin::api {

using footprint::Decision;
using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

const char* const kRowSchema =
    R"({"type":"object","required":["id","statement","kind","record","flow","learner","decision","letter","comment",)"
    R"("decidedBy","decidedAt","cancellation"],"properties":{"id":{"type":"string"},"statement":{"type":"string"},)"
    R"("kind":{"type":"string"},"record":{"type":"object","required":["kind","id","revision"],"properties":)"
    R"({"kind":{"type":"string"},"id":{"type":"string"},"revision":{"type":"integer"}}},"flow":{"type":"string"},)"
    R"("learner":{"type":["string","null"]},"decision":{"enum":["cancel","keep"]},)"
    R"("letter":{"type":["string","null"],"description":"id of the letter's file"},"comment":{"type":"string"},)"
    R"("decidedBy":{"type":"string"},"decidedAt":{"type":"string","format":"date-time"},)"
    R"("cancellation":{"type":["string","null"],"description":"state of the cancellation's own statement"})" NAMES_PROPERTIES
    "}}";
const char* const kRowExample =
    R"({"id":"41","statement":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001","kind":"learner.grade",)"
    R"("record":{"kind":"result","id":"977","revision":1},"flow":"3","learner":"12","decision":"cancel","letter":"55",)"
    R"("comment":"Оценка исправлена по апелляции","decidedBy":"anna","decidedAt":"2025-12-05T07:00:00Z",)"
    R"("cancellation":"accepted"})";

std::int64_t idFrom(const std::string& text) {
    std::int64_t id = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), id);
    return code == std::errc() && end == text.data() + text.size() && id > 0 ? id : 0;
}

void write(common::JsonWriter& json, const store::CorrectionRow& row, const RecordNamesOf& names) {
    json.object()
        .member("id", std::to_string(row.seq))
        .member("statement", row.statementId)
        .member("kind", row.kind)
        .key("record")
        .object()
        .member("kind", row.record.kind)
        .member("id", std::to_string(row.record.id))
        .member("revision", row.record.revision)
        .end()
        .member("flow", std::to_string(row.flowId))
        .key("learner");
    row.learnerId == 0 ? json.null() : json.value(std::to_string(row.learnerId));
    writeNames(json, names);
    json.member("decision", store::toString(row.decision)).key("letter");
    row.letterFileId == 0 ? json.null() : json.value(std::to_string(row.letterFileId));
    json.member("comment", row.comment).member("decidedBy", row.decidedBy).key("decidedAt").time(row.decidedAt);
    json.key("cancellation");
    row.cancellation.empty() ? json.null() : json.value(row.cancellation);
    json.end();
}

}  // namespace

std::vector<host::sdk::Registration> CorrectionsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions decide;
    decide.least = host::sdk::Role::OrganizationAdmin;
    decide.maxBody = 64 * 1024;
    decide.operation = {
        .id = "decideCorrections",
        .tag = "Statements",
        .summary = "Decide what becomes of records that changed after they were sent",
        .description =
            "Of the records on the list of the unsendable with the code `changed-after-sending`, "
            "`deleted-after-sending`, `no-letter` or `referred-by-learners`, or decided on before: those named by "
            "`unsendable`, else all that fit `project`, `flow` "
            "and `code`. `cancel` sends University 2035 the cancellation with a scan of the official letter (`letter`: "
            "id of an uploaded file) and, once the LRS has accepted it, the record anew; `keep` leaves what was sent "
            "and takes the record off the list until it changes again. The next night carries it out.",
        .requestSchema =
            R"({"type":"object","required":["decision","comment"],"properties":{"decision":{"enum":["cancel","keep"]},)"
            R"("comment":{"type":"string","minLength":1,"maxLength":2000},"letter":{"type":"string"},)"
            R"("unsendable":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":1000},"project":{"type":"string"},)"
            R"("flow":{"type":"integer","minimum":1},"code":{"type":"string"}},"additionalProperties":false})",
        .requestExample = R"({"decision":"cancel","letter":"55","comment":"Оценки исправлены по апелляции","flow":3})",
        .responseSchema = R"({"type":"object","required":["decided"],"properties":{"decided":{"type":"integer"}}})",
        .responseExample = R"({"decided":2})"};
    kept.push_back(router.add(Method::Post, under("/corrections"), decide,
                              [this](const Request& request) { return this->decide(request); }));
    host::sdk::RouteOptions list;
    list.operation = {.id = "listCorrections",
                      .tag = "Statements",
                      .summary = "Decisions on what changed after it was sent, newest statements first",
                      .description = "`Accept: text/csv` gives the same list as CSV.",
                      .responseSchema = listSchema(kRowSchema),
                      .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kRowExample),
                      .queryParameters = {{"limit", "at most 1000"}, {"cursor", "`next` of the page before"}}};
    kept.push_back(router.add(Method::Get, under("/corrections"), list,
                              [this](const Request& request) { return this->list(request); }));
    return kept;
}

Response CorrectionsApi::decide(const Request& request) {
    const auto& organization = request.parameter("org");
    common::JsonReader in(common::parseJsonObject(request.body));
    store::CorrectionFilter filter;
    filter.organization = organization;
    const auto decision = in.requiredText("decision");
    if (decision != "cancel" && decision != "keep" && !decision.empty())
        in.wrong("decision", "'" + decision + "' is no decision", "Use 'cancel' or 'keep'.");
    const auto comment = in.requiredText("comment", 2000);
    const auto letter = in.text("letter");
    host::sdk::RecordId letterId = 0;
    if (letter) {
        letterId = idFrom(*letter);
        const auto files = letterId == 0 ? std::vector<host::sdk::File>() : records_.files(organization, {letterId});
        if (files.empty() || files.front().deleted)
            in.wrong("letter", "names no file", "Upload the scan of the letter first and give its id.");
    } else if (decision == "cancel") {
        in.wrong("letter", "is missing: University 2035 takes a cancellation with a scan of the official letter only",
                 "Upload the scan of the letter with the reasons and give its id.");
    }
    if (const auto ids = in.texts("unsendable")) {
        if (ids->empty())
            in.wrong("unsendable", "is empty", "Give the ids, or leave it out to decide on a whole list.");
        for (const auto& id : *ids) {
            filter.unsendable.push_back(idFrom(id));
            if (filter.unsendable.back() == 0)
                in.wrong("unsendable", "'" + id + "' is no id", "Take the ids from the list of the unsendable.");
        }
    }
    filter.project = in.text("project").value_or("");
    filter.code = in.text("code").value_or("");
    filter.flowId = in.integer("flow", 1).value_or(0);
    if (decision == "cancel" && filter.unsendable.empty() && filter.project.empty() && filter.code.empty() &&
        filter.flowId == 0)
        in.wrong("unsendable", "is missing: nothing says what is to be cancelled",
                 "Give ids, or a project, a flow or a code.");
    in.refuseUnknown();
    in.finish("The decision is not valid");

    const auto decided = corrections_.decide(filter, decision == "cancel" ? Decision::Cancel : Decision::Keep, letterId,
                                             comment, request.principal.login);
    if (decided == 0)
        throw AppError(404, "not-found",
                       "Nothing on the list of the unsendable fits: only records with the code changed-after-sending, "
                       "deleted-after-sending, no-letter or referred-by-learners, or decided on before, "
                       "can be decided on.");
    common::JsonWriter details;
    details.object().member("decision", decision).member("statements", decided).member("comment", comment);
    if (letterId != 0) details.member("letter", std::to_string(letterId));
    details.end();
    journal_.append({.organization = organization,
                     .actor = request.principal.login,
                     .clientAddress = request.clientAddress,
                     .action = "corrections.decided",
                     .subject = "corrections",
                     .details = details.take(),
                     .requestId = request.requestId});
    common::JsonWriter json;
    json.object().member("decided", decided).end();
    return Response::json(json.take());
}

Response CorrectionsApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto rows = corrections_.list(request.parameter("org"), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.seq; });
    const auto names = namesOf(names_, request.parameter("org"), rows, [](const store::CorrectionRow& row) {
        return host::sdk::RecordMention{row.record.kind, row.record.id, row.flowId, row.learnerId};
    });
    if (wantsCsv(request)) {
        CsvText csv;
        for (const auto* name : {"id", "statement", "kind", "recordKind", "record", "revision", "flow", "learner",
                                 "decision", "letter", "comment", "decidedBy", "decidedAt", "cancellation"})
            csv.cell(name);
        endTitles(csv);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& row = rows[i];
            csv.cell(row.seq).cell(row.statementId).cell(row.kind).cell(row.record.kind).cell(row.record.id);
            csv.cell(row.record.revision).cell(row.flowId);
            row.learnerId == 0 ? csv.cell("") : csv.cell(row.learnerId);
            csv.cell(store::toString(row.decision));
            row.letterFileId == 0 ? csv.cell("") : csv.cell(row.letterFileId);
            csv.cell(row.comment).cell(row.decidedBy).time(row.decidedAt).cell(row.cancellation);
            endRow(csv, names[i]);
        }
        return csvPage(request, csv, "corrections.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (std::size_t i = 0; i < rows.size(); ++i) write(json, rows[i], names[i]);
    json.end().member("next", next).end();
    return jsonPage(json);
}

}  // namespace plugin::api
