#include "host/sources/ImportsApi.h"

#include "common/Csv.h"
#include "common/Cursor.h"
#include "common/Json.h"
#include "common/JsonReader.h"
#include "common/Uuid.h"
#include "host/http/Lists.h"
#include "host/http/RussianTexts.h"
#include "host/records/RecordJson.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <sstream>

namespace host::sources {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;
using sdk::AppError;
using sdk::Method;
using sdk::Request;
using sdk::Response;

constexpr const char* kBase = "/api/v1/organizations/{org}/imports";

constexpr const char* kReportSchema =
    R"({"type":"object","properties":{"id":{"type":"string"},"mapping":{"type":"string"},"source":{"type":"string"},"target":{"type":"string"},"state":{"enum":["running","done","failed"]},"startedAt":{"type":"string","format":"date-time"},"finishedAt":{"type":["string","null"],"format":"date-time"},"counts":{"type":"object","additionalProperties":{"type":"integer"}},"assumed":{"type":"array","items":{"type":"string"}},"errors":{"type":"array","items":{"type":"object","properties":{"row":{"type":"integer"},"column":{"type":"string"},"value":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}}},"failure":{"type":["string","null"]}}})";
constexpr const char* kReportExample =
    R"~({"id":"0b7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10","mapping":"oulad/results","source":"oulad","target":"results","state":"done","startedAt":"2026-03-01T00:00:00Z","finishedAt":"2026-03-01T00:00:12Z","counts":{"rows":3,"created":2,"updated":0,"unchanged":0,"skipped":0,"rejected":1,"errors":1},"assumed":["A mark of 40 or more is a success: the pass mark of the element."],"errors":[{"row":4,"column":"score","value":"abc","reason":"is not a number (field 'raw')","fix":"Write digits with a decimal point, as in '4.5'; for commas set 'decimalComma' in the mapping."}],"failure":null})~";

void writeError(common::JsonWriter& json, const RowError& error) {
    json.object()
        .member("row", error.line)
        .member("column", error.column)
        .member("value", error.value)
        .member("reason", error.reason)
        .member("fix", error.fix)
        .end();
}

std::string errorLine(const RowError& error, const Request& request) {
    std::string line = std::to_string(error.line);
    for (const auto& text :
         {error.column, error.value, http::saidTo(request, error.reason), http::saidTo(request, error.fix)}) {
        line += ',';
        common::appendCsvText(line, text);
    }
    return line + "\r\n";
}

/// A report is kept in English; whoever reads it in Russian gets the reasons and remedies so.
std::string toldTo(const Request& request, std::string report) {
    if (!http::asksForRussian(request)) return report;
    rapidjson::Document whole;
    whole.Parse(report.data(), report.size());
    if (whole.HasParseError() || !whole.IsObject()) return report;
    const auto say = [&](rapidjson::Value& text) {
        if (!text.IsString()) return;
        const auto said = http::saidTo(request, {text.GetString(), text.GetStringLength()});
        text.SetString(said.data(), static_cast<rapidjson::SizeType>(said.size()), whole.GetAllocator());
    };
    if (whole.HasMember("failure")) say(whole["failure"]);
    if (whole.HasMember("errors") && whole["errors"].IsArray())
        for (auto& error : whole["errors"].GetArray())
            for (const auto* name : {"reason", "fix"})
                if (error.IsObject() && error.HasMember(name)) say(error[name]);
    rapidjson::StringBuffer out;
    rapidjson::Writer<rapidjson::StringBuffer> writer(out);
    whole.Accept(writer);
    return {out.GetString(), out.GetSize()};
}

struct Run {
    std::string id;
    const CsvMapping& mapping;
    sdk::Micros startedAt = 0;
    sdk::Micros finishedAt = 0;
    ImportReport counts;
    std::vector<RowError> errors;
    std::string failure;
};

std::string reportText(const Run& run) {
    common::JsonWriter json;
    json.object()
        .member("id", run.id)
        .member("mapping", run.mapping.name)
        .member("source", run.mapping.source)
        .member("target", records::spec(run.mapping.target).name)
        .member("state", run.finishedAt == 0   ? "running"
                         : run.failure.empty() ? "done"
                                               : "failed")
        .key("startedAt")
        .time(run.startedAt);
    json.timeMember("finishedAt", run.finishedAt == 0 ? std::nullopt : std::optional(run.finishedAt));
    json.key("counts")
        .object()
        .member("rows", run.counts.rows)
        .member("created", run.counts.created)
        .member("updated", run.counts.updated)
        .member("unchanged", run.counts.unchanged)
        .member("skipped", run.counts.skipped)
        .member("rejected", run.counts.rejected)
        .member("errors", run.counts.errors)
        .end();
    json.key("assumed").array();
    for (const auto& remark : run.mapping.assumed) json.value(remark);
    json.end().key("errors").array();
    for (const auto& error : run.errors) writeError(json, error);
    json.end();
    json.member("failure", run.failure.empty() ? std::nullopt : std::optional(run.failure));
    return json.end().take();
}

/// A report's own members and its counts under the names of the columns; what it lacks stays empty.
std::vector<std::string> csvRow(const std::string& report, const std::vector<std::string>& columns) {
    const auto whole = common::parseJsonObject(report);
    const auto counts = whole->getObject("counts");
    std::vector<std::string> row;
    for (const auto& column : columns) {
        const auto value = counts && counts->has(column) ? counts->get(column) : whole->get(column);
        row.push_back(value.isEmpty() ? "" : value.convert<std::string>());
    }
    return row;
}

}  // namespace

ImportsApi::ImportsApi(sdk::Router& router, records::RecordStore& records, const MappingLibrary& mappings,
                       sdk::Database& database, sdk::Organizations& organizations, sdk::Journal& journal,
                       const sdk::Clock& clock, ImportsApiSettings settings)
    : records_(records),
      mappings_(mappings),
      database_(database),
      organizations_(organizations),
      journal_(journal),
      clock_(clock),
      settings_(std::move(settings)) {
    endInterrupted();
    routes_.push_back(router.add(
        Method::Post, kBase,
        {.least = sdk::Role::Methodist,
         .serverAdminToo = true,
         .maxBody = settings_.maxBytes,
         .streamBody = true,
         .operation =
             {.id = "importCsv",
              .tag = "Imports",
              .summary = "Bring a CSV file in",
              .description =
                  "The body is a CSV file; 'mapping' names how its columns become records. A bad row never stops "
                  "the others: the report counts what became of the rows and lists the first errors by row "
                  "and column; the whole list is at …/errors. Bringing the same file in again changes nothing. Known "
                  "mappings: " +
                  fmt::format("{}.", fmt::join(mappings.names(), ", ")),
              .requestExample = "id_assessment,id_student,date_submitted,is_banked,score\r\n1752,11391,18,0,78\r\n",
              .responseSchema = kReportSchema,
              .responseExample = kReportExample,
              .successStatus = 201,
              .queryParameters = {{"mapping", "Name of a mapping of the server: \"oulad/results\""}},
              .requestContentType = "text/csv"}},
        [this](const Request& request) { return post(request); }));
    routes_.push_back(router.add(
        Method::Get, kBase,
        {.serverAdminToo = true,
         .operation =
             {.id = "listImports",
              .tag = "Imports",
              .summary = "List imports, the latest first",
              .responseSchema = fmt::format(
                  R"({{"type":"object","required":["items","next"],"properties":{{"items":{{"type":"array","items":{}}},"next":{{"type":["string","null"]}}}}}})",
                  kReportSchema),
              .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kReportExample),
              .queryParameters = {{"limit", "Imports in a page, at most 100"},
                                  {"cursor", "Where the last page ended: its 'next'"}}}},
        [this](const Request& request) { return list(request); }));
    routes_.push_back(router.add(Method::Get, std::string(kBase) + "/{id}",
                                 {.serverAdminToo = true,
                                  .operation = {.id = "getImport",
                                                .tag = "Imports",
                                                .summary = "Read the report of an import",
                                                .responseSchema = kReportSchema,
                                                .responseExample = kReportExample}},
                                 [this](const Request& request) { return get(request); }));
    routes_.push_back(
        router.add(Method::Get, std::string(kBase) + "/{id}/errors",
                   {.serverAdminToo = true,
                    .operation = {.id = "getImportErrors",
                                  .tag = "Imports",
                                  .summary = "Download every error of an import",
                                  .description = "CSV: row, column, value, reason, fix; in the language of "
                                                 "whoever brought the file in.",
                                  .responseContentType = "text/csv"}},
                   [this](const Request& request) { return errors(request); }));
}

/// What a server that ended left running. Should it run on another one after all, its end writes the report anew.
void ImportsApi::endInterrupted() {
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        std::int64_t finished = moment;
        session
            << R"(UPDATE record_imports SET finished_at = ?, report = replace(replace(report, '"state":"running"', '"state":"failed"'),
                      '"failure":null', '"failure":"The server ended during the import. Rows before were brought in; send the file again."')
                      WHERE finished_at IS NULL)",
            use(finished), now;
    });
}

Response ImportsApi::post(const Request& request) {
    const auto org = organization(request);
    const auto name = request.queryValue("mapping");
    if (!name)
        throw AppError::validation("The import is not valid.",
                                   {{"/mapping", "is missing", "Give mapping=NAME, as in mapping=oulad/results."}});
    Run run{common::Uuid::v4(), mappings_.find(*name), clock_.now(), 0, {}, {}, {}};
    begin(org, run.id, run.mapping.name, request.principal.login);

    const auto file = errorsFile(org, run.id);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream all(file, std::ios::binary);
    all << "row,column,value,reason,fix\r\n";
    std::istringstream whole(request.bodyStream == nullptr ? request.body : std::string());
    std::istream& csv = request.bodyStream == nullptr ? whole : *request.bodyStream;
    std::exception_ptr failure;
    try {
        run.counts = CsvImport(records_, run.mapping).run(org, csv, [&](const RowError& error) {
            all << errorLine(error, request);
            if (run.errors.size() < settings_.inlineErrors) run.errors.push_back(error);
        });
    } catch (const AppError& error) {
        run.failure = error.what();
        failure = std::current_exception();
    } catch (...) {
        run.failure = "The import broke off. Rows before were brought in; send the file again.";
        failure = std::current_exception();
    }
    run.finishedAt = clock_.now();
    const auto report = reportText(run);
    finish(run.id, report);
    journal_.append({org, request.principal.login, request.clientAddress, "records.imported", "imports/" + run.id,
                     fmt::format(R"({{"rows":{},"rejected":{}}})", run.counts.rows, run.counts.rejected),
                     request.requestId});
    if (failure) std::rethrow_exception(failure);
    auto response = Response::json(toldTo(request, report), 201);
    return response.header("Location", fmt::format("/api/v1/organizations/{}/imports/{}", org, run.id));
}

Response ImportsApi::list(const Request& request) {
    const auto org = organization(request);
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 2, 20, 100);
    std::string owner = org, last = page.after.empty() ? "" : page.after[1];
    std::int64_t before = page.afterNumber(INT64_MAX);
    std::vector<std::string> ids, reports;
    std::vector<std::int64_t> started;
    database_.read([&](Session& session) {
        Statement select(session);
        select << fmt::format(
            "SELECT id, started_at, report FROM record_imports WHERE organization_id = ? AND (started_at < ? OR "
            "(started_at = ? AND id < ?)) ORDER BY started_at DESC, id DESC LIMIT {}",
            page.limit + 1),
            into(ids), into(started), into(reports), use(owner), use(before), use(before), use(last);
        select.execute();
    });
    const bool more = ids.size() > page.limit;
    http::ListPage shown;
    shown.columns = {"id",   "mapping", "source",  "target",    "state",   "startedAt", "finishedAt",
                     "rows", "created", "updated", "unchanged", "skipped", "rejected",  "errors"};
    for (std::size_t i = 0; i < std::min(ids.size(), page.limit); ++i) {
        shown.rows.push_back(csvRow(reports[i], shown.columns));
        shown.items.push_back(toldTo(request, std::move(reports[i])));
    }
    if (more) shown.next = common::Cursor::encode({std::to_string(started[page.limit - 1]), ids[page.limit - 1]});
    return http::listResponse(request, std::move(shown));
}

Response ImportsApi::get(const Request& request) {
    return Response::json(toldTo(request, report(organization(request), request.parameter("id"))));
}

Response ImportsApi::errors(const Request& request) {
    const auto org = organization(request);
    const auto& id = request.parameter("id");
    report(org, id);  // 404 unless it is this organization's
    const auto file = errorsFile(org, id);
    if (!std::filesystem::exists(file)) throw AppError::notFound("The errors of this import are no longer kept.");
    Response response;
    response.contentType = "text/csv; charset=utf-8";
    response.file = file.string();
    response.header("Content-Disposition", fmt::format("attachment; filename=\"import-{}-errors.csv\"", id));
    return response;
}

std::string ImportsApi::organization(const Request& request) {
    const auto& org = request.parameter("org");
    if (!organizations_.find(org)) throw AppError::notFound("There is no such organization.");
    return org;
}

std::string ImportsApi::report(const std::string& organization, const std::string& id) {
    std::vector<std::string> reports;
    std::string owner = organization, key = id;
    database_.read([&](Session& session) {
        session << "SELECT report FROM record_imports WHERE organization_id = ? AND id = ?", into(reports), use(owner),
            use(key), now;
    });
    if (reports.empty()) throw AppError::notFound("There is no such import.");
    return reports.front();
}

std::filesystem::path ImportsApi::errorsFile(const std::string& organization, const std::string& id) const {
    return settings_.folder / organization / (id + ".csv");
}

void ImportsApi::begin(const std::string& organization, const std::string& id, const std::string& mapping,
                       const std::string& who) {
    const auto moment = clock_.now();
    const auto text = reportText({id, mappings_.find(mapping), moment, 0, {}, {}, {}});
    database_.write([&](Session& session) {
        std::string key = id, owner = organization, name = mapping, by = who, report = text;
        std::int64_t started = moment;
        session << "INSERT INTO record_imports (id, organization_id, mapping, requested_by, started_at, report) "
                   "VALUES (?, ?, ?, ?, ?, ?)",
            use(key), use(owner), use(name), use(by), use(started), use(report), now;
    });
}

void ImportsApi::finish(const std::string& id, std::string report) {
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        std::string key = id;
        std::int64_t finished = moment;
        session << "UPDATE record_imports SET finished_at = ?, report = ? WHERE id = ?", use(finished), use(report),
            use(key), now;
    });
}

}  // namespace host::sources
