// SsoApi: joins, and an administrator's word on those that wait.

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/SsoApi.h"
#include "plugin/api/SsoView.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

SsoPerson personOf(host::sdk::Records& records, const store::SsoJoin& join) {
    const auto learner = records.learner(join.organization, join.learnerId);
    if (!learner) return {};
    std::string name = learner->lastName;
    for (const auto* part : {&learner->firstName, &learner->middleName})
        if (!part->empty()) name += (name.empty() ? "" : " ") + *part;
    return {learner->externalId, std::move(name)};
}

SsoActor actorOf(const Request& request) {
    return {request.principal.login, request.clientAddress, request.requestId};
}

}  // namespace

void SsoApi::addJoins(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept) {
    const auto add = [&](Method method, const std::string& path, host::sdk::Operation operation,
                         Response (SsoApi::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        options.least = host::sdk::Role::OrganizationAdmin;
        options.requireIfMatch = method == Method::Post;
        options.maxBody = 4U * 1024;
        options.operation = std::move(operation);
        kept.push_back(router.add(method, under("/sso/joins" + path), std::move(options),
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    add(Method::Get, "",
        {.id = "listSsoJoins",
         .tag = "SSO",
         .summary = "Кто вошёл через Университет 20.35 и что записано · Who signed in, and what became of it",
         .description = "`state=waiting`: an administrator decides. `Accept: text/csv` gives the same list as CSV.",
         .responseSchema = listSchema(kSsoJoinSchema),
         .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kSsoJoinExample),
         .queryParameters = {{"state", "joined, waiting, declined, dismissed or undone"},
                             {"limit", "at most 1000"},
                             {"cursor", "`next` of the page before"}}},
        &SsoApi::joins);
    add(Method::Get, "/summary",
        {.id = "summarizeSsoJoins",
         .tag = "SSO",
         .summary = "Сколько входов в каждом состоянии · How many joins there are of each state",
         .responseSchema = kSsoJoinsSummarySchema,
         .responseExample = kSsoJoinsSummaryExample},
        &SsoApi::joinsSummary);
    add(Method::Get, "/{join}",
        {.id = "getSsoJoin",
         .tag = "SSO",
         .summary = "Один вход · One join",
         .responseSchema = kSsoJoinSchema,
         .responseExample = kSsoJoinExample},
        &SsoApi::join);
    add(Method::Post, "/{join}/decide",
        {.id = "decideSsoJoin",
         .tag = "SSO",
         .summary = "Принять или отклонить · Accept or dismiss one that waits",
         .description = "Accepting replaces the learner's unti_id (and Leader-ID) by the ones University 2035 gave; an "
                        "unti_id of another learner is never given twice.",
         .requestSchema = kSsoDecisionSchema,
         .requestExample = kSsoDecisionExample,
         .responseSchema = kSsoJoinSchema,
         .responseExample = kSsoJoinExample},
        &SsoApi::decide);
    add(Method::Post, "/{join}/undo",
        {.id = "undoSsoJoin",
         .tag = "SSO",
         .summary = "Снять записанное · Take back what a join wrote",
         .requestSchema = R"({"type":"object","properties":{}})",
         .requestExample = "{}",
         .responseSchema = kSsoJoinSchema,
         .responseExample = kSsoJoinExample},
        &SsoApi::undo);
}

Response SsoApi::joins(const Request& request) {
    const auto state = queryChoice(request, "state", {"joined", "waiting", "declined", "dismissed", "undone"});
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto joins = parts_.store.joins(request.parameter("org"), state, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(joins, [](const auto& row) { return row.id; });
    const bool russian = request.language == "ru";
    if (wantsCsv(request)) {
        CsvText csv;
        writeJoinCsvHeader(csv);
        for (const auto& one : joins) writeJoinCsv(csv, one, personOf(parts_.records, one), russian);
        return csvPage(request, csv, "sso-joins.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& one : joins) writeJoin(json, one, personOf(parts_.records, one), russian);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response SsoApi::joinsSummary(const Request& request) {
    auto counts = parts_.store.joinCounts(request.parameter("org"));
    std::int64_t total = 0;
    common::JsonWriter json;
    json.object().key("byState").object();
    for (int i = 0; i < store::kJoinStates; ++i) {
        const auto* state = toString(static_cast<store::JoinState>(i));
        json.member(state, counts[state]);
        total += counts[state];
    }
    json.end().member("total", total).end();
    return Response::json(json.take());
}

store::SsoJoin SsoApi::joinOf(const Request& request) {
    auto found = parts_.store.join(request.parameter("org"), pathId(request, "join", "join"));
    if (!found) throw AppError::notFound("There is no such join here.");
    if (const auto expected = host::sdk::ifMatch(request); expected && *expected != found->revision)
        throw AppError(412, "precondition-failed", "Somebody decided on this join meanwhile; read it again.");
    return *found;
}

Response SsoApi::shownJoin(const Request& request, const store::SsoJoin& join) {
    common::JsonWriter json;
    writeJoin(json, join, personOf(parts_.records, join), request.language == "ru");
    auto response = Response::json(json.take());
    return response.etag(join.revision);
}

Response SsoApi::join(const Request& request) {
    return shownJoin(request, joinOf(request));
}

Response SsoApi::decide(const Request& request) {
    auto found = joinOf(request);
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto decision = in.requiredText("decision", 20);
    if (!decision.empty() && decision != "accept" && decision != "dismiss")
        in.wrong("decision", "is none", "Give \"accept\" or \"dismiss\".");
    in.refuseUnknown();
    in.finish("The decision is not valid");
    return shownJoin(request, decision == "accept" ? parts_.joining.accept(std::move(found), actorOf(request))
                                                   : parts_.joining.dismiss(std::move(found), actorOf(request)));
}

Response SsoApi::undo(const Request& request) {
    return shownJoin(request, parts_.joining.undo(joinOf(request), actorOf(request)));
}

}  // namespace plugin::api
