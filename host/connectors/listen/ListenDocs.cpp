#include "host/connectors/listen/ListenDocs.h"

#include "common/Json.h"
#include "host/connections/SourceSettings.h"
#include "host/connectors/listen/ListenKind.h"
#include "host/connectors/listen/ListenShape.h"
#include "host/sources/CsvMapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <utility>

namespace host::connectors {
namespace {

using common::JsonWriter;
using connections::Connection;
using connections::Route;
using sdk::Method;
using sdk::Role;
using sdk::RouteOptions;

#define DIAGNOSES \
    R"("diagnoses":{"type":"array","items":{"type":"object","properties":{"code":{"type":"string"},"title":{"type":"string"},"detail":{"type":"string"},"fix":{"type":"string"},"advice":{"type":"string"}}}})"
constexpr const char* kAnswer =
    R"({"type":"object","properties":{"run":{"type":"string","description":"of the route's history, with its log"},"state":{"type":"string"},"counts":{"type":"object","additionalProperties":{"type":"integer"},"description":"rows is the sum of created, updated, unchanged, skipped, repeated, withheld and rejected"},"refused":{"type":"array","description":"the first thousand","items":{"type":"object","properties":{"item":{"type":["integer","null"],"description":"1-based"},"place":{"type":"string"},"column":{"type":"string","description":"path in the item"},"value":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}}},"refusedLeftOut":{"type":"integer"},)" DIAGNOSES
    "}}";
constexpr const char* kAnswerExample =
    R"~({"run":"0b7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10","state":"done","counts":{"rows":2,"created":1,"updated":0,"unchanged":0,"skipped":0,"repeated":0,"withheld":0,"rejected":1,"errors":1,"deleted":0,"files":0},"refused":[{"item":2,"place":"item 2","column":"person.unti","value":"05","reason":"is not an unti_id (field 'untiId')","fix":"Give digits without leading zeros."}],"refusedLeftOut":0,"diagnoses":[]})~";
constexpr const char* kListening =
    R"({"type":"object","properties":{"address":{"type":"string"},"header":{"type":"string","description":"may hold the token"},"token":{"type":"object","properties":{"set":{"type":"boolean"},"lastFour":{"type":"string"},"madeBy":{"type":"string"},"madeAt":{"type":"string","format":"date-time"},"previousUntil":{"type":["string","null"],"format":"date-time","description":"until when the token before is accepted"}}},"routes":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"title":{"type":"string"},"enabled":{"type":"boolean"},"method":{"enum":["any","POST","PUT"]},"address":{"type":"string"},"format":{"enum":["json","xml"]}}}}}})";
constexpr const char* kListeningExample =
    R"({"address":"/in/demo/crm","header":"X-Api-Key","token":{"set":true,"lastFour":"x7Qp","madeBy":"anna","madeAt":"2026-03-01T00:00:00Z","previousUntil":null},"routes":[{"name":"people","title":"Слушатели","enabled":true,"method":"POST","address":"/in/demo/crm/people","format":"json"}]})";

RouteOptions administration(const char* id, const char* summary, const char* description, Role least) {
    RouteOptions route;
    route.least = least;
    route.serverAdminToo = true;
    route.operation.id = id;
    route.operation.tag = "Connections";
    route.operation.summary = summary;
    route.operation.description = description;
    return route;
}

constexpr const char* kWhatIsSent =
    "JSON or XML of another system; the route behind the prefix says what becomes of it. GET "
    "…/connections/{connection}/openapi.json describes an organization's own. ";
constexpr const char* kHowItIsTaken =
    "The connection's token is shown as 'Authorization: Bearer TOKEN', as the password of Basic with any user, or in "
    "the "
    "header that the connection names. 200 tells counts and every refused item with its place, column, value, reason "
    "and what to do; 422 (problem+json with the same members) when nothing was taken; 503 with Retry-After when it "
    "may be sent again later. A repeat changes nothing: records are known by their ids; with Idempotency-Key it gets "
    "the same answer for a day.";

}  // namespace

std::string addressOf(const Connection& connection, const std::string& prefix) {
    return fmt::format("/in/{}/{}{}{}", connection.organization, connection.name, prefix.empty() ? "" : "/", prefix);
}

RouteOptions listenOptions(Method method, bool isDescribed) {
    RouteOptions route;
    route.access = sdk::Access::Public;
    route.maxBody = kMostDocumentBytes;
    route.streamBody = true;
    if (!isDescribed) return route;
    auto& operation = route.operation;
    operation.id = method == Method::Put ? "sendByPut" : "sendByPost";
    operation.tag = "Listening connections";
    operation.summary =
        method == Method::Put ? "Send records in a shape of one's own, by PUT" : "Send records in a shape of one's own";
    operation.description = fmt::format("{}{}", kWhatIsSent, kHowItIsTaken);
    operation.requestSchema = R"({"type":["object","array"],"description":"as the route's mapping reads it"})";
    operation.requestExample = R"([{"id":7,"person":{"name":"Иванова","unti":"501"}}])";
    operation.responseSchema = kAnswer;
    operation.responseExample = kAnswerExample;
    return route;
}

RouteOptions showListeningOptions() {
    auto route = administration("showListening", "Show what a listening connection listens to",
                                "Its address, the state of its token and the addresses of its routes.", Role::Viewer);
    route.operation.responseSchema = kListening;
    route.operation.responseExample = kListeningExample;
    return route;
}

RouteOptions makeTokenOptions() {
    auto route =
        administration("makeListeningToken", "Make the token of a listening connection, or a new one",
                       "It is shown this once. The one before ends at once, or after 'keepPreviousMinutes', so "
                       "that the other system can be told meanwhile.",
                       Role::OrganizationAdmin);
    route.operation.requestSchema =
        R"({"type":"object","properties":{"keepPreviousMinutes":{"type":"integer","minimum":0,"maximum":10080}}})";
    route.operation.requestExample = R"({"keepPreviousMinutes":60})";
    route.operation.responseSchema =
        R"({"type":"object","properties":{"token":{"type":"string"},"address":{"type":"string"}}})";
    route.operation.responseExample = R"({"token":"lsn_0123456789","address":"/in/demo/crm"})";
    route.operation.successStatus = 201;
    return route;
}

RouteOptions eraseTokenOptions() {
    auto route = administration("withdrawListeningToken", "Withdraw the token of a listening connection",
                                "Nothing is taken until a new one is made.", Role::OrganizationAdmin);
    route.operation.successStatus = 204;
    return route;
}

RouteOptions describeListeningOptions() {
    auto route = administration("describeListening", "Describe a listening connection as OpenAPI 3.1",
                                "Its routes as operations, for whoever writes the other side; /docs shows it too.",
                                Role::Viewer);
    route.operation.responseSchema = R"({"type":"object","additionalProperties":true})";
    route.operation.responseExample = R"({"openapi":"3.1.0","info":{"title":"crm"},"paths":{}})";
    return route;
}

namespace {

struct Told {
    const Connection& connection;
    const Route& route;
    ListenRoute rules;
    std::vector<std::string> columns;
    bool english;
};

std::string descriptionOf(const Told& told) {
    const auto& items = told.rules.format.items;
    std::string text;
    if (!told.route.title.empty()) text = fmt::format("{}. ", told.route.title);
    if (told.english)
        text += fmt::format("Records: {}. Read from each: {}. ", items.empty() ? "the document" : items,
                            fmt::join(told.columns, ", "));
    else
        text += fmt::format("Записи: {}. Из каждой читается: {}. ", items.empty() ? "весь документ" : items,
                            fmt::join(told.columns, ", "));
    if (told.rules.allOrNothing)
        text += told.english ? "One refused record refuses all. " : "Одна непринятая запись — не принято ничего. ";
    text += kHowItIsTaken;
    return text;
}

void writeOperation(JsonWriter& json, const Told& told, const std::string& method) {
    const auto& format = told.rules.format;
    json.key(method).object();
    json.member("operationId", fmt::format("{}-{}-{}", told.connection.name, told.route.name, method));
    json.key("tags").array().value("/in/" + told.connection.organization + "/" + told.connection.name).end();
    json.member("summary", told.route.title.empty() ? told.route.name : told.route.title);
    json.member("description", descriptionOf(told));
    json.member("x-who", told.english ? "who has the connection's token" : "у кого есть ключ подключения");
    json.key("parameters").array().object().member("name", "Idempotency-Key").member("in", "header");
    json.member("required", false).rawMember("schema", R"({"type":"string","maxLength":200})").end().end();
    json.key("requestBody").object().member("required", true).key("content").object();
    json.key(format.xml ? "application/xml" : "application/json").object();
    if (format.xml)
        json.rawMember("schema", R"({"type":"string"})");
    else
        json.rawMember("schema", shapeOf(format.items, told.columns))
            .rawMember("example", exampleOf(format.items, told.columns));
    json.end().end().end().key("responses").object();
    json.key("200").object().member("description", "taken; `refused` lists what was not").key("content").object();
    json.key("application/json").object().rawMember("schema", kAnswer).rawMember("example", kAnswerExample);
    json.end().end().end();
    for (const auto& [status, what] : {std::pair{"401", "no token, or a wrong one"},
                                       {"413", "larger than the connection takes"},
                                       {"415", "another content type"},
                                       {"422", "nothing was taken; the same members say why"},
                                       {"429", "too many wrong tokens"},
                                       {"503", "send it again later (Retry-After)"}})
        json.key(status).object().member("description", what).end();
    json.end().rawMember("security", R"([{"bearer":[]},{"basic":[]},{"header":[]}])").end();
}

}  // namespace

std::string listenDocument(const Connection& connection, const std::vector<Route>& routes,
                           const sdk::SourceDescription& description, const std::string& version,
                           const std::string& language) {
    std::map<std::string, std::map<std::string, Told>> paths;
    for (const auto& route : routes) {
        if (!route.enabled) continue;
        const auto rules = ListenRoute::of(connections::settingsFrom(route.settings, description.route));
        const auto columns =
            sources::CsvMapping::parse(route.name, route.mapping, sources::CsvMapping::Use::Route, connection.name)
                .columns();
        const Told told{connection, route, rules, {columns.begin(), columns.end()}, language == "en"};
        auto& operations = paths[addressOf(connection, route.prefix)];
        if (rules.method != "PUT") operations.emplace("post", told);
        if (rules.method != "POST") operations.emplace("put", told);
    }
    JsonWriter json;
    json.object().member("openapi", "3.1.0").key("info").object();
    json.member("title", connection.title.empty() ? connection.name : connection.title).member("version", version);
    json.end().rawMember("servers", R"([{"url":"/"}])").key("paths").object();
    for (const auto& [path, operations] : paths) {
        json.key(path).object();
        for (const auto& [method, told] : operations) writeOperation(json, told, method);
        json.end();
    }
    json.end().key("components").object().key("securitySchemes").object();
    json.rawMember("bearer", R"({"type":"http","scheme":"bearer"})");
    json.rawMember("basic", R"({"type":"http","scheme":"basic"})");
    json.key("header").object().member("type", "apiKey").member("in", "header");
    json.member("name", connections::settingsFrom(connection.settings, description.connection).text("header"));
    return json.end().end().end().end().take();
}

}  // namespace host::connectors
