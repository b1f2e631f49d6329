// MatchApi: its routes.

#include "plugin/api/Lists.h"
#include "plugin/api/MatchApi.h"
#include "plugin/api/MatchDocs.h"
#include "plugin/api/Workbook.h"

#include <fmt/format.h>

#include <utility>

namespace plugin::api {

using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

std::vector<host::sdk::Registration> MatchApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    const auto add = [&](Method method, const std::string& path, host::sdk::RouteOptions options,
                         Response (MatchApi::*handler)(const Request&)) {
        if (method != Method::Get) options.least = host::sdk::Role::OrganizationAdmin;
        options.operation.tag = "Matching";
        kept.push_back(router.add(method, under(path), std::move(options),
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    const auto operation = [](const char* id, const char* summary, const char* description, const char* schema,
                              std::string example) {
        host::sdk::RouteOptions options;
        options.operation.id = id;
        options.operation.summary = summary;
        options.operation.description = description;
        options.operation.responseSchema = schema;
        options.operation.responseExample = std::move(example);
        return options;
    };
    const auto listOf = [](const char* item) { return fmt::format(R"({{"items":[{}],"next":null}})", item); };
    const std::vector<std::pair<std::string, std::string>> page = {{"limit", "at most 1000"},
                                                                   {"cursor", "`next` of the page before"}};
    const std::vector<std::pair<std::string, std::string>> narrowing = {
        {"q", "words of title or name, external id, parent and suggested ids; case, ё and е make no difference"},
        {"reason",
         "of the first suggestion: named-in-table, same-leader-id, same-title, same-title-folded or "
         "same-email; none: without a suggestion"},
        {"sureness", "of the first suggestion: sure, likely or check (a person has to look)"},
        {"rejected", "true: only those of which a suggestion was rejected"}};
    const auto lacking = listSchema(kLackingSchema);
    auto learnersOptions = operation(
        "matchLearners", "Слушатели без unti_id и подсказки · Learners without an unti_id, with suggestions",
        "Suggestions come from rows of the imports of unti_ids that gave nobody theirs. Links for signing in are "
        "made by `POST …/sso/links`. `Accept: text/csv` gives the list as a table.",
        lacking.c_str(), listOf(kLackingExample));
    learnersOptions.operation.queryParameters = page;
    learnersOptions.operation.queryParameters.emplace_back("contour", "production (the default) or test");
    learnersOptions.operation.queryParameters.emplace_back("flow", "only those enrolled in this flow");
    for (const auto& one : narrowing) learnersOptions.operation.queryParameters.push_back(one);
    add(Method::Get, "/learners/match", learnersOptions, &MatchApi::learners);
    auto elementsOptions = operation(
        "matchElements", "Программы, потоки, модули и темы без id Университета 20.35 · Elements without an id",
        "`Accept: text/csv` gives a table to be filled in and given back to `POST …/elements/match/table`.",
        lacking.c_str(), listOf(kLackingExample));
    elementsOptions.operation.queryParameters = page;
    elementsOptions.operation.queryParameters.emplace_back("kind", "programme, flow, module or theme");
    for (const auto& one : narrowing) elementsOptions.operation.queryParameters.push_back(one);
    add(Method::Get, "/elements/match", elementsOptions, &MatchApi::elements);
    const auto* counted =
        "`unique`: how many of them have nothing else that fits, on either side. `rejected`: how many have a "
        "suggestion that was rejected. `fitting` is of what the other parameters leave, and what accepting by `filter` "
        "would take.";
    auto learnersSummary = operation("summarizeLearnerMatches",
                                     "Слушатели без unti_id по причине подсказки · Learners without one, by reason",
                                     counted, kMatchSummarySchema, kMatchSummaryExample);
    learnersSummary.operation.queryParameters = {{"contour", "production (the default) or test"},
                                                 {"flow", "only those enrolled in this flow"}};
    for (const auto& one : narrowing) learnersSummary.operation.queryParameters.push_back(one);
    add(Method::Get, "/learners/match/summary", learnersSummary, &MatchApi::learnersSummary);
    auto elementsSummary =
        operation("summarizeElementMatches", "Записи без id по причине подсказки · Elements without an id, by reason",
                  counted, kMatchSummarySchema, kMatchSummaryExample);
    elementsSummary.operation.queryParameters = {{"kind", "programme, flow, module or theme"}};
    for (const auto& one : narrowing) elementsSummary.operation.queryParameters.push_back(one);
    add(Method::Get, "/elements/match/summary", elementsSummary, &MatchApi::elementsSummary);
    const auto tableOut = [&](const char* id, const char* summary, const host::sdk::RouteOptions& list) {
        auto options = operation(id, summary,
                                 "XLSX of the whole list, every cell text. Fill in the column u2035Id and give it back "
                                 "by POST to the same address.",
                                 R"({"type":"string","format":"binary"})", "");
        options.operation.responseContentType = kXlsxType;
        for (const auto& one : list.operation.queryParameters)
            if (one.first != "limit" && one.first != "cursor") options.operation.queryParameters.push_back(one);
        return options;
    };
    add(Method::Get, "/learners/match/table",
        tableOut("exportLearnerMatches", "Слушатели без unti_id таблицей · Learners without one as a table",
                 learnersOptions),
        &MatchApi::learnersTable);
    add(Method::Get, "/elements/match/table",
        tableOut("exportElementMatches", "Записи без id таблицей · Elements without an id as a table", elementsOptions),
        &MatchApi::elementsTable);
    const auto tableIn = [&](const char* id, const char* summary, const char* columns) {
        auto options = operation(id, summary, columns, kKnownIdsSchema, kKnownIdsExample);
        options.maxBody = 32U * 1024 * 1024;
        options.operation.requestContentType = "application/octet-stream";
        options.operation.queryParameters = {{"sheet", "name of the sheet; left out: the one that has the titles"}};
        return options;
    };
    auto learnersIn = tableIn("tellUntiIds", "Заполненная таблица слушателей · The learners' table, filled in",
                              "XLSX or CSV with the columns id (of the record) and u2035Id, as it is exported. Ids "
                              "become suggestions; nothing is written to records. A row that can't be taken is named "
                              "with its column, reason and what to do; a file that breaks off changes nothing.");
    learnersIn.operation.queryParameters.emplace_back("contour", "production (the default) or test");
    add(Method::Post, "/learners/match/table", learnersIn, &MatchApi::tellLearners);
    add(Method::Post, "/elements/match/table",
        tableIn("tellU2035Ids", "Таблица с id Университета 20.35 · A table of University 2035's ids",
                "XLSX or CSV. Columns kind, id (of the record), u2035Id and title, as the list is exported; or «ID "
                "курса» and «Курс», «ID потока» and «Поток», «ID модуля» and «Модуль», «ID темы» and «Тема». Ids "
                "become suggestions; nothing is written to records. A row that can't be taken is named with its "
                "column, reason and what to do; a file that breaks off changes nothing."),
        &MatchApi::tellElements);
    auto accept = [&](const char* id, const char* summary, const char* schema, const char* example) {
        auto options = operation(
            id, summary,
            "Those named in `items`, or everything that can be accepted at once of what a `filter` leaves, in "
            "one transaction; 409 with the present count, and nothing done, when it isn't `expected`. An id "
            "that another record has is refused, as is a record that has one by now; neither stops the "
            "others. The batch can be taken back.",
            kMatchSchema, kMatchExample);
        options.maxBody = 2U * 1024 * 1024;
        options.operation.requestSchema = schema;
        options.operation.requestExample = example;
        options.operation.successStatus = 201;
        return options;
    };
    add(Method::Post, "/learners/match/accept",
        accept("acceptLearnerMatches", "Принять unti_id · Accept unti_ids", kAcceptLearnersSchema,
               kAcceptLearnersExample),
        &MatchApi::acceptLearners);
    add(Method::Post, "/elements/match/accept",
        accept("acceptElementMatches", "Принять id Университета 20.35 · Accept ids of University 2035",
               kAcceptElementsSchema, kAcceptElementsExample),
        &MatchApi::acceptElements);
    const auto reject = [&](const char* id, const char* summary, const char* description, const char* schema,
                            const char* example) {
        auto options = operation(id, summary, description, kRejectedSchema, kRejectedExample);
        options.maxBody = 2U * 1024 * 1024;
        options.operation.requestSchema = schema;
        options.operation.requestExample = example;
        return options;
    };
    const auto* rejecting =
        "What is rejected is kept with who and when, and isn't suggested for that record again; another that fits "
        "may stand alone then. One that isn't suggested is answered 'not-suggested' and stops no other.";
    const auto* restoring = "They may be suggested again. One that wasn't rejected is answered 'not-rejected'.";
    add(Method::Post, "/learners/match/reject",
        reject("rejectLearnerMatches", "Отклонить подсказки unti_id · Reject suggested unti_ids", rejecting,
               kRejectLearnersSchema, kRejectLearnersExample),
        &MatchApi::rejectLearners);
    add(Method::Post, "/learners/match/unreject",
        reject("restoreLearnerMatches", "Вернуть отклонённые подсказки · Take back rejections of unti_ids", restoring,
               kRejectLearnersSchema, kRejectLearnersExample),
        &MatchApi::restoreLearners);
    add(Method::Post, "/elements/match/reject",
        reject("rejectElementMatches", "Отклонить подсказки id · Reject suggested ids of University 2035", rejecting,
               kRejectElementsSchema, kRejectElementsExample),
        &MatchApi::rejectElements);
    add(Method::Post, "/elements/match/unreject",
        reject("restoreElementMatches", "Вернуть отклонённые подсказки id · Take back rejections of ids", restoring,
               kRejectElementsSchema, kRejectElementsExample),
        &MatchApi::restoreElements);
    const auto batches = listSchema(kMatchSchema);
    auto listOptions = operation("listMatches", "Принятые сопоставления · What was accepted, the latest first", "",
                                 batches.c_str(), listOf(kMatchExample));
    listOptions.operation.queryParameters = page;
    add(Method::Get, "/matches", listOptions, &MatchApi::list);
    add(Method::Get, "/matches/{match}",
        operation("getMatch", "Одно сопоставление · One acceptance with its rows", "", kMatchSchema, kMatchExample),
        &MatchApi::one);
    auto undoOptions =
        operation("undoMatch", "Снять записанное · Take back what was written",
                  "Only where the record still shows it; the others are named ('kept').", kMatchSchema, kMatchExample);
    undoOptions.requireIfMatch = true;
    undoOptions.operation.requestSchema = R"({"type":"object","properties":{}})";
    undoOptions.operation.requestExample = "{}";
    add(Method::Post, "/matches/{match}/undo", undoOptions, &MatchApi::undo);
    return kept;
}

}  // namespace plugin::api
