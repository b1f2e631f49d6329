#include "plugin/api/WizardDocs.h"

#include "plugin/api/StateStream.h"

namespace plugin::api::docs {

using host::sdk::Operation;

namespace {

constexpr const char* kCards =
    R"({"items":[{"project":"bas","title":"Кадры для БАС","status":"in-progress",)"
    R"("statusText":"В процессе 2/4","canOpen":true,"canDisconnect":true,"stage":2,"stages":4,)"
    R"("version":3}],"next":null})";
#define CARD_PROPERTIES                                                                                      \
    R"("project":{"type":"string"},"title":{"type":"string"},)"                                              \
    R"("status":{"enum":["not-done","in-progress","data-error","active"]},"statusText":{"type":"string"},)"  \
    R"("canOpen":{"type":"boolean"},"canDisconnect":{"type":"boolean"},"hint":{"type":"string"},)"           \
    R"("contour":{"enum":["production","test"],"description":"where the production address really leads"},)" \
    R"("warning":{"type":"string","description":"it leads to the test contour: nothing is sent"},)"          \
    R"("version":{"type":"integer","description":"the ETag, to be sent as If-Match"})"
#define TIME_OR_NULL R"({"type":["string","null"],"format":"date-time"})"

constexpr const char* kCardsSchema =
    R"({"type":"object","required":["items","next"],"properties":{"items":{"type":"array","items":{"type":"object",)"
    R"("required":["project","title","status","statusText","stage","stages","version"],"properties":{)" CARD_PROPERTIES
    R"(,"stage":{"type":"integer","minimum":0,"maximum":4,"description":"stages that were opened"},"stages":{"type":"integer"}}}},)"
    R"("next":{"type":["string","null"]}}})";

#define CHECK_PROPERTIES                                                                                                   \
    R"("id":{"type":"string"},"stage":{"type":"integer"},"purpose":{"enum":["stage","replace-basic","replace-storage"]},)" \
    R"("state":{"enum":["running","passed","failed"]},"startedAt":{"type":"string","format":"date-time"},)"                \
    R"("deadline":{"type":"string","format":"date-time"},"finishedAt":)" TIME_OR_NULL                                      \
    R"(,"steps":{"type":"array","items":{"type":"object","required":["name","state","observed","cause","fix",)"            \
    R"("milliseconds"],"properties":{"name":{"type":"string"},"title":{"type":"string"},)"                                 \
    R"("state":{"enum":["passed","warning","failed"]},"code":{"type":"string","description":"stable reason"},)"            \
    R"("observed":{"type":"string"},"cause":{"type":"string"},"fix":{"type":"string"},)"                                   \
    R"("milliseconds":{"type":"integer"},"status":{"type":"integer","description":"HTTP status of their answer"},)"        \
    R"("errorId":{"type":"string"},"answer":{"type":"string"},"url":{"type":"string"},)"                                   \
    R"("parameters":{"type":"string","description":"what was sent, secrets masked"},)"                                     \
    R"("choices":{"type":"array","items":{"type":"string"}}}}})"

#define ENDPOINT \
    R"({"type":"object","properties":{"address":{"type":"string","description":"before activation the one that was typed and passed"},"source":{"enum":["profile","letter","administrator"]},"contour":{"enum":["production","test"]}}})"
#define ENDPOINTS R"({"type":"object","properties":{"test":)" ENDPOINT R"(,"production":)" ENDPOINT "}}"
#define LAST_FOUR R"({"type":["object","null"],"properties":{"lastFour":{"type":"string"}}})"
constexpr const char* kWizardSchema =
    R"({"type":"object","required":["project","status","stage","stages","guid","credentials","version"],"properties":{)" CARD_PROPERTIES
    R"(,"stage":{"type":"integer","description":"the stage that is shown"},"opened":{"type":"integer"},"stages":{"type":"array",)"
    R"("items":{"type":"object","required":["number","title","state","statusText","canSelect","canContinue","text"],"properties":{)"
    R"("number":{"type":"integer"},"title":{"type":"string"},"state":{"enum":["locked","open","done","failed"]},)"
    R"("statusText":{"type":"string"},"text":{"type":"string"},"canSelect":{"type":"boolean"},"canContinue":{"type":"boolean"},)"
    R"("openedAt":)" TIME_OR_NULL
    R"(,"passedAt":{"type":["string","null"],"format":"date-time","description":"when its button was pressed last; null: not, or not on record"},)"
    R"("passedBy":{"type":["string","null"],"description":"login of who pressed it"},)"
    R"("continueText":{"type":"string"},"canCheck":{"type":"boolean"},"checkText":{"type":"string"},)"
    R"("lastCheck":{"enum":["none","passed","failed"]},"tried":)" LAST_FOUR
    R"(,"letter":{"type":"string","description":"kind of the stage's letter"},"storageLetter":{"type":"string"},"ssoLetter":{"type":"string"},)"
    R"("reminder":{"type":"object","properties":{"letter":{"type":"string"},"copiedAt":{"type":"string","format":"date-time"},)"
    R"("remindAt":{"type":"string","format":"date-time"},"due":{"type":"boolean"}}}}}},)"
    R"("guid":{"type":["string","null"]},"credentials":{"type":"object","properties":{"testBasic":)" LAST_FOUR
    R"(,"productionBasic":)" LAST_FOUR
    R"(,"storage":{"type":["object","null"],"properties":{"userId":{"type":"string"},"accessKeyId":{"type":"string"},"secretKey":)" LAST_FOUR
    R"(,"storageUrl":{"type":"string"},"bucket":{"type":"string"}}}}},"endpoints":)" ENDPOINTS
    R"(,"s3":{"enum":["required","optional","none"]},"runningCheck":{"type":["object","null"],"properties":{"id":{"type":"string"},)"
    R"("stage":{"type":"integer"},"deadline":{"type":"string","format":"date-time"}}},)"
    R"("lastCheck":{"type":["object","null"],"properties":{)" CHECK_PROPERTIES
    R"(}},"canReplaceKey":{"type":"boolean"},)"
    R"("storeId":{"type":["string","null"]},"earlierStores":{"type":"array","items":{"type":"object","properties":{)"
    R"("id":{"type":"string"},"endpoint":{"type":"string"},"contour":{"enum":["production","test"]},)"
    R"("createdAt":{"type":"string","format":"date-time"},"closedAt":)" TIME_OR_NULL R"(}}}}})";
constexpr const char* kWizard =
    R"({"project":"bas","title":"Кадры для БАС","status":"in-progress","statusText":"В процессе 2/4","stage":2,"opened":2,)"
    R"("stages":[{"number":1,"title":"Этап 1. Доступ к тестовому контуру","state":"done","statusText":"выполнено","text":"…","canContinue":true,"canSelect":true},)"
    R"({"number":2,"title":"Этап 2. Проверка тестового контура","state":"open","statusText":"в процессе","text":"…","canContinue":false,"canSelect":true,"canCheck":true}],)"
    R"("guid":null,"credentials":{"testBasic":null,"productionBasic":null,"storage":null},"s3":"required","lastCheck":null,)"
    R"("storeId":null,"version":3})";
constexpr const char* kCheckSchema =
    R"({"type":"object","required":["id","stage","purpose","state","steps","deadline"],"properties":{)" CHECK_PROPERTIES
    "}}";
constexpr const char* kCheck =
    R"({"id":"6f3c1b0e-8a57-4a52-9d0c-0d3c9b7c1f11","stage":2,"purpose":"stage","state":"failed",)"
    R"("startedAt":"2026-01-12T10:30:00Z","deadline":"2026-01-12T10:31:00Z","finishedAt":"2026-01-12T10:30:01Z",)"
    R"("steps":[{"name":"lrs.get","state":"failed","code":"unauthorized","observed":"HTTP 401 за 35 мс",)"
    R"("cause":"Basic неверный или от другого контура","fix":"Вставьте Basic из письма этого контура","milliseconds":35}]})";
#define SCOPE_PROPERTIES                                                                                                  \
    R"("allFlows":{"type":"boolean"},"flows":{"type":"array","items":{"type":"string"}},)"                                \
    R"("channels":{"type":"array","items":{"type":"object","required":["flow","channel"],)"                               \
    R"("properties":{"flow":{"type":"string"},"channel":{"enum":["lrs","tables"]}}}},"leftOutLearners":{"type":"array",)" \
    R"("items":{"type":"object","required":["learner","reason"],"properties":{"learner":{"type":"string"},)"              \
    R"("reason":{"type":"string"}}}})"
constexpr const char* kScopeInSchema =
    R"({"type":"object","required":["allFlows"],"properties":{)" SCOPE_PROPERTIES "}}";
constexpr const char* kScopeSchema =
    R"({"type":"object","required":["allFlows","flows","channels","leftOutLearners","known","version"],"properties":{)" SCOPE_PROPERTIES
    R"(,"known":{"type":"array","description":"every flow of the project","items":{"type":"object","properties":{)"
    R"("flow":{"type":"string"},"title":{"type":"string"},"programme":{"type":"string"},"covered":{"type":"boolean"},)"
    R"("channel":{"enum":["lrs","tables"]}}}},"version":{"type":"integer"}}})";
constexpr const char* kScopeOut = R"({"allFlows":false,"flows":["12"],"channels":[{"flow":"12","channel":"tables"}],)"
                                  R"("leftOutLearners":[{"learner":"407","reason":"Отказался от передачи данных"}],)"
                                  R"("known":[{"flow":"12","title":"Поток осень 2025","programme":"Оператор БАС",)"
                                  R"("covered":true,"channel":"tables"}],"version":4})";
constexpr const char* kScope = R"({"allFlows":false,"flows":["12","13"],"channels":[{"flow":"13","channel":"tables"}],)"
                               R"("leftOutLearners":[{"learner":"407","reason":"Отказался от передачи данных"}]})";
constexpr const char* kEndpoints = R"({"test":"https://api.u2035test.ru/lrs-external/data/xAPI/","production":null})";

std::vector<std::pair<std::string, std::string>> letterParameters() {
    return {{"check", "support: id of the failed check; the last one by default"},
            {"serviceUrl", "sso-…: address of the service"},
            {"redirectUri", "sso-…: redirect_uri"},
            {"clientId", "sso-…: client_id"},
            {"leaderId", "sso-production: Leader ID"}};
}

Operation made(const char* id, const char* summary, const char* description = "") {
    Operation o;
    o.id = id;
    o.tag = "Wizard";
    o.summary = summary;
    o.description = description;
    o.responseSchema = kWizardSchema;
    o.responseExample = kWizard;
    return o;
}

}  // namespace

Operation listIntegrations() {
    Operation o = made("listIntegrations", "Карточки интеграций · Cards, one per project open to the organisation");
    o.responseSchema = kCardsSchema;
    o.responseExample = kCards;
    o.queryParameters = {{"status", "not-done, in-progress, data-error or active"},
                         {"limit", "at most 1000; 100 by default"},
                         {"cursor", "`next` of the page before"}};
    return o;
}

Operation getIntegration() {
    return made("getIntegration", "Мастер настройки · The wizard of one project",
                "ETag is the version to send as If-Match with every change. Credentials are shown as their last four "
                "characters only.");
}

Operation getLetter() {
    Operation o =
        made("getLetter", "Шаблон письма · A letter to University 2035",
             "Kinds: test-access, production-access, storage-access, sso-test, sso-production, support. Those for the "
             "sign-in go whether the integration is opened, active or neither. "
             "`Accept: message/rfc822` gives the draft as .eml. `missing` names the facts nobody has filled in. "
             "The sso-… letters take redirect_uri and client_id from the SSO settings, unless the query gives others; "
             "`findings` says where the redirect_uri differs from this server's callback or those settings.");
    o.responseSchema =
        R"({"type":"object","required":["to","from","subject","body","missing","canSend"],"properties":{"to":{"type":"string"},)"
        R"("from":{"type":"string"},"subject":{"type":"string"},"body":{"type":"string"},"missing":{"type":"array",)"
        R"("items":{"type":"object","properties":{"name":{"type":"string"},"title":{"type":"string"},)"
        R"("where":{"type":"string"},"pointer":{"type":"string"}}}},)"
        R"("findings":{"type":"array","items":{"type":"object","properties":{"code":{"type":"string"},)"
        R"("wrong":{"type":"boolean"},"reason":{"type":"string"},"fix":{"type":"string"}}}},)"
        R"("canSend":{"type":"boolean","description":"the server can send it, POST …/send"},)"
        R"("cannotSend":{"type":"string","description":"why not, and what to do"}}})";
    o.responseExample =
        R"({"to":"apps@2035.university","from":"lms@example.org","subject":"Доступ к тестовому External LRS, АНО ДПО «Высота»",)"
        R"("body":"Просим выдать логин, пароль и basic auth токен к External LRS.\n…","missing":[],"findings":[],)"
        R"("canSend":false,"cannotSend":"Сервер не отправляет писем организаций: это включает его администратор. …"})";
    o.queryParameters = letterParameters();
    return o;
}

Operation sendLetter() {
    Operation o = made("sendLetter", "Отправить письмо · Send a letter from the organization's corporate address",
                       "Through the server's mail server, where its administrator lets the organization's address be "
                       "used (`mail.organization_senders`). A sent letter counts as copied. The same Idempotency-Key "
                       "sends it once. 409 with the reason when it can't be sent, 422 when the mail server refuses it, "
                       "429, 503 and 504 when it is to be tried again: after 504 it goes out as the same letter.");
    o.responseSchema =
        R"({"type":"object","required":["sent","to","from","at"],"properties":{"sent":{"const":true},)"
        R"("to":{"type":"string"},"from":{"type":"string"},"at":{"type":"string","format":"date-time"}}})";
    o.responseExample =
        R"({"sent":true,"to":"apps@2035.university","from":"lms@example.org","at":"2026-01-12T10:30:00Z"})";
    o.queryParameters = letterParameters();
    o.successStatus = 202;
    return o;
}

Operation copyLetter() {
    return made("copyLetter", "Письмо скопировано · The letter was copied",
                "Keeps the day, for the reminder after three working days.");
}

Operation openIntegration() {
    return made("openIntegration", "Открыть карточку · First opening: «Не выполнен» → «В процессе» 1/4");
}

Operation selectStage() {
    return made("selectStage", "Перейти к этапу · The radio button, among opened stages");
}

Operation continueStage() {
    Operation o = made("continueStage", "«Данные у меня», «Проверено», «Все отлично» · The stage's button",
                       "Stage 4 makes the integration active. Where the organisation has delivered before, to another "
                       "address or with another key, it asks (409 integration.same-store-required) whether this is the "
                       "same store; `current` lists the earlier stores with their counts, how many statements would "
                       "become due again (`dueAgain`) and what the LRS itself said (`evidence`: statements read back "
                       "with the new credentials). `sameStore: true` goes on with the same bytes (`store` names one of "
                       "several); `sameStore: false` takes `expected`, the number of `dueAgain` (409 "
                       "integration.confirm-counts with the new one when it changed). A word against the evidence is "
                       "409 integration.store-evidence until it comes with `confirm: true`.");
    o.requestSchema = R"({"type":"object","properties":{"sameStore":{"type":"boolean"},"store":{"type":"string"},)"
                      R"("expected":{"type":"integer","minimum":0},"confirm":{"type":"boolean"}},)"
                      R"("additionalProperties":false})";
    o.requestExample = R"({"sameStore":true})";
    return o;
}

Operation checkStage() {
    Operation o = made(
        "checkStage", "«Подключить», «Интеграция» · Check the connection of stage 2 or 4",
        "Answers 202 with the check's address; 60 seconds in all. Idempotency-Key is accepted. Secrets are "
        "write-only. A field that is left out means the one of the last successful check of this stage, secrets "
        "too; where there is none and it is required, 422. A stored Basic goes to the address it was checked with "
        "only: with another `endpoint` send it again. `bucket` as an empty text asks for the bucket anew; all S3 "
        "fields as empty texts leave an optional storage out. An unchanged resubmission on a passed stage does not "
        "make its button active.");
    o.requestSchema =
        R"({"type":"object","properties":{"basic":{"type":"string"},"key":{"type":"string"},"secret":{"type":"string"},)"
        R"("endpoint":{"type":"string"},"userId":{"type":"string"},"accessKeyId":{"type":"string"},)"
        R"("secretKey":{"type":"string"},"storageUrl":{"type":"string"},"bucket":{"type":"string"}}})";
    o.requestExample =
        R"({"basic":"Basic ZmZjZGY4ZTk6Yjc5NzAyMzU=","userId":"demo","accessKeyId":"DEMOACCESSKEY","secretKey":"demo-secret-key",)"
        R"("storageUrl":"https://s3.example.org/bucket"})";
    o.responseSchema = kCheckSchema;
    o.responseExample = kCheck;
    o.successStatus = 202;
    return o;
}

Operation getCheck() {
    Operation o = made("getCheck", "Ход проверки · A check and its steps");
    o.responseSchema = kCheckSchema;
    o.responseExample = kCheck;
    return o;
}

Operation followCheck() {
    Operation o = made("followCheck", "Ход проверки событиями · A check as it goes on, as Server-Sent Events",
                       kStreamDescription);
    o.responseContentType = "text/event-stream";
    return o;
}

Operation disconnectIntegration() {
    Operation o = made("disconnectIntegration", "«Отключить» · Wipe the set-up",
                       "Wipes both Basics, S3 data, guid, progress and scope. What was delivered stays on record.");
    o.requestSchema = R"({"type":"object","required":["confirm"],"properties":{"confirm":{"const":true}}})";
    o.requestExample = R"({"confirm":true})";
    return o;
}

Operation replaceCredential() {
    Operation o =
        made("replaceCredential", "«Заменить ключ» · Replace one credential of an active integration",
             "Checks the new one, then swaps; the old one serves until then. Answers 202 with the check's address.");
    o.requestSchema =
        R"({"type":"object","required":["credential"],"properties":{"credential":{"enum":["basic","s3"]},)"
        R"("basic":{"type":"string"},"key":{"type":"string"},"secret":{"type":"string"},"accessKeyId":{"type":"string"},)"
        R"("secretKey":{"type":"string"},"userId":{"type":"string"}}})";
    o.requestExample = R"({"credential":"basic","basic":"ZmZjZGY4ZTk6Yjc5NzAyMzU="})";
    o.responseSchema = kCheckSchema;
    o.responseExample = kCheck;
    o.successStatus = 202;
    return o;
}

Operation getScope() {
    Operation o = made("getScope", "Охват интеграции · What is covered: flows, channels, learners left out");
    o.responseSchema = kScopeSchema;
    o.responseExample = kScopeOut;
    return o;
}

Operation putScope() {
    Operation o = getScope();
    o.id = "putScope";
    o.summary = "Изменить охват · Narrow the scope, choose channels, leave learners out";
    o.requestSchema = kScopeInSchema;
    o.requestExample = kScope;
    return o;
}

Operation getEndpoints() {
    Operation o = made("getEndpoints", "Адреса LRS · The endpoints, for the server's administrator");
    o.responseSchema =
        R"({"type":"object","required":["project","endpoints","version"],"properties":{"project":{"type":"string"},"endpoints":)" ENDPOINTS
        R"(,"version":{"type":"integer"}}})";
    o.responseExample =
        R"({"project":"bas","endpoints":{"test":{"address":"https://api.u2035test.ru/lrs-external/data/xAPI/",)"
        R"("source":"profile"},"production":{"address":"","source":"letter"}},"version":3})";
    return o;
}

Operation putEndpoints() {
    Operation o = getEndpoints();
    o.id = "putEndpoints";
    o.summary = "Переопределить адреса LRS · Override endpoints (the server's administrator only)";
    o.description = "Null or nothing gives the profile's address back. Refused while the integration is active.";
    o.requestSchema =
        R"({"type":"object","properties":{"test":{"type":["string","null"]},"production":{"type":["string","null"]}}})";
    o.requestExample = kEndpoints;
    return o;
}

}  // namespace plugin::api::docs
