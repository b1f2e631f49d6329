#include "plugin/api/ReflectionsApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/ReflectionDocs.h"
#include "plugin/api/RowNames.h"
#include "plugin/reflections/Checks.h"
#include "plugin/reflections/Passages.h"

#include <fmt/format.h>

#include <map>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::RecordId;
using host::sdk::Reflection;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;

namespace {

store::ReflectionFilter filterOf(const Request& request) {
    store::ReflectionFilter filter;
    filter.organization = request.parameter("org");
    filter.project = request.queryValue("project").value_or("");
    filter.verdict = queryChoice(request, "verdict", {"fine", "borderline", "flagged", "doubtful"});
    std::vector<std::string_view> codes;
    for (const auto* check : reflections::allChecks()) codes.emplace_back(check->code);
    filter.code = queryChoice(request, "code", codes);
    filter.judged = queryChoice(request, "judged", {"accept", "hold", "none"});
    filter.flowId = queryId(request, "flow");
    filter.learnerId = queryId(request, "learner");
    return filter;
}

host::sdk::RecordMention mentionOf(const store::ReflectionRow& row) {
    return {row.moduleId == 0 ? "" : "module", row.moduleId, row.flowId, row.learnerId};
}

void writeMembers(common::JsonWriter& json, const store::ReflectionRow& row, const RecordNamesOf& names) {
    json.member("id", std::to_string(row.id))
        .member("revision", row.revision)
        .member("project", row.project)
        .member("programme", std::to_string(row.programmeId))
        .member("flow", std::to_string(row.flowId))
        .key("module");
    row.moduleId == 0 ? json.null() : json.value(std::to_string(row.moduleId));
    json.member("learner", std::to_string(row.learnerId)).memberIfSet("learnerExternalId", names.learnerExternalId);
    writeNames(json, names);
    json.member("verdict", row.verdict).key("checks").array();
    for (const auto& code : row.codes)
        if (const auto* check = reflections::findCheck(code))
            json.object().member("code", code).member("reason", check->reason).member("fix", check->fix).end();
    json.end().key("judgement");
    if (row.judgement)
        json.object()
            .member("decision", row.judgement->decision)
            .member("comment", row.judgement->comment)
            .member("by", row.judgement->by)
            .timeMember("at", row.judgement->at)
            .end();
    else
        json.null();
    json.timeMember("checkedAt", row.checkedAt);
}

Response csvOf(const Request& request, const std::vector<store::ReflectionRow>& rows,
               const std::vector<RecordNamesOf>& names, const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name : {"id", "revision", "project", "programme", "flow", "module", "learner", "learnerExternalId",
                             "verdict", "codes", "reasons", "decision", "comment", "judgedBy", "judgedAt", "checkedAt"})
        csv.cell(name);
    endTitles(csv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        std::vector<std::string> reasons;
        for (const auto& code : row.codes)
            if (const auto* check = reflections::findCheck(code)) reasons.emplace_back(check->reason);
        csv.cell(row.id).cell(row.revision).cell(row.project).cell(row.programmeId).cell(row.flowId);
        row.moduleId == 0 ? csv.cell("") : csv.cell(row.moduleId);
        csv.cell(row.learnerId).cell(names[i].learnerExternalId).cell(row.verdict);
        csv.cell(fmt::format("{}", fmt::join(row.codes, " "))).cell(fmt::format("{}", fmt::join(reasons, " ")));
        const auto judgement = row.judgement.value_or(store::ReflectionJudgement{});
        csv.cell(judgement.decision).cell(judgement.comment).cell(judgement.by);
        csv.time(row.judgement ? std::optional(judgement.at) : std::nullopt).time(row.checkedAt);
        endRow(csv, names[i]);
    }
    return csvPage(request, csv, "reflections.csv", next);
}

std::optional<Reflection> findRecord(host::sdk::Records& records, const std::string& organization, RecordId flow,
                                     RecordId id) {
    std::optional<Reflection> found;
    records.reflections(organization, flow, id - 1, [&](std::span<const Reflection> page) {
        if (!page.empty() && page.front().id == id && !page.front().deleted) found = page.front();
        return false;
    });
    return found;
}

void writePieces(common::JsonWriter& json, const char* name, const std::vector<reflections::Piece>& pieces) {
    json.key(name).array();
    for (const auto& piece : pieces) json.object().member("text", piece.text).member("same", piece.same).end();
    json.end();
}

std::int64_t idIn(const Poco::JSON::Object& object, const std::string& name) {
    return std::stoll(object.optValue<std::string>(name, "0"));
}

}  // namespace

std::vector<host::sdk::Registration> ReflectionsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    const auto add = [&](Method method, const std::string& path, host::sdk::Operation operation, bool change,
                         Response (ReflectionsApi::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        options.least = Role::Methodist;
        options.requireIfMatch = change;
        if (change) options.maxBody = 16 * 1024;
        options.operation = std::move(operation);
        kept.push_back(router.add(method, under(path), options,
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    add(Method::Get, "/reflections", docs::listReflections(), false, &ReflectionsApi::list);
    add(Method::Get, "/reflections/summary", docs::summarizeReflections(), false, &ReflectionsApi::summary);
    add(Method::Get, "/reflections/{reflection}", docs::getReflection(), false, &ReflectionsApi::one);
    add(Method::Post, "/reflections/{reflection}/judgement", docs::judgeReflection(), true, &ReflectionsApi::judge);
    return kept;
}

Response ReflectionsApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto rows = store_.list(filterOf(request), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.id; });
    const auto names = namesOf(names_, request.parameter("org"), rows, mentionOf);
    if (wantsCsv(request)) return csvOf(request, rows, names, next);
    return namedPage(rows, names, next, writeMembers);
}

Response ReflectionsApi::summary(const Request& request) {
    const auto counts = store_.countByVerdict(filterOf(request));
    std::int64_t total = 0;
    for (const auto& [verdict, count] : counts) total += count;
    common::JsonWriter json;
    json.object().member("total", total).key("byVerdict").object();
    for (const auto& [verdict, count] : std::map(counts.begin(), counts.end())) json.member(verdict, count);
    json.end().end();
    return Response::json(json.take());
}

std::string ReflectionsApi::detail(const std::string& organization, const store::ReflectionRow& row) {
    const auto record = findRecord(records_, organization, row.flowId, row.id);
    common::JsonWriter json;
    json.object();
    writeMembers(json, row, namesOf(names_, organization, std::vector{row}, mentionOf).front());
    json.key("text");
    record ? json.value(record->text) : json.null();
    json.member("changed", record && record->revision != row.revision).key("findings").array();
    const auto findings = common::parseJson(row.findings).extract<Poco::JSON::Array::Ptr>();
    for (unsigned i = 0; i < findings->size(); ++i) {
        const auto finding = findings->getObject(i);
        const auto code = finding->getValue<std::string>("code");
        json.object().member("code", code).member("verdict", finding->getValue<std::string>("verdict"));
        if (const auto* check = reflections::findCheck(code))
            json.member("reason", check->reason).member("fix", check->fix);
        json.member("share", finding->getValue<double>("share")).key("resembles").array();
        const auto resembles = finding->getArray("resembles");
        for (unsigned k = 0; k < resembles->size(); ++k) {
            const auto one = resembles->getObject(k);
            json.object();
            for (const auto* name : {"reflection", "flow", "learner"})
                if (one->has(name)) json.member(name, one->getValue<std::string>(name));
            json.member("share", one->getValue<double>("share"))
                .member("fragment", one->getValue<std::string>("fragment"));
            if (record && one->has("reflection")) {
                if (const auto other =
                        findRecord(records_, organization, idIn(*one, "flow"), idIn(*one, "reflection"))) {
                    const auto both = reflections::compare(record->text, other->text);
                    writePieces(json, "this", both.left);
                    writePieces(json, "other", both.right);
                }
            }
            json.end();
        }
        json.end().end();
    }
    json.end().end();
    return json.take();
}

Response ReflectionsApi::one(const Request& request) {
    const auto& organization = request.parameter("org");
    const auto row = store_.find(organization, pathId(request, "reflection", "reflection"));
    if (!row) throw AppError::notFound("There is no checked reflection of this id here.");
    auto response = Response::json(detail(organization, *row));
    response.etag(row->revision);
    return response;
}

Response ReflectionsApi::judge(const Request& request) {
    const auto& organization = request.parameter("org");
    const auto id = pathId(request, "reflection", "reflection");
    const auto revision = host::sdk::ifMatch(request);
    if (!revision)
        throw AppError::badRequest("If-Match '*' names no text; send the ETag of the reflection that was read.");
    common::JsonReader in(common::parseJsonObject(request.body));
    store::ReflectionJudgement judgement;
    judgement.decision = in.requiredText("decision", 20);
    judgement.comment = in.requiredText("comment", 2'000);
    if (!judgement.decision.empty() && judgement.decision != "accept" && judgement.decision != "hold")
        in.wrong("decision", fmt::format("'{}' is neither accept nor hold", judgement.decision),
                 "write accept or hold");
    in.refuseUnknown();
    in.finish("The judgement is not valid");
    judgement.by = request.principal.login;
    store_.judge(organization, id, *revision, judgement);
    common::JsonWriter details;
    details.object()
        .member("decision", judgement.decision)
        .member("comment", judgement.comment)
        .member("revision", *revision)
        .end();
    journal_.append({.organization = organization,
                     .actor = request.principal.login,
                     .clientAddress = request.clientAddress,
                     .action = "reflection.judged",
                     .subject = fmt::format("reflections/{}", id),
                     .details = details.take(),
                     .requestId = request.requestId});
    const auto row = store_.find(organization, id);
    if (!row) throw AppError::notFound("There is no checked reflection of this id here.");
    common::JsonWriter json;
    json.object();
    writeMembers(json, *row, namesOf(names_, organization, std::vector{*row}, mentionOf).front());
    json.end();
    auto response = Response::json(json.take());
    response.etag(row->revision);
    return response;
}

}  // namespace plugin::api
