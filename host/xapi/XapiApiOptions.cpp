#include "host/xapi/XapiApiOptions.h"

#include "host/http/Lists.h"

#include <string>

namespace host::xapi {
namespace {

using sdk::Role;
using sdk::RouteOptions;

#define BODY \
    R"("name":{"type":"string","description":"stands in addresses; the source of the records that statements become"},"title":{"type":"string"},"enabled":{"type":"boolean","default":true},"origins":{"type":"array","items":{"type":"string"},"description":"pages that may send from a browser: https://lms.example.org"},"references":{"type":"string","description":"source of the records that statements refer to, as in a connection's name; empty: its own"},"ruleSet":{"type":"string","description":"ready-made rules"},"rules":{"type":["object","null"],"description":"rules of its own, in place of the ready-made ones"})"
#define READ \
    R"(,"endpoint":{"type":"string"},"key":{"type":"string"},"secret":{"type":"string","description":"whole once, when it is made; its last four characters afterwards"},"previousUntil":{"type":["string","null"],"format":"date-time","description":"until when the secret before is accepted"},"remapping":{"type":"boolean","description":"its statements are being read again"},"revision":{"type":"integer"},"changedAt":{"type":"string","format":"date-time"},"changedBy":{"type":"string"})"
#define BODY_EXAMPLE \
    R"("name":"moodle-xapi","title":"Moodle, logstore_xapi","enabled":true,"origins":[],"references":"moodle","ruleSet":"logstore_xapi","rules":null)"
#define READ_EXAMPLE \
    R"(,"endpoint":"/data/xAPI/","key":"5f0c2f9a6f7a4b8a9d3b0a4f7c1f2d10","secret":"…9d3b","previousUntil":null,"remapping":false,"revision":1,"changedAt":"2026-03-01T00:00:00Z","changedBy":"anna")"

#define COUNTS \
    R"("mapped":{"type":"integer"},"waiting":{"type":"integer"},"unmatched":{"type":"integer"},"ignored":{"type":"integer"},"rejected":{"type":"integer"},"superseded":{"type":"integer"},"voided":{"type":"integer"})"
#define COUNTS_EXAMPLE R"("mapped":120,"waiting":3,"unmatched":0,"ignored":0,"rejected":0,"superseded":2,"voided":0)"

constexpr const char* kSource = R"({"type":"object","properties":{)" BODY READ "}}";
constexpr const char* kSourceExample = "{" BODY_EXAMPLE READ_EXAMPLE "}";
constexpr const char* kListed =
    R"({"type":"object","properties":{)" BODY READ
    R"(,"counts":{"type":"object","description":"its statements, by what became of them","properties":{)" COUNTS
    R"(}},"latestAt":{"type":["string","null"],"format":"date-time","description":"when the latest statement was stored"}}})";
constexpr const char* kListedExample =
    "{" BODY_EXAMPLE READ_EXAMPLE R"(,"counts":{)" COUNTS_EXAMPLE R"(},"latestAt":"2026-03-01T00:00:00Z"})";
constexpr const char* kBodyExample = "{" BODY_EXAMPLE "}";
constexpr const char* kForm =
    R"({"type":"object","properties":{"verb":{"type":"string"},"activityType":{"type":"string"},)" COUNTS
    R"(,"latestAt":{"type":"string","format":"date-time"}}})";
constexpr const char* kFormExample =
    R"({"verb":"http://adlnet.gov/expapi/verbs/completed","activityType":"http://adlnet.gov/expapi/activities/assessment",)" COUNTS_EXAMPLE
    R"(,"latestAt":"2026-03-01T00:00:00Z"})";
constexpr const char* kTrouble =
    R"({"type":"object","properties":{"statementId":{"type":"string"},"storedAt":{"type":"string","format":"date-time"},"state":{"enum":["waiting","rejected"]},"rule":{"type":"string"},"column":{"type":"string"},"value":{"type":["string","null"],"description":"null: for methodists, it may be a learner's number"},"reason":{"type":"string"},"fix":{"type":"string"},"missing":{"type":["object","null"],"description":"the record that it waits for; null: it waits for something else, or is rejected","properties":{"kind":{"type":"string"},"source":{"type":"string"},"externalId":{"type":["string","null"],"description":"null: for methodists"}}}}})";
constexpr const char* kTroubleExample =
    R"({"statementId":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","storedAt":"2026-03-01T00:00:00Z","state":"waiting","rule":"quiz-attempt","column":"learner","value":"17","reason":"names no record of 'learners': user-17","fix":"Send that record first, or correct the id or the source.","missing":{"kind":"learners","source":"moodle","externalId":"user-17"}})";
constexpr const char* kStatement =
    R"({"type":"object","properties":{"statementId":{"type":"string"},"storedAt":{"type":"string","format":"date-time"},"timestamp":{"type":"string","format":"date-time","description":"as the statement says, or when it was stored"},"state":{"enum":["mapped","waiting","unmatched","ignored","rejected","superseded","voided"]},"rule":{"type":"string","description":"the one that takes it by the rules as they are now; empty: none"},"verb":{"type":"string"},"activityType":{"type":"string"},"kind":{"type":"string","description":"of the record it speaks of; empty: none"},"externalId":{"type":"string"}}})";
constexpr const char* kStatementExample =
    R"({"statementId":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","storedAt":"2026-03-01T00:00:00Z","timestamp":"2026-02-28T23:59:58Z","state":"mapped","rule":"quiz-attempt","verb":"http://adlnet.gov/expapi/verbs/completed","activityType":"http://adlnet.gov/expapi/activities/assessment","kind":"results","externalId":"quiz-attempt-31"})";
constexpr const char* kOriginalExample =
    R"({"actor":{"account":{"homePage":"https://moodle.example.org","name":"17"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"https://moodle.example.org/mod/quiz/view.php?id=5"}})";

RouteOptions options(const char* id, const char* summary, const char* description, Role least) {
    RouteOptions route;
    route.least = least;
    route.serverAdminToo = true;
    route.operation.id = id;
    route.operation.tag = "xAPI sources";
    route.operation.summary = summary;
    route.operation.description = description;
    return route;
}

RouteOptions shows(RouteOptions route, const std::string& schema, const std::string& example, int status = 200) {
    route.operation.responseSchema = schema;
    route.operation.responseExample = example;
    route.operation.successStatus = status;
    return route;
}

RouteOptions takes(RouteOptions route, const char* schema, const char* example) {
    route.maxBody = 2 * 1024 * 1024;
    route.operation.requestSchema = schema;
    route.operation.requestExample = example;
    return route;
}

}  // namespace

RouteOptions listXapiRulesOptions() {
    auto route = shows(
        options("listXapiRules", "Ready-made rules for statements", "What statements of well-known systems become.",
                Role::Viewer),
        http::listSchema(R"({"type":"object","properties":{"name":{"type":"string"},"title":{"type":"string"}}})"),
        http::listExample(R"({"name":"logstore_xapi","title":"Moodle: плагин logstore_xapi"})"));
    route.access = sdk::Access::SignedIn;
    route.serverAdminToo = false;
    return route;
}

RouteOptions getXapiRulesOptions() {
    auto route = shows(
        options("getXapiRules", "The text of ready-made rules",
                "As own rules are given: title, assumed and rules make the 'rules' of a source.", Role::Viewer),
        R"({"type":"object","properties":{"name":{"type":"string"},"title":{"type":"object","properties":{"ru":{"type":"string"},"en":{"type":"string"}}},"assumed":{"type":"array","items":{"type":"string"},"description":"what they take for granted of the system that sends"},"rules":{"type":"array","items":{"type":"object"}}}})",
        R"({"name":"logstore_xapi","title":{"ru":"Moodle: плагин logstore_xapi","en":"Moodle: the logstore_xapi plugin"},"assumed":[],"rules":[{"name":"signed-in","verbs":["https://brindlewaye.com/xAPITerms/verbs/loggedin/"],"ignore":{"ru":"вход — не запись","en":"a sign-in is no record"}}]})");
    route.access = sdk::Access::SignedIn;
    route.serverAdminToo = false;
    return route;
}

RouteOptions listXapiSourcesOptions() {
    return shows(options("listXapiSources", "xAPI sources of an organization",
                         "Who may send statements to /data/xAPI/, and what has become of them.", Role::Viewer),
                 http::listSchema(kListed), http::listExample(kListedExample));
}

RouteOptions createXapiSourceOptions() {
    return takes(shows(options("createXapiSource", "Add an xAPI source",
                               "Answers with key and secret for the LMS's plugin; the secret is never shown again.",
                               Role::OrganizationAdmin),
                       kSource, kSourceExample, 201),
                 kSource, kBodyExample);
}

RouteOptions getXapiSourceOptions() {
    return shows(options("getXapiSource", "Read an xAPI source", "", Role::Viewer), kSource, kSourceExample);
}

RouteOptions putXapiSourceOptions() {
    auto route = takes(shows(options("putXapiSource", "Change an xAPI source",
                                     "Name and key stay. With other rules or references all its statements are read "
                                     "again, which changes only what changed.",
                                     Role::OrganizationAdmin),
                             kSource, kSourceExample),
                       kSource, kBodyExample);
    route.requireIfMatch = true;
    return route;
}

RouteOptions deleteXapiSourceOptions() {
    auto route = options("deleteXapiSource", "Remove an xAPI source with its statements",
                         "The records that statements became stay.", Role::OrganizationAdmin);
    route.requireIfMatch = true;
    route.operation.successStatus = 204;
    return route;
}

RouteOptions rotateXapiSourceOptions() {
    return takes(
        shows(options("rotateXapiSource", "Give an xAPI source another secret",
                      "The new one is shown once. The old one is good for as many minutes as are asked for, at most a "
                      "week.",
                      Role::OrganizationAdmin),
              kSource, kSourceExample),
        R"({"type":"object","properties":{"keepOldMinutes":{"type":"integer","minimum":0,"maximum":10080,"default":0}}})",
        R"({"keepOldMinutes":60})");
}

RouteOptions remapXapiSourceOptions() {
    return shows(options("remapXapiSource", "Read all statements of an xAPI source again",
                         "By the rules as they are now. Goes on in the background, and after a restart.",
                         Role::OrganizationAdmin),
                 kSource, kSourceExample, 202);
}

RouteOptions retryXapiSourceOptions() {
    return shows(options("retryXapiSource", "Try statements again that wait for records",
                         "They are tried every quarter of an hour by themselves.", Role::Methodist),
                 kSource, kSourceExample, 202);
}

RouteOptions listXapiFormsOptions() {
    auto route = shows(
        options("listXapiForms", "What has come, by verb and activity type",
                "How many statements became records, wait, or fit no rule; CSV with Accept: text/csv.", Role::Viewer),
        http::listSchema(kForm), http::listExample(kFormExample));
    route.operation.queryParameters = {{"state", "only those with statements in this state: unmatched"}};
    return route;
}

RouteOptions listXapiTroublesOptions() {
    auto route =
        shows(options("listXapiTroubles", "Statements that are no record yet, and why",
                      "Waiting: for a record that they refer to. Rejected: the rule gives no valid record. Values and "
                      "ids that learners' statements hold are for methodists. CSV with Accept: text/csv.",
                      Role::Viewer),
              http::listSchema(kTrouble), http::listExample(kTroubleExample));
    route.operation.queryParameters = http::listParameters();
    route.operation.queryParameters.emplace_back("state", "waiting or rejected; not given: both");
    return route;
}

RouteOptions listXapiStatementsOptions() {
    auto route = shows(options("listXapiStatements", "Statements of an xAPI source",
                               "The latest first. Verb and activity type are taken as they are written; with an empty "
                               "activityType those that have none. CSV with Accept: text/csv.",
                               Role::Methodist),
                       http::listSchema(kStatement), http::listExample(kStatementExample));
    route.operation.queryParameters = http::listParameters();
    route.operation.queryParameters.emplace_back(
        "state", "mapped, waiting, unmatched, ignored, rejected, superseded or voided; not given: all");
    route.operation.queryParameters.emplace_back("verb", "IRI of the verb");
    route.operation.queryParameters.emplace_back("activityType", "IRI of the activity's type; empty: without one");
    return route;
}

RouteOptions getXapiStatementOptions() {
    return shows(options("getXapiStatement", "The original of a statement",
                         "Byte for byte as it came: without what an LRS adds when it gives it back.", Role::Methodist),
                 R"({"type":"object"})", kOriginalExample);
}

}  // namespace host::xapi
