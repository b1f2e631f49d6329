#include "plugin/api/ReadinessDocs.h"

#include "plugin/api/Lists.h"

#include <fmt/format.h>

namespace plugin::api::docs {

using host::sdk::Operation;

namespace {

constexpr const char* kFlowSchema =
    R"({"type":"object","required":["flow","flowTitle","programme","programmeTitle","project","profile","channel",)"
    R"("learners","ready","notReady","onlyWaits","unknown","byCode","note","computedAt","run"],"properties":{)"
    R"("flow":{"type":"string"},"flowTitle":{"type":"string"},)"
    R"("endsAt":{"type":["string","null"],"format":"date-time"},)"
    R"("closedAt":{"type":["string","null"],"format":"date-time","description":"no more results come since"},)"
    R"("programme":{"type":"string"},)"
    R"("programmeTitle":{"type":"string"},"project":{"type":"string"},)"
    R"("profile":{"type":"string","description":"with its version"},"channel":{"enum":["lrs","tables"]},)"
    R"("learners":{"type":"integer"},"ready":{"type":"integer"},"notReady":{"type":"integer"},)"
    R"("onlyWaits":{"type":"integer","description":"of those not ready: nobody has anything to do, the rest comes by itself"},)"
    R"("unknown":{"type":"integer","description":"the profile has no rules"},)"
    R"("byCode":{"type":"object","additionalProperties":{"type":"integer"},"description":"what is lacking → learners"},)"
    R"("note":{"type":"string","description":"what to know of the verdicts; may be empty"},)"
    R"("computedAt":{"type":"string","format":"date-time"},"run":{"type":"string"}}})";
constexpr const char* kFlowExample =
    R"({"flow":"3","flowTitle":"Поток осень 2025","programme":"1","programmeTitle":"Аналитик данных",)"
    R"("project":"dp-2025","profile":"digital-professions 2025.1 0123456789ab","channel":"lrs","learners":200,)"
    R"("ready":181,"notReady":19,"onlyWaits":12,"unknown":0,"byCode":{"no-unti-id":4,"not-delivered":12,)"
    R"("reflection-module-missing":3},"note":"","computedAt":"2026-01-12T23:00:09Z","run":"12"})";

#define RECORDS                                                                                             \
    R"({"type":"array","items":{"type":"object","required":["kind","id","revision"],"properties":{"kind":)" \
    R"({"type":"string"},"id":{"type":"string"},"revision":{"type":"integer"}}}})"
#define LACK_PROPERTIES                                                                                           \
    R"("state":{"enum":["waiting","not-met"]},"code":{"type":"string","description":"stable"},)"                  \
    R"("field":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string","description":"what to do"},)" \
    R"("records":)" RECORDS
#define LACKS                                                                                           \
    R"({"type":"array","items":{"type":"object","required":["state","code","reason","fix","records"],)" \
    R"("properties":{)" LACK_PROPERTIES "}}}"
#define FACTS                                                                                                       \
    R"({"type":"object","properties":{"hasUntiId":{"type":"boolean"},"enrollment":{"type":"string"},)"              \
    R"("results":{"type":"object","properties":{"graded":{"type":"integer"},"underReview":{"type":"integer"}}},)"   \
    R"("finalWork":{"type":"object","properties":{"elements":{"type":"integer"},"underReview":{"type":"integer"},)" \
    R"("best":{"type":["object","null"],"description":"the result that the rules are judged by","properties":{)"    \
    R"("result":{"type":"string"},"attempt":{"type":"integer"},"raw":{"type":["number","null"]},)"                  \
    R"("success":{"type":["boolean","null"]},"files":{"type":"integer"},)"                                          \
    R"("told":{"type":"boolean","description":"University 2035 has it, or the tables carry it"}}}}},)"              \
    R"("reflections":{"type":"object","properties":{"modules":{"type":"integer"},"ofModules":{"type":"integer"},)"  \
    R"("programme":{"type":"boolean"},"doubtful":{"type":"integer"}}},)"                                            \
    R"("viewing":{"type":"object","description":"a hint, never part of a verdict","properties":{)"                  \
    R"("elements":{"type":"integer"},"watched":{"type":"integer"},"toMark":{"type":"integer"},)"                    \
    R"("meanPercent":{"type":["number","null"]}}},"openings":{"type":"integer"},)"                                  \
    R"("statements":{"type":"object","properties":{"delivered":{"type":"integer"},"waiting":{"type":"integer"},)"   \
    R"("refused":{"type":"integer"}}}}})"
#define PERSON_PROPERTIES                                                                                          \
    R"("flow":{"type":"string"},"learner":{"type":"string"},)"                                                     \
    R"("externalId":{"type":"string","description":"the learner's id in its source"},"untiId":{"type":"string"},)" \
    R"("lastName":{"type":"string"},"firstName":{"type":"string"},"middleName":{"type":"string"},)"                \
    R"("verdict":{"enum":["ready","not-ready","unknown"]},"onlyWaits":{"type":"boolean"},)"                        \
    R"("computedAt":{"type":"string","format":"date-time"},"facts":)" FACTS
#define PERSON_REQUIRED R"("flow","learner","verdict","onlyWaits","computedAt","facts")"
#define HINTS                                                                                              \
    R"({"type":"array","items":{"type":"object","required":["code","text"],"properties":{"code":{"type":)" \
    R"("string"},"text":{"type":"string"}}}})"

constexpr const char* kLearnerSchema = R"({"type":"object","required":[)" PERSON_REQUIRED
                                       R"(,"lacks"],"properties":{)" PERSON_PROPERTIES R"(,"lacks":)" LACKS "}}";
constexpr const char* kDetailSchema =
    R"({"type":"object","required":[)" PERSON_REQUIRED
    R"(,"project","profile","channel","note","rules","hints"],"properties":{)" PERSON_PROPERTIES
    R"(,"project":{"type":"string"},"profile":{"type":"string"},"channel":{"enum":["lrs","tables"]},"note":)"
    R"({"type":"string"},"rules":{"type":"array","items":{"type":"object","required":["check","title","state","lacks",)"
    R"("records"],"properties":{"check":{"type":"string"},"title":{"type":"string"},"state":{"enum":["met","waiting",)"
    R"("not-met"]},"lacks":)" LACKS R"(,"records":)" RECORDS R"(}}},"hints":)" HINTS "}}";
#undef HINTS
#undef PERSON_REQUIRED
#undef PERSON_PROPERTIES
#undef FACTS
#undef LACKS
#undef LACK_PROPERTIES
#undef RECORDS

constexpr const char* kFactsExample =
    R"({"hasUntiId":true,"enrollment":"finished","results":{"graded":9,"underReview":0},"finalWork":{"elements":1,)"
    R"("underReview":0,"best":{"result":"977","attempt":1,"raw":84,"success":true,"files":1,"told":true}},)"
    R"("reflections":{"modules":11,"ofModules":12,"programme":true,"doubtful":0},"viewing":{"elements":24,"watched":22,)"
    R"("toMark":20,"meanPercent":91.5},"openings":14,"statements":{"delivered":44,"waiting":0,"refused":0}})";
constexpr const char* kLacksExample =
    R"([{"state":"not-met","code":"reflection-module-missing","field":"reflection","reason":"Нет рефлексий по модулям: )"
    R"(«Визуализация».","fix":"Слушатель должен написать рефлексию по итогу каждого модуля; загрузите их.",)"
    R"("records":[{"kind":"module","id":"18","revision":1}]}])";
constexpr const char* kPersonExample =
    R"("flow":"3","learner":"41","externalId":"s-1041","untiId":"123456","lastName":"Иванов","firstName":"Иван",)"
    R"("verdict":"not-ready","onlyWaits":false,"computedAt":"2026-01-12T23:00:09Z","facts":)";

std::string learnerExample() {
    return fmt::format(R"({{{}{},"lacks":{}}})", kPersonExample, kFactsExample, kLacksExample);
}

}  // namespace

Operation listReadinessFlows() {
    return {.id = "listReadiness",
            .tag = "Readiness",
            .summary = "How many learners of each flow University 2035 would accept, and what the others lack",
            .description =
                "As the last night found it; `POST /runs` with `{\"only\":\"readiness\",\"flow\":3}` judges anew. A "
                "verdict is given by the profile's rules only. `Accept: text/csv` gives the same list as CSV.",
            .responseSchema = listSchema(kFlowSchema),
            .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kFlowExample),
            .queryParameters = {
                {"project", "project id"}, {"limit", "at most 1000"}, {"cursor", "`next` of the page before"}}};
}

Operation listReadinessLearners() {
    return {.id = "listReadinessLearners",
            .tag = "Readiness",
            .summary = "A flow's learners: accepted or not, and exactly what is lacking",
            .description =
                "`lacks` names each thing once; the learner's own resource tells it rule by rule. `Accept: "
                "text/csv` gives the same list as CSV.",
            .responseSchema = listSchema(kLearnerSchema),
            .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", learnerExample()),
            .queryParameters = {{"verdict", "ready, not-ready or unknown"},
                                {"code", "lacks this: no-unti-id"},
                                {"q", "words of the name, the source's id or the unti_id"},
                                {"limit", "at most 1000"},
                                {"cursor", "`next` of the page before"}}};
}

Operation getReadinessLearner() {
    return {.id = "getReadinessLearner",
            .tag = "Readiness",
            .summary = "One learner, rule by rule, with the records that each was judged by",
            .description =
                "`waiting`: all that people can do is done. `not-met`: somebody has something to do, and "
                "`fix` says what. `hints` are never part of a verdict.",
            .responseSchema = kDetailSchema,
            .responseExample = fmt::format(
                R"({{{}{},"project":"dp-2025","profile":"digital-professions 2025.1 0123456789ab","channel":"lrs",)"
                R"("note":"","rules":[{{"check":"reflection-modules","title":"Есть рефлексии по итогу всех модулей",)"
                R"("state":"not-met","lacks":{},"records":[{{"kind":"reflection","id":"310","revision":1}}]}}],)"
                R"("hints":[]}})",
                kPersonExample, kFactsExample, kLacksExample)};
}

}  // namespace plugin::api::docs
