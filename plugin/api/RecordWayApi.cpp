#include "plugin/api/RecordWayApi.h"

#include "plugin/api/QuarantineDocs.h"
#include "plugin/api/QuarantineView.h"
#include "plugin/api/ReadingView.h"

#include <algorithm>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::RecordId;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;

namespace {

constexpr std::string_view kKinds[] = {"flow",   "block", "module",  "theme",     "element",
                                       "result", "view",  "opening", "reflection"};

void writeOrNull(common::JsonWriter& json, const char* name, const std::string& text) {
    json.key(name);
    text.empty() ? json.null() : json.value(text);
}

void writeUnsendable(common::JsonWriter& json, const std::vector<store::WayUnsendable>& rows) {
    json.key("unsendable").array();
    for (const auto& row : rows)
        json.object()
            .member("run", std::to_string(row.runId))
            .member("origin", row.origin)
            .member("project", row.project)
            .member("revision", row.why.record.revision)
            .member("kind", row.why.kind)
            .member("code", row.why.code)
            .member("field", row.why.field)
            .member("reason", row.why.reason)
            .member("fix", row.why.fix)
            .end();
    json.end();
}

void writeReflection(common::JsonWriter& json, const std::optional<store::ReflectionRow>& row) {
    json.key("reflection");
    if (!row) {
        json.null();
        return;
    }
    json.object().member("verdict", row->verdict).member("revision", row->revision).key("checks").array();
    for (const auto& code : row->codes) json.value(code);
    json.end();
    const auto judgement = row->judgement.value_or(store::ReflectionJudgement{});
    writeOrNull(json, "decision", judgement.decision);
    writeOrNull(json, "comment", judgement.comment);
    json.end();
}

void writeWord(common::JsonWriter& json, const char* name, const std::string& what, const std::string& comment,
               const std::string& by, std::int64_t at) {
    json.object().member(name, what).member("comment", comment).member("by", by).key("at").time(at).end();
}

void writePosts(common::JsonWriter& json, const std::vector<store::WayAttempt>& attempts) {
    json.key("posts").array();
    for (const auto& one : attempts) {
        json.object()
            .member("batch", std::to_string(one.batch.id))
            .member("run", std::to_string(one.batch.runId))
            .key("place");
        one.place == 0 ? json.null() : json.value(one.place);
        json.member("statements", one.batch.statements)
            .timeMember("startedAt", one.batch.startedAt)
            .timeMember("answeredAt", one.batch.answeredAt)
            .member("outcome", one.batch.outcome)
            .member("status", one.batch.status)
            .member("message", one.batch.message)
            .member("errorId", one.batch.errorId)
            .end();
    }
    json.end();
}

void writeStatement(common::JsonWriter& json, const store::WayStatement& one,
                    const std::optional<store::Reading>& reading) {
    const auto& row = one.row;
    json.object()
        .member("id", std::to_string(row.seq))
        .member("statementId", row.statementId)
        .member("store", row.target.storeId)
        .member("project", row.target.project)
        .member("kind", row.kind)
        .member("state", row.state)
        .member("revision", row.record.revision)
        .member("flow", std::to_string(row.flowId));
    writeOrNull(json, "cancels", one.cancels);
    writeOrNull(json, "dependsOn", row.dependsOn);
    json.member("profileVersion", one.profileVersion)
        .member("plannedInRun", std::to_string(row.runId))
        .timeMember("createdAt", row.createdAt)
        .timeMember("timestamp", one.timestamp)
        .member("size", row.size)
        .timeMember("answeredAt", row.answeredAt)
        .key("refusal");
    if (one.refusal)
        json.object()
            .timeMember("at", one.refusal->refusedAt)
            .member("status", one.refusal->status)
            .member("conflict", one.refusal->conflict)
            .member("reason", one.refusal->reason)
            .member("errorId", one.refusal->errorId)
            .end();
    else
        json.null();
    json.key("word");
    if (one.word)
        writeWord(json, "word", one.word->word, one.word->comment, one.word->by, one.word->at);
    else
        json.null();
    json.member("superseded", one.superseded).key("correction");
    if (one.correction)
        writeWord(json, "decision", one.correction->decision, one.correction->comment, one.correction->by,
                  one.correction->at);
    else
        json.null();
    json.key("decisions").array();
    for (const auto& decision : one.decisions) writeDecision(json, decision);
    json.end();
    writePosts(json, one.attempts);
    json.key("files").array();
    for (const auto run : one.files) json.value(std::to_string(run));
    json.end();
    writeReading(json, reading);
    json.end();
}

/// What the last plan said of the record as it stands now.
const char* outcomeOf(const store::RecordWay& way, const std::optional<SourceRecord>& source) {
    std::int64_t newest = 0;
    for (const auto& one : way.statements)
        if (one.cancels.empty() && one.row.state != "withdrawn") newest = std::max(newest, one.row.record.revision);
    const auto now = source ? source->head.revision : newest;
    const auto named = [&](const store::WayUnsendable& row) {
        return row.origin == "statements" && row.why.record.revision == now;
    };
    if (std::any_of(way.unsendable.begin(), way.unsendable.end(), named)) return "unsendable";
    if (newest == 0) return "none";
    return newest < now ? "corrected" : "planned";
}

}  // namespace

std::vector<host::sdk::Registration> RecordWayApi::addTo(host::sdk::Router& router) {
    host::sdk::RouteOptions options;
    options.least = Role::Methodist;
    options.operation = docs::getRecordWay();
    std::vector<host::sdk::Registration> kept;
    kept.push_back(router.add(Method::Get, under("/records/{kind}/{record}/way"), options,
                              [this](const Request& request) { return way(request); }));
    return kept;
}

Response RecordWayApi::way(const Request& request) {
    const auto& organization = request.parameter("org");
    const auto& kind = request.parameter("kind");
    const auto id = pathId(request, "record", "record");
    if (std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds))
        throw AppError::notFound("There is no such kind of record here.");
    auto flow = queryId(request, "flow");
    if (flow == 0 && kind == "flow") flow = id;
    const auto found = ways_.find(organization, kind, id, flow);
    const auto learnersOwn = [&](RecordId owner) { return owner != 0 && flow == 0; };
    // A learner's record is in one flow, so what was planned last says which.
    if (flow == 0)
        for (const auto& one : found.unsendable) flow = learnersOwn(one.why.learnerId) ? one.why.flowId : flow;
    if (flow == 0)
        for (auto one = found.statements.rbegin(); one != found.statements.rend(); ++one)
            if (learnersOwn(one->row.learnerId)) flow = one->row.flowId;
    SourceRecords sources(records_, organization);
    const auto source = flow == 0 ? std::nullopt : sources.find(kind, id, flow);
    if (!source && found.statements.empty() && found.unsendable.empty())
        throw AppError::notFound("There is no such record here, or not in that flow; name its flow as `flow`.");

    RecordId learner = source ? source->learnerId : 0;
    std::string project = source ? source->project : std::string();
    for (const auto& one : found.unsendable) {
        if (learner == 0) learner = one.why.learnerId;
        if (project.empty()) project = one.project;
    }
    for (const auto& one : found.statements) {
        if (learner == 0) learner = one.row.learnerId;
        if (project.empty()) project = one.row.target.project;
    }
    if (project.empty() && flow != 0)
        if (const auto structure = records_.structure(organization, flow)) project = structure->programme.project;

    common::JsonWriter json;
    json.object().key("record").object().member("kind", kind).member("id", std::to_string(id)).end().key("flow");
    flow == 0 ? json.null() : json.value(std::to_string(flow));
    json.key("source");
    source ? json.raw(source->json) : json.null();
    json.key("check").object().member("outcome", outcomeOf(found, source));
    writeUnsendable(json, found.unsendable);
    std::string leftOut;
    if (learner != 0 && !project.empty()) {
        const auto scope = integrations_.scope(organization, project);
        if (const auto why = scope.leftOutLearners.find(learner); why != scope.leftOutLearners.end())
            leftOut = why->second;
    }
    writeOrNull(json, "leftOut", leftOut);
    writeReflection(json, kind == "reflection" ? reflections_.find(organization, id) : std::nullopt);
    json.end().key("statements").array();
    for (const auto& one : found.statements) writeStatement(json, one, readings_.find(one.row.seq));
    json.end().end();
    return Response::json(json.take());
}

}  // namespace plugin::api
