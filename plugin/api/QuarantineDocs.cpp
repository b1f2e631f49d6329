#include "plugin/api/QuarantineDocs.h"

#include "plugin/api/Lists.h"
#include "plugin/api/ReadingView.h"
#include "plugin/api/RowNames.h"

#include <fmt/format.h>

namespace plugin::api::docs {

using host::sdk::Operation;

namespace {

#define TIME R"({"type":"string","format":"date-time"})"
#define MAYBE_TIME R"({"type":["string","null"],"format":"date-time"})"
#define RECORD                                                                                        \
    R"({"type":"object","required":["kind","id","revision"],"properties":{"kind":{"type":"string"},)" \
    R"("id":{"type":"string"},"revision":{"type":"integer"}}})"
#define WORD                                                                                                                   \
    R"({"type":["object","null"],"description":"what a person said and what stands","required":["word","comment","by","at"],)" \
    R"("properties":{"word":{"enum":["replay","discard"]},"comment":{"type":"string"},"by":{"type":"string"},"at":)" TIME      \
    "}}"
#define REFUSAL_PROPERTIES                                                                                      \
    R"("at":)" TIME R"(,"status":{"type":"integer"},"conflict":{"type":"boolean"},"reason":{"type":"string"},)" \
    R"("errorId":{"type":"string"})"
#define DECISION                                                                                                      \
    R"({"type":"object","required":["action","comment","by","at","refusal"],"properties":{)"                          \
    R"("action":{"enum":["replay","discard","restore","renewed"],"description":"renewed: a plan rendered it anew"},)" \
    R"("comment":{"type":"string"},"by":{"type":"string","description":"a login, or run:N"},"at":)" TIME              \
    R"(,"refusal":{"type":"object","description":"what it was about","properties":{)" REFUSAL_PROPERTIES "}}}}"

#define ROW_REQUIRED                                                                                              \
    R"("id","statementId","state","statementState","store","project","kind","flow","learner","record","source",)" \
    R"("reason","group","cause","title","meaning","fix","outlook","conflict","status","errorId","refusedAt",)"    \
    R"("dependents","word")"
#define CAUSES \
    R"(["conflict","missing-value","wrong-value","unknown-key","too-large","repeated-id","missing-attachment","other"])"
#define ROW_PROPERTIES                                                                                                                                                                                        \
    R"("id":{"type":"string"},"statementId":{"type":"string","format":"uuid"},)"                                                                                                                              \
    R"("state":{"enum":["open","replayed","discarded","superseded"],"description":"replayed: asked for once more, or gone again since; superseded: a later plan tells of the record by another statement"},)" \
    R"("statementState":{"type":"string","description":"of the statement itself, as in /statements"},)"                                                                                                       \
    R"("store":{"type":"string"},"project":{"type":"string"},"kind":{"type":"string"},"flow":{"type":"string"},)"                                                                                             \
    R"("learner":{"type":["string","null"],"description":"null: a methodist's statement"},)"                                                                                                                  \
    R"("learnerExternalId":{"type":"string"},"record":)" RECORD                                                                                                                                               \
    R"(,"source":{"type":"object","required":["state","revision"],"properties":{)"                                                                                                                            \
    R"("state":{"enum":["same","changed","deleted","missing","none"],"description":"the record beside the revision that was told"},)"                                                                         \
    R"("revision":{"type":["integer","null"]}}},)"                                                                                                                                                            \
    R"("reason":{"type":"string","description":"the LRS's own words"},)"                                                                                                                                      \
    R"("group":{"type":"string","description":"the words without position, ids and values: one cause has one group"},)"                                                                                       \
    R"("cause":{"enum":)" CAUSES R"(},"title":{"type":"string"},"meaning":{"type":"string"},"fix":{"type":"string"},)"                                                                                        \
    R"("outlook":{"type":"string","description":"what will become of it by itself; empty: nothing"},)"                                                                                                        \
    R"("conflict":{"type":"boolean"},"status":{"type":"integer"},"errorId":{"type":"string"},"refusedAt":)" TIME                                                                                              \
    R"(,"dependents":{"type":"integer","description":"statements that wait for this one"},"word":)" WORD                                                                                                      \
        NAMES_PROPERTIES

#define ROW_EXAMPLE                                                                                                                                                                                       \
    R"("id":"812","statementId":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001","state":"open","statementState":"quarantined",)"                                                                                   \
    R"("store":"5a2f0d1e-3c1b-4d7e-9a55-2f0c6f1b7e01","project":"bas","kind":"learner.grade","flow":"3","learner":"41",)"                                                                                 \
    R"("learnerExternalId":"s-1041","record":{"kind":"result","id":"977","revision":1},)"                                                                                                                 \
    R"("source":{"state":"changed","revision":2},)"                                                                                                                                                       \
    R"("reason":"Problem in 'statements.12.result.score'. Received '{\"raw\":105,\"max\":100}'",)"                                                                                                        \
    R"("group":"Problem in 'statements.N.result.score'","cause":"wrong-value","title":"Недопустимое значение",)"                                                                      \
    R"("meaning":"Значение поля не принято: в ответе хранилища названы поле и значение.",)"                                                      \
    R"("fix":"Исправьте значение в источнике или шаблон в профиле проекта: факт соберётся заново следующей ночью.",)" \
    R"("outlook":"Исправлено в источнике, уйдёт следующей ночью.","conflict":false,"status":400,)"                                                                 \
    R"("errorId":"9deb4467-1230-4f4e-be25-2a36b3a1cfab","refusedAt":"2026-01-12T23:14:07Z","dependents":0,"word":null)"

#define POST_PROPERTIES                                                                                                                               \
    R"("batch":{"type":"string"},"run":{"type":"string"},"place":{"type":["integer","null"],"description":"in the batch, from 1; null: not known"},)" \
    R"("statements":{"type":"integer"},"startedAt":)" TIME R"(,"answeredAt":)" MAYBE_TIME                                                             \
    R"(,"outcome":{"type":"string"},"status":{"type":"integer"},"message":{"type":"string"},"errorId":{"type":"string"})"

constexpr const char* kRowSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED R"(],"properties":{)" ROW_PROPERTIES "}}";
constexpr const char* kOneSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED
    R"(,"answer","place","attempts","statement","sourceRecord","history"],"properties":{)" ROW_PROPERTIES
    R"(,"answer":{"type":["object","null"],"description":"to the whole POST, its first 2,048 bytes","properties":{)"
    R"("status":{"type":"integer"},"text":{"type":"string"},"errorId":{"type":"string"},"batch":{"type":"string"},)"
    R"("statements":{"type":"integer"},"at":)" MAYBE_TIME
    R"(}},"place":{"type":["integer","null"],"description":"in that POST, from 1; the LRS counts from 0"},)"
    R"("attempts":{"type":"integer"},"profileVersion":{"type":"string"},"timestamp":)" TIME
    R"(,"statement":{"type":"object","description":"what was sent, as it was sent"},)"
    R"("sourceRecord":{"type":["object","null"],"description":"the record as it stands now"},)"
    R"("history":{"type":"array","items":)" DECISION "}}}";
constexpr const char* kGroupsSchema =
    R"({"type":"object","required":["total","byCause","groups"],"properties":{"total":{"type":"integer"},)"
    R"("byCause":{"type":"array","items":{"type":"object","required":["cause","title","count"],"properties":{)"
    R"("cause":{"enum":)" CAUSES R"(},"title":{"type":"string"},"count":{"type":"integer"}}}},)"
    R"("groups":{"type":"array","items":{"type":"object","required":["group","cause","title","project","kind","count","example"],)"
    R"("properties":{"group":{"type":"string"},"cause":{"type":"string"},"title":{"type":"string"},"project":{"type":"string"},)"
    R"("kind":{"type":"string"},"count":{"type":"integer"},"example":{"type":"string"}}}}}})";
constexpr const char* kVerdictsSchema =
    R"({"type":"object","required":["asked","done","items"],"properties":{"asked":{"type":"integer"},"done":{"type":"integer"},)"
    R"("items":{"type":"array","items":{"type":"object","required":["id","statementId","verdict","text"],"properties":{)"
    R"("id":{"type":"string"},"statementId":{"type":["string","null"]},"verdict":{"type":"string"},"text":{"type":"string"}}}}}})";
constexpr const char* kChoice =
    R"("statements":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":1000,"description":"row ids or statements' UUIDs"},)"
    R"("filter":{"type":"object","properties":{"project":{"type":"string"},"kind":{"type":"string"},"cause":{"enum":)" CAUSES
    R"(},"reason":{"type":"string"},"conflict":{"type":"boolean"},"flow":{"type":"integer","minimum":1},)"
    R"("learner":{"type":"integer","minimum":1},"run":{"type":"integer","minimum":1},"q":{"type":"string"}},"additionalProperties":false},)"
    R"("expected":{"type":"integer","minimum":0,"description":"how many the filter was seen to fit; else 409 with the present number"})";

std::string verdictsExample(const char* verdict, const char* text) {
    return fmt::format(
        R"({{"asked":1,"done":1,"items":[{{"id":"812","statementId":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001",)"
        R"("verdict":"{}","text":"{}"}}]}})",
        verdict, text);
}

const char* const kStates =
    "open (when left out), queued (asked for once more and not gone yet), replayed (these, and those gone since), "
    "discarded, superseded or any";

std::vector<std::pair<std::string, std::string>> filterParameters() {
    return {{"state", kStates},
            {"project", "project id"},
            {"flow", "flow id"},
            {"learner", "learner id"},
            {"run", "id of a run: what its own refusals put aside; what a later run had refused anew is that one's"},
            {"kind", "statement kind of the profile"},
            {"conflict", "true: the id is there with other content; false: refused for itself"},
            {"cause",
             "conflict, missing-value, wrong-value, unknown-key, too-large, repeated-id, missing-attachment, other"},
            {"reason", "a group of `groups`, or a part of the LRS's words"},
            {"q", kSearchText}};
}

}  // namespace

Operation listQuarantine() {
    auto parameters = filterParameters();
    parameters.emplace_back("limit", "at most 1000");
    parameters.emplace_back("cursor", "`next` of the page before");
    return {.id = "listQuarantine",
            .tag = "Quarantine",
            .summary = "Statements that the LRS refused, with the reason and what to do; newest first",
            .description =
                "A record corrected at the source goes the next night by itself under another id, and its "
                "old statement becomes `superseded`. Titles, meanings, remedies and outlooks are in the language of "
                "Accept-Language. `Accept: text/csv` gives the same list as CSV.",
            .responseSchema = listSchema(kRowSchema),
            .responseExample = R"({"items":[{)" ROW_EXAMPLE R"(}],"next":null})",
            .queryParameters = parameters};
}

Operation groupQuarantine() {
    return {.id = "groupQuarantine",
            .tag = "Quarantine",
            .summary = "How many were refused for which cause, by project and kind of statement; the largest first",
            .responseSchema = kGroupsSchema,
            .responseExample =
                R"({"total":500,"byCause":[{"cause":"missing-value","title":"Не хватает поля","count":500}],"groups":[)"
                R"({"group":"Missing required value in 'statements.N.attachments.N.sha2'","cause":"missing-value",)"
                R"("title":"Не хватает поля","project":"bas","kind":"learner.final-work","count":500,)"
                R"("example":"Missing required value in 'statements.12.attachments.0.sha2'"}]})",
            .queryParameters = filterParameters()};
}

Operation getQuarantined() {
    return {
        .id = "getQuarantined",
        .tag = "Quarantine",
        .summary = "One refused statement with everything about it: answer, statement, source record, decisions",
        .description = "`statement` is the row's id or the statement's own UUID.",
        .responseSchema = kOneSchema,
        .responseExample =
            "{" ROW_EXAMPLE
            R"(,"answer":{"status":400,"text":"Problem in 'statements.12.result.score'. Received '{\"raw\":105,\"max\":100}'",)"
            R"("errorId":"9deb4467-1230-4f4e-be25-2a36b3a1cfab","batch":"17","statements":50,"at":"2026-01-12T23:14:07Z"},)"
            R"("place":13,"attempts":1,"profileVersion":"bas 2025.1","timestamp":"2026-01-10T09:15:00Z",)"
            R"("statement":{"id":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001","actor":{},"verb":{},"object":{}},)"
            R"("sourceRecord":{"id":"977","source":"lms","externalId":"r-977","revision":2,"changedAt":"2026-01-13T06:00:00Z",)"
            R"("deleted":false,"learner":"41","flow":"3","element":"12","attempt":1,"raw":95,"at":"2026-01-10T09:15:00Z",)"
            R"("graded":true,"files":[]},"history":[]})"};
}

Operation replayQuarantined() {
    return {.id = "replayQuarantined",
            .tag = "Quarantine",
            .summary = "Have refused statements sent once more",
            .description =
                "The next plan puts each back to waiting under the same id: with the same bytes when nothing that it "
                "tells has changed, rendered anew when it has. A verdict for every row: one whose record has a newer "
                "revision is not repeated, because the night tells the corrected one; a conflict is refused again for "
                "certain and is repeated with `force` only.",
            .requestSchema = fmt::format(
                R"({{"type":"object","properties":{{{},"force":{{"type":"boolean","description":"conflicts too"}},)"
                R"("comment":{{"type":"string","maxLength":1000}}}},"additionalProperties":false}})",
                kChoice),
            .requestExample = R"({"filter":{"cause":"missing-value","flow":3},"expected":18})",
            .responseSchema = kVerdictsSchema,
            .responseExample = verdictsExample("queued", "Уйдёт следующей ночью под тем же id.")};
}

Operation discardQuarantined() {
    return {.id = "discardQuarantined",
            .tag = "Quarantine",
            .summary = "Decide that refused statements are not to be sent, with a comment",
            .description =
                "No plan takes them again until the record has a newer revision; every night names them on the list of "
                "the unsendable as `discarded-by-person`. 409 `quarantine.dependents` says how many learners' "
                "statements wait for a methodist's one; `dependents` goes on all the same. `restore` takes it back.",
            .requestSchema = fmt::format(
                R"({{"type":"object","required":["comment"],"properties":{{{},)"
                R"("comment":{{"type":"string","minLength":3,"maxLength":1000}},"dependents":{{"type":"boolean"}}}},)"
                R"("additionalProperties":false}})",
                kChoice),
            .requestExample = R"({"statements":["812"],"comment":"Оценка выставлена ошибочно"})",
            .responseSchema = kVerdictsSchema,
            .responseExample = verdictsExample(
                "discarded", "Не будет передан, пока запись не изменится в источнике или факт не вернут.")};
}

Operation restoreQuarantined() {
    return {.id = "restoreQuarantined",
            .tag = "Quarantine",
            .summary = "Take a decision back: the statements stand open in quarantine again",
            .description =
                "A filter chooses among the discarded; a replay that no night has carried out yet is taken "
                "back by the statement's id.",
            .requestSchema =
                fmt::format(R"({{"type":"object","properties":{{{},"comment":{{"type":"string","maxLength":1000}}}},)"
                            R"("additionalProperties":false}})",
                            kChoice),
            .requestExample = R"({"statements":["812"]})",
            .responseSchema = kVerdictsSchema,
            .responseExample = verdictsExample("restored", "Решение отменено: факт снова ждёт в карантине.")};
}

Operation getRecordWay() {
    return {
        .id = "getRecordWay",
        .tag = "Quarantine",
        .summary = "One record's whole way: source row, check, statements, every POST and answer, decisions",
        .description =
            "`kind` is flow, block, module, theme, element, result, view, opening or reflection. `flow` is needed for "
            "a "
            "part of the programme, which is told once per flow, and for a record of which nothing was ever planned. "
            "`readBack` is what the LRS gave back of the statement after a night.",
        .responseSchema =
            R"({"type":"object","required":["record","flow","source","check","statements"],"properties":{)"
            R"("record":{"type":"object","required":["kind","id"],"properties":{"kind":{"type":"string"},"id":{"type":"string"}}},)"
            R"("flow":{"type":["string","null"]},)"
            R"("source":{"type":["object","null"],"description":"the record as it stands now"},)"
            R"("check":{"type":"object","required":["outcome","unsendable","leftOut","reflection"],"properties":{)"
            R"("outcome":{"enum":["planned","unsendable","corrected","none"],"description":"corrected: a newer revision goes the next night; none: no plan has told of it"},)"
            R"("unsendable":{"type":"array","items":{"type":"object","required":["run","origin","project","revision","kind","code","reason","fix"],)"
            R"("properties":{"run":{"type":"string"},"origin":{"type":"string"},"project":{"type":"string"},"revision":{"type":"integer"},)"
            R"("kind":{"type":"string"},"code":{"type":"string"},"field":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}}},)"
            R"("leftOut":{"type":["string","null"],"description":"why the learner is left out, as a person said"},)"
            R"("reflection":{"type":["object","null"],"properties":{"verdict":{"type":"string"},"revision":{"type":"integer"},)"
            R"("checks":{"type":"array","items":{"type":"string"}},"decision":{"type":["string","null"]},"comment":{"type":["string","null"]}}}}},)"
            R"("statements":{"type":"array","items":{"type":"object","required":["id","statementId","store","project","kind","state",)"
            R"("revision","cancels","refusal","word","superseded","correction","decisions","posts","files","readBack"],"properties":{)"
            R"("id":{"type":"string"},"statementId":{"type":"string"},"store":{"type":"string"},"project":{"type":"string"},)"
            R"("kind":{"type":"string"},"state":{"type":"string"},"revision":{"type":"integer"},"flow":{"type":"string"},)"
            R"("cancels":{"type":["string","null"],"description":"the statement that it cancels"},)"
            R"("dependsOn":{"type":["string","null"]},"profileVersion":{"type":"string"},"plannedInRun":{"type":"string"},)"
            R"("createdAt":)" TIME R"(,"timestamp":)" TIME R"(,"size":{"type":"integer"},"answeredAt":)" MAYBE_TIME
            R"(,"refusal":{"type":["object","null"],"properties":{)" REFUSAL_PROPERTIES R"(}},"word":)" WORD
            R"(,"superseded":{"type":"boolean"},)"
            R"("correction":{"type":["object","null"],"properties":{"decision":{"enum":["cancel","keep"]},"comment":{"type":"string"},)"
            R"("by":{"type":"string"},"at":)" TIME R"(}},"decisions":{"type":"array","items":)" DECISION
            R"(},"posts":{"type":"array","items":{"type":"object","required":["batch","run","place","outcome","status"],"properties":{)" POST_PROPERTIES
            R"(}}},"files":{"type":"array","items":{"type":"string"},"description":"exports whose xAPI files it stands in"},)"
            R"("readBack":)" READING_SCHEMA R"(}}}}})",
        .responseExample =
            R"({"record":{"kind":"result","id":"977"},"flow":"3","source":{"id":"977","source":"lms","externalId":"r-977",)"
            R"("revision":1,"changedAt":"2026-01-10T09:16:00Z","deleted":false},"check":{"outcome":"planned","unsendable":[],)"
            R"("leftOut":null,"reflection":null},"statements":[{"id":"812","statementId":"0b0f6b0e-7c53-5f7e-8a11-0d6f2b5b2001",)"
            R"("store":"5a2f0d1e-3c1b-4d7e-9a55-2f0c6f1b7e01","project":"bas","kind":"learner.grade","state":"accepted","revision":1,)"
            R"("flow":"3","cancels":null,"dependsOn":"7d7a2c1e-0a0f-5b5e-8f2c-1c9f0e4d3a02","profileVersion":"bas 2025.1",)"
            R"("plannedInRun":"12","createdAt":"2026-01-12T23:00:01Z","timestamp":"2026-01-10T09:15:00Z","size":1104,)"
            R"("answeredAt":"2026-01-12T23:00:04Z","refusal":null,"word":null,"superseded":false,"correction":null,"decisions":[],)"
            R"("posts":[{"batch":"31","run":"12","place":13,"statements":50,"startedAt":"2026-01-12T23:00:03Z",)"
            R"("answeredAt":"2026-01-12T23:00:04Z","outcome":"accepted","status":200,"message":"","errorId":""}],"files":[],)"
            R"("readBack":{"verdict":"confirmed","at":"2026-01-12T23:00:41Z","timesMissing":0,"difference":null}}]})",
        .queryParameters = {{"flow", "flow id; needed for parts of the programme"}}};
}

}  // namespace plugin::api::docs
