#include "host/connections/ConnectionsApiOptions.h"

#include "common/Encoding.h"
#include "common/JsonReader.h"
#include "host/http/Lists.h"

#include <fmt/format.h>

namespace host::connections {
namespace {

using sdk::Role;
using sdk::RouteOptions;

#define FIELD \
    R"({"type":"object","properties":{"name":{"type":"string"},"type":{"enum":["text","multiline","number","flag","choice","secret","list","map"]},"required":{"type":"boolean"},"title":{"type":"string"},"hint":{"type":"string"},"example":{"type":"string"},"fallback":{"type":"string"},"choices":{"type":"array","items":{"type":"string"}},"min":{"type":"number"},"max":{"type":"number"},"when":{"type":"object","description":"asked for only while that field of the same form has one of these values","properties":{"field":{"type":"string"},"values":{"type":"array","items":{"type":"string"}}}},"rare":{"type":"boolean","description":"most people leave it as it is"},"syntax":{"type":"string","description":"what the text is written in: sql"},"choiceTitles":{"type":"object","additionalProperties":{"type":"string"}}}})"
#define FIELD_EXAMPLE R"({"name":"host","type":"text","required":true,"title":"Адрес","example":"db.example.org"})"
constexpr const char* kKind =
    R"({"type":"object","properties":{"name":{"type":"string"},"title":{"type":"string"},"namesColumns":{"type":"boolean","description":"rows have columns of their own; else a mapping's columns are paths into an item"},"takesWatermark":{"type":"boolean"},"way":{"type":["object","null"],"description":"for whoever chooses how to connect","properties":{"title":{"type":"string"},"fits":{"type":"string"},"needs":{"type":"string"},"time":{"type":"string"}}},"brought":{"type":["object","null"],"description":"null: data are fetched; else they are brought, and nothing runs by itself","properties":{"by":{"type":"array","items":{"enum":["upload","folder","request"]}},"whole":{"type":"boolean","description":"what comes may be all there is: deletions may be followed"},"maxBytes":{"type":["integer","null"],"description":"of one upload"}}},"leadsTo":{"type":"array","description":"settings that say where a connection leads, and what stands before each","items":{"type":"object","properties":{"setting":{"type":"string"},"before":{"type":"string"}}}},"pathsWhen":{"type":["object","null"],"description":"columns are paths all the same while that field of the route has one of these values","properties":{"field":{"type":"string"},"values":{"type":"array","items":{"type":"string"}}}},"connection":{"type":"array","items":)" FIELD
    R"(},"route":{"type":"array","items":)" FIELD R"(}}})";
constexpr const char* kKindExample =
    R"({"name":"sql","title":"База данных SQL","namesColumns":true,"takesWatermark":true,"way":{"title":"База данных","fits":"Вы можете читать базу своей системы","needs":"Учётная запись с правом читать","time":"1–2 часа"},"brought":null,"leadsTo":[{"setting":"host","before":""}],"pathsWhen":null,"connection":[)" FIELD_EXAMPLE
    R"(],"route":[{"name":"query","type":"multiline","required":true,"title":"Запрос"}]})";
constexpr const char* kSet =
    R"({"type":"object","properties":{"name":{"type":"string"},"title":{"type":"string"},"kind":{"type":"string"},"parameters":{"type":"array","items":)" FIELD
    R"(},"routes":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"title":{"type":"string"}}}}}})";
constexpr const char* kSetExample =
    R"({"name":"moodle","title":"Moodle 4.x","kind":"sql","parameters":[{"name":"prefix","type":"text","required":false,"title":"Префикс таблиц","fallback":"mdl_"}],"routes":[{"name":"programmes","title":"Курсы"}]})";

#define SCHEDULE \
    R"("schedule":{"type":["object","null"],"description":"cron of five fields and an IANA zone, Europe/Moscow when not given; null: never by itself","properties":{"cron":{"type":"string"},"zone":{"type":"string"}}})"
#define HEAD \
    R"("revision":{"type":"integer"},"changedAt":{"type":"string","format":"date-time"},"changedBy":{"type":"string"})"
#define HEAD_EXAMPLE R"("revision":1,"changedAt":"2026-03-01T00:00:00Z","changedBy":"anna")"
#define CONNECTION_BODY                                                                                                                                                                                                                                                                                                             \
    R"("name":{"type":"string","description":"small Latin letters, digits and '-'; never changes; the source of its records unless a mapping names another"},"kind":{"type":"string","description":"see GET /api/v1/source-kinds; never changes"},"title":{"type":"string"},"enabled":{"type":"boolean","default":true},)" SCHEDULE \
    R"(,"settings":{"type":"object","description":"as the kind describes them; a secret is a text, and shown as {set, lastFour}: sent back like that, or left out, it stays; an empty text erases it"})"
constexpr const char* kConnectionBodyExample =
    R"({"name":"moodle","kind":"sql","title":"Наш Moodle","schedule":{"cron":"30 1 * * *","zone":"Europe/Moscow"},"settings":{"host":"db.example.org","password":"correct horse"}})";

#define DIAGNOSES \
    R"("diagnoses":{"type":"array","items":{"type":"object","properties":{"code":{"type":"string","description":"source.disabled, source.settings, source.field-name, source.format, source.field-matching, source.rights, source.no-data, source.structure and others; never changes"},"title":{"type":"string"},"detail":{"type":"string"},"fix":{"type":"string"},"advice":{"type":"string"}}}})"
#define DIAGNOSIS_EXAMPLE \
    R"({"code":"source.field-name","title":"Неправильно обозначено поле","detail":"В источнике нет столбца 'unti'","fix":"Может быть, 'unti_id'? В источнике есть: id, unti_id.","advice":"Исправьте имя столбца в сопоставлении или дайте столбцу это имя в источнике."})"
#define CHECK_RESULT \
    R"("ok":{"type":"boolean"},"failedAt":{"type":["string","null"],"description":"the first step that did not go well: enabled, kind, settings, connect, sign-in, rights, read or routes"},)" DIAGNOSES
#define CHECK \
    R"("at":{"type":"string","format":"date-time"},"by":{"type":"string"},"outdated":{"type":"boolean","description":"settings, secrets or routes were changed since, or the connection was enabled or disabled"},)" CHECK_RESULT
#define RUN                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                \
    R"({"type":"object","properties":{"id":{"type":"string"},"route":{"type":"string","description":"its name, where runs of a whole connection are listed"},"mode":{"enum":["full","incremental"]},"trigger":{"enum":["schedule","manual","request","upload","folder"]},"requestedBy":{"type":"string"},"state":{"enum":["waiting","running","done","failed","cancelled","interrupted"]},"startedAt":{"type":"string","format":"date-time"},"finishedAt":{"type":["string","null"],"format":"date-time"},"counts":{"type":"object","additionalProperties":{"type":"integer"},"description":"rows is the sum of created, updated, unchanged, skipped, repeated and rejected"},)" DIAGNOSES \
    "}}"
#define RUN_EXAMPLE \
    R"({"id":"0b7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10","mode":"incremental","trigger":"schedule","requestedBy":"schedule","state":"done","startedAt":"2026-03-01T00:00:00Z","finishedAt":"2026-03-01T00:00:07Z","counts":{"rows":12,"created":2,"updated":1,"unchanged":9,"skipped":0,"repeated":0,"rejected":0,"errors":0,"deleted":0,"files":0},"diagnoses":[]})"
#define ROUTE_BODY                                                                                                                                                                                                                                                                                                                         \
    R"("name":{"type":"string"},"title":{"type":"string"},"prefix":{"type":"string","description":"sets it apart below the base path of a connection that is sent to"},"position":{"type":"integer","description":"routes of a connection run in this order; not given: the last"},"enabled":{"type":"boolean","default":true},)" SCHEDULE \
    R"(,"settings":{"type":"object","description":"as the kind describes them"},"mapping":{"type":"object","description":"how columns become the fields of one kind of record, as in the mappings of CSV imports: target, source, missing, decimalComma, externalId, fields, when, assumed (texts, or {ru,en}, shown in the reader's language); target files takes 'content'"},"watermark":{"type":["object","null"],"description":"null: every run reads all","properties":{"column":{"type":"string"},"type":{"enum":["number","time","text"]},"overlapSeconds":{"type":"integer"},"ordered":{"type":"boolean","description":"rows ascend by the column: a run that broke is gone on with"}}},"onError":{"enum":["skip","stop"],"default":"skip"},"deletions":{"enum":["keep","follow"],"default":"keep","description":"follow: what the route has brought and the source no longer has is deleted after a whole full run"},"maxDeletedPercent":{"type":"number","default":20,"description":"more are deleted on a person's word only"})"
#define ROUTE                                                                                                          \
    R"({"type":"object","properties":{)" ROUTE_BODY                                                                    \
    R"(,"fromSet":{"type":"string"},"readUpTo":{"type":["string","null"]},"latestRun":{"oneOf":[{"type":"null"},)" RUN \
    R"(]},)" HEAD "}}"
#define ROUTE_BODY_EXAMPLE \
    R"("name":"learners","title":"Слушатели","enabled":true,"schedule":null,"settings":{"query":"SELECT id, unti_id, lastname, changed FROM learner WHERE changed >= :watermark"},"mapping":{"target":"learners","externalId":{"column":"id"},"fields":{"untiId":{"column":"unti_id"},"lastName":{"column":"lastname"}}},"watermark":{"column":"changed","type":"time","overlapSeconds":60,"ordered":false},"onError":"skip","deletions":"keep","maxDeletedPercent":20)"
#define ROUTE_EXAMPLE                                                                                     \
    "{" ROUTE_BODY_EXAMPLE                                                                                \
    R"(,"prefix":"","position":1,"fromSet":"","readUpTo":"2026-02-28 22:00:00","latestRun":)" RUN_EXAMPLE \
    "," HEAD_EXAMPLE "}"
constexpr const char* kRouteBody = R"({"type":"object","properties":{)" ROUTE_BODY
                                   R"(,"fromSet":{"type":"string"},"readUpTo":{},"latestRun":{},)" HEAD "}}";
#define CHECK_EXAMPLE R"("ok":false,"failedAt":"read","diagnoses":[)" DIAGNOSIS_EXAMPLE "]"
#define LAST_CHECK_EXAMPLE R"({"at":"2026-03-01T00:05:00Z","by":"anna","outdated":false,)" CHECK_EXAMPLE "}"
constexpr const char* kNewCheck = R"({"type":"object","properties":{)" CHECK_RESULT "}}";
constexpr const char* kNewCheckExample = "{" CHECK_EXAMPLE "}";
constexpr const char* kCheck = R"({"type":"object","properties":{)" CHECK "}}";
constexpr const char* kCheckExample = LAST_CHECK_EXAMPLE;
#define HEAD_OF(name, what)                                           \
    R"(")" name R"(":{"type":["object","null"],"description":")" what \
    R"(","properties":{"route":{"type":"string"},"title":{"type":"string"},"run":)" RUN "}}"
#define SUMMARY \
    R"("routes":{"type":"object","description":"how its routes do, in short; running, failing and remarked count enabled routes by their latest run","properties":{"count":{"type":"integer"},"enabled":{"type":"integer"},"running":{"type":"integer"},"failing":{"type":"integer"},"remarked":{"type":"integer","description":"the run was done, with something to look at"},"well":{"type":"integer","description":"the run was done, with nothing to look at"},)" HEAD_OF("worst", "of the enabled routes the one whose latest run is worst; null: none has anything to look at") "," HEAD_OF("latest", "of all routes the one that ran last") R"(,"nextRunAt":{"type":["string","null"],"format":"date-time","description":"by the clock; null: never by itself"}}})"
#define SUMMARY_EXAMPLE                                                                                                                                                 \
    R"("routes":{"count":3,"enabled":2,"running":0,"failing":0,"remarked":0,"well":1,"worst":null,"latest":{"route":"learners","title":"Слушатели","run":)" RUN_EXAMPLE \
    R"(},"nextRunAt":"2026-03-01T22:30:00Z"})"
constexpr const char* kConnection =
    R"({"type":"object","properties":{)" CONNECTION_BODY
    R"(,"lastCheck":{"type":["object","null"],"description":"null: it was never checked","properties":{)" CHECK
    "}}," SUMMARY "," HEAD "}}";
constexpr const char* kConnectionBody =
    R"({"type":"object","properties":{)" CONNECTION_BODY R"(,"lastCheck":{},"routes":{},)" HEAD "}}";
constexpr const char* kConnectionExample =
    R"({"name":"moodle","kind":"sql","title":"Наш Moodle","enabled":true,"schedule":{"cron":"30 1 * * *","zone":"Europe/Moscow"},"settings":{"host":"db.example.org","password":{"set":true,"lastFour":"x7Qp"}},"lastCheck":)" LAST_CHECK_EXAMPLE
    "," SUMMARY_EXAMPLE "," HEAD_EXAMPLE "}";
constexpr const char* kTrial =
    R"({"type":"object","properties":{"columns":{"type":"array","items":{"type":"string"}},"rows":{"type":"array","items":{"type":"object","properties":{"place":{"type":"string"},"source":{"type":"object","description":"the row as it came, by column"},"outcome":{"type":"string","description":"created, updated, unchanged, rejected or skipped"},"record":{"type":["object","null"],"description":"what it would become"},"errors":{"type":"array","items":{"type":"object","properties":{"place":{"type":"string"},"column":{"type":"string"},"value":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}}}}}},)" DIAGNOSES
    "}}";
constexpr const char* kTrialExample =
    R"({"columns":["id","unti_id"],"rows":[{"place":"row 1","source":{"id":"7","unti_id":"501"},"outcome":"created","record":{"kind":"learners","externalId":"7","untiId":"501"},"errors":[]}],"diagnoses":[]})";
constexpr const char* kOrder =
    R"({"type":"object","properties":{"full":{"type":"boolean","description":"everything is read, whatever was read before"},"confirmDeletions":{"type":"boolean","description":"a person has seen how many are to be deleted"}}})";
constexpr std::size_t kLongestSample = 2 * 1024 * 1024;
constexpr const char* kSample =
    R"({"type":"object","properties":{"sample":{"type":"string","description":"what would be sent, or a file, as text"},"sampleBase64":{"type":"string","description":"the same of a file that is no text"},"sends":{"type":"boolean","description":"the route's request is no GET and is sent all the same; without it 422, unless the route's setting 'repeatable' says that it only reads"}}})";
constexpr const char* kSampleExample = R"({"sample":"[{\"id\":7}]"})";
constexpr const char* kOrderExample = R"({"full":true})";

RouteOptions options(const char* id, const char* summary, const char* description, Role least) {
    RouteOptions route;
    route.least = least;
    route.serverAdminToo = true;
    route.operation.id = id;
    route.operation.tag = "Connections";
    route.operation.summary = summary;
    route.operation.description = description;
    return route;
}

RouteOptions reading(const char* id, const char* summary, const char* description, const std::string& schema,
                     const std::string& example, Role least = Role::Viewer) {
    auto route = options(id, summary, description, least);
    route.operation.responseSchema = schema;
    route.operation.responseExample = example;
    return route;
}

RouteOptions withBody(RouteOptions route, const char* schema, const std::string& example, int status = 200) {
    route.maxBody = 2 * 1024 * 1024;
    route.operation.requestSchema = schema;
    route.operation.requestExample = example;
    route.operation.successStatus = status;
    return route;
}

RouteOptions asText(RouteOptions route) {
    route.operation.responseContentType = "text/plain";
    route.operation.responseSchema = R"({"type":"string"})";
    return route;
}

}  // namespace

std::string readKey(const sdk::Request& request) {
    auto key = request.header("idempotency-key").value_or("");
    if (key.size() > 200)
        throw sdk::AppError::badRequest("The header Idempotency-Key is longer than 200 characters; shorten it.");
    return key;
}

RunOrder readOrder(const sdk::Request& request) {
    if (request.body.empty()) return {};
    common::JsonReader in(common::parseJsonObject(request.body));
    RunOrder order;
    order.full = in.boolean("full").value_or(false);
    order.confirmDeletions = in.boolean("confirmDeletions").value_or(false);
    in.refuseUnknown();
    in.finish("The request to run a route is not valid");
    return order;
}

TrialAsked readTrialAsked(const sdk::Request& request) {
    if (request.body.empty()) return {};
    common::JsonReader in(common::parseJsonObject(request.body));
    TrialAsked asked;
    auto& sample = asked.sample;
    sample = in.text("sample", kLongestSample);
    if (const auto encoded = in.text("sampleBase64", kLongestSample)) {
        sample = common::fromBase64(*encoded);
        if (!sample) in.wrong("sampleBase64", "is not base64", "encode the file's bytes as RFC 4648 says");
    }
    asked.sends = in.boolean("sends").value_or(false);
    in.refuseUnknown();
    in.finish("The request to try a route is not valid");
    return asked;
}

std::string orderText(const RunOrder& order) {
    return fmt::format(R"({{"full":{},"confirmDeletions":{}}})", order.full, order.confirmDeletions);
}

RouteOptions listKindsOptions() {
    auto route =
        reading("listSourceKinds", "Kinds of source", "What a connection of each kind needs to be told, for forms.",
                http::listSchema(kKind), http::listExample(kKindExample));
    route.access = sdk::Access::SignedIn;
    route.serverAdminToo = false;
    return route;
}

RouteOptions listSetsOptions() {
    auto route = reading("listSourceSets", "Ready-made sets of routes",
                         "Routes for a well-known system, and what to tell "
                         "them.",
                         http::listSchema(kSet), http::listExample(kSetExample));
    route.access = sdk::Access::SignedIn;
    route.serverAdminToo = false;
    return route;
}

RouteOptions listConnectionsOptions() {
    return reading("listConnections", "Connections of an organization",
                   "Where its records come from. Secrets are shown as their last four characters.",
                   http::listSchema(kConnection), http::listExample(kConnectionExample));
}

RouteOptions createConnectionOptions() {
    return withBody(reading("createConnection", "Add a connection",
                            "Where to, and with which credentials; its routes say what comes from there.", kConnection,
                            kConnectionExample, Role::OrganizationAdmin),
                    kConnectionBody, kConnectionBodyExample, 201);
}

RouteOptions getConnectionOptions() {
    return reading("getConnection", "Read a connection", "", kConnection, kConnectionExample);
}

RouteOptions putConnectionOptions() {
    auto route = withBody(reading("putConnection", "Change a connection", "Name and kind stay.", kConnection,
                                  kConnectionExample, Role::OrganizationAdmin),
                          kConnectionBody, kConnectionBodyExample);
    route.requireIfMatch = true;
    return route;
}

RouteOptions deleteConnectionOptions() {
    auto route = options("deleteConnection", "Remove a connection with its routes", "The records it has brought stay.",
                         Role::OrganizationAdmin);
    route.requireIfMatch = true;
    route.operation.successStatus = 204;
    return route;
}

RouteOptions enableConnectionOptions(bool enable) {
    return reading(enable ? "enableConnection" : "disableConnection",
                   enable ? "Enable a connection" : "Disable a connection",
                   enable ? "" : "Its routes run neither by the clock nor on demand.", kConnection, kConnectionExample,
                   Role::OrganizationAdmin);
}

RouteOptions checkOptions() {
    return reading("checkConnection", "Check a connection",
                   "Connects, signs in, and asks for as little as shows that reading is allowed; looks through its "
                   "routes as well. What is wrong is said in words, each with a code. The latest check is kept "
                   "and told with the connection.",
                   kCheck, kCheckExample, Role::Methodist);
}

RouteOptions checkNewOptions() {
    return withBody(reading("checkNewConnection", "Check a connection before it is added",
                            "The body as it would be added: the same is asked of the source as by the check of one "
                            "that is there, and nothing is kept of it. Secrets are given whole.",
                            kNewCheck, kNewCheckExample, Role::OrganizationAdmin),
                    kConnectionBody, kConnectionBodyExample);
}

RouteOptions runConnectionOptions() {
    return withBody(reading("runConnection", "Run all routes of a connection now",
                            "Its enabled routes one after another, in order; those that run already are left out.",
                            http::listSchema(RUN), http::listExample(RUN_EXAMPLE), Role::Methodist),
                    kOrder, kOrderExample, 202);
}

RouteOptions connectionLogOptions() {
    return asText(options("getConnectionLog", "Download the log of a connection",
                          "The logs of its latest runs, the newest first; CSV with Accept: text/csv, Russian with "
                          "Accept-Language: ru.",
                          Role::Viewer));
}

RouteOptions listRoutesOptions() {
    return reading("listRoutes", "Routes of a connection", "In the order in which they run.", http::listSchema(ROUTE),
                   http::listExample(ROUTE_EXAMPLE));
}

RouteOptions createRouteOptions() {
    return withBody(
        reading("createRoute", "Add a route",
                "What comes from the connection, and how it becomes records. 409 'route.records-shared' when a route "
                "of another connection writes the same kind under the same source.",
                ROUTE, ROUTE_EXAMPLE, Role::OrganizationAdmin),
        kRouteBody, "{" ROUTE_BODY_EXAMPLE "}", 201);
}

RouteOptions createFromSetOptions() {
    return withBody(
        reading(
            "createRoutesFromSet", "Add the routes of a ready-made set",
            "All or none of them. Their records bear the parameter 'source', or else the source of the connection's "
            "routes, or its name.",
            http::listSchema(ROUTE), http::listExample(ROUTE_EXAMPLE), Role::OrganizationAdmin),
        R"({"type":"object","properties":{"set":{"type":"string"},"parameters":{"type":"object","additionalProperties":{"type":"string"}}}})",
        R"({"set":"moodle","parameters":{"prefix":"mdl_"}})", 201);
}

RouteOptions orderRoutesOptions() {
    return withBody(
        reading("orderRoutes", "Set the order of a connection's routes",
                "All of them, each once, in the order in which they run.", http::listSchema(ROUTE),
                http::listExample(ROUTE_EXAMPLE), Role::OrganizationAdmin),
        R"({"type":"object","required":["names"],"properties":{"names":{"type":"array","items":{"type":"string"}}}})",
        R"({"names":["learners","enrolments"]})");
}

RouteOptions getRouteOptions() {
    return reading("getRoute", "Read a route", "With how far it has read, and its latest run.", ROUTE, ROUTE_EXAMPLE);
}

RouteOptions putRouteOptions() {
    auto route = withBody(reading("putRoute", "Change a route",
                                  "The name stays. After a change of settings, mapping or watermark the next run reads "
                                  "everything; a run that goes on ends.",
                                  ROUTE, ROUTE_EXAMPLE, Role::OrganizationAdmin),
                          kRouteBody, "{" ROUTE_BODY_EXAMPLE "}");
    route.requireIfMatch = true;
    return route;
}

RouteOptions deleteRouteOptions() {
    auto route = options("deleteRoute", "Remove a route", "The records it has brought stay.", Role::OrganizationAdmin);
    route.requireIfMatch = true;
    route.operation.successStatus = 204;
    return route;
}

RouteOptions enableRouteOptions(bool enable) {
    return reading(enable ? "enableRoute" : "disableRoute", enable ? "Enable a route" : "Disable a route", "", ROUTE,
                   ROUTE_EXAMPLE, Role::OrganizationAdmin);
}

RouteOptions tryOptions() {
    return withBody(
        reading("tryRoute", "Try a route: ten rows, as they would arrive",
                "Each row as it came beside the record that it would become, with what is wrong. Nothing is kept. Of a "
                "kind that is brought to (listen, files) give a sample of what would be brought.",
                kTrial, kTrialExample, Role::Methodist),
        kSample, kSampleExample);
}

RouteOptions runOptions() {
    return withBody(reading("runRoute", "Run a route now",
                            "409 'route.running' while it runs. With the header Idempotency-Key a repeated request "
                            "answers with the run "
                            "that the first one started.",
                            RUN, RUN_EXAMPLE, Role::Methodist),
                    kOrder, kOrderExample, 202);
}

RouteOptions cancelOptions() {
    auto route = reading("cancelRoute", "Ask the run of a route to end", "It ends after the batch in flight.", ROUTE,
                         ROUTE_EXAMPLE, Role::Methodist);
    route.operation.successStatus = 202;
    return route;
}

RouteOptions listRunsOptions() {
    auto route = reading("listRouteRuns", "History of a route", "The latest fifty runs, newest first.",
                         http::listSchema(RUN), http::listExample(RUN_EXAMPLE));
    route.operation.queryParameters = http::listParameters();
    return route;
}

RouteOptions getRunOptions() {
    return reading("getRouteRun", "One run of a route", "Counts of a run in progress are as of now.", RUN, RUN_EXAMPLE);
}

RouteOptions runLogOptions() {
    return asText(options("getRouteRunLog", "Download the log of a run",
                          "Each refused row with place, column, value, reason and what to do; CSV with Accept: "
                          "text/csv, Russian with Accept-Language: ru. At most 10,000 lines.",
                          Role::Viewer));
}

}  // namespace host::connections
