#include "host/records/RecordsApi.h"

#include "common/Cursor.h"
#include "common/Json.h"
#include "common/Text.h"
#include "host/http/Lists.h"
#include "host/http/RussianTexts.h"
#include "host/records/RecordJson.h"
#include "host/records/RecordQueries.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace host::records {
namespace {

using sdk::AppError;
using sdk::FieldError;
using sdk::Method;
using sdk::Request;
using sdk::Response;

constexpr const char* kBase = "/api/v1/organizations/{org}/records";

std::string title(const KindSpec& kind) {
    std::string name = kind.name;
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

std::int64_t idOf(const Request& request) {
    const auto& text = request.parameter("id");
    std::int64_t id = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (code != std::errc() || end != text.data() + text.size() || id <= 0)
        throw AppError::notFound("There is no such record: its id is a positive number.");
    return id;
}

bool wantsCsv(const Request& request) {
    const auto accept = request.header("accept");
    return accept && accept->find("text/csv") != std::string::npos;
}

std::string text(const KindSpec& kind, const StoredRecord& record) {
    common::JsonWriter json;
    writeRecord(json, kind, record);
    return json.take();
}

/// An example of what is answered, made from the same table as the answer.
std::string answerExample(const KindSpec& kind) {
    const std::string given = jsonExample(kind, false);
    return fmt::format(
        R"({{"id":"1","source":"lms","externalId":"{}1","revision":1,"changedAt":"2025-09-15T07:00:00Z","deleted":false{}{})",
        kind.name[0], given == "{}" ? "" : ",", given.substr(1));
}

std::string batchSchema() {
    std::string kinds;
    for (int i = 0; i < kRecordKinds; ++i) {
        const auto kind = static_cast<RecordKind>(i);
        if (kind != RecordKind::File) kinds += (kinds.empty() ? "" : ",") + jsonSchema(spec(kind), true);
    }
    return fmt::format(
        R"({{"type":"object","required":["source","records"],"properties":{{"source":{{"type":"string","maxLength":{}}},"records":{{"type":"array","maxItems":10000,"items":{{"oneOf":[{}]}}}}}}}})",
        kMaxSource, kinds);
}

std::string batchExample() {
    std::string items;
    for (int i = 0; i < kRecordKinds; ++i) {
        const auto kind = static_cast<RecordKind>(i);
        if (kind != RecordKind::File) items += (items.empty() ? "" : ",") + jsonExample(spec(kind), true);
    }
    return fmt::format(R"({{"source":"lms","records":[{}]}})", items);
}

void writeErrors(common::JsonWriter& json, const std::vector<FieldError>& errors, const Request& request) {
    json.key("errors").array();
    for (const auto& error : errors)
        json.object()
            .member("pointer", error.pointer)
            .member("reason", http::saidTo(request, error.reason))
            .member("fix", http::saidTo(request, error.fix))
            .end();
    json.end();
}

struct Item {
    std::string kind;
    std::string externalId;
    std::optional<std::size_t> draft;  ///< absent: its kind could not be told
    FieldError error;
};

std::string textMember(const rapidjson::Value& object, const char* name) {
    if (!object.IsObject()) return {};
    const auto member = object.FindMember(name);
    if (member == object.MemberEnd() || !member->value.IsString()) return {};
    return std::string(member->value.GetString(),
                       std::min<std::size_t>(member->value.GetStringLength(), kMaxExternalId * 4));
}

void readItem(const rapidjson::Value& json, std::vector<Item>& items, std::vector<RecordDraft>& drafts) {
    auto& item = items.emplace_back();
    item.kind = textMember(json, "kind");
    item.externalId = textMember(json, "externalId");
    auto draft = readBatchItem(json, item.error);
    if (!draft) return;
    if (draft->kind == RecordKind::File)
        draft->fail("kind", "can't be written without its bytes", "Upload the file with POST …/records/files.");
    else
        checkDraft(*draft);
    item.draft = drafts.size();
    drafts.push_back(std::move(*draft));
}

struct BatchIn {
    std::string source;
    std::vector<Item> items;
    std::vector<RecordDraft> drafts;
};

/// The parsed text goes with this call: only the drafts stay in memory while they are written.
BatchIn readBatch(const std::string& body, std::size_t maxItems) {
    BatchIn batch;
    const auto document = parseStrict(body);
    batch.source = textMember(document, "source");
    requireSource(batch.source);
    const auto records = document.FindMember("records");
    if (records == document.MemberEnd() || !records->value.IsArray())
        throw AppError::validation("The batch is not valid.",
                                   {{"/records", "is missing or no array", "Give an array of records."}});
    if (records->value.Size() > maxItems)
        throw AppError::validation("The batch is too large.",
                                   {{"/records", fmt::format("has {} items", records->value.Size()),
                                     fmt::format("Give at most {} items a batch.", maxItems)}});
    for (const auto& member : document.GetObject()) {
        const std::string_view name(member.name.GetString(), member.name.GetStringLength());
        if (name != "source" && name != "records")
            throw AppError::validation("The batch is not valid.",
                                       {{fmt::format("/{}", common::beginning(name, 100)), "is not a field of a batch",
                                         "Give 'source' and 'records' only."}});
    }
    if (document.MemberCount() != 2)
        throw AppError::badRequest("'source' or 'records' stands twice in the batch; give each once.");

    for (const auto& json : records->value.GetArray()) readItem(json, batch.items, batch.drafts);
    return batch;
}

}  // namespace

RecordsApi::RecordsApi(sdk::Router& router, RecordStore& records, FileStore& files, sdk::Organizations& organizations,
                       sdk::Journal& journal, RecordsApiSettings settings)
    : records_(records), files_(files), organizations_(organizations), journal_(journal), settings_(settings) {
    routes_.push_back(router.add(
        Method::Post, kBase,
        {.least = sdk::Role::Methodist,
         .serverAdminToo = true,
         .maxBody = settings_.maxBatchBytes,
         .operation =
             {.id = "putRecords",
              .tag = "Records",
              .summary = "Bring many records in",
              .description =
                  "Creates or updates records by (source, externalId). Each item has a verdict of its own; a wrong one "
                  "never stops the others. Items may stand in any order: kinds are written in order of dependency. A "
                  "reference is an external id of the same source, or {source, externalId}, or {id}. Sending the same "
                  "batch again changes nothing (status 'unchanged'), so an Idempotency-Key is accepted but not needed. "
                  "An unchanged record keeps its revision; a changed or revived one gets the next. Files are uploaded "
                  "with POST …/records/files. One record is a batch of one.",
              .requestSchema = batchSchema(),
              .requestExample = batchExample(),
              .responseSchema =
                  R"({"type":"object","properties":{"counts":{"type":"object","additionalProperties":{"type":"integer"}},"items":{"type":"array","items":{"type":"object","properties":{"index":{"type":"integer"},"kind":{"type":"string"},"externalId":{"type":"string"},"id":{"type":"string"},"revision":{"type":"integer"},"status":{"enum":["created","updated","unchanged","rejected"]},"errors":{"type":"array","items":{"type":"object"}}}}}}})",
              .responseExample =
                  R"({"counts":{"created":1,"updated":0,"unchanged":0,"rejected":1},"items":[{"index":0,"kind":"learners","externalId":"l1","id":"1","revision":1,"status":"created","errors":[]},{"index":1,"kind":"results","externalId":"r1","status":"rejected","errors":[{"pointer":"/learner","reason":"names no record of 'learners': l9","fix":"Send that record first, or correct the id or the source."}]}]})"}},
        [this](const Request& request) { return postBatch(request); }));
    for (int i = 0; i < kRecordKinds; ++i) addKind(router, spec(static_cast<RecordKind>(i)));
    addFiles(router);
}

void RecordsApi::addKind(sdk::Router& router, const KindSpec& kind) {
    const std::string many = fmt::format("{}/{}", kBase, kind.name);
    const std::string one = many + "/{id}";
    std::vector<std::pair<std::string, std::string>> filters = {{"limit", "Records in a page, at most 1000"},
                                                                {"cursor", "Where the last page ended: its 'next'"},
                                                                {"source", "Only of this source"},
                                                                {"externalId", "Only with this external id"},
                                                                {"deleted", "true, false (the default) or any"}};
    for (const auto& field : kind.fields)
        if (field.type == FieldType::Ref)
            filters.emplace_back(field.name, fmt::format("Only with this {} (its external id; {}Id takes our id)",
                                                         field.name, field.name));
        else if (canFilterBy(field))
            filters.emplace_back(field.name, "Only with this value");
    if (kind.kind == RecordKind::Learner)
        filters.emplace_back("q", "Part of the name (last name first), the external id or the unti_id, in any case");

    const KindSpec* known = &kind;
    routes_.push_back(router.add(
        Method::Get, many,
        {.serverAdminToo = true,
         .operation =
             {.id = "list" + title(kind),
              .tag = "Records",
              .summary = fmt::format("List {}", kind.name),
              .description =
                  fmt::format("{}, in order of id. With Accept: text/csv the same page as CSV; the next page is "
                              "then told by the header Link, its cursor by X-Next-Cursor.",
                              kind.what),
              .responseSchema = fmt::format(
                  R"({{"type":"object","properties":{{"items":{{"type":"array","items":{}}},"next":{{"type":["string","null"]}}}}}})",
                  answerSchema(kind)),
              .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", answerExample(kind)),
              .queryParameters = filters}},
        [this, known](const Request& request) { return list(request, known->kind); }));
    routes_.push_back(
        router.add(Method::Get, one,
                   {.serverAdminToo = true,
                    .operation = {.id = "get" + title(kind),
                                  .tag = "Records",
                                  .summary = fmt::format("Read one of {}", kind.name),
                                  .description = "Deleted records stay readable. The ETag is the revision.",
                                  .responseSchema = answerSchema(kind),
                                  .responseExample = answerExample(kind)}},
                   [this, known](const Request& request) { return get(request, known->kind); }));
    routes_.push_back(router.add(
        Method::Put, one,
        {.least = sdk::Role::Methodist,
         .serverAdminToo = true,
         .requireIfMatch = true,
         .operation = {.id = "replace" + title(kind),
                       .tag = "Records",
                       .summary = fmt::format("Replace one of {}", kind.name),
                       .description =
                           "The whole content is given; what is left out becomes absent. What was already sent to "
                           "somebody is not sent again by itself: it is held and named.",
                       .requestSchema = jsonSchema(kind, false),
                       .requestExample = jsonExample(kind, false),
                       .responseSchema = answerSchema(kind),
                       .responseExample = answerExample(kind)}},
        [this, known](const Request& request) { return put(request, known->kind); }));
    routes_.push_back(router.add(
        Method::Delete, one,
        {.least = sdk::Role::Methodist,
         .serverAdminToo = true,
         .requireIfMatch = true,
         .operation = {.id = "delete" + title(kind),
                       .tag = "Records",
                       .summary = fmt::format("Delete one of {}", kind.name),
                       .description = "The record stays readable with 'deleted'; sending it again revives it.",
                       .successStatus = 204}},
        [this, known](const Request& request) { return remove(request, known->kind); }));
}

Response RecordsApi::postBatch(const Request& request) {
    const auto org = organization(request);
    auto [source, items, drafts] = readBatch(request.body, settings_.maxBatchItems);
    const auto verdicts = records_.upsert(org, source, drafts);

    std::map<VerdictStatus, std::int64_t> counts;
    common::JsonWriter json;
    json.object().key("items").array();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Verdict rejected{.errors = {items[i].error}};
        const auto& verdict = items[i].draft ? verdicts[*items[i].draft] : rejected;
        ++counts[verdict.status];
        json.object().member("index", i).member("kind", items[i].kind).member("externalId", items[i].externalId);
        if (verdict.id != 0) json.member("id", std::to_string(verdict.id)).member("revision", verdict.revision);
        json.member("status", toString(verdict.status));
        writeErrors(json, verdict.errors, request);
        json.end();
    }
    json.end();
    common::JsonWriter summary;
    summary.object();
    for (auto status :
         {VerdictStatus::Created, VerdictStatus::Updated, VerdictStatus::Unchanged, VerdictStatus::Rejected})
        summary.member(toString(status), counts[status]);
    const auto told = summary.end().take();
    note(request, "records.batch", "records", told);
    return Response::json(json.rawMember("counts", told).end().take());
}

Response RecordsApi::list(const Request& request, RecordKind kind) {
    const auto org = organization(request);
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    RecordFilters filters;
    for (const auto& [name, value] : request.query)
        if (name != "cursor" && name != "limit") filters.emplace_back(name, value);
    auto records = records_.list(org, kind, filters, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(records, [](const auto& row) { return row.id; });
    if (wantsCsv(request)) {
        Response response;
        response.contentType = "text/csv; charset=utf-8";
        response.body =
            "\xEF\xBB\xBF" + csvHeader(spec(kind));  // without the mark Excel reads Cyrillic as Windows-1251
        for (const auto& record : records) appendCsv(response.body, spec(kind), record);
        if (next) response.header("X-Next-Cursor", *next).header("Link", http::nextLink(request, *next));
        return response;
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& record : records) writeRecord(json, spec(kind), record);
    return Response::json(json.end().member("next", next).end().take());
}

Response RecordsApi::get(const Request& request, RecordKind kind) {
    const auto record = records_.find(organization(request), kind, idOf(request));
    if (!record) throw AppError::notFound(fmt::format("There is no such record of '{}'.", spec(kind).name));
    auto response = Response::json(text(spec(kind), *record));
    return response.etag(record->revision);
}

Response RecordsApi::put(const Request& request, RecordKind kind) {
    const auto org = organization(request);
    const auto document = parseStrict(request.body);
    const auto record =
        records_.replace(org, kind, idOf(request), sdk::ifMatch(request),
                         [&](const StoredRecord& current) { return readReplacement(kind, document, current); });
    note(request, "records.replaced", fmt::format("records/{}/{}", spec(kind).name, record.id),
         fmt::format(R"({{"revision":{}}})", record.revision));
    auto response = Response::json(text(spec(kind), record));
    return response.etag(record.revision);
}

Response RecordsApi::remove(const Request& request, RecordKind kind) {
    const auto id = idOf(request);
    records_.remove(organization(request), kind, id, sdk::ifMatch(request));
    note(request, "records.deleted", fmt::format("records/{}/{}", spec(kind).name, id), "{}");
    return Response::noContent();
}

std::string RecordsApi::organization(const Request& request) {
    const auto& org = request.parameter("org");
    if (!organizations_.find(org)) throw AppError::notFound("There is no such organization.");
    return org;
}

void RecordsApi::note(const Request& request, const std::string& action, const std::string& subject,
                      std::string details) {
    journal_.append({request.parameter("org"), request.principal.login, request.clientAddress, action, subject,
                     std::move(details), request.requestId});
}

}  // namespace host::records
