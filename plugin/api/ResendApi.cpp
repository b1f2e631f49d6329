#include "plugin/api/ResendApi.h"

#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/ResendDocs.h"
#include "plugin/delivery/ContourGuard.h"
#include "plugin/delivery/NightArguments.h"

#include <fmt/format.h>

namespace plugin::api {

using delivery::ResendCounts;
using delivery::ResendPlan;
using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;

namespace {

/// A person waits for the counts; what isn't planned by then is told as not looked at.
constexpr std::chrono::seconds kPlanning{8};
constexpr std::size_t kLearners = 1'000;

void write(common::JsonWriter& json, const ResendCounts& counts) {
    json.member("testOnly", counts.testOnly).member("canGo", counts.canGo).key("cannot").object();
    for (const auto& [code, records] : counts.cannot) json.member(code, records);
    json.end().member("notPlanned", counts.notPlanned);
}

delivery::NightArguments argumentsOf(const std::string& project) {
    delivery::NightArguments arguments;
    arguments.tables = false;
    arguments.resend = project;
    return arguments;
}

/// `run`: path of the run that was started, if any.
std::string asJson(const std::string& project, const ResendPlan& plan, std::int64_t packages, const std::string& run) {
    common::JsonWriter json;
    json.object().member("project", project).member("dryRun", run.empty()).member("expected", plan.total);
    json.member("complete", plan.complete).key("total").object();
    ResendCounts total;
    for (const auto& [kind, counts] : plan.byKind) total.add(counts);
    write(json, total);
    json.end().key("byKind").array();
    for (const auto& [kind, counts] : plan.byKind) {
        json.object().member("kind", kind);
        write(json, counts);
        json.end();
    }
    json.end().key("byFlow").array();
    for (const auto& [flow, counts] : plan.byFlow) {
        json.object().member("flow", std::to_string(flow));
        write(json, counts);
        json.end();
    }
    json.end().key("byLearner").array();
    std::size_t shown = 0;
    for (const auto& [learner, records] : plan.byLearner) {
        if (++shown > kLearners) break;
        json.object().key("learner");
        learner == 0 ? json.null() : json.value(std::to_string(learner));
        json.member("testOnly", records).end();
    }
    const auto all = plan.byLearner.size();
    json.end().member("learnersLeftOut", all > kLearners ? all - kLearners : 0).member("fullPackages", packages);
    json.memberIfSet("run", run).end();
    return json.take();
}

std::string pathOf(const std::string& organization, std::int64_t run) {
    return fmt::format("/api/v1/organizations/{}/u2035/runs/{}", organization, run);
}

}  // namespace

std::vector<host::sdk::Registration> ResendApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions options;
    options.least = Role::OrganizationAdmin;
    options.maxBody = 16 * 1024;
    options.operation = docs::resend();
    kept.push_back(router.add(Method::Post, under("/resend"), options,
                              [this](const Request& request) { return resend(request); }));
    return kept;
}

void ResendApi::requireProduction(const std::string& organization, const std::string& project) const {
    for (const auto& destination : parts_.integrations.active(organization)) {
        if (destination.project != project) continue;
        const auto problem = delivery::contourProblem(destination, parts_.organizations, parts_.profiles);
        if (!problem.empty()) throw AppError::conflict("resend.test-contour", problem);
        return;
    }
    throw AppError::conflict("resend.no-production",
                             fmt::format("Интеграция проекта '{}' с промышленным контуром не завершена, отправлять "
                                         "некуда; завершите её настройку и повторите.",
                                         project));
}

std::optional<store::RunRow> ResendApi::earlierRun(const std::string& organization, const std::string& key,
                                                   const std::string& arguments) {
    if (key.size() > 200) throw AppError::badRequest("The Idempotency-Key is longer than 200 characters; shorten it.");
    auto run = key.empty() ? std::nullopt : runs_.findByKey(organization, key);
    if (run && run->arguments != arguments)
        throw AppError(422, "idempotency-key.reused",
                       "This Idempotency-Key started another run; use a new key for what is asked now.");
    return run;
}

Response ResendApi::resend(const Request& request) {
    const auto& organization = request.parameter("org");
    common::JsonReader in(common::parseJsonObject(request.body.empty() ? "{}" : request.body));
    const auto project = in.requiredText("project", 200);
    const bool dryRun = in.boolean("dryRun").value_or(false);
    const auto expected = in.integer("expected", 0);
    if (dryRun == expected.has_value() && in.errors().empty())
        in.wrong("expected", dryRun ? "a dry run confirms nothing" : "it is missing",
                 dryRun ? "Leave it out, or 'dryRun'." : "Ask with 'dryRun': true first and send its 'expected' back.");
    in.refuseUnknown();
    in.finish("Nothing can be sent again as asked");
    const auto open = parts_.organizations.find(organization);
    if (!open || std::find(open->projects.begin(), open->projects.end(), project) == open->projects.end())
        throw AppError::notFound("There is no such project open to the organization.");

    const auto key = dryRun ? std::string() : request.header("idempotency-key").value_or("");
    const auto known = earlierRun(organization, key, argumentsOf(project).toRequest());
    if (!known) requireProduction(organization, project);
    const auto plan = delivery::planResend(parts_, organization, project, kPlanning);
    const auto packages = store::TestOnlyStore(parts_.database).packageStatements(organization, project);
    if (dryRun) return Response::json(asJson(project, plan, packages, ""));
    if (!known && *expected != plan.total)
        throw AppError::conflict("resend.counts-changed",
                                 fmt::format("Подтверждено {}, а только в тестовый контур сейчас ушло {}: посмотрите "
                                             "на новые числа и подтвердите их.",
                                             *expected, plan.total))
            .withCurrent(asJson(project, plan, packages, ""));
    if (!known && plan.total == 0)
        throw AppError::conflict("resend.nothing", "Нет ничего, что ушло только в тестовый контур.");
    const auto run = known ? known->id : start(request, project, plan.total, key);
    auto response = Response::json(asJson(project, plan, packages, pathOf(organization, run)), 202);
    response.header("Location", pathOf(organization, run));
    return response;
}

std::int64_t ResendApi::start(const Request& request, const std::string& project, std::int64_t records,
                              const std::string& key) {
    const auto& organization = request.parameter("org");
    auto arguments = argumentsOf(project);
    try {
        arguments.runId = runs_.queue(organization, "manual", request.principal.login, arguments.toRequest(), key);
    } catch (const AppError& error) {
        // The same request twice at a time: the other one was quicker.
        if (key.empty() || error.code() != "db.unique") throw;
        const auto run = earlierRun(organization, key, arguments.toRequest());
        if (!run) throw;
        return run->id;
    }
    arguments.organization = organization;
    try {
        runsApi_.begin(arguments, request.principal.login);
    } catch (const AppError&) {
        runs_.dropQueued(arguments.runId);
        throw;
    }
    journal_.append({.organization = organization,
                     .actor = request.principal.login,
                     .clientAddress = request.clientAddress,
                     .action = "resend.started",
                     .subject = "runs/" + std::to_string(arguments.runId),
                     .details = fmt::format(R"({{"project":{},"records":{}}})", common::jsonString(project), records),
                     .requestId = request.requestId});
    return arguments.runId;
}

}  // namespace plugin::api
