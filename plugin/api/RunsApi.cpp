#include "plugin/api/RunsApi.h"

#include "common/Cursor.h"
#include "plugin/api/Lists.h"
#include "plugin/api/RussianTexts.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

namespace plugin::api {

using host::sdk::Access;
using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;

namespace {

const char* const kRunSchema =
    R"({"type":"object","required":["id","state","step","trigger","requestedBy","arguments","createdAt","counts","message"],)"
    R"("properties":{"id":{"type":"string"},)"
    R"("state":{"enum":["queued","running","done","incomplete","failed","stopped","interrupted"]},)"
    R"("step":{"type":"string","description":"what it is at: files, plan, send, confirm, tables or readiness; empty when it is at none"},)"
    R"("trigger":{"enum":["schedule","manual","follow-up"]},"requestedBy":{"type":"string"},)"
    R"("hostRun":{"type":"string","description":"id in the history of the job u2035.nightly"},)"
    R"("arguments":{"type":"object"},"createdAt":{"type":"string","format":"date-time"},)"
    R"("startedAt":{"type":["string","null"],"format":"date-time"},)"
    R"("finishedAt":{"type":["string","null"],"format":"date-time"},)"
    R"("counts":{"type":"object","description":"confirmedOfSent: of `delivered`, how many were read back and found as )"
    R"(they were sent; which of them are read back is the server's choice","additionalProperties":{"type":"integer"}},)"
    R"("projects":{"type":"array","description":"the same counts by project, of a run that has ended","items":{)"
    R"("type":"object","required":["project","counts"],"properties":{"project":{"type":"string"},)"
    R"("counts":{"type":"object","additionalProperties":{"type":"integer"}}}}},"message":{"type":"string","description":"why not everything went; in Russian by Accept-Language"},)"
    R"("export":{"type":"string","description":"path of its tables, when it wrote any"},)"
    R"("progress":{"type":["object","null"],"description":"while it runs: of the step it is at, and of one project after )"
    R"(another; null when the step has no measure","required":["done","total","remainingSeconds"],"properties":{)"
    R"("done":{"type":"integer"},"total":{"type":"integer"},"remainingSeconds":{"type":["integer","null"]}}}}})";
const char* const kRunExample =
    R"({"id":"12","state":"done","step":"","trigger":"manual","requestedBy":"anna","arguments":{},)"
    R"("createdAt":"2026-01-12T10:30:00Z","startedAt":"2026-01-12T10:30:00Z","finishedAt":"2026-01-12T10:30:09Z",)"
    R"("counts":{"planned":1204,"queued":1204,"delivered":1204,"refused":0,"waiting":0,"unsendable":3,)"
    R"("unsendable.no-unti-id":3,"tableRows":980},"message":"","export":"/api/v1/organizations/demo/u2035/exports/12"})";

std::string pathOf(const Request& request, std::int64_t id) {
    return fmt::format("/api/v1/organizations/{}/u2035/runs/{}", request.parameter("org"), id);
}

void writeProgress(common::JsonWriter& json, const store::RunRow& run) {
    json.key("progress");
    if (!run.measure) {
        json.null();
        return;
    }
    json.object().member("done", run.measure->done).member("total", run.measure->total);
    json.member("remainingSeconds", run.measure->remainingSeconds).end();
}

void write(common::JsonWriter& json, const std::string& organization, const store::RunRow& run, bool russian) {
    json.object()
        .member("id", std::to_string(run.id))
        .member("state", run.state)
        .member("step", run.step)
        .member("trigger", run.startedBy)
        .member("requestedBy", run.requestedBy)
        .memberIfSet("hostRun", run.hostRun)
        .rawMember("arguments", run.arguments)
        .timeMember("createdAt", run.createdAt)
        .timeMember("startedAt", run.startedAt)
        .timeMember("finishedAt", run.finishedAt)
        .key("counts")
        .object();
    for (const auto& [name, value] : run.counts) json.member(name, value);
    json.end();
    if (!run.projects.empty()) {
        json.key("projects").array();
        for (const auto& [project, counts] : run.projects) {
            json.object().member("project", project).key("counts").object();
            for (const auto& [name, value] : counts) json.member(name, value);
            json.end().end();
        }
        json.end();
    }
    json.member("message", runMessage(run.message, russian));
    if (run.counts.count("tableFiles") != 0 || run.counts.count("xapiFiles") != 0)
        json.member("export", fmt::format("/api/v1/organizations/{}/u2035/exports/{}", organization, run.id));
    if (run.state == "running") writeProgress(json, run);
    json.end();
}

Response csvOf(const Request& request, const std::vector<store::RunRow>& rows, const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name :
         {"id", "state", "trigger", "requestedBy", "createdAt", "startedAt", "finishedAt", "message", "counts"})
        csv.cell(name);
    csv.endRow();
    for (const auto& run : rows) {
        std::vector<std::string> counts;
        for (const auto& [name, value] : run.counts) counts.push_back(fmt::format("{}={}", name, value));
        csv.cell(run.id).cell(run.state).cell(run.startedBy).cell(run.requestedBy);
        csv.time(run.createdAt).time(run.startedAt).time(run.finishedAt);
        csv.cell(runMessage(run.message, asksForRussian(request)))
            .cell(fmt::format("{}", fmt::join(counts, " ")))
            .endRow();
    }
    return csvPage(request, csv, "runs.csv", next);
}

}  // namespace

std::vector<host::sdk::Registration> RunsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions start;
    start.least = Role::OrganizationAdmin;
    start.serverAdminToo = true;
    start.maxBody = 16 * 1024;
    start.operation = {
        .id = "startRun",
        .tag = "Nights",
        .summary = "Run a night now",
        .description =
            "Plans, sends and writes the tables of this organization, as the nightly job does; while that runs for "
            "others it takes this run in. "
            "`dryRun` plans and counts only, of one `learner`, `kind` or `project` when asked; `only` is "
            "`tables`, `statements`, `xapi-files` or `readiness` (judges the learners anew and does nothing "
            "else); `flow` narrows to one flow; `contour: test` "
            "writes tables with test ids and sends nothing. `xapi-files` sends nothing and writes the "
            "statements as files: `select` what is due (the default), all or accepted, "
            "`fileStatements` and `fileBytes` limit one file. `maxRows`, `maxBytes` and `archiveBytes` split the "
            "tables and "
            "their archives where the account could not take them; without them the server's or the profile's limits "
            "hold.",
        .requestSchema = R"({"type":"object","properties":{"dryRun":{"type":"boolean"},)"
                         R"("only":{"type":"string","enum":["tables","statements","xapi-files","readiness"]},)"
                         R"("select":{"type":"string","enum":["due","all","accepted"]},)"
                         R"("fileStatements":{"type":"integer","minimum":1,"maximum":1000000},)"
                         R"("fileBytes":{"type":"integer","minimum":1024,"maximum":4294967296},)"
                         R"("learner":{"type":"integer","minimum":1},)"
                         R"("kind":{"type":"string"},"project":{"type":"string"},)"
                         R"("flow":{"type":"integer","minimum":1},)"
                         R"("contour":{"type":"string","enum":["production","test"]},)"
                         R"("maxRows":{"type":"integer","minimum":1},)"
                         R"("maxBytes":{"type":"integer","minimum":65536},)"
                         R"("archiveBytes":{"type":"integer","minimum":65536}},)"
                         R"("additionalProperties":false})",
        .requestExample = R"({"only":"tables"})",
        .responseSchema = kRunSchema,
        .responseExample = kRunExample,
        .successStatus = 202};
    kept.push_back(router.add(Method::Post, under("/runs"), start,
                              [this](const Request& request) { return this->start(request); }));
    host::sdk::RouteOptions list;
    list.serverAdminToo = true;
    list.operation = {.id = "listRuns",
                      .tag = "Nights",
                      .summary = "Nights of the organization with their counts, newest first",
                      .description = "`Accept: text/csv` gives the same list as CSV.",
                      .responseSchema = listSchema(kRunSchema),
                      .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kRunExample),
                      .queryParameters = {{"limit", "at most 1000"}, {"cursor", "`next` of the page before"}}};
    kept.push_back(
        router.add(Method::Get, under("/runs"), list, [this](const Request& request) { return this->list(request); }));
    host::sdk::RouteOptions one;
    one.serverAdminToo = true;
    one.operation = {.id = "getRun",
                     .tag = "Nights",
                     .summary = "One night",
                     .responseSchema = kRunSchema,
                     .responseExample = kRunExample};
    kept.push_back(router.add(Method::Get, under("/runs/{run}"), one,
                              [this](const Request& request) { return this->one(request); }));
    host::sdk::RouteOptions events;
    events.serverAdminToo = true;
    events.operation = {.id = "followRun",
                        .tag = "Nights",
                        .summary = "One night as it goes on, as Server-Sent Events",
                        .description = kStreamDescription,
                        .responseContentType = "text/event-stream"};
    kept.push_back(router.add(Method::Get, under("/runs/{run}/events"), events,
                              [this](const Request& request) { return this->events(request); }));
    return kept;
}

Response RunsApi::start(const Request& request) {
    const auto& organization = request.parameter("org");
    auto arguments = delivery::NightArguments::fromRequest(request.body);
    const auto key = request.header("idempotency-key").value_or("");
    if (key.size() > 200) throw AppError::badRequest("The Idempotency-Key is longer than 200 characters; shorten it.");
    auto run = key.empty() ? std::nullopt : runs_.findByKey(organization, key);
    bool fresh = false;
    if (!run) {
        try {
            arguments.runId = runs_.queue(organization, "manual", request.principal.login, arguments.toRequest(), key);
            fresh = true;
        } catch (const AppError& error) {
            // The same request twice at a time: the other one was quicker.
            if (key.empty() || error.code() != "db.unique") throw;
            run = runs_.findByKey(organization, key);
            if (!run) throw;
        }
    }
    if (run && run->arguments != arguments.toRequest())
        throw AppError(422, "idempotency-key.reused",
                       "This Idempotency-Key started another run; use a new key for what is asked now.");
    if (fresh) {
        arguments.organization = organization;
        try {
            begin(arguments, request.principal.login);
        } catch (const AppError&) {
            runs_.dropQueued(arguments.runId);
            throw;
        }
        journal_.append({.organization = organization,
                         .actor = request.principal.login,
                         .clientAddress = request.clientAddress,
                         .action = "run.started",
                         .subject = "runs/" + std::to_string(arguments.runId),
                         .details = arguments.toRequest(),
                         .requestId = request.requestId});
        run = runs_.find(organization, arguments.runId);
        if (!run) throw AppError(500, "internal", "The run was started but its row is gone; look at the list of runs.");
    }
    common::JsonWriter json;
    write(json, request.parameter("org"), *run, asksForRussian(request));
    auto response = Response::json(json.take(), 202);
    response.header("Location", pathOf(request, run->id));
    return response;
}

/// The job runs once at a time; while it does, it takes the run in beside the others.
void RunsApi::begin(const delivery::NightArguments& arguments, const std::string& requestedBy) {
    const auto waiting = runs_.list(arguments.organization, 0, 2);
    for (const auto& run : waiting)
        if (run.state == "queued" && run.id != arguments.runId)
            throw AppError::conflict("run.queued",
                                     fmt::format("Run {} of this organization waits for its turn already; "
                                                 "wait until it has ended.",
                                                 run.id));
    // Between the last of its work and the end of the job on record there is a moment in which neither takes a run.
    constexpr int kTries = 50;
    for (int i = 1;; ++i) {
        try {
            scheduler_.runNow(kNightlyJob, arguments.toJobArguments(), requestedBy);
            return;
        } catch (const AppError& error) {
            if (error.code() != "job.running") throw;
            if (hand_(arguments, requestedBy)) return;
            if (i == kTries) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

Response RunsApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto rows = runs_.list(request.parameter("org"), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.id; });
    if (wantsCsv(request)) return csvOf(request, rows, next);
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) write(json, request.parameter("org"), row, asksForRussian(request));
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response RunsApi::one(const Request& request) {
    auto run = runs_.find(request.parameter("org"), pathId(request, "run", "run"));
    if (!run) throw AppError::notFound("There is no such run here.");
    common::JsonWriter json;
    write(json, request.parameter("org"), *run, asksForRussian(request));
    return Response::json(json.take());
}

Response RunsApi::events(const Request& request) {
    const auto id = pathId(request, "run", "run");
    return streams_.answer(
        request, topicOf(id),
        [this, id, organization = request.parameter("org"), russian = asksForRussian(request)]() -> StreamedState {
            const auto run = runs_.find(organization, id);
            if (!run) throw AppError::notFound("There is no such run here.");
            common::JsonWriter json;
            write(json, organization, *run, russian);
            return {json.take(), run->state != "queued" && run->state != "running"};
        });
}

}  // namespace plugin::api
