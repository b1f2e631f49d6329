#include "plugin/api/SsoView.h"

#include "plugin/api/SsoJoining.h"
#include "plugin/sso/Failures.h"

namespace plugin::api {

const char* const kSsoClientSchema =
    R"({"type":"object","required":["contour","configured","revision","base","clientId","secret","redirectUri",)"
    R"("callback","findings","lastCheck"],"properties":{"contour":{"enum":["production","test"]},)"
    R"("configured":{"type":"boolean"},"revision":{"type":"integer"},"base":{"type":"string"},)"
    R"("clientId":{"type":"string"},"secret":{"type":"string","description":"its last four characters; never more"},)"
    R"("redirectUri":{"type":"string","description":"to the character as University 2035 has it"},)"
    R"("callback":{"type":"string","description":"this server's callback at the address you came by"},)"
    R"("findings":{"type":"array","items":{"type":"object","required":["code","wrong","reason","fix"],"properties":{)"
    R"("code":{"type":"string"},"wrong":{"type":"boolean","description":"it can't work so"},)"
    R"("reason":{"type":"string"},"fix":{"type":"string"}}}},"lastCheck":{"type":["object","null"],"properties":{)"
    R"("at":{"type":"string"},"passed":{"type":"boolean"},"code":{"type":"string"},"cause":{"type":"string"},)"
    R"("fix":{"type":"string"}}}}})";
const char* const kSsoClientExample =
    R"({"contour":"test","configured":true,"revision":1,"base":"https://sso.u2035test.ru","clientId":"nashaorganizaciya",)"
    R"("secret":"9f1c","redirectUri":"https://lms.example.org/u2035/sso/demo/test/callback",)"
    R"("callback":"https://lms.example.org/u2035/sso/demo/test/callback","findings":[],"lastCheck":null})";
const char* const kSsoClientWriteSchema =
    R"({"type":"object","required":["clientId","redirectUri"],"properties":{"base":{"type":"string",)"
    R"("description":"left out: University 2035's own of the contour"},"clientId":{"type":"string","maxLength":100},)"
    R"("clientSecret":{"type":"string","maxLength":500,"description":"left out: the one that is kept stays; it comes days after the letter that asks for it"},)"
    R"("redirectUri":{"type":"string","maxLength":500}}})";
const char* const kSsoClientWriteExample = R"({"clientId":"nashaorganizaciya","clientSecret":"0123456789abcdef",)"
                                           R"("redirectUri":"https://lms.example.org/u2035/sso/demo/test/callback"})";
const char* const kSsoTrialSchema =
    R"({"type":"object","required":["url","expiresAt"],"properties":{"url":{"type":"string"},"expiresAt":{"type":"string"}}})";
const char* const kSsoTrialExample =
    R"({"url":"https://lms.example.org/u2035/sso/join?t=0123456789abcdef","expiresAt":"2025-09-15T07:10:00Z"})";
const char* const kSsoLinkSchema =
    R"({"type":"object","required":["id","learner","contour","state","createdAt","createdBy","expiresAt","usedAt"],)"
    R"("properties":{"id":{"type":"string"},"learner":{"type":"string"},"contour":{"enum":["production","test"]},)"
    R"("state":{"enum":["open","used","revoked","expired"]},"createdAt":{"type":"string"},"createdBy":{"type":"string"},)"
    R"("expiresAt":{"type":"string"},"usedAt":{"type":["string","null"]}}})";
const char* const kSsoLinkExample =
    R"({"id":"17","learner":"204","contour":"production","state":"open","createdAt":"2025-09-15T07:00:00Z",)"
    R"("createdBy":"anna","expiresAt":"2025-09-22T07:00:00Z","usedAt":null})";
const char* const kSsoLinksWriteSchema =
    R"({"type":"object","properties":{"contour":{"enum":["production","test"]},)"
    R"("learners":{"type":"array","items":{"type":"string"},"maxItems":5000,"description":"ids of learners"},)"
    R"("externalIds":{"type":"array","items":{"type":"string"},"maxItems":500,"description":"the source's own ids"},)"
    R"("flow":{"type":"string","description":"everybody enrolled in it"},)"
    R"("hours":{"type":"integer","minimum":1,"maximum":2160,"description":"how long it serves; 168 when left out"},)"
    R"("again":{"type":"boolean","description":"also for learners who have an unti_id"},)"
    R"("unlink":{"type":"boolean","description":"its learner may unlink with it, also when it has been used"}}})";
const char* const kSsoLinksWriteExample = R"({"contour":"production","learners":["204"],"hours":168})";
const char* const kSsoMadeSchema =
    R"({"type":"object","required":["items","skipped"],"properties":{"items":{"type":"array","items":{"type":"object",)"
    R"("required":["id","learner","learnerExternalId","name","url","expiresAt"],"properties":{"id":{"type":"string"},)"
    R"("learner":{"type":"string"},"learnerExternalId":{"type":"string"},"name":{"type":"string"},)"
    R"("url":{"type":"string","description":"shown this once"},"expiresAt":{"type":"string"}}}},)"
    R"("skipped":{"type":"array","items":{"type":"object","required":["learner","code","reason"],"properties":{)"
    R"("learner":{"type":"string"},"code":{"enum":["has-unti-id","no-learner"]},"reason":{"type":"string"}}}}}})";
const char* const kSsoMadeExample =
    R"({"items":[{"id":"17","learner":"204","learnerExternalId":"l1","name":"Соколова Анна",)"
    R"("url":"https://lms.example.org/u2035/sso/join?t=0123456789abcdef","expiresAt":"2025-09-22T07:00:00Z"}],"skipped":[]})";
const char* const kSsoJoinSchema =
    R"({"type":"object","required":["id","revision","learner","learnerExternalId","name","contour","state","untiId",)"
    R"("leaderId","previous","previousLeaderId","createdAt","decidedAt","decidedBy","code","reason","fix"],"properties":{)"
    R"("id":{"type":"string"},"revision":{"type":"integer"},"learner":{"type":"string"},)"
    R"("learnerExternalId":{"type":"string"},"name":{"type":"string"},"contour":{"enum":["production","test"]},)"
    R"("state":{"enum":["joined","waiting","declined","dismissed","undone"]},)"
    R"("untiId":{"type":"string","description":"that University 2035 gave"},"leaderId":{"type":"string"},)"
    R"("previous":{"type":"string","description":"the learner's unti_id before"},"previousLeaderId":{"type":"string"},)"
    R"("createdAt":{"type":"string"},"decidedAt":{"type":["string","null"]},"decidedBy":{"type":"string"},)"
    R"("code":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}})";
const char* const kSsoJoinExample =
    R"({"id":"5","revision":1,"learner":"204","learnerExternalId":"l1","name":"Соколова Анна","contour":"production",)"
    R"("state":"waiting","untiId":"5500123","leaderId":"123456","previous":"5500999","previousLeaderId":"",)"
    R"("createdAt":"2025-09-15T07:00:00Z","decidedAt":null,"decidedBy":"","code":"has-another",)"
    R"("reason":"У слушателя уже другой unti_id.","fix":"Сверьте оба с человеком: примите новый или оставьте прежний."})";
const char* const kSsoJoinsSummarySchema =
    R"({"type":"object","required":["total","byState"],"properties":{"total":{"type":"integer"},"byState":{"type":"object",)"
    R"("required":["joined","waiting","declined","dismissed","undone"],"additionalProperties":{"type":"integer"}}}})";
const char* const kSsoJoinsSummaryExample =
    R"({"total":14,"byState":{"joined":12,"waiting":2,"declined":0,"dismissed":0,"undone":0}})";
const char* const kSsoErrorSchema =
    R"({"type":"object","required":["code","cause","fix"],"properties":{"code":{"type":"string"},)"
    R"("cause":{"type":"string"},"fix":{"type":"string"}}})";
const char* const kSsoErrorExample =
    R"({"code":"sso.cancelled","cause":"Вход в Университет 20.35 отменён.",)"
    R"("fix":"Если это случайно, начните вход заново кнопкой. Без входа unti_id не узнать."})";
const char* const kSsoDecisionSchema =
    R"({"type":"object","required":["decision"],"properties":{"decision":{"enum":["accept","dismiss"]}}})";
const char* const kSsoDecisionExample = R"({"decision":"accept"})";

void writeFindings(common::JsonWriter& json, const std::vector<sso::Finding>& findings, bool russian) {
    json.array();
    for (const auto& one : findings)
        json.object()
            .member("code", one.code)
            .member("wrong", one.wrong)
            .member("reason", one.reason(russian))
            .member("fix", one.fix(russian))
            .end();
    json.end();
}

void writeClient(common::JsonWriter& json, const SsoClientView& view, bool russian) {
    const auto& row = view.row;
    json.object()
        .member("contour", row.contour)
        .member("configured", row.revision != 0 && view.hasSecret)
        .member("revision", row.revision)
        .member("base", row.base.empty() ? view.defaultBase : row.base)
        .member("clientId", row.clientId)
        .member("secret", view.secretLastFour)
        .member("redirectUri", row.redirectUri)
        .member("callback", view.callback);
    json.key("findings");
    writeFindings(json, view.findings, russian);
    json.key("lastCheck");
    if (!row.checkedAt) {
        json.null().end();
        return;
    }
    const bool passed = row.checkCode == "ok";
    const auto why =
        passed ? sso::Explanation{"ok", {}, {}} : sso::explainCode(row.checkCode, row.checkDetail, russian);
    json.object()
        .timeMember("at", row.checkedAt)
        .member("passed", passed)
        .member("code", why.code)
        .member("cause", why.cause)
        .member("fix", why.fix)
        .end()
        .end();
}

const char* linkState(const store::SsoLink& link, host::sdk::Micros now) {
    if (link.usedAt) return "used";
    if (link.revokedAt) return "revoked";
    return link.expiresAt <= now ? "expired" : "open";
}

void writeLink(common::JsonWriter& json, const store::SsoLink& link, host::sdk::Micros now) {
    json.object()
        .member("id", std::to_string(link.id))
        .member("learner", std::to_string(link.learnerId))
        .member("contour", link.contour)
        .member("state", linkState(link, now))
        .timeMember("createdAt", link.createdAt)
        .member("createdBy", link.createdBy)
        .timeMember("expiresAt", link.expiresAt)
        .timeMember("usedAt", link.usedAt)
        .end();
}

void writeLinkCsvHeader(CsvText& csv) {
    for (const auto* name : {"id", "learner", "contour", "state", "createdAt", "createdBy", "expiresAt", "usedAt"})
        csv.cell(name);
    csv.endRow();
}

void writeLinkCsv(CsvText& csv, const store::SsoLink& link, host::sdk::Micros now) {
    csv.cell(link.id).cell(link.learnerId).cell(link.contour).cell(linkState(link, now)).time(link.createdAt);
    csv.cell(link.createdBy).time(link.expiresAt).time(link.usedAt).endRow();
}

void writeJoin(common::JsonWriter& json, const store::SsoJoin& join, const SsoPerson& person, bool russian) {
    const auto words = joinWords(join.code, russian);
    json.object()
        .member("id", std::to_string(join.id))
        .member("revision", join.revision)
        .member("learner", std::to_string(join.learnerId))
        .member("learnerExternalId", person.externalId)
        .member("name", person.name)
        .member("contour", join.contour)
        .member("state", toString(join.state))
        .member("untiId", join.untiId)
        .member("leaderId", join.leaderId)
        .member("previous", join.previous)
        .member("previousLeaderId", join.previousLeader)
        .timeMember("createdAt", join.createdAt)
        .timeMember("decidedAt", join.decidedAt)
        .member("decidedBy", join.decidedBy)
        .member("code", join.code)
        .member("reason", words.reason)
        .member("fix", words.fix)
        .end();
}

void writeJoinCsvHeader(CsvText& csv) {
    for (const auto* name :
         {"id", "learner", "learnerExternalId", "name", "contour", "state", "untiId", "leaderId", "previous",
          "previousLeaderId", "createdAt", "decidedAt", "decidedBy", "code", "reason", "fix"})
        csv.cell(name);
    csv.endRow();
}

void writeJoinCsv(CsvText& csv, const store::SsoJoin& join, const SsoPerson& person, bool russian) {
    const auto words = joinWords(join.code, russian);
    csv.cell(join.id).cell(join.learnerId).cell(person.externalId).cell(person.name).cell(join.contour);
    csv.cell(toString(join.state)).cell(join.untiId).cell(join.leaderId).cell(join.previous).cell(join.previousLeader);
    csv.time(join.createdAt).time(join.decidedAt).cell(join.decidedBy).cell(join.code).cell(words.reason);
    csv.cell(words.fix).endRow();
}

}  // namespace plugin::api
