#include "plugin/api/ReadinessApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "common/NameFold.h"
#include "common/Text.h"
#include "plugin/api/Lists.h"
#include "plugin/api/ReadinessDocs.h"
#include "plugin/readiness/Readiness.h"

#include <Poco/JSON/Parser.h>
#include <fmt/format.h>

#include <map>
#include <set>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

constexpr std::size_t kMaxWords = 10;

std::string noteOf(const store::ReadinessFlow& flow) {
    if (!flow.hasRules) return readiness::kRulesUnknown;
    if (flow.channel == "tables")
        return "Поток передаётся таблицами: готовность считается по тому, что войдёт в таблицы и архив; их загрузку в "
               "личный кабинет сервер не видит.";
    return {};
}

/// One thing that is lacking, each once however many rules name it.
struct LackText {
    std::string code;
    std::string reason;
    std::string fix;
    std::string json;
};

std::vector<LackText> lacksOf(const store::ReadinessRow& row) {
    std::vector<LackText> lacks;
    std::set<std::pair<std::string, std::string>> seen;
    auto rules = Poco::JSON::Parser().parse(row.rules).extract<Poco::JSON::Array::Ptr>();
    for (unsigned i = 0; i < rules->size(); ++i) {
        auto named = rules->getObject(i)->getArray("lacks");
        for (unsigned j = 0; j < named->size(); ++j) {
            auto lack = named->getObject(j);
            LackText text{lack->getValue<std::string>("code"),
                          lack->getValue<std::string>("reason"),
                          lack->getValue<std::string>("fix"),
                          {}};
            if (!seen.insert({text.code, text.reason}).second) continue;
            text.json = common::jsonText(named->get(j));
            lacks.push_back(std::move(text));
        }
    }
    return lacks;
}

void writePerson(common::JsonWriter& json, const store::ReadinessFlow& flow, const store::ReadinessRow& row,
                 const std::optional<host::sdk::Learner>& learner) {
    json.member("flow", std::to_string(flow.flowId)).member("learner", std::to_string(row.learnerId));
    if (learner)
        json.memberIfSet("externalId", learner->externalId)
            .memberIfSet("untiId", learner->untiId)
            .memberIfSet("lastName", learner->lastName)
            .memberIfSet("firstName", learner->firstName)
            .memberIfSet("middleName", learner->middleName);
    json.member("verdict", row.verdict)
        .member("onlyWaits", row.onlyWaits)
        .timeMember("computedAt", flow.computedAt)
        .rawMember("facts", row.facts);
}

/// `now`: the flow as its record stands; nullopt: it is gone.
void writeFlow(common::JsonWriter& json, const store::ReadinessFlow& flow, const std::optional<host::sdk::Flow>& now) {
    json.object()
        .member("flow", std::to_string(flow.flowId))
        .member("flowTitle", flow.flowTitle)
        .timeMember("endsAt", now ? now->endsAt : std::nullopt)
        .timeMember("closedAt", now ? now->closedAt : std::nullopt)
        .member("programme", std::to_string(flow.programmeId))
        .member("programmeTitle", flow.programmeTitle)
        .member("project", flow.project)
        .member("profile", flow.profile)
        .member("channel", flow.channel)
        .member("learners", flow.learners)
        .member("ready", flow.ready)
        .member("notReady", flow.notReady)
        .member("onlyWaits", flow.onlyWaits)
        .member("unknown", flow.unknown())
        .key("byCode")
        .object();
    for (const auto& [code, count] : flow.byCode) json.member(code, count);
    json.end()
        .member("note", noteOf(flow))
        .timeMember("computedAt", flow.computedAt)
        .member("run", std::to_string(flow.runId))
        .end();
}

Response flowsCsv(const Request& request, const std::vector<store::ReadinessFlow>& flows,
                  const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name :
         {"flow", "flowTitle", "programme", "programmeTitle", "project", "profile", "channel", "learners", "ready",
          "notReady", "onlyWaits", "unknown", "byCode", "note", "computedAt", "run"})
        csv.cell(name);
    csv.endRow();
    for (const auto& flow : flows) {
        std::vector<std::string> codes;
        for (const auto& [code, count] : flow.byCode) codes.push_back(fmt::format("{}={}", code, count));
        csv.cell(flow.flowId).cell(flow.flowTitle).cell(flow.programmeId).cell(flow.programmeTitle);
        csv.cell(flow.project).cell(flow.profile).cell(flow.channel);
        csv.cell(flow.learners).cell(flow.ready).cell(flow.notReady).cell(flow.onlyWaits).cell(flow.unknown());
        csv.cell(fmt::format("{}", fmt::join(codes, " "))).cell(noteOf(flow)).time(flow.computedAt).cell(flow.runId);
        csv.endRow();
    }
    return csvPage(request, csv, "readiness.csv", next);
}

/// Facts as cells: a number as it is, what isn't known as an empty cell.
class FactCells {
public:
    FactCells(CsvText& csv, const std::string& facts)
        : csv_(csv), facts_(Poco::JSON::Parser().parse(facts).extract<Poco::JSON::Object::Ptr>()) {}

    FactCells& cell(const char* group, const char* name) { return write(facts_->getObject(group), name); }
    FactCells& ofWork(const char* name) { return write(facts_->getObject("finalWork")->getObject("best"), name); }

private:
    FactCells& write(const Poco::JSON::Object::Ptr& object, const char* name) {
        const bool there = object && object->has(name) && !object->isNull(name);
        csv_.cell(there ? std::string_view(text_ = common::jsonText(object->get(name))) : std::string_view());
        return *this;
    }

    CsvText& csv_;
    Poco::JSON::Object::Ptr facts_;
    std::string text_;
};

void csvRow(CsvText& csv, const store::ReadinessFlow& flow, const store::ReadinessRow& row,
            const std::optional<host::sdk::Learner>& learner) {
    const host::sdk::Learner person = learner.value_or(host::sdk::Learner{});
    std::vector<std::string> reasons, fixes;
    for (const auto& lack : lacksOf(row)) {
        reasons.push_back(lack.reason);
        if (std::find(fixes.begin(), fixes.end(), lack.fix) == fixes.end()) fixes.push_back(lack.fix);
    }
    csv.cell(flow.flowId).cell(row.learnerId).cell(person.externalId).cell(person.untiId);
    csv.cell(person.lastName).cell(person.firstName).cell(person.middleName);
    csv.cell(row.verdict).cell(row.onlyWaits ? "true" : "false").cell(fmt::format("{}", fmt::join(row.codes, " ")));
    csv.cell(fmt::format("{}", fmt::join(reasons, " "))).cell(fmt::format("{}", fmt::join(fixes, " ")));
    FactCells(csv, row.facts)
        .cell("results", "graded")
        .ofWork("raw")
        .ofWork("success")
        .ofWork("files")
        .ofWork("told")
        .cell("reflections", "modules")
        .cell("reflections", "ofModules")
        .cell("reflections", "programme")
        .cell("viewing", "meanPercent")
        .cell("statements", "delivered")
        .cell("statements", "waiting")
        .cell("statements", "refused");
    csv.time(flow.computedAt).endRow();
}

}  // namespace

std::vector<host::sdk::Registration> ReadinessApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    const auto add = [&](const char* path, host::sdk::Operation operation,
                         Response (ReadinessApi::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        options.operation = std::move(operation);
        kept.push_back(router.add(Method::Get, under(path), std::move(options),
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    add("/readiness", docs::listReadinessFlows(), &ReadinessApi::flows);
    add("/readiness/flows/{flow}", docs::listReadinessLearners(), &ReadinessApi::learners);
    add("/readiness/flows/{flow}/learners/{learner}", docs::getReadinessLearner(), &ReadinessApi::learner);
    return kept;
}

store::ReadinessFlow ReadinessApi::require(const Request& request) {
    const auto id = pathId(request, "flow", "flow");
    auto flow = readiness_.flow(request.parameter("org"), id);
    if (!flow)
        throw AppError::notFound(
            fmt::format("Readiness of the flow '{}' was not told yet: no night has covered it. Start one with POST "
                        "…/u2035/runs and "
                        "{{\"only\":\"readiness\"}}.",
                        id));
    return std::move(*flow);
}

Response ReadinessApi::flows(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto flows = readiness_.flows(request.parameter("org"), request.queryValue("project").value_or(""),
                                  page.afterNumber(), page.limit + 1);
    const auto next = page.cut(flows, [](const auto& row) { return row.flowId; });
    if (wantsCsv(request)) return flowsCsv(request, flows, next);
    common::JsonWriter json;
    json.object().key("items").array();
    std::map<host::sdk::RecordId, std::optional<host::sdk::Flow>> records;
    std::set<host::sdk::RecordId> programmes;
    for (const auto& flow : flows)
        if (programmes.insert(flow.programmeId).second)
            for (auto& record : records_.flows(request.parameter("org"), flow.programmeId)) {
                const auto id = record.id;
                records[id] = std::move(record);
            }
    for (const auto& flow : flows) writeFlow(json, flow, records[flow.flowId]);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response ReadinessApi::learners(const Request& request) {
    const auto flow = require(request);
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    store::ReadinessFilter filter;
    filter.flowId = flow.flowId;
    filter.verdict = queryChoice(request, "verdict", {"ready", "not-ready", "unknown"});
    filter.code = request.queryValue("code").value_or("");
    const std::string searched = common::foldName(request.queryValue("q").value_or(""));
    for (const auto word : common::split(searched, ' '))
        if (!word.empty()) filter.words.emplace_back(word);
    if (filter.words.size() > kMaxWords)
        throw AppError::badRequest(fmt::format("The parameter 'q' has more than {} words; use fewer.", kMaxWords));
    auto rows = readiness_.learners(filter, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.learnerId; });
    const auto& organization = request.parameter("org");
    if (wantsCsv(request)) {
        CsvText csv;
        for (const auto* name : {"flow",
                                 "learner",
                                 "externalId",
                                 "untiId",
                                 "lastName",
                                 "firstName",
                                 "middleName",
                                 "verdict",
                                 "onlyWaits",
                                 "codes",
                                 "reasons",
                                 "fixes",
                                 "graded",
                                 "workRaw",
                                 "workSuccess",
                                 "workFiles",
                                 "workTold",
                                 "moduleReflections",
                                 "modules",
                                 "programmeReflection",
                                 "viewingMeanPercent",
                                 "delivered",
                                 "waiting",
                                 "refused",
                                 "computedAt"})
            csv.cell(name);
        csv.endRow();
        for (const auto& row : rows) csvRow(csv, flow, row, records_.learner(organization, row.learnerId));
        return csvPage(request, csv, fmt::format("readiness-{}.csv", flow.flowId), next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) {
        json.object();
        writePerson(json, flow, row, records_.learner(organization, row.learnerId));
        json.key("lacks").array();
        for (const auto& lack : lacksOf(row)) json.raw(lack.json);
        json.end().end();
    }
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response ReadinessApi::learner(const Request& request) {
    const auto flow = require(request);
    const auto id = pathId(request, "learner", "learner");
    const auto row = readiness_.learner(flow.flowId, id);
    if (!row)
        throw AppError::notFound(
            fmt::format("The last night found no learner '{}' in the flow '{}'.", id, flow.flowId));
    common::JsonWriter json;
    json.object();
    writePerson(json, flow, *row, records_.learner(request.parameter("org"), row->learnerId));
    json.member("project", flow.project)
        .member("profile", flow.profile)
        .member("channel", flow.channel)
        .member("note", noteOf(flow))
        .rawMember("rules", row->rules)
        .rawMember("hints", row->hints)
        .end();
    return Response::json(json.take());
}

}  // namespace plugin::api
