#include "host/schedule/JobsApi.h"

#include "common/Cursor.h"
#include "common/Json.h"
#include "common/JsonReader.h"
#include "common/Rfc3339.h"
#include "host/http/Lists.h"

#include <fmt/format.h>

namespace host::schedule {
namespace {

using common::JsonWriter;
using sdk::AppError;
using sdk::Request;
using sdk::Response;

#define RUN_PROPERTIES                                                                                                    \
    R"("id":{"type":"string"},"job":{"type":"string"},"trigger":{"enum":["schedule","manual"]},)"                         \
    R"("requestedBy":{"type":"string"},"arguments":{"type":"object"},)"                                                   \
    R"("state":{"enum":["running","succeeded","failed","cancelled","interrupted"]},)"                                     \
    R"("startedAt":{"type":"string","format":"date-time"},"finishedAt":{"type":["string","null"],"format":"date-time"},)" \
    R"("message":{"type":"string"},"counts":{"type":"object","additionalProperties":{"type":"integer"}})"
#define RUN_EXAMPLE                                                                                                   \
    R"({"id":"5b0e6f0a-7a53-4d52-9c8e-0d5f0f6f7a11","job":"u2035.nightly","trigger":"manual","requestedBy":"admin",)" \
    R"("arguments":{},"state":"succeeded","startedAt":"2026-03-01T23:00:00Z","finishedAt":"2026-03-01T23:00:41Z",)"   \
    R"("message":"","counts":{"planned":1204,"sent":1198}})"

constexpr const char* kRunSchema = R"({"type":"object","properties":{)" RUN_PROPERTIES "}}";
constexpr const char* kRunsSchema =
    R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{)" RUN_PROPERTIES
    R"(}}},"next":{"type":["string","null"]}}})";
constexpr const char* kJobsSchema =
    R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{
"name":{"type":"string"},"title":{"type":"string"},"schedule":{"type":"string"},"timeZone":{"type":"string"},
"nextAt":{"type":["string","null"],"format":"date-time"},"latestRun":{"type":["object","null"],"properties":{)" RUN_PROPERTIES
    R"(}}}}},"next":{"type":["string","null"]}}})";
constexpr const char* kJobsExample =
    R"({"items":[{"name":"u2035.nightly","title":"Nightly delivery","schedule":"0 2 * * *","timeZone":"Europe/Moscow",
"nextAt":"2026-03-02T02:00:00+03:00","latestRun":)" RUN_EXAMPLE R"(}],"next":null})";

void writeRun(JsonWriter& json, const Run& run) {
    json.object().member("id", run.id).member("job", run.job).member("trigger", run.trigger);
    json.member("requestedBy", run.requestedBy).rawMember("arguments", run.arguments);
    json.member("state", toString(run.state)).timeMember("startedAt", run.startedAt);
    json.timeMember("finishedAt", run.finishedAt).member("message", run.message).key("counts").object();
    for (const auto& [name, value] : run.counts) json.member(name, value);
    json.end().end();
}

std::string runJson(const Run& run) {
    JsonWriter json;
    writeRun(json, run);
    return json.take();
}

AppError unknownJob(const std::string& name) {
    return AppError::notFound("There is no job '" + name + "'; see GET /api/v1/jobs.");
}

std::string timeText(const std::optional<sdk::Micros>& time) {
    return time ? common::Rfc3339::utc(*time) : "";
}

Response listJobs(JobScheduler& scheduler, const Request& request) {
    http::ListPage list;
    list.columns = {"name", "title", "schedule", "timeZone", "nextAt", "latestRun", "latestState", "latestStartedAt"};
    for (const JobView& job : scheduler.jobs()) {
        const std::string nextAt =
            job.nextAt ? common::Rfc3339::zoned(*job.nextAt, common::TimeZone::require(job.timeZone)) : "";
        JsonWriter json;
        json.object().member("name", job.name).member("title", job.title);
        json.member("schedule", job.expression).member("timeZone", job.timeZone).key("nextAt");
        if (job.nextAt)
            json.value(nextAt);
        else
            json.null();
        json.key("latestRun");
        if (job.latest)
            writeRun(json, *job.latest);
        else
            json.null();
        list.items.push_back(json.end().take());
        list.rows.push_back({job.name, job.title, job.expression, job.timeZone, nextAt,
                             job.latest ? job.latest->id : "", job.latest ? toString(job.latest->state) : "",
                             job.latest ? common::Rfc3339::utc(job.latest->startedAt) : ""});
    }
    return http::listResponse(request, std::move(list));
}

Response listRuns(JobScheduler& scheduler, const Request& request) {
    const std::string& job = request.parameter("job");
    if (!scheduler.job(job)) throw unknownJob(job);
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 2);
    std::optional<RunHistory::Key> after;
    if (!page.after.empty()) after = RunHistory::Key{page.afterNumber(), page.after[1]};
    auto runs = scheduler.runs(job, after, page.limit + 1);
    bool more = runs.size() > page.limit;
    if (more) runs.resize(page.limit);
    http::ListPage list;
    list.columns = {"id", "job", "trigger", "requestedBy", "state", "startedAt", "finishedAt", "message", "counts"};
    for (const Run& run : runs) {
        std::vector<std::string> counts;
        for (const auto& [name, value] : run.counts) counts.push_back(fmt::format("{}={}", name, value));
        list.items.push_back(runJson(run));
        list.rows.push_back({run.id, run.job, run.trigger, run.requestedBy, toString(run.state),
                             common::Rfc3339::utc(run.startedAt), timeText(run.finishedAt), run.message,
                             fmt::format("{}", fmt::join(counts, " "))});
    }
    if (more) list.next = common::Cursor::encode({std::to_string(runs.back().startedAt), runs.back().id});
    return http::listResponse(request, std::move(list));
}

/// The text of "arguments" in the body, "{}" for an empty body.
std::string argumentsOf(const Request& request) {
    if (request.body.empty()) return "{}";
    auto body = common::parseJsonObject(request.body);
    common::JsonReader in(body);
    bool given = in.object("arguments").has_value();
    in.refuseUnknown();
    in.finish("The request to run a job is not valid");
    if (!given) return "{}";
    return common::jsonText(body->get("arguments"));
}

Response startRun(JobScheduler& scheduler, sdk::Journal& journal, const Request& request) {
    const std::string& job = request.parameter("job");
    std::string key = request.header("idempotency-key").value_or("");
    if (key.size() > 200)
        throw AppError::badRequest("The header Idempotency-Key is longer than 200 characters; shorten it.");
    if (!key.empty()) key = request.principal.login + ':' + key;
    std::string id = scheduler.runNow(job, argumentsOf(request), request.principal.login, key);
    sdk::JournalEntry entry;
    entry.actor = request.principal.login;
    entry.clientAddress = request.clientAddress;
    entry.action = "job.run-requested";
    entry.subject = "jobs/" + job + "/runs/" + id;
    entry.requestId = request.requestId;
    journal.append(entry);
    auto run = scheduler.run(job, id);
    if (!run) throw AppError(500, "internal", "The run was started but is not in the history.");
    return Response::json(runJson(*run), 202).header("Location", "/api/v1/jobs/" + job + "/runs/" + id);
}

Response getRun(JobScheduler& scheduler, const Request& request) {
    auto run = scheduler.run(request.parameter("job"), request.parameter("run"));
    if (!run) throw AppError::notFound("The job has no such run; see GET /api/v1/jobs/{job}/runs.");
    return Response::json(runJson(*run));
}

sdk::RouteOptions options(sdk::Operation operation) {
    sdk::RouteOptions route;
    route.access = sdk::Access::ServerAdmin;
    operation.tag = "Jobs";
    route.operation = std::move(operation);
    return route;
}

}  // namespace

std::vector<sdk::Registration> registerJobsApi(sdk::Router& router, JobScheduler& scheduler, sdk::Journal& journal) {
    std::vector<sdk::Registration> all;
    all.push_back(router.add(sdk::Method::Get, "/api/v1/jobs",
                             options({.id = "listJobs",
                                      .tag = {},
                                      .summary = "Scheduled jobs",
                                      .description = "Every job with its schedule, its next time and its latest run.",
                                      .responseSchema = kJobsSchema,
                                      .responseExample = kJobsExample}),
                             [&scheduler](const Request& request) { return listJobs(scheduler, request); }));
    all.push_back(router.add(
        sdk::Method::Get, "/api/v1/jobs/{job}/runs",
        options({.id = "listJobRuns",
                 .tag = {},
                 .summary = "History of a job",
                 .description = "Newest first. Counts of a run in progress are as of now. 'interrupted' means that the "
                                "server ended before the run did.",
                 .responseSchema = kRunsSchema,
                 .responseExample = R"({"items":[)" RUN_EXAMPLE R"(],"next":null})",
                 .queryParameters = {{"limit", "runs in a page, 1 to 1000, 100 when not given"},
                                     {"cursor", "'next' of the page before"}}}),
        [&scheduler](const Request& request) { return listRuns(scheduler, request); }));
    all.push_back(router.add(
        sdk::Method::Post, "/api/v1/jobs/{job}/runs",
        options({.id = "startJobRun",
                 .tag = {},
                 .summary = "Run a job now",
                 .description = "409 'job.running' while it runs. With the header Idempotency-Key a repeated request "
                                "answers with the run that the first one started.",
                 .requestSchema = R"({"type":"object","properties":{"arguments":{"type":"object"}}})",
                 .requestExample = R"({"arguments":{}})",
                 .responseSchema = kRunSchema,
                 .responseExample = RUN_EXAMPLE,
                 .successStatus = 202}),
        [&scheduler, &journal](const Request& request) { return startRun(scheduler, journal, request); }));
    all.push_back(router.add(sdk::Method::Get, "/api/v1/jobs/{job}/runs/{run}",
                             options({.id = "getJobRun",
                                      .tag = {},
                                      .summary = "One run",
                                      .responseSchema = kRunSchema,
                                      .responseExample = RUN_EXAMPLE}),
                             [&scheduler](const Request& request) { return getRun(scheduler, request); }));
    return all;
}

}  // namespace host::schedule
