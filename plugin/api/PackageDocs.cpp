#include "plugin/api/PackageDocs.h"

#include "plugin/api/Lists.h"

#include <fmt/format.h>

namespace plugin::api::docs {

namespace {

#define PACKAGE_PROPERTIES                                                                                            \
    R"("id":{"type":"string"},"project":{"type":"string"},"contour":{"enum":["test"]},"endpoint":{"type":"string"},)" \
    R"("flow":{"type":"string"},"learner":{"type":"string"},"untiId":{"type":"string"},)"                             \
    R"("methodistUntiId":{"type":["string","null"]},"state":{"enum":["running","done","incomplete","failed",)"        \
    R"("voiding","voided","void-incomplete"]},"stateText":{"type":"string"},"requestedBy":{"type":"string"},)"        \
    R"("createdAt":{"type":"string","format":"date-time"},)"                                                          \
    R"("finishedAt":{"type":["string","null"],"format":"date-time"},"message":{"type":"string"})"
#define PACKAGE_REQUIRED                                                                                      \
    R"("id","project","contour","endpoint","flow","learner","untiId","methodistUntiId","state","stateText",)" \
    R"("requestedBy","createdAt","finishedAt","message")"
#define PACKAGE_EXAMPLE                                                                                                       \
    R"("id":"0d4f7a52-5f0c-4b59-9c43-6a4c4bb0b7f1","project":"bas","contour":"test",)"                                        \
    R"("endpoint":"https://api.u2035test.ru/lrs-external/data/xAPI/","flow":"3","learner":"41","untiId":"900001",)"           \
    R"("methodistUntiId":"900100","state":"incomplete","stateText":"отправлен не весь","requestedBy":"anna",)" \
    R"("createdAt":"2026-01-12T10:30:00Z","finishedAt":"2026-01-12T10:30:04Z","message":"")"

const char* const kItem =
    R"({"type":"object","required":[)" PACKAGE_REQUIRED R"(],"properties":{)" PACKAGE_PROPERTIES "}}";
const char* const kReport =
    R"({"type":"object","required":[)" PACKAGE_REQUIRED
    R"(,"kinds","statements","unsent","text"],"properties":{)" PACKAGE_PROPERTIES
    R"(,"kinds":{"type":"array","items":{"type":"object","required":["kind","statements","accepted","refused"],)"
    R"("properties":{"kind":{"type":"string"},"statements":{"type":"integer"},"accepted":{"type":"integer"},)"
    R"("refused":{"type":"integer"}}}},"statements":{"type":"array","items":{"type":"object","required":["statementId",)"
    R"("kind","record","state","status","message","errorId","voided","statement"],"properties":{)"
    R"("statementId":{"type":"string"},"kind":{"type":"string"},"record":{"type":"object","required":["kind","id",)"
    R"("revision"],"properties":{"kind":{"type":"string"},"id":{"type":"string"},"revision":{"type":"integer"}}},)"
    R"("state":{"enum":["waiting","in_doubt","accepted","refused","blocked"]},"status":{"type":"integer",)"
    R"("description":"of the LRS's answer; 0: none"},"message":{"type":"string"},"errorId":{"type":"string"},)"
    R"("voided":{"type":"boolean"},"voidedBy":{"type":"string"},"statement":{"type":"object"}}}},)"
    R"("unsent":{"type":"array","items":{"type":"object","required":["record","kind","code","field","reason","fix"],)"
    R"("properties":{"record":{"type":"object","required":["kind","id","revision"],"properties":{"kind":)"
    R"({"type":"string"},"id":{"type":"string"},"revision":{"type":"integer"}}},"kind":{"type":"string"},)"
    R"("code":{"type":"string"},"field":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}}},)"
    R"("text":{"type":"string","description":"the report to be copied"}}})";
const char* const kReportExample =
    "{" PACKAGE_EXAMPLE R"(,"kinds":[{"kind":"learner.grade","statements":1,"accepted":1,"refused":0}],"statements":[{)"
    R"("statementId":"5a0b1c1e-2c8f-5b0e-9a53-0d5b6a1f3c11","kind":"learner.grade","record":{"kind":"result",)"
    R"("id":"1041","revision":1},"state":"accepted","status":200,"message":"","errorId":"","voided":false,)"
    R"("statement":{"id":"5a0b1c1e-2c8f-5b0e-9a53-0d5b6a1f3c11"}}],"unsent":[{"record":{"kind":"result",)"
    R"("id":"1046","revision":1},"kind":"learner.final-work","code":"no-test-storage","field":"result.files",)"
    R"("reason":"Не отправлено: нет S3 тестового контура.","fix":"Укажите S3 тестового контура и повторите."}],)"
    R"("text":"Полный пакет цифрового следа одного слушателя…"})";

}  // namespace

host::sdk::Operation beginPackage() {
    return {
        .id = "beginFullPackage",
        .tag = "Wizard",
        .summary = "Send every statement of one learner to the test contour",
        .description =
            "University 2035 asks for it before it opens the production contour. Stage 2 only, with its endpoint and "
            "Basic; ids of the test contour only. Answers 202 at once; the report grows until its state is no longer "
            "`running`. Repeated, the same statements go with the same bytes. Without `storage` what has files is "
            "not sent and named. `storage` is used for this package and not kept. Nothing of it counts as told to "
            "University 2035.",
        .requestSchema =
            R"({"type":"object","required":["flow","learner"],"properties":{"flow":{"type":"integer","minimum":1},)"
            R"("learner":{"type":"integer","minimum":1},"methodistTestUntiId":{"type":"string",)"
            R"("pattern":"^[1-9][0-9]*$"},"storage":{"type":"object","required":["storageUrl","accessKeyId",)"
            R"("secretKey"],"properties":{"storageUrl":{"type":"string"},"bucket":{"type":"string"},)"
            R"("accessKeyId":{"type":"string"},"secretKey":{"type":"string"}},"additionalProperties":false}},)"
            R"("additionalProperties":false})",
        .requestExample = R"({"flow":3,"learner":41,"methodistTestUntiId":"900100"})",
        .responseSchema = kReport,
        .responseExample = kReportExample,
        .successStatus = 202};
}

host::sdk::Operation listPackages() {
    return {.id = "listFullPackages",
            .tag = "Wizard",
            .summary = "Full packages of an integration, newest first",
            .description = "`Accept: text/csv` gives the same list as CSV.",
            .responseSchema = listSchema(kItem),
            .responseExample = R"({"items":[{)" PACKAGE_EXAMPLE R"(}],"next":null})",
            .queryParameters = {{"limit", "at most 1000"}, {"cursor", "`next` of the page before"}}};
}

host::sdk::Operation getPackage() {
    return {.id = "getFullPackage",
            .tag = "Wizard",
            .summary = "A full package's report",
            .description = "`Accept: text/plain` gives just the text to be copied into a letter.",
            .responseSchema = kReport,
            .responseExample = kReportExample};
}

host::sdk::Operation voidPackage() {
    return {.id = "voidFullPackage",
            .tag = "Wizard",
            .summary = "Void in the test contour what a package has sent",
            .description =
                "Sends xAPI voiding statements for them, to the test contour it was sent to and to no other. The next "
                "package has ids of its own: a voided one can't be used again.",
            .responseSchema = kReport,
            .responseExample = kReportExample,
            .successStatus = 202};
}

}  // namespace plugin::api::docs
