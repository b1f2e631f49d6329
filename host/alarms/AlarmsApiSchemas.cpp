#include "host/alarms/AlarmsApiSchemas.h"

#include "host/http/Lists.h"

namespace host::alarms {
namespace {

constexpr const char* kAlarmSchema =
    R"({"type":"object","required":["id","key","code","title","state","openedAt","messages"],"properties":{
"id":{"type":"string","description":"0: held in memory, since the database can't be written"},
"key":{"type":"string","description":"names the cause; begins with the module's name, or host"},
"organization":{"type":"string","description":"empty: the server's"},
"code":{"type":"string","description":"kind of cause: job-missed, job-overdue, job-failed, disk-nearly-full, database-unwritable, module-dead, and the modules' own"},
"title":{"type":"string"},"detail":{"type":"string"},"fix":{"type":"string"},"state":{"enum":["open","closed"]},
"openedAt":{"type":"string","format":"date-time"},"refreshedAt":{"type":"string","format":"date-time"},
"closedAt":{"type":["string","null"],"format":"date-time"},
"messages":{"type":"array","items":{"type":"object","properties":{"kind":{"enum":["opened","closed"]},
"channel":{"enum":["mail","webhook"]},"address":{"type":"string","description":"of a person; empty for a webhook. In an organization's list address, problem and fix are empty for roles below organization-admin"},
"state":{"enum":["pending","in-doubt","sent","dropped"]},
"attempts":{"type":"integer"},"nextTryAt":{"type":["string","null"],"format":"date-time"},
"settledAt":{"type":["string","null"],"format":"date-time"},"problem":{"type":"string"},"fix":{"type":"string"}}}}}})";
constexpr const char* kAlarmExample =
    R"({"id":"12","key":"u2035/destination/7","organization":"demo","code":"destination-paused",
"title":"Передача в LRS остановлена","detail":"LRS отвечает 401 с 02:00.","fix":"Замените ключ в настройках.","state":"open",
"openedAt":"2026-03-01T23:00:00Z","refreshedAt":"2026-03-01T23:05:00Z","closedAt":null,
"messages":[{"kind":"opened","channel":"mail","address":"anna@example.org","state":"sent","attempts":1,"nextTryAt":null,
"settledAt":"2026-03-01T23:00:02Z","problem":"","fix":""}]})";
constexpr const char* kRecipientsSchema =
    R"({"type":"object","required":["mails","webhook","version"],"properties":{
"mails":{"type":"array","maxItems":10,"items":{"type":"string","format":"email"}},
"webhook":{"type":["object","null"],"required":["url"],"properties":{"url":{"type":"string","format":"uri"},
"secretSet":{"type":"boolean"},"secretLastFour":{"type":"string"}}},"version":{"type":"integer"}}})";
constexpr const char* kRecipientsExample =
    R"({"mails":["anna@example.org"],"webhook":{"url":"https://hooks.example.org/alarms","secretSet":true,"secretLastFour":"9f3a"},"version":2})";
constexpr const char* kPutSchema =
    R"({"type":"object","properties":{"mails":{"type":"array","maxItems":10,"items":{"type":"string","format":"email"}},
"webhook":{"type":["object","null"],"required":["url"],"properties":{"url":{"type":"string","format":"uri"},
"secret":{"type":["string","null"],"description":"signs the calls; written only. Left out: stays as it is; empty: none"},
"secretSet":{"type":"boolean"},"secretLastFour":{"type":"string"}}},"version":{"type":"integer"}}})";
constexpr const char* kPutExample =
    R"({"mails":["anna@example.org"],"webhook":{"url":"https://hooks.example.org/alarms","secret":"3b1c5e0f7d9a4c2e8f60"}})";
constexpr const char* kTestSchema =
    R"({"type":"object","required":["items"],"properties":{"items":{"type":"array","items":{"type":"object",
"required":["channel","address","outcome","problem","fix"],"properties":{"channel":{"enum":["mail","webhook"]},
"address":{"type":"string"},"outcome":{"enum":["sent","failed","in-doubt","not-tried"]},"problem":{"type":"string"},"fix":{"type":"string"}}}}}})";
constexpr const char* kTestExample =
    R"({"items":[{"channel":"mail","address":"anna@example.org","outcome":"failed",
"problem":"No secure connection to 'mail.example.org': its certificate has expired; the other side must renew it",
"fix":"check alarms.mail.server and alarms.mail.security; an authority of your own goes into outbound.ca_file"}]})";

sdk::RouteOptions options(const char* id, const char* summary, const char* description) {
    sdk::RouteOptions route;
    route.maxBody = 16 * 1024;
    route.operation.id = id;
    route.operation.tag = "Alarms";
    route.operation.summary = summary;
    route.operation.description = description;
    return route;
}

sdk::RouteOptions list(const char* id, const char* summary) {
    auto route =
        options(id, summary,
                "Open ones first, the newest first. An alarm is a cause: raised while it lasts, told once when "
                "it opens and once when it is over. 'messages' says what became of that. Accept: text/csv "
                "gives the same as CSV, without messages.");
    route.operation.responseSchema = http::listSchema(kAlarmSchema);
    route.operation.responseExample = http::listExample(kAlarmExample);
    route.operation.queryParameters = http::listParameters();
    route.operation.queryParameters.emplace_back("state", "open when not given, closed, or all");
    route.operation.queryParameters.emplace_back("code", "kind of cause");
    route.operation.queryParameters.emplace_back("module", "a module's own: u2035; the server's own: host");
    return route;
}

void describeTest(sdk::RouteOptions& route) {
    route.operation.responseSchema = kTestSchema;
    route.operation.responseExample = kTestExample;
}

}  // namespace

sdk::RouteOptions serverListOptions() {
    auto route = list("listAlarms", "Alarms of the server and of every organization");
    route.access = sdk::Access::ServerAdmin;
    route.operation.queryParameters.emplace_back("organization", "of this organization; empty: the server's own");
    return route;
}

sdk::RouteOptions listOptions() {
    auto route = list("listOrganizationAlarms", "Alarms of an organization");
    route.serverAdminToo = true;
    return route;
}

sdk::RouteOptions serverTestOptions() {
    auto route =
        options("testAlarms", "Send a test message to the server's recipients",
                "Answers when each was tried, after 20 s at the latest: what became of it, why, and what to do. "
                "Those whose turn did not come are not-tried. Once a minute.");
    route.access = sdk::Access::ServerAdmin;
    describeTest(route);
    return route;
}

sdk::RouteOptions testOptions() {
    auto route =
        options("testOrganizationAlarms", "Send a test message to an organization's recipients",
                "Answers when each was tried, after 20 s at the latest: what became of it, why, and what to do. "
                "Those whose turn did not come are not-tried. Why the server's own mail server fails only "
                "its administrator is told. Once a minute. Where it arrives, messages that wait for this recipient are "
                "sent at once.");
    route.least = sdk::Role::OrganizationAdmin;
    route.serverAdminToo = true;
    describeTest(route);
    return route;
}

sdk::RouteOptions showRecipientsOptions() {
    auto route = options("showAlarmRecipients", "Who is told of an organization's alarms",
                         "Beside them the server's administrator is told of every alarm.");
    route.least = sdk::Role::OrganizationAdmin;
    route.serverAdminToo = true;
    route.operation.responseSchema = kRecipientsSchema;
    route.operation.responseExample = kRecipientsExample;
    return route;
}

sdk::RouteOptions putRecipientsOptions() {
    auto route =
        options("putAlarmRecipients", "Change who is told of an organization's alarms",
                "Replaces all. A new recipient is told of what is open now. A webhook gets a POST of JSON with "
                "'event' (alarm.opened, alarm.closed, alarm.test), 'id' (the same when it is sent again), "
                "'installation' and 'alarm'; with a secret the header X-Lmsd-Signature is 'sha256=' and the "
                "HMAC-SHA-256 of the body in hex. Any 2xx is taken as received.");
    route.least = sdk::Role::OrganizationAdmin;
    route.serverAdminToo = true;
    route.requireIfMatch = true;
    route.operation.requestSchema = kPutSchema;
    route.operation.requestExample = kPutExample;
    route.operation.responseSchema = kRecipientsSchema;
    route.operation.responseExample = kRecipientsExample;
    return route;
}

}  // namespace host::alarms
