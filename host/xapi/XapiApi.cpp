#include "host/xapi/XapiApi.h"

#include "common/Json.h"
#include "common/JsonReader.h"
#include "host/http/Lists.h"
#include "host/http/Origins.h"
#include "host/http/RussianTexts.h"
#include "host/records/RecordDraft.h"
#include "host/xapi/XapiApiOptions.h"
#include "host/xapi/XapiTexts.h"

#include <fmt/format.h>

namespace host::xapi {

using common::JsonReader;
using common::JsonWriter;
using sdk::AppError;
using sdk::Method;
using sdk::Request;
using sdk::Response;

namespace {

void checkSourceName(JsonReader& in, const char* field, const std::string& name) {
    try {
        records::requireSource(name);
    } catch (const AppError& error) {
        for (const auto& one : error.errors()) in.wrong(field, one.reason, one.fix);
    }
}

}  // namespace

XapiApi::XapiApi(sdk::Router& router, Parts parts) : p_(std::move(parts)) {
    const std::string all = kXapiSources, one = all + "/{xapi}";
    add(router, Method::Get, "/api/v1/xapi-rules", listXapiRulesOptions(), &XapiApi::listRules);
    add(router, Method::Get, "/api/v1/xapi-rules/{name}", getXapiRulesOptions(), &XapiApi::getRules);
    add(router, Method::Get, all, listXapiSourcesOptions(), &XapiApi::list);
    add(router, Method::Post, all, createXapiSourceOptions(), &XapiApi::create);
    add(router, Method::Get, one, getXapiSourceOptions(), &XapiApi::get);
    add(router, Method::Put, one, putXapiSourceOptions(), &XapiApi::replace);
    add(router, Method::Delete, one, deleteXapiSourceOptions(), &XapiApi::erase);
    add(router, Method::Post, one + "/rotate", rotateXapiSourceOptions(), &XapiApi::rotate);
    add(router, Method::Post, one + "/remap", remapXapiSourceOptions(), &XapiApi::remap);
    add(router, Method::Post, one + "/retry", retryXapiSourceOptions(), &XapiApi::retry);
    add(router, Method::Get, one + "/forms", listXapiFormsOptions(), &XapiApi::forms);
    add(router, Method::Get, one + "/troubles", listXapiTroublesOptions(), &XapiApi::troubles);
    add(router, Method::Get, one + "/statements", listXapiStatementsOptions(), &XapiApi::statements);
    add(router, Method::Get, one + "/statements/{statement}", getXapiStatementOptions(), &XapiApi::statement);
}

void XapiApi::add(sdk::Router& router, Method method, const std::string& path, sdk::RouteOptions options,
                  Handle handle) {
    routes_.push_back(router.add(method, path, std::move(options), [this, handle](const Request& request) {
        try {
            return (this->*handle)(request);
        } catch (const AppError& error) {
            if (!http::asksForRussian(request)) throw;
            throw xapiTexts().error(error);
        }
    }));
}

std::string XapiApi::timeText(sdk::Micros time) {
    const auto quoted = JsonWriter().time(time).take();
    return quoted.substr(1, quoted.size() - 2);
}

XapiSource XapiApi::source(const Request& request) {
    return p_.sources.get(request.parameter("org"), request.parameter("xapi"));
}

std::string XapiApi::text(const XapiSource& source, const sdk::SecretString* secret, const SourceCounts* counts) const {
    JsonWriter json;
    json.object().member("name", source.name).member("title", source.title).member("enabled", source.enabled);
    json.key("origins").array();
    for (const auto& one : source.origins) json.value(one);
    json.end().member("references", source.references).member("ruleSet", source.ruleSet);
    json.rawMember("rules", source.rules.empty() ? "null" : source.rules);
    json.member("endpoint", "/data/xAPI/").member("key", source.key);
    json.member("secret", secret != nullptr ? secret->reveal() : "…" + source.lastFour);
    json.timeMember("previousUntil",
                    p_.clock.now() < source.previousUntil ? std::optional(source.previousUntil) : std::nullopt);
    json.member("remapping", source.remapping).member("revision", source.revision);
    json.timeMember("changedAt", source.changedAt).member("changedBy", source.changedBy);
    if (counts != nullptr) {
        json.key("counts").object();
        for (int i = 0; i < kStates; ++i)
            json.member(toString(static_cast<State>(i)), counts->counts[static_cast<std::size_t>(i)]);
        json.end().timeMember("latestAt", counts->latestAt);
    }
    return json.end().take();
}

void XapiApi::note(const Request& request, const char* action, const std::string& name, std::string details) {
    p_.journal.append({request.parameter("org"), request.principal.login, request.clientAddress, action,
                       "xapi-sources/" + name, std::move(details), request.requestId});
}

Response XapiApi::listRules(const Request& request) {
    http::ListPage page;
    page.columns = {"name", "title"};
    for (const auto& [name, title] : p_.library.titles()) {
        const auto& shown = request.language == "en" ? title.en : title.ru;
        page.items.push_back(JsonWriter().object().member("name", name).member("title", shown).end().take());
        page.rows.push_back({name, shown});
    }
    return http::listResponse(request, std::move(page));
}

Response XapiApi::getRules(const Request& request) {
    auto text = p_.library.named(request.parameter("name"));
    if (!text) throw AppError::notFound("There are no such ready-made rules.");
    return Response::json(std::move(*text));
}

Response XapiApi::list(const Request& request) {
    http::ListPage page;
    page.columns = {"name", "title", "enabled", "key", "references", "ruleSet", "ownRules", "remapping", "changedBy"};
    for (int i = 0; i < kStates; ++i) page.columns.emplace_back(toString(static_cast<State>(i)));
    page.columns.emplace_back("latestAt");
    for (const auto& one : p_.sources.list(request.parameter("org"))) {
        const auto counts = countSource(p_.database, one.id);
        page.items.push_back(text(one, nullptr, &counts));
        auto& row = page.rows.emplace_back();
        row = {one.name,       one.title,   one.enabled ? "true" : "false",       one.key,
               one.references, one.ruleSet, one.rules.empty() ? "false" : "true", one.remapping ? "true" : "false",
               one.changedBy};
        for (const auto count : counts.counts) row.push_back(std::to_string(count));
        row.push_back(counts.latestAt ? timeText(*counts.latestAt) : "");
    }
    return http::listResponse(request, std::move(page));
}

XapiSource XapiApi::readSource(const Request& request, XapiSource before, bool isNew) const {
    const auto body = common::parseJsonObject(request.body);
    JsonReader in(body);
    const auto name = in.text("name", 50);
    if (isNew && !name) in.wrong("name", "is missing", "Give it a name: moodle-xapi.");
    if (!isNew && name && *name != before.name) in.wrong("name", "can't be changed", "Make another source.");
    if (isNew) before.name = name.value_or("");
    if (isNew && name) checkSourceName(in, "name", *name);
    before.title = in.text("title", 200).value_or(before.name);
    before.enabled = in.boolean("enabled").value_or(true);
    before.origins = in.texts("origins", 50).value_or(std::vector<std::string>{});
    for (const auto& origin : before.origins)
        if (const auto wrong = http::originError(origin)) {
            // One sentence there: why, and what to do.
            const auto end = wrong->find("; ");
            in.wrong("origins", wrong->substr(0, end), end == std::string::npos ? "" : wrong->substr(end + 2));
        }
    before.references = in.text("references", 50).value_or("");
    if (!before.references.empty()) checkSourceName(in, "references", before.references);
    before.ruleSet = in.text("ruleSet", 100).value_or("");
    before.rules.clear();
    if (in.has("rules")) {
        in.object("rules");
        before.rules = common::jsonText(body->get("rules"));
    }
    if (before.ruleSet.empty() && before.rules.empty())
        in.wrong("ruleSet", "is missing", "Name ready-made rules (GET /api/v1/xapi-rules), or give rules of your own.");
    for (const char* shown : {"endpoint", "key", "secret", "previousUntil", "remapping", "revision", "changedAt",
                              "changedBy", "counts", "latestAt"})
        in.has(shown);
    in.refuseUnknown();
    in.finish("The xAPI source is not valid");
    return before;
}

Response XapiApi::create(const Request& request) {
    const auto& org = request.parameter("org");
    if (!p_.organizations.find(org)) throw AppError::notFound("There is no such organization.");
    auto wanted = readSource(request, {}, true);
    wanted.organization = org;
    const auto made = p_.sources.create(std::move(wanted), request.principal.login);
    note(request, "xapi-source.created", made.source.name);
    return Response::json(text(made.source, &made.secret), 201)
        .etag(made.source.revision)
        .header("Cache-Control", "no-store")
        .header("Location", fmt::format("/api/v1/organizations/{}/xapi-sources/{}", org, made.source.name));
}

Response XapiApi::get(const Request& request) {
    const auto one = source(request);
    return Response::json(text(one, nullptr)).etag(one.revision);
}

Response XapiApi::replace(const Request& request) {
    const auto before = source(request);
    p_.sources.replace(readSource(request, before, false), sdk::ifMatch(request), request.principal.login);
    const auto after = source(request);
    note(request, "xapi-source.changed", after.name,
         fmt::format(R"({{"enabled":{},"rulesChanged":{}}})", after.enabled, after.remapping));
    if (after.remapping) p_.readAgain(request.principal.login);
    return Response::json(text(after, nullptr)).etag(after.revision);
}

Response XapiApi::erase(const Request& request) {
    const auto gone = source(request);
    p_.sources.erase(gone, sdk::ifMatch(request));
    note(request, "xapi-source.deleted", gone.name);
    return Response::noContent();
}

Response XapiApi::rotate(const Request& request) {
    std::int64_t minutes = 0;
    if (!request.body.empty()) {
        JsonReader in(common::parseJsonObject(request.body));
        minutes = in.integer("keepOldMinutes", 0, 10080).value_or(0);
        in.refuseUnknown();
        in.finish("The request for another secret is not valid");
    }
    const auto one = source(request);
    const auto until = minutes == 0 ? 0 : p_.clock.now() + minutes * 60 * 1'000'000;
    const auto made = p_.sources.rotate(one, until, request.principal.login);
    note(request, "xapi-source.secret-changed", one.name, fmt::format(R"({{"keepOldMinutes":{}}})", minutes));
    return Response::json(text(made.source, &made.secret))
        .etag(made.source.revision)
        .header("Cache-Control", "no-store");
}

Response XapiApi::remap(const Request& request) {
    p_.sources.startRemap(source(request));
    note(request, "xapi-source.remap-requested", request.parameter("xapi"));
    p_.readAgain(request.principal.login);
    return Response::json(text(source(request), nullptr), 202);
}

Response XapiApi::retry(const Request& request) {
    const auto one = source(request);
    note(request, "xapi-source.retry-requested", one.name);
    p_.readAgain(request.principal.login);
    return Response::json(text(one, nullptr), 202);
}

Response XapiApi::forms(const Request& request) {
    const auto one = source(request);
    const auto only = stateAsked(request);
    http::ListPage page;
    page.columns = {"verb", "activityType"};
    for (int i = 0; i < kStates; ++i) page.columns.emplace_back(toString(static_cast<State>(i)));
    page.columns.emplace_back("latestAt");
    for (const auto& form : countForms(p_.database, one.id)) {
        if (only && form.counts[static_cast<std::size_t>(*only)] == 0) continue;
        JsonWriter json;
        json.object().member("verb", form.verb).member("activityType", form.activityType);
        std::vector<std::string> row{form.verb, form.activityType};
        for (int i = 0; i < kStates; ++i) {
            const auto count = form.counts[static_cast<std::size_t>(i)];
            json.member(toString(static_cast<State>(i)), count);
            row.push_back(std::to_string(count));
        }
        page.items.push_back(json.timeMember("latestAt", form.latestAt).end().take());
        row.push_back(timeText(form.latestAt));
        page.rows.push_back(std::move(row));
    }
    return http::listResponse(request, std::move(page));
}

}  // namespace host::xapi
