#include "plugin/api/ArtifactsApi.h"

#include "common/Cursor.h"
#include "plugin/api/Lists.h"
#include "plugin/api/RowNames.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

#define ROW_PROPERTIES                                                                                                   \
    R"("id":{"type":"string"},"project":{"type":"string"},"flow":{"type":"string"},)"                                    \
    R"("learner":{"type":["string","null"],"description":"null: the programme's or the organization's own file"},)"      \
    R"("kind":{"type":"string","description":"element kind"},)"                                                          \
    R"("file":{"type":"string","description":"the file record it comes from"},)"                                         \
    R"("key":{"type":"string","description":"where it lies in the bucket"},)"                                            \
    R"("state":{"enum":["wanted","uploading","uploaded","proven","failed"],)"                                            \
    R"("description":"proven: it opens without a key, and a statement may name it"},)"                                   \
    R"("size":{"type":"integer","description":"bytes"},"sha256":{"type":"string"},"contentType":{"type":"string"},)"     \
    R"("url":{"type":["string","null"],"description":"the public address of a proven file"},)"                           \
    R"("attempts":{"type":"integer"},"createdAt":{"type":"string","format":"date-time"},)"                               \
    R"("changedAt":{"type":"string","format":"date-time"},"provenAt":{"type":["string","null"],"format":"date-time"},)"  \
    R"("failure":{"type":["object","null"],"description":"of the last attempt","properties":{"code":{"type":"string"},)" \
    R"("cause":{"type":"string"},"fix":{"type":"string"}}})" NAMES_PROPERTIES
#define ROW_REQUIRED                                                                                                 \
    R"("id","project","flow","learner","kind","file","key","state","size","sha256","contentType","url","attempts",)" \
    R"("createdAt","changedAt","provenAt","failure")"

constexpr const char* kRowSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED R"(],"properties":{)" ROW_PROPERTIES "}}";
constexpr const char* kDetailSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED R"(,"storage","lastRun","upload"],"properties":{)" ROW_PROPERTIES
    R"(,"storage":{"type":"string","description":"fingerprint of endpoint, bucket and public address"},)"
    R"("lastRun":{"type":"string","description":"the last night that wanted it"},)"
    R"("upload":{"type":["object","null"],"description":"in parts, begun and not finished","properties":{)"
    R"("id":{"type":"string"},"partSize":{"type":"integer","description":"bytes"},"parts":{"type":"array","items":{)"
    R"("type":"object","properties":{"number":{"type":"integer"},"size":{"type":"integer"},"etag":{"type":"string"}}}}}}}})";
#undef ROW_PROPERTIES
#undef ROW_REQUIRED

#define EXAMPLE_MEMBERS                                                                                                                                      \
    R"("id":"57","project":"bas","flow":"3","learner":"41","kind":"final-work","file":"902",)"                                                               \
    R"("key":"bas/flow1204/final-work/104512-9f86d081884c7d65.mp4","state":"uploading","size":214748364,)"                                                   \
    R"("sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","contentType":"video/mp4",)"                                              \
    R"("url":null,"attempts":2,"createdAt":"2026-01-12T23:00:01Z","changedAt":"2026-01-12T23:04:10Z",)"                                                      \
    R"("provenAt":null,"failure":{"code":"server-trouble","cause":"Неполадка или перегрузка на стороне хранилища",)" \
    R"("fix":"Повторите проверку позже; если не пройдёт, напишите в Университет 20.35"})"
constexpr const char* kRowExample = "{" EXAMPLE_MEMBERS "}";
constexpr const char* kDetailExample =
    "{" EXAMPLE_MEMBERS
    R"(,"storage":"0f3c2c6f5d1e4b7a9c8d7e6f5a4b3c2d","lastRun":"12","upload":{"id":"2~Yx1","partSize":8388608,)"
    R"("parts":[{"number":1,"size":8388608,"etag":"\"5d41402abc4b2a76b9719d911017c592\""}]}})";
#undef EXAMPLE_MEMBERS

host::sdk::RecordMention mentionOf(const store::ArtifactRow& row) {
    return {"file", row.wanted.fileId, row.wanted.flowId, row.wanted.learnerId};
}

void writeMembers(common::JsonWriter& json, const store::ArtifactRow& row, const RecordNamesOf& names) {
    json.member("id", std::to_string(row.id))
        .member("project", row.wanted.project)
        .member("flow", std::to_string(row.wanted.flowId));
    json.key("learner");
    row.wanted.learnerId == 0 ? json.null() : json.value(std::to_string(row.wanted.learnerId));
    writeNames(json, names);
    json.member("kind", row.wanted.kind)
        .member("file", std::to_string(row.wanted.fileId))
        .member("key", row.wanted.key)
        .member("state", row.state)
        .member("size", row.wanted.size)
        .member("sha256", row.wanted.sha256)
        .member("contentType", row.wanted.contentType);
    json.key("url");
    row.url.empty() ? json.null() : json.value(row.url);
    json.member("attempts", row.attempts)
        .timeMember("createdAt", row.createdAt)
        .timeMember("changedAt", row.changedAt)
        .timeMember("provenAt", row.provenAt);
    json.key("failure");
    if (row.failure.code.empty())
        json.null();
    else
        json.object()
            .member("code", row.failure.code)
            .member("cause", row.failure.cause)
            .member("fix", row.failure.fix)
            .end();
}

std::string detailJson(const store::ArtifactRow& row, const std::vector<store::ArtifactPart>& parts,
                       const RecordNamesOf& names) {
    common::JsonWriter json;
    json.object();
    writeMembers(json, row, names);
    json.member("storage", row.wanted.storageId).member("lastRun", std::to_string(row.runId));
    json.key("upload");
    if (row.uploadId.empty()) {
        json.null();
    } else {
        json.object().member("id", row.uploadId).member("partSize", row.partSize).key("parts").array();
        for (const auto& part : parts)
            json.object().member("number", part.number).member("size", part.size).member("etag", part.etag).end();
        json.end().end();
    }
    json.end();
    return json.take();
}

Response csvOf(const Request& request, const std::vector<store::ArtifactRow>& rows,
               const std::vector<RecordNamesOf>& names, const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name :
         {"id", "project", "flow", "learner", "kind", "file", "key", "state", "size", "sha256", "contentType", "url",
          "attempts", "createdAt", "changedAt", "provenAt", "failureCode", "failureCause", "failureFix"})
        csv.cell(name);
    endTitles(csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        csv.cell(row.id).cell(row.wanted.project).cell(row.wanted.flowId);
        row.wanted.learnerId == 0 ? csv.cell("") : csv.cell(row.wanted.learnerId);
        csv.cell(row.wanted.kind).cell(row.wanted.fileId).cell(row.wanted.key).cell(row.state).cell(row.wanted.size);
        csv.cell(row.wanted.sha256).cell(row.wanted.contentType).cell(row.url);
        csv.cell(static_cast<std::int64_t>(row.attempts));
        csv.time(row.createdAt).time(row.changedAt).time(row.provenAt);
        csv.cell(row.failure.code).cell(row.failure.cause).cell(row.failure.fix);
        endRow(csv, names[i]);
    }
    return csvPage(request, csv, "artifacts.csv", next);
}

}  // namespace

std::vector<host::sdk::Registration> ArtifactsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions list;
    list.operation = {.id = "listArtifacts",
                      .tag = "Artifacts",
                      .summary = "Files on their way to the storage: wanted, uploading, proved to open; newest first",
                      .description = "`Accept: text/csv` gives the same list as CSV.",
                      .responseSchema = listSchema(kRowSchema),
                      .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kRowExample),
                      .queryParameters = {{"state", "wanted, uploading, uploaded, proven, failed"},
                                          {"project", "project id"},
                                          {"flow", "flow id"},
                                          {"learner", "learner id"},
                                          {"limit", "at most 1000"},
                                          {"cursor", "`next` of the page before"}}};
    kept.push_back(router.add(Method::Get, under("/artifacts"), list,
                              [this](const Request& request) { return this->list(request); }));
    host::sdk::RouteOptions one;
    one.operation = {.id = "getArtifact",
                     .tag = "Artifacts",
                     .summary = "One file with the parts that the storage has, and what stops it",
                     .description = "Every night goes on with what isn't proven; nothing needs to be pressed.",
                     .responseSchema = kDetailSchema,
                     .responseExample = kDetailExample};
    kept.push_back(router.add(Method::Get, under("/artifacts/{artifact}"), one,
                              [this](const Request& request) { return this->one(request); }));
    return kept;
}

Response ArtifactsApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    store::ArtifactFilter filter;
    filter.organization = request.parameter("org");
    filter.state = queryChoice(request, "state", {"wanted", "uploading", "uploaded", "proven", "failed"});
    filter.project = request.queryValue("project").value_or("");
    filter.flowId = queryId(request, "flow");
    filter.learnerId = queryId(request, "learner");
    auto rows = artifacts_.list(filter, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.id; });
    const auto names = namesOf(names_, filter.organization, rows, mentionOf);
    if (wantsCsv(request)) return csvOf(request, rows, names, next);
    return namedPage(rows, names, next, writeMembers);
}

Response ArtifactsApi::one(const Request& request) {
    const auto row = artifacts_.find(request.parameter("org"), pathId(request, "artifact", "artifact"));
    if (!row) throw AppError::notFound("There is no such artifact here.");
    const auto names = namesOf(names_, request.parameter("org"), std::vector{*row}, mentionOf);
    return Response::json(detailJson(*row, artifacts_.parts(row->id), names.front()));
}

}  // namespace plugin::api
