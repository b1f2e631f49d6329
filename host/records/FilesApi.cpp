// The part of RecordsApi that moves bytes.

#include "common/Json.h"
#include "host/records/RecordsApi.h"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

namespace host::records {
namespace {

using sdk::AppError;
using sdk::Method;
using sdk::Request;
using sdk::Response;

std::string required(const Request& request, const char* name, const char* fix) {
    auto value = request.queryValue(name);
    if (value && !value->empty()) return *value;
    throw AppError::validation("The upload is not valid.", {{fmt::format("/{}", name), "is missing", fix}});
}

std::int64_t announcedSize(const Request& request) {
    const auto header = request.header("content-length");
    std::int64_t size = -1;
    if (header) std::from_chars(header->data(), header->data() + header->size(), size);
    return size;
}

/// 0, which no record has, for what is no id.
std::int64_t toId(const std::string& text) {
    std::int64_t id = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), id);
    return code == std::errc() && end == text.data() + text.size() ? id : 0;
}

/// RFC 6266 with RFC 5987, so that a Russian name arrives and no name can add a header.
std::string disposition(const std::string& name) {
    std::string encoded;
    for (unsigned char c : name) {
        const bool plain = std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_';
        encoded += plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
    }
    return "attachment; filename*=UTF-8''" + encoded;
}

}  // namespace

void RecordsApi::addFiles(sdk::Router& router) {
    routes_.push_back(router.add(
        Method::Post, "/api/v1/organizations/{org}/records/files",
        {.least = sdk::Role::Methodist,
         .serverAdminToo = true,
         .maxBody = settings_.maxFileBytes,
         .streamBody = true,
         .operation =
             {.id = "uploadFile",
              .tag = "Records",
              .summary = "Upload a learner's work, a programme's material or a letter",
              .description =
                  "The body is the file's bytes, streamed to disk. The content type is detected from the bytes, "
                  "whatever "
                  "the request says. Equal bytes are kept once; a broken upload leaves nothing. By (source, "
                  "externalId) "
                  "like every record: the same upload again changes nothing. A result's or an element's revision grows "
                  "when a file is tied to it; a letter is tied to neither.",
              .responseSchema = answerSchema(spec(RecordKind::File)),
              .responseExample =
                  R"({"id":"1","source":"lms","externalId":"f1","revision":1,"changedAt":"2025-09-15T07:00:00Z","deleted":false,"result":{"id":"7","source":"lms","externalId":"r1"},"name":"работа.pdf","contentType":"application/pdf","size":48213,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})",
              .successStatus = 201,
              .queryParameters = {{"source", "Where the file comes from: \"lms\""},
                                  {"externalId", "The file's id in its source"},
                                  {"name", "Name to show: \"работа.pdf\""},
                                  {"result", "External id of the result whose work it is"},
                                  {"resultId", "The same by our id"},
                                  {"element", "External id of the element whose material it is"},
                                  {"elementId", "The same by our id"}},
              .requestContentType = "application/octet-stream"}},
        [this](const Request& request) { return postFile(request); }));
    routes_.push_back(router.add(Method::Get, "/api/v1/organizations/{org}/records/files/{id}/content",
                                 {.serverAdminToo = true,
                                  .operation = {.id = "downloadFile",
                                                .tag = "Records",
                                                .summary = "Download a learner's work",
                                                .description = "The bytes as they were uploaded.",
                                                .responseContentType = "application/octet-stream"}},
                                 [this](const Request& request) { return getContent(request); }));
}

void RecordsApi::readOwner(const Request& request, const std::string& org, const std::string& source, RecordKind kind,
                           RecordDraft& draft) const {
    const std::string name = kind == RecordKind::Result ? "result" : "element";
    auto& owner = draft.values[fieldIndex(RecordKind::File, name)];
    if (auto id = request.queryValue(name + "Id")) {
        Reference ref;
        ref.id = toId(*id);
        const auto found = records_.find(org, kind, ref.id);
        if (!found || found->deleted)
            throw AppError::validation("The upload is not valid.",
                                       {{fmt::format("/{}Id", name), fmt::format("names no {}", name),
                                         fmt::format("Give the id of a record of {}.", spec(kind).name)}});
        owner = ref;
    } else if (auto externalId = request.queryValue(name)) {
        if (!records_.findExternal(org, kind, source, *externalId))
            throw AppError::validation(
                "The upload is not valid.",
                {{fmt::format("/{}", name), fmt::format("names no {} of source '{}'", name, source),
                  fmt::format("Send the {} first, or correct the id.", name)}});
        owner = Reference{0, source, *externalId};
    }
}

Response RecordsApi::postFile(const Request& request) {
    const auto org = organization(request);
    const auto source = required(request, "source", "Give the name of the source, as in source=lms.");
    requireSource(source);
    RecordDraft draft(RecordKind::File);
    draft.externalId = required(request, "externalId", "Give the file's id in its source.");
    draft.values[fieldIndex(RecordKind::File, "name")] =
        safeFileName(required(request, "name", "Give the file's name, as in name=work.pdf."));

    // Known before the bytes are taken in, so that a wrong reference costs no disk.
    readOwner(request, org, source, RecordKind::Result, draft);
    readOwner(request, org, source, RecordKind::Element, draft);
    if (draft.has(fieldIndex(RecordKind::File, "result")) && draft.has(fieldIndex(RecordKind::File, "element")))
        throw AppError::validation("The upload is not valid.",
                                   {{"/element", "is given beside the result",
                                     "A file is a learner's work or a material: leave one of them out."}});

    std::istringstream whole(request.bodyStream == nullptr ? request.body : std::string());
    const auto file = files_.put(org, request.bodyStream == nullptr ? whole : *request.bodyStream,
                                 static_cast<std::int64_t>(settings_.maxFileBytes), announcedSize(request));
    draft.values[fieldIndex(RecordKind::File, "contentType")] = file.contentType;
    draft.values[fieldIndex(RecordKind::File, "size")] = file.size;
    draft.values[fieldIndex(RecordKind::File, "sha256")] = file.sha256;
    checkDraft(draft);
    const auto verdict = records_.upsert(org, source, {draft}).front();
    if (verdict.status == VerdictStatus::Rejected)
        throw AppError::validation("The upload is not valid.", verdict.errors);
    const auto record = records_.find(org, RecordKind::File, verdict.id);
    note(request, "records.file-uploaded", fmt::format("records/files/{}", verdict.id),
         fmt::format(R"({{"status":"{}","size":{},"sha256":"{}"}})", toString(verdict.status), file.size, file.sha256));
    common::JsonWriter json;
    writeRecord(json, spec(RecordKind::File), *record);
    auto response = Response::json(json.take(), verdict.status == VerdictStatus::Created ? 201 : 200);
    return response.etag(verdict.revision);
}

Response RecordsApi::getContent(const Request& request) {
    const auto org = organization(request);
    const auto files = records_.files(org, {toId(request.parameter("id"))});
    if (files.empty() || files.front().deleted) throw AppError::notFound("There is no such file.");
    Response response;
    response.contentType = files.front().contentType;
    response.file = files_.path(org, files.front().sha256).string();
    response.header("Content-Disposition", disposition(files.front().name));
    return response;
}

}  // namespace host::records
