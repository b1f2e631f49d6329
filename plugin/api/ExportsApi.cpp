#include "plugin/api/ExportsApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/delivery/TableWriting.h"
#include "plugin/tables/PairSplit.h"

#include <Poco/JSON/Parser.h>
#include <fmt/format.h>

#include <fstream>
#include <set>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

#define EXPORT_PROPERTIES                                                                                   \
    R"("id":{"type":"string"},"run":{"type":"string"},"createdAt":{"type":"string","format":"date-time"},)" \
    R"("contour":{"enum":["production","test"]},"fileCount":{"type":"integer"},"rows":{"type":"integer"})"
#define EXPORT_REQUIRED R"("id","run","createdAt","contour","fileCount","rows")"

#define FILE_SCHEMA                                                                                                                                                                         \
    R"({"type":"object","required":["name","project","path","title","element","bytes","url"],"properties":{"name":{"type":"string"},"project":{"type":"string"},"path":{"type":"string"},)" \
    R"("title":{"type":"string"},"element":{"type":"string","description":"table element of the profile, xapi, or manifest"},)"                                                             \
    R"("role":{"enum":["table","archive","mapping"],"description":"mapping: which file of the archive is whose"},)"                                                                         \
    R"("format":{"enum":["xlsx","csv","zip"]},)"                                                                                                                                            \
    R"("pair":{"type":"string","description":"a table part and its archive are uploaded together"},)"                                                                                       \
    R"("upload":{"type":"boolean","description":"true for the files to upload: the table in the better format and its archive"},)"                                                          \
    R"("channel":{"enum":["lrs","tables"]},"rows":{"type":"integer"},)"                                                                                                                     \
    R"("files":{"type":"integer","description":"of an archive"},"bytes":{"type":"integer"},)"                                                                                               \
    R"("sha256":{"type":"string"},"url":{"type":"string"},)"                                                                                                                                \
    R"("uploaded":{"type":["object","null"],"required":["by","at"],"properties":{"by":{"type":"string"},)"                                                                                  \
    R"("at":{"type":"string","format":"date-time"}},"description":"a person's tick; only of files to upload"}}})"

constexpr const char* kExportSchema =
    R"({"type":"object","required":[)" EXPORT_REQUIRED R"(],"properties":{)" EXPORT_PROPERTIES "}}";
constexpr const char* kExportWithFilesSchema =
    R"({"type":"object","required":[)" EXPORT_REQUIRED R"(,"files"],"properties":{)" EXPORT_PROPERTIES
    R"(,"files":{"type":"array","items":)" FILE_SCHEMA "}}}";
constexpr const char* kFileSchema = FILE_SCHEMA;
#undef FILE_SCHEMA
#undef EXPORT_PROPERTIES
#undef EXPORT_REQUIRED

const char* const kFileExample =
    R"({"name":"bas~assessment-results-14.xlsx","project":"bas","path":"assessment-results-14.xlsx",)"
    R"("title":"Оценка результатов аттестации","element":"assessment-results","role":"table","format":"xlsx",)"
    R"("pair":"assessment-results-14","upload":true,"channel":"tables","rows":200,"bytes":21004,"sha256":"…",)"
    R"("url":"/api/v1/organizations/demo/u2035/exports/12/files/bas~assessment-results-14.xlsx",)"
    R"("uploaded":{"by":"anna","at":"2026-01-13T08:12:00Z"}})";

/// One path segment for a file in a folder: "bas~already-sent~videos.csv".
std::string flatName(const std::string& project, std::string path) {
    std::replace(path.begin(), path.end(), '/', '~');
    return project + "~" + path;
}

Poco::JSON::Object::Ptr readManifest(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return nullptr;
    return Poco::JSON::Parser().parse(in).extract<Poco::JSON::Object::Ptr>();
}

const char* contentTypeOf(const std::string& path) {
    const auto extension = std::filesystem::path(path).extension();
    if (extension == ".csv") return "text/csv; charset=utf-8";
    if (extension == ".xlsx") return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (extension == ".zip") return "application/zip";
    return "application/json";
}

void writeExport(common::JsonWriter& json, const store::ExportRow& row) {
    json.member("id", std::to_string(row.runId))
        .member("run", std::to_string(row.runId))
        .timeMember("createdAt", row.createdAt)
        .member("contour", row.contour)
        .member("fileCount", row.files)
        .member("rows", row.rows);
}

}  // namespace

struct ExportsApi::File {
    std::string name;
    std::string project;
    std::string path;
    std::string title;
    std::string element;
    std::string role;
    std::string format;
    std::string pair;
    bool upload = false;
    std::string channel;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::string sha256;
    std::filesystem::path onDisk;
};

std::vector<host::sdk::Registration> ExportsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions list;
    list.operation = {.id = "listExports",
                      .tag = "Exports",
                      .summary = "Tables that nights wrote, newest first",
                      .description = "`Accept: text/csv` gives the same list as CSV.",
                      .responseSchema = listSchema(kExportSchema),
                      .responseExample = R"({"items":[{"id":"12","run":"12","createdAt":"2026-01-12T23:00:09Z",)"
                                         R"("contour":"production","fileCount":5,"rows":980}],"next":null})",
                      .queryParameters = {{"limit", "at most 1000"}, {"cursor", "`next` of the page before"}}};
    kept.push_back(router.add(Method::Get, under("/exports"), list,
                              [this](const Request& request) { return this->list(request); }));
    host::sdk::RouteOptions one;
    one.operation = {.id = "getExport",
                     .tag = "Exports",
                     .summary = "One night's files with rows, size and SHA-256",
                     .description =
                         "Files of a channel `lrs` lie in `already-sent`: «уже отправлено через LRS, "
                         "загружать не нужно».",
                     .responseSchema = kExportWithFilesSchema,
                     .responseExample = fmt::format(R"({{"id":"12","run":"12","createdAt":"2026-01-12T23:00:09Z",)"
                                                    R"("contour":"production","fileCount":1,"rows":200,"files":[{}]}})",
                                                    kFileExample)};
    kept.push_back(router.add(Method::Get, under("/exports/{export}"), one,
                              [this](const Request& request) { return this->one(request); }));
    host::sdk::RouteOptions file;
    file.operation = {.id = "getExportFile",
                      .tag = "Exports",
                      .summary = "One file, by the name its export shows",
                      .description = "XLSX, CSV, ZIP or, for the manifest, JSON.",
                      .responseContentType = "application/octet-stream"};
    kept.push_back(router.add(Method::Get, under("/exports/{export}/files/{name}"), file,
                              [this](const Request& request) { return this->file(request); }));
    host::sdk::RouteOptions split = one;
    split.least = host::sdk::Role::Methodist;
    split.maxBody = 1024;
    split.operation.id = "splitExportFile";
    split.operation.summary = "Split a table part that the account could not take";
    split.operation.description =
        "Halves the pair that the file belongs to, table and archive together, into `…-part2a` and `…-part2b`, which "
        "replace it. 409 when it has a single row, or is not for upload. Takes about as long as writing the pair did.";
    kept.push_back(router.add(Method::Post, under("/exports/{export}/files/{name}/split"), split,
                              [this](const Request& request) { return this->split(request); }));
    host::sdk::RouteOptions uploaded;
    uploaded.least = host::sdk::Role::Methodist;
    uploaded.maxBody = 1024;
    uploaded.operation = {.id = "setExportFileUploaded",
                          .tag = "Exports",
                          .summary = "Tick a file as uploaded to University 2035's account, or take the tick back",
                          .description =
                              "409 for a file that isn't to be uploaded: what went by LRS, xAPI files, the "
                              "manifest, the table in its other format.",
                          .requestSchema = R"({"type":"object","required":["uploaded"],"properties":{"uploaded":)"
                                           R"({"type":"boolean"}},"additionalProperties":false})",
                          .requestExample = R"({"uploaded":true})",
                          .responseSchema = kFileSchema,
                          .responseExample = kFileExample};
    kept.push_back(router.add(Method::Post, under("/exports/{export}/files/{name}/uploaded"), uploaded,
                              [this](const Request& request) { return this->uploaded(request); }));
    return kept;
}

std::vector<ExportsApi::File> ExportsApi::filesOf(const std::string& organization, std::int64_t runId) const {
    std::vector<File> files;
    std::error_code gone;
    for (const auto& entry :
         std::filesystem::directory_iterator(delivery::exportFolder(folder_, organization, runId), gone)) {
        if (!entry.is_directory()) continue;
        // What is of the test contour lies in a folder of its own, with a manifest of its own.
        for (const auto* part : {"", "test-contour/", "xapi/"}) addFilesOf(entry.path(), part, files);
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
    return files;
}

void ExportsApi::addFilesOf(const std::filesystem::path& projectFolder, const std::string& part,
                            std::vector<File>& files) {
    const auto folder = projectFolder / part;
    auto manifest = readManifest(folder / "manifest.json");
    auto listed = manifest ? manifest->getArray("files") : nullptr;
    if (!listed) return;
    std::set<std::string> uploads;
    if (auto pairs = manifest->getArray("pairs"))
        for (std::size_t i = 0; i < pairs->size(); ++i) {
            const auto pair = pairs->getObject(static_cast<unsigned>(i));
            if (!pair->has("upload")) continue;
            uploads.insert(pair->getValue<std::string>("upload"));
            uploads.insert(pair->optValue<std::string>("archive", ""));
        }
    const auto add = [&](File file, const std::string& path) {
        file.project = projectFolder.filename().string();
        file.path = part + path;
        file.name = flatName(file.project, file.path);
        file.onDisk = folder / path;
        files.push_back(std::move(file));
    };
    for (std::size_t i = 0; i < listed->size(); ++i) {
        auto object = listed->getObject(static_cast<unsigned>(i));
        File file;
        file.title = object->optValue<std::string>("title", "");
        file.element = object->optValue<std::string>("element", "");
        file.role = object->optValue<std::string>("role", "");
        file.format = object->optValue<std::string>("format", "");
        file.pair = object->optValue<std::string>("pair", "");
        file.channel = object->optValue<std::string>("channel", "");
        file.upload = uploads.count(object->getValue<std::string>("path")) != 0;
        file.rows = object->optValue<std::int64_t>(file.role == "archive" ? "files" : "rows",
                                                   object->optValue<std::int64_t>("statements", 0));
        file.bytes = object->optValue<std::int64_t>("bytes", 0);
        file.sha256 = object->optValue<std::string>("sha256", "");
        add(std::move(file), object->getValue<std::string>("path"));
    }
    File own;
    own.title = "Опись файлов";
    own.element = "manifest";
    std::error_code unknown;
    own.bytes = static_cast<std::int64_t>(std::filesystem::file_size(folder / "manifest.json", unknown));
    add(std::move(own), "manifest.json");
}

store::ExportRow ExportsApi::require(const Request& request) {
    auto row = runs_.findExport(request.parameter("org"), pathId(request, "export", "export"));
    if (!row) throw AppError::notFound("There is no such export here.");
    return *row;
}

Response ExportsApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto rows = runs_.exports(request.parameter("org"), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.runId; });
    if (wantsCsv(request)) {
        CsvText csv;
        for (const auto* name : {"id", "run", "createdAt", "contour", "fileCount", "rows"}) csv.cell(name);
        csv.endRow();
        for (const auto& row : rows) {
            csv.cell(row.runId).cell(row.runId).time(row.createdAt).cell(row.contour);
            csv.cell(static_cast<std::int64_t>(row.files)).cell(row.rows).endRow();
        }
        return csvPage(request, csv, "exports.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) {
        json.object();
        writeExport(json, row);
        json.end();
    }
    json.end().member("next", next).end();
    return jsonPage(json);
}

void ExportsApi::write(common::JsonWriter& json, const Request& request, std::int64_t runId, const File& file,
                       const std::map<std::string, store::Uploaded>& uploads) {
    json.object()
        .member("name", file.name)
        .member("project", file.project)
        .member("path", file.path)
        .member("title", file.title)
        .member("element", file.element)
        .memberIfSet("role", file.role)
        .memberIfSet("format", file.format)
        .memberIfSet("pair", file.pair);
    if (!file.role.empty()) json.member("upload", file.upload);
    json.memberIfSet("channel", file.channel);
    if (file.element != "manifest") json.member(file.role == "archive" ? "files" : "rows", file.rows);
    json.member("bytes", file.bytes)
        .memberIfSet("sha256", file.sha256)
        .member("url", fmt::format("/api/v1/organizations/{}/u2035/exports/{}/files/{}", request.parameter("org"),
                                   runId, file.name));
    if (file.upload) {
        json.key("uploaded");
        if (const auto tick = uploads.find(file.name); tick != uploads.end())
            json.object().member("by", tick->second.by).timeMember("at", tick->second.at).end();
        else
            json.null();
    }
    json.end();
}

Response ExportsApi::one(const Request& request) {
    auto row = require(request);
    common::JsonWriter json;
    json.object();
    writeExport(json, row);
    json.key("files").array();
    const auto uploads = uploads_.of(row.runId);
    for (const auto& file : filesOf(request.parameter("org"), row.runId))
        write(json, request, row.runId, file, uploads);
    json.end().end();
    return Response::json(json.take());
}

Response ExportsApi::file(const Request& request) {
    auto row = require(request);
    const auto& name = request.parameter("name");
    for (const auto& file : filesOf(request.parameter("org"), row.runId)) {
        if (file.name != name) continue;
        Response response;
        response.contentType = contentTypeOf(file.path);
        response.file = file.onDisk.string();
        response.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        return response;
    }
    throw AppError::notFound("There is no such file in this export; its list of files names those there are.");
}

Response ExportsApi::split(const Request& request) {
    auto row = require(request);
    const auto& organization = request.parameter("org");
    const std::lock_guard one(splitting_);
    const auto files = filesOf(organization, row.runId);
    const auto* found = &named(files, request);
    // The manifest's folder: what is of the test contour has its own.
    auto folder = delivery::exportFolder(folder_, organization, row.runId) / found->project;
    auto path = found->path;
    if (constexpr std::string_view kTest = "test-contour/"; path.starts_with(kTest)) {
        folder /= "test-contour";
        path = path.substr(kTest.size());
    }
    const auto names = tables::splitPair(folder, path, clock_.now());
    // Manifests are not counted, as the night does not.
    const auto now = filesOf(organization, row.runId);
    row.files = static_cast<int>(
        std::count_if(now.begin(), now.end(), [](const File& file) { return file.element != "manifest"; }));
    runs_.addExport(organization, row);
    std::set<std::string> left;
    for (const auto& file : now) left.insert(file.name);
    uploads_.keepOnly(row.runId, left);
    journal_.append({.organization = organization,
                     .actor = request.principal.login,
                     .clientAddress = request.clientAddress,
                     .action = "export.split",
                     .subject = fmt::format("exports/{}/files/{}", row.runId, request.parameter("name")),
                     .details = fmt::format(R"({{"pairs":["{}"]}})", fmt::join(names, R"(",")")),
                     .requestId = request.requestId});
    return this->one(request);
}

const ExportsApi::File& ExportsApi::named(const std::vector<File>& files, const Request& request) {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const File& file) { return file.name == request.parameter("name"); });
    if (found == files.end())
        throw AppError::notFound("There is no such file in this export; its list of files names those there are.");
    return *found;
}

Response ExportsApi::uploaded(const Request& request) {
    const auto row = require(request);
    common::JsonReader reader(common::parseJsonObject(request.body));
    const auto wanted = reader.boolean("uploaded");
    if (!wanted) reader.wrong("uploaded", "is missing", "send true or false");
    reader.refuseUnknown();
    reader.finish("The tick can't be taken");
    const std::lock_guard one(splitting_);  // the file must not be replaced by its halves meanwhile
    const auto files = filesOf(request.parameter("org"), row.runId);
    const auto& file = named(files, request);
    if (!file.upload)
        throw AppError::conflict("export.not-for-upload",
                                 "This file isn't to be uploaded by hand, so there is nothing to tick.");
    if (*wanted)
        uploads_.tick(row.runId, file.name, request.principal.login);
    else
        uploads_.untick(row.runId, file.name);
    journal_.append({.organization = request.parameter("org"),
                     .actor = request.principal.login,
                     .clientAddress = request.clientAddress,
                     .action = *wanted ? "export.file-uploaded" : "export.file-not-uploaded",
                     .subject = fmt::format("exports/{}/files/{}", row.runId, file.name),
                     .details = "{}",
                     .requestId = request.requestId});
    common::JsonWriter json;
    write(json, request, row.runId, file, uploads_.of(row.runId));
    return Response::json(json.take());
}

}  // namespace plugin::api
