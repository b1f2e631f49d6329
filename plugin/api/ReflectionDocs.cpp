#include "plugin/api/ReflectionDocs.h"

#include "plugin/api/Lists.h"
#include "plugin/api/RowNames.h"

#include <fmt/format.h>

namespace plugin::api::docs {

using host::sdk::Operation;

namespace {

#define ROW_REQUIRED \
    R"("id","revision","project","programme","flow","module","learner","verdict","checks","judgement","checkedAt")"
#define ROW_PROPERTIES                                                                                                 \
    R"("id":{"type":"string"},"revision":{"type":"integer","description":"of the text that was checked; the ETag"},)"  \
    R"("project":{"type":"string"},"programme":{"type":"string"},"flow":{"type":"string"},)"                           \
    R"("module":{"type":["string","null"],"description":"null: on the whole programme"},"learner":{"type":"string"},)" \
    R"("learnerExternalId":{"type":"string","description":"the learner's id in its source"},)"                         \
    R"("verdict":{"enum":["fine","borderline","flagged"],"description":"borderline: a person decides"},)"              \
    R"("checks":{"type":"array","items":{"type":"object","required":["code","reason","fix"],"properties":{)"           \
    R"("code":{"type":"string","description":"stable"},"reason":{"type":"string"},)"                                   \
    R"("fix":{"type":"string","description":"what to do"}}}},)"                                                        \
    R"("judgement":{"type":["object","null"],"description":"a person's, of this revision","properties":{)"             \
    R"("decision":{"enum":["accept","hold"]},"comment":{"type":"string"},"by":{"type":"string"},)"                     \
    R"("at":{"type":"string","format":"date-time"}}},"checkedAt":{"type":"string","format":"date-time"})" NAMES_PROPERTIES
#define PIECES                                                                                            \
    R"({"type":"array","description":"the whole text in pieces","items":{"type":"object","properties":{)" \
    R"("text":{"type":"string"},"same":{"type":"boolean","description":"stands in the other text too"}}}})"

constexpr const char* kRowSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED R"(],"properties":{)" ROW_PROPERTIES "}}";
constexpr const char* kDetailSchema =
    R"({"type":"object","required":[)" ROW_REQUIRED R"(,"text","changed","findings"],"properties":{)" ROW_PROPERTIES
    R"(,"text":{"type":["string","null"],"description":"as it is now; null when the record is gone"},)"
    R"("changed":{"type":"boolean","description":"the text was changed since it was checked"},)"
    R"("findings":{"type":"array","items":{"type":"object","required":["code","verdict","share","resembles"],)"
    R"("properties":{"code":{"type":"string"},"verdict":{"enum":["borderline","flagged"]},)"
    R"("reason":{"type":"string"},"fix":{"type":"string"},"share":{"type":"number","description":"0 to 1"},)"
    R"("resembles":{"type":"array","items":{"type":"object","required":["share","fragment"],"properties":{)"
    R"("reflection":{"type":"string","description":"absent: the programme's own description"},)"
    R"("flow":{"type":"string"},"learner":{"type":"string"},"share":{"type":"number"},)"
    R"("fragment":{"type":"string","description":"the longest passage in common"},"this":)" PIECES R"(,"other":)" PIECES
    R"(}}}}}}}})";
constexpr const char* kRow =
    R"("id":"71","revision":1,"project":"digital-professions","programme":"2","flow":"3","module":"8","learner":"41",)"
    R"("learnerExternalId":"s-1041","verdict":"flagged","checks":[{"code":"copied-from-learner",)"
    R"("reason":"Значительная часть текста совпадает с рефлексией другого слушателя.",)"
    R"("fix":"Сравните тексты; слушатель должен написать рефлексию своими словами."}],"judgement":null,)"
    R"("checkedAt":"2026-01-12T23:00:01Z")";
constexpr const char* kFindings =
    R"("text":"Понял, зачем смотреть на ветер.","changed":false,"findings":[{"code":"copied-from-learner",)"
    R"("verdict":"flagged","reason":"Значительная часть текста совпадает с рефлексией другого слушателя.",)"
    R"("fix":"Сравните тексты; слушатель должен написать рефлексию своими словами.","share":1,)"
    R"("resembles":[{"reflection":"64","flow":"3","learner":"40","share":1,"fragment":"Понял, зачем смотреть на ветер",)"
    R"("this":[{"text":"Понял, зачем смотреть на ветер","same":true},{"text":".","same":false}],)"
    R"("other":[{"text":"понял зачем смотреть на ветер","same":true},{"text":"!","same":false}]}]}])";
#undef ROW_REQUIRED
#undef ROW_PROPERTIES
#undef PIECES

std::vector<std::pair<std::string, std::string>> filters() {
    return {{"project", "project id"},
            {"verdict", "fine, borderline, flagged, or doubtful for the last two together"},
            {"code", "a check's stable code: copied-from-learner"},
            {"flow", "flow id"},
            {"learner", "learner id"},
            {"judged", "accept, hold, or none for those nobody judged"}};
}

}  // namespace

Operation listReflections() {
    Operation o;
    o.id = "listCheckedReflections";
    o.tag = "Reflections";
    o.summary = "Reflections with what their checks found and what a person decided";
    o.description =
        "As the last night that covered their flow found them, without the texts. `Accept: text/csv` gives "
        "the same list as CSV.";
    o.responseSchema = listSchema(kRowSchema);
    o.responseExample = fmt::format(R"({{"items":[{{{}}}],"next":null}})", kRow);
    o.queryParameters = filters();
    o.queryParameters.emplace_back("limit", "at most 1000");
    o.queryParameters.emplace_back("cursor", "`next` of the page before");
    return o;
}

Operation summarizeReflections() {
    Operation o;
    o.id = "summarizeCheckedReflections";
    o.tag = "Reflections";
    o.summary = "How many reflections are fine, borderline and flagged";
    o.responseSchema = R"({"type":"object","required":["total","byVerdict"],"properties":{"total":{"type":"integer"},)"
                       R"("byVerdict":{"type":"object","additionalProperties":{"type":"integer"}}}})";
    o.responseExample = R"({"total":120,"byVerdict":{"borderline":2,"fine":115,"flagged":3}})";
    o.queryParameters = filters();
    return o;
}

Operation getReflection() {
    Operation o;
    o.id = "getCheckedReflection";
    o.tag = "Reflections";
    o.summary = "One reflection with its text and the texts it resembles, side by side";
    o.description =
        "Passages in common are marked in both texts. The ETag is the checked revision: send it with a "
        "judgement.";
    o.responseSchema = kDetailSchema;
    o.responseExample = fmt::format("{{{},{}}}", kRow, kFindings);
    return o;
}

Operation judgeReflection() {
    Operation o;
    o.id = "judgeCheckedReflection";
    o.tag = "Reflections";
    o.summary = "Accept a reflection that looks wrong, or hold one";
    o.description =
        "Of the revision in If-Match: a text that is changed afterwards is judged anew. An accepted one goes "
        "with the next night. A later judgement of the same revision takes the place of the earlier one; the "
        "journal keeps both.";
    o.requestSchema =
        R"({"type":"object","required":["decision","comment"],"additionalProperties":false,"properties":{)"
        R"("decision":{"type":"string","enum":["accept","hold"]},)"
        R"("comment":{"type":"string","minLength":1,"maxLength":2000,"description":"why"}}})";
    o.requestExample = R"({"decision":"accept","comment":"Слушатели писали вместе, тексты свои."})";
    o.responseSchema = kRowSchema;
    o.responseExample =
        R"({"id":"71","revision":1,"project":"digital-professions","programme":"2","flow":"3","module":"8",)"
        R"("learner":"41","learnerExternalId":"s-1041","verdict":"borderline","checks":[{"code":"word-salad",)"
        R"("reason":"Слова не складываются в предложения.","fix":"Прочитайте текст: если он осмыслен, примите его с пояснением."}],)"
        R"("judgement":{"decision":"accept","comment":"Текст осмыслен.","by":"anna","at":"2026-01-13T08:00:00Z"},)"
        R"("checkedAt":"2026-01-12T23:00:01Z"})";
    return o;
}

}  // namespace plugin::api::docs
