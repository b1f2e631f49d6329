#include "plugin/api/MatchDocs.h"

namespace plugin::api {

#define NARROWED                                                                                                    \
    R"("q":{"type":"string"},"reason":{"type":"string"},"sureness":{"enum":["sure","likely","check"]},"rejected":)" \
    R"({"type":"boolean"})"

const char* const kLackingSchema =
    R"({"type":"object","required":["kind","id","externalId","title","parent","suggestions","rejected"],"properties":{)"
    R"("kind":{"enum":["learner","programme","flow","module","theme"]},"id":{"type":"string"},)"
    R"("externalId":{"type":"string"},"title":{"type":"string","description":"of a learner: the name"},)"
    R"("parent":{"type":"string","description":"what it stands in; of a learner: its flows"},)"
    R"("suggestions":{"type":"array","items":{"type":"object","required":["value","reason","text","from","unique"],)"
    R"("properties":{"value":{"type":"string","description":"unti_id, or the id of University 2035"},)"
    R"("reason":{"enum":["named-in-table","same-title","same-title-folded","same-leader-id","same-email"]},)"
    R"("text":{"type":"string"},"from":{"type":"string"},)"
    R"("unique":{"type":"boolean","description":"nothing else fits, on either side: taken by a `filter`, but for an e-mail"}}}},)"
    R"("rejected":{"type":"array","description":"suggestions that a person said no to","items":{"type":"object",)"
    R"("required":["value","reason","text","from","rejectedAt","rejectedBy"],"properties":{"value":{"type":"string"},)"
    R"("reason":{"type":"string"},"text":{"type":"string"},"from":{"type":"string"},)"
    R"("rejectedAt":{"type":"string"},"rejectedBy":{"type":"string"}}}}}})";
const char* const kLackingExample =
    R"({"kind":"programme","id":"3","externalId":"p1","title":"Оператор БПЛА","parent":"","suggestions":[{"value":"501",)"
    R"("reason":"same-title","text":"такое же название","from":"Оператор БПЛА","unique":true}],"rejected":[]})";
const char* const kAcceptLearnersSchema =
    R"({"type":"object","properties":{"contour":{"enum":["production","test"]},)"
    R"("filter":{"type":"object","properties":{"flow":{"type":"string"},)" NARROWED
    R"(}},"expected":{"type":"integer",)"
    R"("description":"with filter: fitting.acceptable of the summary as it was seen; else 409 with the present count"},)"
    R"("items":{"type":"array","maxItems":5000,"items":{"type":"object","required":["learner","untiId"],)"
    R"("properties":{"learner":{"type":"string"},"untiId":{"type":"string"}}}}}})";
const char* const kAcceptLearnersExample = R"({"contour":"production","items":[{"learner":"204","untiId":"5500123"}]})";
const char* const kAcceptElementsSchema =
    R"({"type":"object","properties":{"filter":{"type":"object","properties":{)"
    R"("kind":{"enum":["programme","flow","module","theme"]},)" NARROWED R"(}},"expected":{"type":"integer",)"
    R"("description":"with filter: fitting.acceptable of the summary as it was seen; else 409 with the present count"},)"
    R"("items":{"type":"array","maxItems":5000,"items":{"type":"object","required":["kind","id","u2035Id"],)"
    R"("properties":{"kind":{"enum":["programme","flow","module","theme"]},"id":{"type":"string"},)"
    R"("u2035Id":{"type":"string"}}}}}})";
const char* const kAcceptElementsExample = R"({"items":[{"kind":"programme","id":"3","u2035Id":"501"}]})";
const char* const kRejectLearnersSchema =
    R"({"type":"object","required":["items"],"properties":{"contour":{"enum":["production","test"]},)"
    R"("items":{"type":"array","minItems":1,"maxItems":5000,"items":{"type":"object","required":["kind","id","value"],)"
    R"("properties":{"kind":{"const":"learner"},"id":{"type":"string"},"value":{"type":"string"}}}}}})";
const char* const kRejectLearnersExample =
    R"({"contour":"production","items":[{"kind":"learner","id":"204","value":"5500123"}]})";
const char* const kRejectElementsSchema =
    R"({"type":"object","required":["items"],"properties":{)"
    R"("items":{"type":"array","minItems":1,"maxItems":5000,"items":{"type":"object","required":["kind","id","value"],)"
    R"("properties":{"kind":{"enum":["programme","flow","module","theme"]},"id":{"type":"string"},)"
    R"("value":{"type":"string"}}}}}})";
const char* const kRejectElementsExample = R"({"items":[{"kind":"programme","id":"3","value":"501"}]})";
const char* const kRejectedSchema =
    R"({"type":"object","required":["counts","rows"],"properties":{)"
    R"("counts":{"type":"object","additionalProperties":{"type":"integer"},"description":"rows by state"},)"
    R"("rows":{"type":"array","items":{"type":"object","required":["kind","id","value","state"],"properties":{)"
    R"("kind":{"type":"string"},"id":{"type":"string"},"value":{"type":"string"},)"
    R"("state":{"enum":["rejected","same","not-suggested","restored","not-rejected"]}}}}}})";
const char* const kRejectedExample =
    R"({"counts":{"rejected":1},"rows":[{"kind":"programme","id":"3","value":"501","state":"rejected"}]})";
const char* const kMatchSummarySchema =
    R"({"type":"object","required":["total","rejected","byReason","fitting"],"properties":{"total":{"type":"integer"},)"
    R"("rejected":{"type":"integer"},"byReason":{"type":"object","description":"by the first suggestion; none: without one",)"
    R"("additionalProperties":{"type":"object","required":["count","unique"],"properties":{)"
    R"("count":{"type":"integer"},"unique":{"type":"integer"}}}},)"
    R"("fitting":{"type":"object","required":["count","acceptable","byReason"],"description":"of what q, reason, sureness )"
    R"(and rejected leave","properties":{"count":{"type":"integer"},"acceptable":{"type":"integer",)"
    R"("description":"how many can be accepted at once"},"byReason":{"type":"object","description":"of those",)"
    R"("additionalProperties":{"type":"integer"}}}}}})";
const char* const kMatchSummaryExample =
    R"({"total":14,"rejected":1,"byReason":{"same-leader-id":{"count":12,"unique":11},"none":{"count":2,"unique":0}},)"
    R"("fitting":{"count":14,"acceptable":11,"byReason":{"same-leader-id":11}}})";
const char* const kMatchSchema =
    R"({"type":"object","required":["id","what","contour","revision","createdAt","createdBy","undoneAt","undoneBy","counts"],)"
    R"("properties":{"id":{"type":"string"},"what":{"enum":["learners","elements"]},"contour":{"type":"string"},)"
    R"("revision":{"type":"integer"},"createdAt":{"type":"string"},"createdBy":{"type":"string"},)"
    R"("undoneAt":{"type":["string","null"]},"undoneBy":{"type":"string"},)"
    R"("counts":{"type":"object","additionalProperties":{"type":"integer"},"description":"rows by state"},)"
    R"("rows":{"type":"array","items":{"type":"object","required":["kind","id","externalId",)"
    R"("title","value","state","code"],"properties":{"kind":{"type":"string"},"id":{"type":"string"},)"
    R"("externalId":{"type":"string"},"title":{"type":"string","description":"of a learner: the name; empty: it is gone"},)"
    R"("value":{"type":"string"},)"
    R"("state":{"enum":["applying","applied","same","refused","undone","kept"],"description":"applying: not known to have ended; undo takes it back"},)"
    R"("code":{"enum":["","no-record","changed","taken","not-valid","kept"]}}}}}})";
const char* const kMatchExample =
    R"({"id":"2","what":"elements","contour":"","revision":1,"createdAt":"2025-09-15T07:00:00Z","createdBy":"anna",)"
    R"("undoneAt":null,"undoneBy":"","counts":{"applied":1},"rows":[{"kind":"programme","id":"3","externalId":"p1",)"
    R"("title":"Оператор БПЛА","value":"501","state":"applied","code":""}]})";
const char* const kKnownIdsSchema =
    R"({"type":"object","required":["read","refused"],"properties":{"read":{"type":"integer","description":"ids that were taken"},)"
    R"("refused":{"type":"array","items":{"type":"object","required":["row","column","value","code","reason","fix"],)"
    R"("properties":{"row":{"type":"integer","description":"as the spreadsheet counts"},"column":{"type":"string"},)"
    R"("value":{"type":"string"},"code":{"enum":["no-kind","not-an-id","lost-digits","no-record","has-another","held",)"
    R"("twice","contradicts","nameless"]},"reason":{"type":"string"},"fix":{"type":"string"}}}}}})";
const char* const kKnownIdsExample =
    R"({"read":12,"refused":[{"row":17,"column":"u2035Id","value":"x7","code":"not-an-id",)"
    R"("reason":"это не id: нужно целое число без нуля впереди, не больше 9223372036854775807",)"
    R"("fix":"Скопируйте id из списка Университета 20.35."}]})";

}  // namespace plugin::api
