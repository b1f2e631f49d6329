// MatchApi: what lacks a counterpart. Accepting and taking back stand in MatchApply.cpp, rejecting in
// MatchRejections.cpp, what a list is narrowed to and its summary in MatchLists.cpp.

#include "plugin/api/MatchApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/MatchDocs.h"
#include "plugin/api/MatchLists.h"
#include "plugin/api/MatchNames.h"
#include "plugin/identities/TableFile.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Learner;
using host::sdk::Method;
using host::sdk::RecordId;
using host::sdk::Request;
using host::sdk::Response;
using identities::Matched;

namespace {

constexpr std::size_t kMaxImports = 50;  // of the latest, whose rows suggest
constexpr std::size_t kMaxWrong = 20;

/// Of a reason as it is kept.
std::string wordsFor(const std::string& reason, bool russian) {
    const auto why = identities::whyFrom(reason);
    return why ? explain(*why, russian) : "";
}

/// Column titles by field, as an import keeps them: [{"field","column"}].
std::map<std::string, std::string> columnsOf(const store::UntiImport& import) {
    std::map<std::string, std::string> titles;
    const auto value = common::parseJson(import.columns);
    if (value.type() != typeid(Poco::JSON::Array::Ptr)) return titles;
    for (const auto& item : *value.extract<Poco::JSON::Array::Ptr>()) {
        const auto& column = item.extract<Poco::JSON::Object::Ptr>();
        titles[column->getValue<std::string>("field")] = column->getValue<std::string>("column");
    }
    return titles;
}

std::string cellOf(const Poco::JSON::Object& cells, const std::map<std::string, std::string>& titles,
                   const std::string& field) {
    const auto it = titles.find(field);
    return it == titles.end() ? std::string() : cells.optValue<std::string>(it->second, "");
}

}  // namespace

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
    auto elementsOptions =
        operation("matchElements", "Программы, потоки, модули и темы без id Университета 2035 · Elements without an id",
                  "`Accept: text/csv` gives a table to be filled in and given back to `POST …/elements/match/table`.",
                  lacking.c_str(), listOf(kLackingExample));
    elementsOptions.operation.queryParameters = page;
    elementsOptions.operation.queryParameters.emplace_back("kind", "programme, flow, module or theme");
    for (const auto& one : narrowing) elementsOptions.operation.queryParameters.push_back(one);
    add(Method::Get, "/elements/match", elementsOptions, &MatchApi::elements);
    const auto* counted =
        "`unique`: how many of them have nothing else that fits, on either side. `rejected`: how many have a "
        "suggestion that was rejected.";
    auto learnersSummary = operation("summarizeLearnerMatches",
                                     "Слушатели без unti_id по причине подсказки · Learners without one, by reason",
                                     counted, kMatchSummarySchema, kMatchSummaryExample);
    learnersSummary.operation.queryParameters = {{"contour", "production (the default) or test"},
                                                 {"flow", "only those enrolled in this flow"}};
    add(Method::Get, "/learners/match/summary", learnersSummary, &MatchApi::learnersSummary);
    auto elementsSummary =
        operation("summarizeElementMatches", "Записи без id по причине подсказки · Elements without an id, by reason",
                  counted, kMatchSummarySchema, kMatchSummaryExample);
    elementsSummary.operation.queryParameters = {{"kind", "programme, flow, module or theme"}};
    add(Method::Get, "/elements/match/summary", elementsSummary, &MatchApi::elementsSummary);
    auto tableOptions = operation("tellU2035Ids", "Таблица с id Университета 2035 · A table of University 2035's ids",
                                  "XLSX or CSV. Columns kind, id (of the record), u2035Id and title, as the list is "
                                  "exported; or «ID курса» and «Курс», "
                                  "«ID потока» and «Поток», «ID модуля» and «Модуль», «ID темы» and «Тема». Ids become "
                                  "suggestions; nothing is written "
                                  "to records.",
                                  kKnownIdsSchema, kKnownIdsExample);
    tableOptions.maxBody = 32U * 1024 * 1024;
    tableOptions.operation.requestContentType = "application/octet-stream";
    add(Method::Post, "/elements/match/table", tableOptions, &MatchApi::table);
    auto accept = [&](const char* id, const char* summary, const char* schema, const char* example) {
        auto options =
            operation(id, summary,
                      "An id that another record has is refused, as is a record that has one by now; neither stops "
                      "the others. The batch can be taken back.",
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
        accept("acceptElementMatches", "Принять id Университета 2035 · Accept ids of University 2035",
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

std::vector<identities::SpareRow> MatchApi::spareRows(const std::string& organization, bool test) {
    using identities::RowState;
    std::vector<identities::SpareRow> rows;
    for (const auto& import : imports_.list(organization, 0, kMaxImports)) {
        if ((import.contour == "test") != test) continue;
        const auto titles = columnsOf(import);
        for (const auto& row : imports_.rowsIn(
                 import.id, {RowState::Unmatched, RowState::Ambiguous, RowState::Matched, RowState::Undone})) {
            if (!identities::isUntiId(row.untiId)) continue;
            const auto cells = common::parseJsonObject(row.cells);
            rows.push_back({row.untiId, cellOf(*cells, titles, "leaderId"), cellOf(*cells, titles, "email"),
                            fmt::format("unti-ids/{}, {}", import.id, row.number)});
        }
    }
    return rows;
}

std::vector<MatchApi::Lacking> MatchApi::lackingLearners(const std::string& organization, bool test, RecordId flow) {
    std::map<RecordId, Learner> without;
    std::map<RecordId, std::string> flowsOf;
    std::set<std::string> held;
    for (const auto& programme : records_.programmes(organization, ""))
        for (const auto& one : records_.flows(organization, programme.id))
            for (auto& learner : records_.learners(organization, one.id)) {
                const auto& own = test ? learner.testUntiId : learner.untiId;
                if (!own.empty()) {
                    held.insert(own);
                    continue;
                }
                if (learner.deleted || (flow != 0 && one.id != flow)) continue;
                auto& titles = flowsOf[learner.id];
                titles += (titles.empty() ? "" : "; ") + (one.title.empty() ? one.key : one.title);
                without.emplace(learner.id, std::move(learner));
            }
    std::vector<Learner> inOrder;
    for (auto& [id, learner] : without) inOrder.push_back(std::move(learner));
    identities::Rejected rejected;
    std::map<RecordId, std::vector<store::MatchRejection>> rejections;
    for (auto& one : matches_.rejections(organization, test ? "test" : "production")) {
        rejected.emplace(one.recordId, one.value);
        rejections[one.recordId].push_back(std::move(one));
    }
    auto lists = identities::suggest(inOrder, spareRows(organization, test), held, rejected);
    std::vector<Lacking> all;
    for (std::size_t i = 0; i < inOrder.size(); ++i)
        all.push_back({"learner", inOrder[i].id, inOrder[i].externalId, matchNameOf(inOrder[i]), flowsOf[inOrder[i].id],
                       std::move(lists[i]), std::move(rejections[inOrder[i].id])});
    return all;
}

std::vector<MatchApi::Lacking> MatchApi::lackingElements(const std::string& organization) {
    std::vector<identities::Titled> titled;
    std::vector<std::string> externalIds;
    for (auto& one : matchElements(records_, organization)) {
        if (one.deleted) continue;
        titled.push_back(std::move(one.titled));
        externalIds.push_back(std::move(one.externalId));
    }
    std::map<Matched, identities::Rejected> rejected;
    std::map<std::pair<Matched, RecordId>, std::vector<store::MatchRejection>> rejections;
    for (auto& one : matches_.rejections(organization, ""))
        if (const auto kind = identities::matchedFrom(one.kind)) {
            rejected[*kind].emplace(one.recordId, one.value);
            rejections[{*kind, one.recordId}].push_back(std::move(one));
        }
    auto lists = identities::suggest(titled, matches_.known(organization), rejected);
    std::vector<Lacking> all;
    for (std::size_t i = 0; i < titled.size(); ++i)
        if (!titled[i].u2035Id)
            all.push_back({toString(titled[i].kind), titled[i].id, externalIds[i], titled[i].title, titled[i].parent,
                           std::move(lists[i]), std::move(rejections[{titled[i].kind, titled[i].id}])});
    return all;
}

Response MatchApi::shown(const Request& request, std::vector<Lacking> all, const std::string& file) {
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 1);
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, page.afterNumber()));
    const bool russian = request.language == "ru";
    narrow(request, all);
    // In order of kind and id; a place in that order is the cursor, since a record that was matched leaves the list.
    const auto to = std::min(all.size(), from + page.limit);
    std::optional<std::string> next;
    if (to < all.size()) next = common::Cursor::encode(static_cast<std::int64_t>(to));
    CsvText csv;
    common::JsonWriter json;
    for (const auto* name :
         {"kind", "id", "externalId", "title", "parent", "u2035Id", "suggested", "reason", "from", "rejected"})
        csv.cell(name);
    csv.endRow();
    json.object().key("items").array();
    for (auto i = from; i < to; ++i) {
        const auto& one = all[i];
        const auto* first = one.suggestions.empty() ? nullptr : &one.suggestions.front();
        csv.cell(one.kind).cell(one.id).cell(one.externalId).cell(one.title).cell(one.parent).cell("");
        csv.cell(first ? first->value : "")
            .cell(first ? explain(first->why, russian) : "")
            .cell(first ? first->from : "");
        std::string rejected;
        for (const auto& rejection : one.rejected) rejected += (rejected.empty() ? "" : "; ") + rejection.value;
        csv.cell(rejected).endRow();
        json.object()
            .member("kind", one.kind)
            .member("id", std::to_string(one.id))
            .member("externalId", one.externalId)
            .member("title", one.title)
            .member("parent", one.parent)
            .key("suggestions")
            .array();
        for (const auto& suggestion : one.suggestions)
            json.object()
                .member("value", suggestion.value)
                .member("reason", toString(suggestion.why))
                .member("text", explain(suggestion.why, russian))
                .member("from", suggestion.from)
                .member("unique", suggestion.unique)
                .end();
        json.end().key("rejected").array();
        for (const auto& rejection : one.rejected)
            json.object()
                .member("value", rejection.value)
                .member("reason", rejection.reason)
                .member("text", wordsFor(rejection.reason, russian))
                .member("from", rejection.from)
                .timeMember("rejectedAt", rejection.rejectedAt)
                .member("rejectedBy", rejection.rejectedBy)
                .end();
        json.end().end();
    }
    if (wantsCsv(request)) return csvPage(request, csv, file, next);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response MatchApi::learners(const Request& request) {
    return shown(request, learnersOf(request), "learners-without-unti-id.csv");
}

Response MatchApi::elements(const Request& request) {
    return shown(request, elementsOf(request), "elements-without-id.csv");
}

Response MatchApi::table(const Request& request) {
    const auto& organization = request.parameter("org");
    identities::TableFile file(request.body, request.queryValue("sheet").value_or(""));
    const identities::KnownIdColumns columns(file.titles());
    std::vector<identities::KnownId> ids;
    std::vector<std::string> wrong;
    file.read([&](std::size_t, std::span<const identities::TableCell> cells) {
        std::vector<std::string> texts;
        for (const auto& cell : cells) texts.push_back(cell.lostDigits ? cell.text + "?" : cell.text);
        auto told = columns.read(texts, wrong);
        std::move(told.begin(), told.end(), std::back_inserter(ids));
    });
    if (wrong.size() > kMaxWrong) wrong.resize(kMaxWrong);
    matches_.learn(organization, ids);
    journal_.append({organization, request.principal.login, request.clientAddress, "match.table-read", "elements/match",
                     fmt::format(R"({{"ids":{}}})", ids.size()), request.requestId});
    common::JsonWriter json;
    json.object().member("read", ids.size()).key("wrong").array();
    for (const auto& one : wrong) json.value(one);
    json.end().end();
    return Response::json(json.take());
}

}  // namespace plugin::api
