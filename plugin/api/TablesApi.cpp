#include "plugin/api/TablesApi.h"

#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/TemplateFile.h"
#include "plugin/delivery/TableWriting.h"
#include "plugin/tables/ColumnMatching.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using store::TableTemplate;
using store::TemplateColumn;

namespace {

constexpr std::uint64_t kMaxTemplate = 8ULL * 1024 * 1024;
constexpr std::size_t kMaxTitle = 1000;

const char* const kViewSchema =
    R"({"type":"object","required":["element","title","source","version","columns","missing","leftOut","complete","problem"],)"
    R"("properties":{"element":{"type":"string"},"title":{"type":"string"},)"
    R"("source":{"enum":["profile","template"],"description":"whose columns the files have"},)"
    R"("version":{"type":"integer"},"sheet":{"type":"string"},"headerRow":{"type":"integer"},)"
    R"("columns":{"type":"array","items":{"type":"object","required":["title","status","field","candidates"],)"
    R"("properties":{"title":{"type":"string"},"status":{"enum":["matched","empty","ambiguous","unmatched"]},)"
    R"("field":{"type":["string","null"],"description":"a placeholder of the profile, as result.raw"},)"
    R"("candidates":{"type":"array","items":{"type":"string"}}}}},)"
    R"("missing":{"type":"array","description":"fields of the profile that no column has",)"
    R"("items":{"type":"object","required":["field","title","required"],"properties":{"field":{"type":"string"},)"
    R"("title":{"type":"string"},"required":{"type":"boolean"}}}},)"
    R"("leftOut":{"type":"array","items":{"type":"string"}},)"
    R"("complete":{"type":"boolean","description":"false: the element's rows are refused until it is true"},)"
    R"("problem":{"type":["string","null"]},"changedAt":{"type":"string","format":"date-time"},)"
    R"("changedBy":{"type":"string"}}})";
const char* const kViewExample =
    R"({"element":"assessment-results","title":"Оценка результатов аттестации","source":"template","version":1,)"
    R"("sheet":"Лист1","headerRow":1,"columns":[)"
    R"({"title":"UNTI ID","status":"matched","field":"learner.untiId","candidates":["learner.untiId"]},)"
    R"({"title":"Город","status":"unmatched","field":null,"candidates":[]}],)"
    R"("missing":[{"field":"result.raw","title":"Балл","required":true}],"leftOut":[],"complete":false,)"
    R"("problem":"не сопоставлено: «Город»; в шаблоне нет обязательных данных: «Балл»",)"
    R"("changedAt":"2026-01-12T10:30:00Z","changedBy":"anna"})";
const char* const kMappingSchema =
    R"({"type":"object","required":["columns"],"additionalProperties":false,"properties":{)"
    R"("columns":{"type":"array","items":{"type":"object","required":["title","field"],"additionalProperties":false,)"
    R"("properties":{"title":{"type":"string"},)"
    R"("field":{"type":["string","null"],"description":"null: the column stays empty"}}}},)"
    R"("leftOut":{"type":"array","items":{"type":"string"},"description":"fields that the template has not"}}})";
const char* const kMappingExample =
    R"({"columns":[{"title":"UNTI ID","field":"learner.untiId"},{"title":"Город","field":null}],"leftOut":["result.raw"]})";

/// What the names tell; what was decided of a column of the same title before stays.
TableTemplate matched(const TemplateHeader& header, const footprint::Table& table, const TableTemplate* before) {
    TableTemplate own;
    own.sheet = header.sheet;
    own.headerRow = header.row;
    for (const auto& column : tables::matchColumns(header.titles, table))
        own.columns.push_back({column.title, column.title.empty() ? TemplateColumn::kEmpty : column.field});
    if (before == nullptr) return own;
    own.leftOut = before->leftOut;
    std::vector<TemplateColumn> earlier = before->columns;
    for (auto& column : own.columns) {
        const auto same = std::find_if(earlier.begin(), earlier.end(), [&](const TemplateColumn& one) {
            return one.title == column.title && !one.decision.empty();
        });
        if (same == earlier.end()) continue;
        column.decision = same->decision;
        earlier.erase(same);  // of two equal titles each keeps its own
    }
    return own;
}

void writeColumns(common::JsonWriter& json, const std::vector<tables::MappedColumn>& columns,
                  const footprint::Table& table) {
    json.key("columns").array();
    for (const auto& column : columns) {
        const auto candidates = tables::fieldsOf(column.title, table);
        const bool decided = tables::isTableField(column.field, table);
        const char* status = column.leaveEmpty    ? "empty"
                             : decided            ? "matched"
                             : candidates.empty() ? "unmatched"
                                                  : "ambiguous";
        json.object().member("title", column.title).member("status", status).key("field");
        decided ? json.value(column.field) : json.null();
        json.key("candidates").array();
        for (const auto& one : candidates) json.value(one);
        json.end().end();
    }
    json.end();
}

/// The decisions of a PUT, checked against the template's own columns.
TableTemplate readMapping(const std::string& body, TableTemplate own, const footprint::Table& table) {
    common::JsonReader in(common::parseJsonObject(body));
    const auto columns = in.array("columns", own.columns.size() + 1);
    if (!columns || columns->size() != own.columns.size()) {
        in.wrong("columns", fmt::format("the template has {} columns", own.columns.size()),
                 "name every column, in the template's order");
        in.finish("The columns are not valid");
    }
    std::vector<std::string> used;
    for (std::size_t i = 0; i < own.columns.size(); ++i) {
        auto one = in.item("columns", columns, i);
        if (!one) continue;
        auto& column = own.columns[i];
        const auto title = one->text("title", kMaxTitle).value_or("");
        if (title != column.title)
            one->wrong("title", fmt::format("column {} of the template is '{}'", i + 1, column.title),
                       "keep the template's order");
        const auto field = one->text("field");
        column.decision = field.value_or(TemplateColumn::kEmpty);
        if (field && !tables::isTableField(*field, table))
            one->wrong("field", fmt::format("'{}' is no field of such a table", *field),
                       "use a field of 'missing' or 'candidates', or null");
        if (field && std::find(used.begin(), used.end(), *field) != used.end())
            one->wrong("field", fmt::format("'{}' is in another column already", *field), "leave one of them empty");
        if (field) used.push_back(*field);
        one->refuseUnknown();
    }
    own.leftOut = in.texts("leftOut").value_or(std::vector<std::string>());
    for (std::size_t i = 0; i < own.leftOut.size(); ++i)
        if (!tables::isTableField(own.leftOut[i], table))
            in.wrong(fmt::format("leftOut/{}", i), fmt::format("'{}' is no field of such a table", own.leftOut[i]),
                     "use a field of 'missing'");
    in.refuseUnknown();
    in.finish("The columns are not valid");
    return own;
}

}  // namespace

struct TablesApi::Subject {
    store::TemplateKey key;
    const footprint::Table* table = nullptr;
};

namespace {

Response view(const store::TemplateKey& key, const footprint::Table& table, const std::optional<TableTemplate>& own) {
    common::JsonWriter json;
    json.object()
        .member("element", key.element)
        .member("title", table.title)
        .member("source", own ? "template" : "profile")
        .member("version", own ? own->version : 0);
    std::vector<tables::MappedColumn> columns;
    std::vector<std::string> leftOut;
    std::string problem;
    if (own) {
        json.member("sheet", own->sheet).member("headerRow", own->headerRow);
        columns = delivery::mappedColumns(*own);
        leftOut = own->leftOut;
        problem = tables::templateColumns(columns, leftOut, table).problem;
    } else {
        for (const auto& column : table.columns)
            columns.push_back({column.title, footprint::placeholder(column.name).text, false});
    }
    writeColumns(json, columns, table);
    json.key("missing").array();
    for (const auto* column : tables::missingFields(columns, leftOut, table))
        json.object()
            .member("field", footprint::placeholder(column->name).text)
            .member("title", column->title)
            .member("required", column->required)
            .end();
    json.end().key("leftOut").array();
    for (const auto& field : leftOut) json.value(field);
    json.end().member("complete", problem.empty()).key("problem");
    problem.empty() ? json.null() : json.value(problem);
    if (own) json.timeMember("changedAt", own->changedAt).member("changedBy", own->changedBy);
    json.end();
    Response response = Response::json(json.take());
    response.etag(own ? own->version : 0);
    return response;
}

}  // namespace

std::vector<host::sdk::Registration> TablesApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    const std::string path = under("/tables/{project}/{element}");
    host::sdk::RouteOptions options;
    options.operation = {.id = "getTableTemplate",
                         .tag = "Exports",
                         .summary = "Columns of one element's files: the profile's, or the downloaded template's",
                         .description = "`element` is a table of the project's profile, as `assessment-results`.",
                         .responseSchema = kViewSchema,
                         .responseExample = kViewExample};
    kept.push_back(router.add(Method::Get, path + "/template", options, [this](const Request& r) { return show(r); }));
    options.least = host::sdk::Role::Methodist;
    options.maxBody = kMaxTemplate;
    options.operation.id = "uploadTableTemplate";
    options.operation.summary = "Upload the template that was downloaded from the account of University 2035";
    options.operation.description =
        "The body is the XLSX. Its header row is found, its columns are matched by name; what was decided before of a "
        "column of the same name stays. Until every column is matched or left empty, and every required field has a "
        "column or is left out, the element's rows are refused with `template-not-mapped`.";
    options.operation.requestContentType = "application/octet-stream";
    kept.push_back(
        router.add(Method::Post, path + "/template", options, [this](const Request& r) { return upload(r); }));
    host::sdk::RouteOptions mapping;
    mapping.least = host::sdk::Role::Methodist;
    mapping.maxBody = 256 * 1024;
    mapping.requireIfMatch = true;
    mapping.operation = {.id = "putTableMapping",
                         .tag = "Exports",
                         .summary = "Say what the columns of the template are",
                         .description =
                             "Every column in the template's order; `field` null leaves it empty. `leftOut` "
                             "names the fields that the template has not.",
                         .requestSchema = kMappingSchema,
                         .requestExample = kMappingExample,
                         .responseSchema = kViewSchema,
                         .responseExample = kViewExample};
    kept.push_back(router.add(Method::Put, path + "/mapping", mapping, [this](const Request& r) { return map(r); }));
    host::sdk::RouteOptions removal;
    removal.least = host::sdk::Role::Methodist;
    removal.operation = {.id = "deleteTableTemplate",
                         .tag = "Exports",
                         .summary = "Forget the template: the files have the profile's columns again",
                         .successStatus = 204};
    kept.push_back(
        router.add(Method::Delete, path + "/template", removal, [this](const Request& r) { return remove(r); }));
    return kept;
}

TablesApi::Subject TablesApi::subjectOf(const Request& request) const {
    Subject subject{{request.parameter("org"), request.parameter("project"), request.parameter("element")}, nullptr};
    const auto organization = services_.organizations.find(subject.key.organization);
    const auto project = services_.organizations.project(subject.key.project);
    const bool open = organization && std::find(organization->projects.begin(), organization->projects.end(),
                                                subject.key.project) != organization->projects.end();
    if (!project || !open) throw AppError::notFound("There is no such project here.");
    const auto* profile = services_.profiles.find(project->profile);
    std::vector<std::string> names;
    if (profile != nullptr)
        for (const auto& table : profile->tables) {
            names.push_back(table.name);
            if (table.name == subject.key.element) subject.table = &table;
        }
    if (subject.table == nullptr)
        throw AppError::notFound(fmt::format("There is no such element here; there are: {}.", fmt::join(names, ", ")));
    return subject;
}

Response TablesApi::show(const Request& request) const {
    const Subject subject = subjectOf(request);
    return view(subject.key, *subject.table, services_.templates.find(subject.key));
}

Response TablesApi::upload(const Request& request) {
    const Subject subject = subjectOf(request);
    std::istringstream file(request.body);
    const auto header = readTemplate(file, *subject.table);
    const auto before = services_.templates.find(subject.key);
    auto own = matched(header, *subject.table, before ? &*before : nullptr);
    own.changedBy = request.principal.login;
    // What was decided meanwhile would be lost otherwise.
    auto expected = host::sdk::ifMatch(request);
    if (!expected) expected = before ? before->version : 0;
    const auto saved = services_.templates.save(subject.key, expected, std::move(own));
    journal(request, subject, "table-template.uploaded",
            fmt::format(R"({{"columns":{},"version":{}}})", saved.columns.size(), saved.version));
    return view(subject.key, *subject.table, saved);
}

Response TablesApi::map(const Request& request) {
    const Subject subject = subjectOf(request);
    auto own = services_.templates.find(subject.key);
    if (!own)
        throw AppError(409, "template.absent", "This element has no template; upload the downloaded template first.");
    const auto expected = host::sdk::ifMatch(request);
    if (expected && *expected != own->version) {
        AppError changed(412, "precondition-failed",
                         "The template's columns were changed meanwhile; look at them and try again.");
        changed.withCurrent(view(subject.key, *subject.table, own).body);
        throw changed;
    }
    const auto version = own->version;
    auto wanted = readMapping(request.body, std::move(*own), *subject.table);
    wanted.changedBy = request.principal.login;
    const auto saved = services_.templates.save(subject.key, version, std::move(wanted));
    journal(request, subject, "table-template.mapped", fmt::format(R"({{"version":{}}})", saved.version));
    return view(subject.key, *subject.table, saved);
}

Response TablesApi::remove(const Request& request) {
    const Subject subject = subjectOf(request);
    if (!services_.templates.erase(subject.key, host::sdk::ifMatch(request)))
        throw AppError::notFound("This element has no template.");
    journal(request, subject, "table-template.removed", "{}");
    return Response::noContent();
}

void TablesApi::journal(const Request& request, const Subject& subject, const char* action,
                        const std::string& details) {
    services_.journal.append({.organization = subject.key.organization,
                              .actor = request.principal.login,
                              .clientAddress = request.clientAddress,
                              .action = action,
                              .subject = fmt::format("tables/{}/{}", subject.key.project, subject.key.element),
                              .details = details,
                              .requestId = request.requestId});
}

}  // namespace plugin::api
