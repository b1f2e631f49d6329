#include "plugin/api/StoresApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;

namespace {

const char* const kSchema =
    R"({"type":"object","required":["id","project","contour","contourSource","endpoint","createdAt","closedAt","counts",)"
    R"("version"],"properties":{"id":{"type":"string"},"project":{"type":"string"},)"
    R"("contour":{"enum":["production","test"],"description":"what a test store has accepted counts as told to nobody"},)"
    R"("contourSource":{"enum":["address","declared"],"description":"by its address when it was opened, or by a person's word"},)"
    R"("declaredBy":{"type":"string"},"declaredAt":{"type":"string","format":"date-time"},"comment":{"type":"string"},)"
    R"("endpoint":{"type":"string"},"createdAt":{"type":"string","format":"date-time"},)"
    R"("closedAt":{"type":["string","null"],"format":"date-time","description":"null: the integration uses it"},)"
    R"("counts":{"type":"object","properties":{"accepted":{"type":"integer"},"confirmed":{"type":"integer"},)"
    R"("inDoubt":{"type":"integer"},"waiting":{"type":"integer"},"quarantined":{"type":"integer"},"withdrawn":{"type":"integer"}}},)"
    R"("version":{"type":"integer","description":"the ETag, to be sent as If-Match"}}})";
const char* const kExample =
    R"({"id":"6f1c2f1e-6d0a-4b53-9a0d-2c1f1c0c8a11","project":"bas","contour":"test","contourSource":"declared",)"
    R"("declaredBy":"anna","declaredAt":"2026-01-12T10:30:00Z","comment":"Письмо Университета 20.35: это тестовый LRS",)"
    R"("endpoint":"https://lrs.example.org/data/xAPI","createdAt":"2025-12-01T08:00:00Z","closedAt":"2026-01-12T10:30:00Z",)"
    R"("counts":{"accepted":1204,"confirmed":0,"inDoubt":0,"waiting":3,"quarantined":1,"withdrawn":0},"version":3})";

void write(common::JsonWriter& json, const store::StoreRow& row, const store::StoreCounts& counts) {
    json.object().member("id", row.id).member("project", row.project).member("contour", row.contour);
    json.member("contourSource", row.contourSource).memberIfSet("declaredBy", row.declaredBy);
    if (row.declaredAt) json.timeMember("declaredAt", row.declaredAt);
    json.memberIfSet("comment", row.comment).member("endpoint", row.endpoint).timeMember("createdAt", row.createdAt);
    json.timeMember("closedAt", row.closedAt).key("counts").object();
    json.member("accepted", counts.accepted).member("confirmed", counts.confirmed).member("inDoubt", counts.inDoubt);
    json.member("waiting", counts.waiting).member("quarantined", counts.quarantined);
    json.member("withdrawn", counts.withdrawn).end().member("version", row.version).end();
}

}  // namespace

std::vector<host::sdk::Registration> StoresApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions read;
    read.least = Role::OrganizationAdmin;
    read.serverAdminToo = true;
    read.operation = {
        .id = "listStores",
        .tag = "Stores",
        .summary = "Хранилища · Stores that deliveries are remembered for, newest first",
        .description =
            "Of every project, the disconnected ones included, with what each was told. `Accept: text/csv` "
            "gives the same list as CSV.",
        .responseSchema = listSchema(kSchema),
        .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kExample),
        .queryParameters = {
            {"project", "id of a project"}, {"limit", "at most 1000"}, {"cursor", "`next` of the page before"}}};
    kept.push_back(
        router.add(Method::Get, under("/stores"), read, [this](const Request& request) { return list(request); }));
    read.operation = {.id = "getStore",
                      .tag = "Stores",
                      .summary = "Хранилище · One store",
                      .responseSchema = kSchema,
                      .responseExample = kExample};
    kept.push_back(
        router.add(Method::Get, under("/stores/{id}"), read, [this](const Request& request) { return one(request); }));
    host::sdk::RouteOptions post = read;
    post.requireIfMatch = true;
    post.maxBody = 16 * 1024;
    post.operation = {
        .id = "declareContour",
        .tag = "Stores",
        .summary = "Объявить контур хранилища · Say that a store was the test contour in truth",
        .description =
            "University 2035 may say so afterwards. From then on nothing that the store has accepted counts as told: "
            "it "
            "is due for the production contour again (`POST …/resend` counts it). The integration that uses the store "
            "is disconnected at once, as by «Отключить», and has to be set up with the production letter's data. "
            "`contour: production` takes a mistaken word back. Journaled with the comment.",
        .requestSchema = R"({"type":"object","required":["contour","comment"],"properties":{)"
                         R"("contour":{"enum":["test","production"]},)"
                         R"("comment":{"type":"string","minLength":1,"maxLength":2000}},"additionalProperties":false})",
        .requestExample = R"({"contour":"test","comment":"Письмо Университета 20.35: это тестовый LRS"})",
        .responseSchema = kSchema,
        .responseExample = kExample};
    kept.push_back(router.add(Method::Post, under("/stores/{id}/contour"), post,
                              [this](const Request& request) { return declare(request); }));
    return kept;
}

Response StoresApi::list(const Request& request) {
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 2);
    std::optional<std::pair<host::sdk::Micros, std::string>> after;
    if (!page.after.empty()) after.emplace(page.afterNumber(), page.after[1]);
    auto rows =
        stores_.list(request.parameter("org"), request.queryValue("project").value_or(""), after, page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) {
        return std::vector{std::to_string(row.createdAt), row.id};
    });
    if (wantsCsv(request)) {
        CsvText csv;
        for (const auto* name : {"id", "project", "contour", "contourSource", "declaredBy", "declaredAt", "comment",
                                 "endpoint", "createdAt", "closedAt", "accepted", "confirmed", "inDoubt", "waiting",
                                 "quarantined", "withdrawn", "version"})
            csv.cell(name);
        csv.endRow();
        for (const auto& row : rows) {
            const auto counts = stores_.counts(row.id);
            csv.cell(row.id).cell(row.project).cell(row.contour).cell(row.contourSource).cell(row.declaredBy);
            csv.time(row.declaredAt).cell(row.comment).cell(row.endpoint).time(row.createdAt).time(row.closedAt);
            csv.cell(counts.accepted).cell(counts.confirmed).cell(counts.inDoubt).cell(counts.waiting);
            csv.cell(counts.quarantined).cell(counts.withdrawn).cell(row.version).endRow();
        }
        return csvPage(request, csv, "stores.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) write(json, row, stores_.counts(row.id));
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response StoresApi::answer(const store::StoreRow& row) {
    common::JsonWriter json;
    write(json, row, stores_.counts(row.id));
    auto response = Response::json(json.take());
    response.etag(row.version);
    return response;
}

Response StoresApi::one(const Request& request) {
    const auto row = stores_.find(request.parameter("org"), request.parameter("id"));
    if (!row) throw AppError::notFound("There is no such store here.");
    return answer(*row);
}

Response StoresApi::declare(const Request& request) {
    const auto& organization = request.parameter("org");
    const auto& id = request.parameter("id");
    common::JsonReader in(common::parseJsonObject(request.body.empty() ? "{}" : request.body));
    store::ContourWord word;
    word.contour = in.requiredText("contour", 20);
    if (!word.contour.empty() && word.contour != integration::kTestContour &&
        word.contour != integration::kProductionContour)
        in.wrong("contour", "'" + word.contour + "' is no contour", "Use 'test' or 'production'.");
    word.comment = in.requiredText("comment", 2000);
    word.by = request.principal.login;
    in.refuseUnknown();
    in.finish("The word about the store can't be taken");
    store::DeclaredStore declared;
    try {
        declared = checks_.declareContour(organization, id, host::sdk::ifMatch(request), word);
    } catch (AppError& error) {
        if (error.status() == 412)
            if (const auto row = stores_.find(organization, id)) error.withCurrent(answer(*row).body);
        throw;
    }
    const auto note = [&](const char* action, const std::string& subject, const std::string& details) {
        journal_.append({.organization = organization,
                         .actor = request.principal.login,
                         .clientAddress = request.clientAddress,
                         .action = action,
                         .subject = subject,
                         .details = details,
                         .requestId = request.requestId});
    };
    common::JsonWriter details;
    details.object().member("project", declared.row.project).member("contour", word.contour);
    details.member("comment", word.comment).member("disconnected", declared.disconnected);
    if (declared.takenBack > 0) details.member("takenBack", declared.takenBack);
    note("store.contour-declared", "stores/" + id, details.end().take());
    if (declared.disconnected)
        note("integration.disconnected", "integrations/" + declared.row.project,
             R"({"storeId":)" + common::jsonString(id) + R"(,"contour":"test"})");
    return answer(declared.row);
}

}  // namespace plugin::api
