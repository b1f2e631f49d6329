#include "plugin/api/UntiIdsApi.h"

#include "common/Cursor.h"
#include "plugin/api/UntiIdsView.h"
#include "plugin/identities/Columns.h"
#include "plugin/identities/Matching.h"
#include "plugin/identities/TableFile.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using identities::Field;

namespace {

constexpr std::uint64_t kMaxFile = 32U * 1024 * 1024;
constexpr const char* kBase = "/learners/unti-ids";
constexpr const char* kBytes = "application/octet-stream";

identities::ListRow listRow(std::size_t number, std::span<const identities::TableCell> cells,
                            const identities::Choice& choice) {
    identities::ListRow row;
    row.number = number;
    const auto own = [&](Field field) -> const identities::TableCell* {
        const auto it = choice.own.find(field);
        return it == choice.own.end() ? nullptr : &cells[it->second];
    };
    row.untiId = own(Field::UntiId)->text;
    row.untiLostDigits = own(Field::UntiId)->lostDigits;
    row.flowId = own(Field::FlowId)->text;
    if (const auto* course = own(Field::CourseId)) row.courseId = course->text;
    if (const auto* status = own(Field::Status)) row.status = status->text;
    for (const auto& [field, column] : choice.keys) {
        row.keys.push_back(cells[column].text);
        row.keyLostDigits = row.keyLostDigits || cells[column].lostDigits;
    }
    return row;
}

std::string cellsText(const identities::ListRow& row, const identities::Choice& choice,
                      const std::vector<std::string>& titles) {
    common::JsonWriter json;
    json.object();
    for (std::size_t i = 0; i < choice.keys.size(); ++i) json.member(titles[choice.keys[i].second], row.keys[i]);
    return json.end().take();
}

std::string choiceText(const identities::Choice& choice, const std::vector<std::string>& titles) {
    common::JsonWriter json;
    json.array();
    const auto write = [&](Field field, std::size_t column) {
        json.object().member("field", toString(field)).member("column", titles[column]).end();
    };
    for (const auto& [field, column] : choice.own) write(field, column);
    for (const auto& [field, column] : choice.keys) write(field, column);
    return json.end().take();
}

std::vector<identities::KnownFlow> flowsOf(host::sdk::Records& records, const std::string& organization) {
    std::vector<identities::KnownFlow> flows;
    for (const auto& programme : records.programmes(organization, ""))
        for (const auto& flow : records.flows(organization, programme.id))
            flows.push_back({flow.id, flow.u2035Id, programme.u2035Id});
    return flows;
}

std::vector<std::string> matchOf(const Request& request) {
    std::vector<std::string> texts;
    for (const auto& [name, value] : request.query)
        if (name == "match") texts.push_back(value);
    return texts;
}

}  // namespace

std::vector<host::sdk::Registration> UntiIdsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    const auto add = [&](Method method, const std::string& path, host::sdk::RouteOptions options,
                         Response (UntiIdsApi::*handler)(const Request&)) {
        if (method != Method::Get) options.least = host::sdk::Role::OrganizationAdmin;
        kept.push_back(router.add(method, under(path), std::move(options),
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    const std::string one = std::string(kBase) + "/{import}";
    const std::pair<std::string, std::string> sheet = {"sheet",
                                                       "which sheet; left out: the one with a column «Unti ID»"};
    const std::vector<std::pair<std::string, std::string>> page = {{"limit", "at most 1000"},
                                                                   {"cursor", "`next` of the page before"}};
    add(Method::Post, std::string(kBase) + "/columns",
        {.maxBody = kMaxFile,
         .operation = {.id = "readUntiIdColumns",
                       .tag = "Learners",
                       .summary = "Which columns a list of unti_ids has",
                       .description = "The body is the .xlsx file of University 2035's account («ЛК2035.xlsx»), or the "
                                      "same as CSV. Nothing of it is kept.",
                       .responseSchema = kUntiColumnsSchema,
                       .responseExample = kUntiColumnsExample,
                       .queryParameters = {sheet},
                       .requestContentType = kBytes}},
        &UntiIdsApi::columns);
    add(Method::Post, kBase,
        {.maxBody = kMaxFile,
         .operation =
             {.id = "importUntiIds",
              .tag = "Learners",
              .summary = "Match a list of unti_ids with the learners; nothing is written to them",
              .description =
                  "The body is the .xlsx file of University 2035's account, or the same as CSV; it is not kept, of its "
                  "rows only the columns named here are. A row matches the one learner who is enrolled in the flow "
                  "with "
                  "that University 2035 flow id and agrees in every column of `match`. Names are compared without "
                  "case, "
                  "ё/е, spaces and hyphens, never fuzzily. E-mail alone is refused: nobody verifies it.",
              .responseSchema = kUntiImportSchema,
              .responseExample = kUntiImportExample,
              .successStatus = 201,
              .queryParameters = {{"match",
                                   "FIELD:COLUMN, repeated: externalId, leaderId, fullName, lastName, firstName, "
                                   "middleName, email; also untiId, flowId, courseId, status where a title is not "
                                   "recognised"},
                                  {"contour", "production (the default) or test: whose unti_ids these are"},
                                  {"anyStatus", "true: also rows whose status is not «Одобрена»"},
                                  sheet},
              .requestContentType = kBytes}},
        &UntiIdsApi::create);
    add(Method::Get, kBase,
        {.operation = {.id = "listUntiIdImports",
                       .tag = "Learners",
                       .summary = "Imports of unti_ids, the latest first",
                       .responseSchema = listSchema(kUntiImportSchema),
                       .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kUntiImportExample),
                       .queryParameters = page}},
        &UntiIdsApi::list);
    add(Method::Get, std::string(kBase) + "/contradictions",
        {.operation = {.id = "listUntiIdContradictions",
                       .tag = "Learners",
                       .summary = "Learners whose source contradicts the unti_id that a person confirmed",
                       .description = "The source gives the learner another one, which the record shows, or gives the "
                                      "same to somebody else. `Accept: text/csv` gives the same list as CSV.",
                       .responseSchema = listSchema(kContradictionSchema),
                       .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kContradictionExample),
                       .queryParameters = page}},
        &UntiIdsApi::contradictions);
    add(Method::Get, one,
        {.operation = {.id = "getUntiIdImport",
                       .tag = "Learners",
                       .summary = "An import of unti_ids with its counts",
                       .description = "The ETag is the revision.",
                       .responseSchema = kUntiImportSchema,
                       .responseExample = kUntiImportExample}},
        &UntiIdsApi::one);
    auto rowPage = page;
    rowPage.emplace_back("state", "only rows in this state: unmatched");
    add(Method::Get, one + "/rows",
        {.operation = {.id = "listUntiIdRows",
                       .tag = "Learners",
                       .summary = "Rows of an import: whom each names, or why nobody",
                       .description = "`Accept: text/csv` gives the same list as CSV.",
                       .responseSchema = listSchema(kUntiRowSchema),
                       .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kUntiRowExample),
                       .queryParameters = rowPage}},
        &UntiIdsApi::rows);
    add(Method::Post, one + "/apply",
        {.maxBody = 2U * 1024 * 1024,
         .requireIfMatch = true,
         .operation = {.id = "applyUntiIds",
                       .tag = "Learners",
                       .summary = "Write the unti_ids of these rows to their learners",
                       .description =
                           "A row whose learner changed meanwhile, or whose unti_id another learner has by now, "
                           "is refused with its reason and stops no other. A learner's other unti_id is replaced "
                           "only where `overwrite` names the row.",
                       .requestSchema = kUntiApplySchema,
                       .requestExample = kUntiApplyExample,
                       .responseSchema = kUntiImportSchema,
                       .responseExample = kUntiImportExample}},
        &UntiIdsApi::apply);
    add(Method::Post, one + "/undo",
        {.requireIfMatch = true,
         .operation = {.id = "undoUntiIds",
                       .tag = "Learners",
                       .summary = "Take back what this import has written",
                       .description = "Only where the learner still has what was set; the others are named ('kept').",
                       .requestSchema = R"({"type":"object","properties":{}})",
                       .requestExample = "{}",
                       .responseSchema = kUntiImportSchema,
                       .responseExample = kUntiImportExample}},
        &UntiIdsApi::undo);
    return kept;
}

Response UntiIdsApi::columns(const Request& request) {
    identities::TableFile table(request.body, request.queryValue("sheet").value_or(""));
    std::int64_t rows = 0;
    table.read([&](std::size_t, std::span<const identities::TableCell>) { ++rows; });
    return Response::json(columnsText(table, rows));
}

Response UntiIdsApi::create(const Request& request) {
    const auto& organization = request.parameter("org");
    const bool test = queryChoice(request, "contour", {"production", "test"}) == "test";
    const bool anyStatus = queryChoice(request, "anyStatus", {"true", "false"}) == "true";
    identities::TableFile table(request.body, request.queryValue("sheet").value_or(""));
    const auto choice = identities::choose(table.titles(), identities::parsePairs(matchOf(request)));
    std::vector<identities::ListRow> list;
    table.read([&](std::size_t number, std::span<const identities::TableCell> cells) {
        list.push_back(listRow(number, cells, choice));
    });
    if (list.empty()) throw AppError(422, "table.empty", "The list has no rows below its titles.");

    identities::MatchOptions options{.test = test,
                                     .anyStatus = anyStatus,
                                     .hasStatus = choice.own.contains(Field::Status),
                                     .hasCourse = choice.own.contains(Field::CourseId)};
    for (const auto& [field, column] : choice.keys) options.keys.push_back(field);
    const identities::Matcher matcher(options, flowsOf(records_, organization),
                                      [&](host::sdk::RecordId flow) { return records_.learners(organization, flow); });
    auto verdicts = matcher.match(list);
    std::vector<store::UntiRow> rows;
    rows.reserve(list.size());
    for (std::size_t i = 0; i < list.size(); ++i)
        rows.push_back({static_cast<std::int64_t>(list[i].number), list[i].untiId, list[i].flowId, list[i].status,
                        cellsText(list[i], choice, table.titles()), std::move(verdicts[i]), false});
    store::UntiImport head;
    head.organization = organization;
    head.contour = test ? "test" : "production";
    head.createdBy = request.principal.login;
    head.columns = choiceText(choice, table.titles());
    const auto import = imports_.create(std::move(head), rows);

    journal_.append({organization, request.principal.login, request.clientAddress, "unti-ids.previewed",
                     fmt::format("learners/unti-ids/{}", import.id), fmt::format(R"({{"rows":{}}})", import.rows),
                     request.requestId});
    common::JsonWriter json;
    writeImport(json, import);
    auto response = Response::json(json.take(), 201);
    response.header("Location", fmt::format("/api/v1/organizations/{}/u2035{}/{}", organization, kBase, import.id));
    return response.etag(import.revision);
}

Response UntiIdsApi::list(const Request& request) {
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto imports = imports_.list(request.parameter("org"), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(imports, [](const auto& row) { return row.id; });
    if (wantsCsv(request)) {
        CsvText csv;
        writeImportCsvHeader(csv);
        for (const auto& import : imports) writeImportCsv(csv, import);
        return csvPage(request, csv, "unti-id-imports.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& import : imports) writeImport(json, import);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response UntiIdsApi::one(const Request& request) {
    const auto import = find(request);
    common::JsonWriter json;
    writeImport(json, import);
    auto response = Response::json(json.take());
    return response.etag(import.revision);
}

Response UntiIdsApi::rows(const Request& request) {
    const auto import = find(request);
    const auto state = request.queryValue("state").value_or("");
    if (!state.empty() && !identities::rowStateFrom(state))
        throw AppError::badRequest("The parameter 'state' is no state of a row; the API's description lists them.");
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto rows = imports_.rows(import.id, state, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.number; });
    if (wantsCsv(request)) {
        CsvText csv;
        writeRowCsvHeader(csv);
        for (const auto& row : rows) writeRowCsv(csv, row);
        return csvPage(request, csv, fmt::format("unti-ids-{}.csv", import.id), next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) writeRow(json, row);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response UntiIdsApi::contradictions(const Request& request) {
    const auto& organization = request.parameter("org");
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    const auto keyOf = [](const host::sdk::AssignedUntiId& one) { return one.learnerId * 2 + (one.test ? 1 : 0); };
    std::vector<host::sdk::AssignedUntiId> found;
    for (auto& one : records_.assignedUntiIds(organization))
        if ((one.untiId != one.recordUntiId || one.otherLearnerId != 0) && keyOf(one) > page.afterNumber())
            found.push_back(std::move(one));
    const auto next = page.cut(found, keyOf);
    const bool asCsv = wantsCsv(request);
    CsvText csv;
    common::JsonWriter json;
    for (const auto* name :
         {"learner", "learnerExternalId", "contour", "confirmed", "record", "by", "at", "code", "reason", "fix"})
        csv.cell(name);
    csv.endRow();
    json.object().key("items").array();
    for (const auto& one : found) {
        const auto learner = records_.learner(organization, one.learnerId);
        const std::string externalId = learner ? learner->externalId : "";
        const char* contour = one.test ? "test" : "production";
        identities::RowVerdict why;
        if (one.otherLearnerId != 0) {
            const auto other = records_.learner(organization, one.otherLearnerId);
            why.because(identities::reasons::kHeldByAnother, other ? other->externalId : "");
        } else {
            why.because(identities::reasons::kSourceDiffers);
        }
        if (asCsv) {
            csv.cell(one.learnerId).cell(externalId).cell(contour).cell(one.untiId).cell(one.recordUntiId);
            csv.cell(one.assignedBy).time(one.assignedAt).cell(why.code).cell(why.reason).cell(why.fix);
            csv.endRow();
            continue;
        }
        json.object()
            .member("learner", std::to_string(one.learnerId))
            .member("learnerExternalId", externalId)
            .member("contour", contour)
            .member("confirmed", one.untiId)
            .member("record", one.recordUntiId)
            .member("by", one.assignedBy)
            .timeMember("at", one.assignedAt)
            .member("code", why.code)
            .member("reason", why.reason)
            .member("fix", why.fix)
            .end();
    }
    if (asCsv) return csvPage(request, csv, "unti-id-contradictions.csv", next);
    json.end().member("next", next).end();
    return jsonPage(json);
}

store::UntiImport UntiIdsApi::find(const Request& request) {
    auto import = imports_.find(request.parameter("org"), pathId(request, "import", "import of unti_ids"));
    if (!import) throw AppError::notFound("There is no such import of unti_ids here.");
    return *import;
}

}  // namespace plugin::api
