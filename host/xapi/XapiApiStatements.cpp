/// What XapiApi shows of single statements: by what became of them, in the order in which they came or the latest
/// first, and their originals.

#include "common/Cursor.h"
#include "common/Json.h"
#include "host/http/Lists.h"
#include "host/records/RecordSchema.h"
#include "host/xapi/StatementList.h"
#include "host/xapi/XapiApi.h"
#include "host/xapi/XapiTexts.h"

#include <fmt/format.h>

namespace host::xapi {
namespace {

using common::JsonWriter;
using sdk::AppError;
using sdk::Request;
using sdk::Response;

/// What a person who may not read what learners sent is told of it: everything but the value, which may be a learner's
/// number. Two reasons repeat one.
Trouble withoutValue(Trouble why) {
    constexpr std::string_view kNoBase = "has no base date for '";
    if (const auto missing = missingRecord(why))
        why.reason = fmt::format("names no record of '{}'", records::spec(missing->kind).name);
    if (why.reason.starts_with(kNoBase)) why.reason = "has no base date for the value";
    return why;
}

}  // namespace

std::optional<State> XapiApi::stateAsked(const Request& request) {
    const auto state = request.queryValue("state");
    if (!state) return std::nullopt;
    const auto known = stateFrom(*state);
    if (!known)
        throw AppError::badRequest(
            "The state is not known: mapped, waiting, unmatched, ignored, rejected, superseded or voided.");
    return known;
}

Response XapiApi::troubles(const Request& request) {
    const auto one = source(request);
    const auto asked = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    std::optional<State> only;
    if (const auto state = request.queryValue("state")) {
        only = stateFrom(*state);
        if (only != State::Waiting && only != State::Rejected)
            throw AppError::badRequest("The state is neither waiting nor rejected.");
    }
    const auto found = troublesOf(p_.database, one.id, only, asked);
    const bool mayReadValues =
        request.principal.serverAdmin || request.principal.may(one.organization, sdk::Role::Methodist);
    http::ListPage page;
    page.columns = {"statementId", "storedAt", "state",       "rule",          "column",           "value",
                    "reason",      "fix",      "missingKind", "missingSource", "missingExternalId"};
    for (const auto& [row, trouble] : found.items) {
        const auto missing = row.state == State::Waiting ? missingRecord(trouble) : std::nullopt;
        const auto why = mayReadValues ? trouble : withoutValue(trouble);
        const auto value = mayReadValues ? std::optional(why.value) : std::nullopt;
        const auto record = missing && mayReadValues ? std::optional(missing->externalId) : std::nullopt;
        JsonWriter json;
        json.object().member("statementId", row.statementId).timeMember("storedAt", row.storedAt);
        json.member("state", toString(row.state)).member("rule", why.rule).member("column", why.place);
        const auto reason = said(request, why.reason), fix = said(request, why.fix);
        json.member("value", value).member("reason", reason).member("fix", fix).key("missing");
        const std::string kind = missing ? std::string(records::spec(missing->kind).name) : "";
        const auto& from = one.referenceSource();
        if (missing)
            json.object().member("kind", kind).member("source", from).member("externalId", record).end();
        else
            json.null();
        page.items.push_back(json.end().take());
        page.rows.push_back({row.statementId, timeText(row.storedAt), toString(row.state), why.rule, why.place,
                             value.value_or(""), reason, fix, kind, missing ? from : "", record.value_or("")});
    }
    page.next = found.next;
    return http::listResponse(request, std::move(page));
}

Response XapiApi::statements(const Request& request) {
    const auto one = p_.sources.active(request.parameter("org"), request.parameter("xapi"));
    const auto asked = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    const auto found =
        listStatements(p_.database, *one,
                       {stateAsked(request), request.queryValue("verb"), request.queryValue("activityType")}, asked);
    http::ListPage page;
    page.columns = {"statementId", "storedAt",     "timestamp", "state",     "rule",
                    "verb",        "activityType", "kind",      "externalId"};
    for (const auto& [row, verb, type, rule] : found.items) {
        const std::string kind =
            row.kind < 0 ? "" : std::string(records::spec(static_cast<records::RecordKind>(row.kind)).name);
        JsonWriter json;
        json.object().member("statementId", row.statementId).timeMember("storedAt", row.storedAt);
        json.timeMember("timestamp", row.madeAt).member("state", toString(row.state)).member("rule", rule);
        json.member("verb", verb).member("activityType", type).member("kind", kind);
        page.items.push_back(json.member("externalId", row.externalId).end().take());
        page.rows.push_back({row.statementId, timeText(row.storedAt), timeText(row.madeAt), toString(row.state), rule,
                             verb, type, kind, row.externalId});
    }
    page.next = found.next;
    return http::listResponse(request, std::move(page));
}

Response XapiApi::statement(const Request& request) {
    const auto one = p_.sources.active(request.parameter("org"), request.parameter("xapi"));
    return Response::json(originalOf(p_.database, *one, request.parameter("statement")));
}

}  // namespace host::xapi
