#include "host/base/JournalApi.h"

#include "common/Cursor.h"
#include "common/Json.h"
#include "common/Rfc3339.h"
#include "host/base/JournalTexts.h"
#include "host/http/Lists.h"

namespace host::base {
namespace {

using sdk::Request;
using sdk::Response;

constexpr const char* kSchema = R"({"type":"object","required":["items","next"],"properties":{
"items":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"at":{"type":"string","format":"date-time"},
"organization":{"type":"string"},"actor":{"type":"string"},"clientAddress":{"type":"string"},"action":{"type":"string"},
"actionText":{"type":"string","description":"the action in words, in the language of Accept-Language; absent: nobody said it"},
"subject":{"type":"string"},"details":{"type":"object"},"requestId":{"type":"string"}}}},
"next":{"type":["string","null"]}}})";

constexpr const char* kExample =
    R"({"items":[{"id":"42","at":"2026-03-01T09:30:00Z","organization":"demo","actor":"admin",
"clientAddress":"127.0.0.1","action":"integration.check-started",
"actionText":"Начата проверка соединения","subject":"integrations/bas","details":{},
"requestId":"4f0c7a52-3a53-4a6f-9a0e-6f3a8c6f2b11"}],"next":null})";

constexpr const char* kProofSchema =
    R"({"type":"object","required":["whole","rows","head","problemCount","problems"],"properties":{
"whole":{"type":"boolean"},"rows":{"type":"integer","description":"rows looked at"},
"head":{"type":"object","required":["row","hash"],"properties":{"row":{"type":"string"},"hash":{"type":"string"}}},
"problemCount":{"type":"integer"},
"problems":{"type":"array","description":"the first hundred","items":{"type":"object","required":["row","kind","detail"],"properties":{
"row":{"type":"string"},"kind":{"type":"string","enum":["changed","removed","inserted"]},"detail":{"type":"string"}}}}}})";

constexpr const char* kProofExample =
    R"({"whole":false,"rows":41,"head":{"row":"42","hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
"problemCount":1,"problems":[{"row":"17","kind":"removed","detail":"is missing"}]})";

std::optional<JournalAnchor> anchorOf(const Request& request) {
    const auto row = request.queryValue("row");
    const auto hash = request.queryValue("hash");
    if (!row && !hash) return std::nullopt;
    const bool number =
        row && !row->empty() && row->size() <= 18 && row->find_first_not_of("0123456789") == std::string::npos;
    const bool hex = hash && hash->size() == 64 && hash->find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!number || !hex)
        throw sdk::AppError::badRequest(
            "The query parameters 'row' and 'hash' go together: the number of a row and the 64 hex digits that were "
            "noted for it.");
    return JournalAnchor{std::stoll(*row), *hash};
}

std::optional<sdk::Micros> timeParameter(const Request& request, const char* name) {
    auto text = request.queryValue(name);
    if (!text) return std::nullopt;
    auto micros = common::Rfc3339::parse(*text);
    if (!micros)
        throw sdk::AppError::badRequest(std::string("The query parameter '") + name +
                                        "' is not an RFC 3339 time, such as 2026-03-01T09:30:00Z.");
    return micros;
}

Response list(JournalStore& journal, const Request& request, std::optional<std::string> organization) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    JournalFilter filter;
    filter.organization = std::move(organization);
    filter.action = request.queryValue("action").value_or("");
    filter.actor = request.queryValue("actor").value_or("");
    filter.subject = request.queryValue("subject").value_or("");
    filter.from = timeParameter(request, "from");
    filter.to = timeParameter(request, "to");
    std::optional<std::int64_t> before;
    if (!page.after.empty()) before = page.afterNumber();
    auto rows = journal.list(filter, before, page.limit + 1);
    bool more = rows.size() > page.limit;
    if (more) rows.resize(page.limit);

    http::ListPage list;
    list.columns = {"id",     "at",      "organization", "actor",     "clientAddress",
                    "action", "subject", "details",      "requestId", "actionText"};
    const bool russian = request.language != "en";
    for (const JournalRow& row : rows) {
        const auto& entry = row.entry;
        const auto words = wordsOf(entry, russian);
        common::JsonWriter json;
        json.object().member("id", std::to_string(row.id)).timeMember("at", row.at);
        json.member("organization", row.entry.organization).member("actor", row.entry.actor);
        json.member("clientAddress", row.entry.clientAddress).member("action", row.entry.action);
        json.memberIfSet("actionText", words.text);
        json.member("subject", row.entry.subject);
        json.rawMember("details", words.details).member("requestId", row.entry.requestId).end();
        list.items.push_back(json.take());
        list.rows.push_back({std::to_string(row.id), common::Rfc3339::utc(row.at), entry.organization, entry.actor,
                             entry.clientAddress, entry.action, entry.subject, words.details, entry.requestId,
                             words.text});
    }
    if (more) list.next = common::Cursor::encode(rows.back().id);
    return http::listResponse(request, std::move(list));
}

sdk::RouteOptions options(sdk::Access access, const char* id, const char* summary) {
    sdk::RouteOptions route;
    route.access = access;
    route.least = sdk::Role::OrganizationAdmin;
    route.serverAdminToo = true;
    route.operation.id = id;
    route.operation.tag = "Journal";
    route.operation.summary = summary;
    route.operation.description =
        "Newest first. The journal is only ever added to and holds no secret. Accept: text/csv gives the same "
        "as CSV.";
    route.operation.responseSchema = kSchema;
    route.operation.responseExample = kExample;
    route.operation.queryParameters = {{"limit", "rows in a page, 1 to 1000, 100 when not given"},
                                       {"cursor", "'next' of the page before"},
                                       {"action", "exact, or a prefix with its dot: integration."},
                                       {"actor", "login, token:NAME or job:NAME"},
                                       {"subject", "exact, as in integrations/bas"},
                                       {"from", "RFC 3339, from this time on"},
                                       {"to", "RFC 3339, before this time"}};
    return route;
}

sdk::RouteOptions verifyOptions() {
    auto route = options(sdk::Access::ServerAdmin, "verifyJournal", "Whether the journal is whole");
    route.operation.description =
        "Reads every row and follows the chain of hashes: a row that was changed, removed or put in by another way "
        "than this server is named. Note the head elsewhere now and then: given as row and hash, it proves that nobody "
        "has hashed the whole journal anew since.";
    route.operation.responseSchema = kProofSchema;
    route.operation.responseExample = kProofExample;
    route.operation.queryParameters = {{"row", "a row whose hash was noted earlier"},
                                       {"hash", "the hash it had, 64 hex digits"}};
    return route;
}

}  // namespace

std::string toJson(const JournalProof& proof) {
    common::JsonWriter json;
    json.object().member("whole", proof.problemCount == 0).member("rows", proof.rows);
    json.key("head").object().member("row", std::to_string(proof.head.lastId)).member("hash", proof.head.hash).end();
    json.member("problemCount", proof.problemCount).key("problems").array();
    for (const auto& one : proof.problems)
        json.object()
            .member("row", std::to_string(one.row))
            .member("kind", one.kind)
            .member("detail", one.detail)
            .end();
    json.end().end();
    return json.take();
}

std::vector<sdk::Registration> registerJournalApi(sdk::Router& router, JournalStore& journal) {
    std::vector<sdk::Registration> all;
    all.push_back(
        router.add(sdk::Method::Get, "/api/v1/organizations/{org}/journal",
                   options(sdk::Access::Organization, "listOrganizationJournal", "Who did what in an organization"),
                   [&journal](const Request& request) { return list(journal, request, request.parameter("org")); }));
    all.push_back(router.add(
        sdk::Method::Get, "/api/v1/journal",
        options(sdk::Access::ServerAdmin, "listJournal", "Who did what on the whole server"),
        [&journal](const Request& request) { return list(journal, request, request.queryValue("organization")); }));
    all.push_back(router.add(
        sdk::Method::Get, "/api/v1/journal/verify", verifyOptions(),
        [&journal](const Request& request) { return Response::json(toJson(journal.verify(anchorOf(request)))); }));
    return all;
}

}  // namespace host::base
