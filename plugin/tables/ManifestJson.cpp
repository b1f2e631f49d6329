#include "plugin/tables/ManifestJson.h"

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <fstream>
#include <iterator>

namespace plugin::tables {

void writeFile(common::JsonWriter& json, const TableFile& file) {
    json.object()
        .member("path", file.path)
        .member("pair", file.pair)
        .member("role", file.role)
        .member("format", file.format)
        .member("element", file.element)
        .member("title", file.title)
        .member("channel", file.channel);
    if (file.channel == "lrs") json.member("note", kAlreadySent);
    json.member("programmeId", file.programmeId)
        .member(file.role == "archive" ? "files" : "rows", file.rows)
        .member("bytes", file.bytes)
        .member("sha256", file.sha256)
        .end();
}

void writePair(common::JsonWriter& json, const TablePair& pair, const std::vector<TableFile>& files) {
    json.object()
        .member("name", pair.name)
        .member("element", pair.element)
        .member("title", pair.title)
        .member("channel", pair.channel)
        .member("programmeId", pair.programmeId)
        .member("rows", pair.rows);
    // XLSX first: the account takes tables, and only XLSX says what is a number and what is text.
    const TableFile* best = nullptr;
    const TableFile* archive = nullptr;
    for (const TableFile& file : files) {
        if (file.pair != pair.name) continue;
        if (file.role == "archive") archive = &file;
        if (file.role == "table" && (best == nullptr || file.format == "xlsx")) best = &file;
    }
    if (!pair.spool.empty() && best != nullptr) json.member("upload", best->path);
    json.key("tables").array();
    for (const TableFile& file : files)
        if (file.pair == pair.name && file.role == "table") json.value(file.path);
    json.end();
    if (archive != nullptr) json.member("archive", archive->path).member("artifacts", pair.artifacts);
    json.key("mapping").array();
    for (const TableFile& file : files)
        if (file.pair == pair.name && file.role == "mapping") json.value(file.path);
    json.end();
    if (pair.overLimit)
        json.member("overLimit", true).member("note", "одна строка больше заданного предела: разбить её нельзя");
    if (!pair.spool.empty())
        json.key("source").object().member("path", pair.spool).member("from", pair.from).member("to", pair.to).end();
    json.end();
}

std::string manifestJson(const ExportSettings& settings, const Manifest& manifest) {
    common::JsonWriter json;
    const bool test = settings.contour == footprint::Contour::Test;
    json.object()
        .member("organization", settings.organization.id)
        .member("project", settings.project.id)
        .member("profile", settings.profile.versionTag())
        .member("contour", test ? "test" : "production");
    if (test) json.member("note", "тестовый контур: в рабочий личный кабинет не загружать");
    json.key("createdAt").time(settings.now);
    json.key("files").array();
    for (const TableFile& file : manifest.files) writeFile(json, file);
    json.end().key("pairs").array();
    for (const TablePair& pair : manifest.pairs) writePair(json, pair, manifest.files);
    json.end().member("rows", manifest.rows);
    json.key("unsendable").object();
    for (const auto& [code, records] : manifest.unsendable) json.member(code, records);
    json.end().member("waiting", manifest.waiting).member("skipped", manifest.skipped);
    json.key("watermark")
        .object()
        .member("lastResultId", manifest.lastResultId)
        .member("lastViewId", manifest.lastViewId)
        .key("lastChangedAt");
    if (manifest.lastChangedAt > 0)
        json.time(manifest.lastChangedAt);
    else
        json.null();
    json.end().end();
    return json.take() + "\n";
}

std::vector<std::string> filesOfManifest(const std::filesystem::path& folder) {
    std::ifstream file(folder / "manifest.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    std::vector<std::string> paths;
    if (document.HasParseError() || !document.IsObject()) return paths;
    static const rapidjson::Pointer files("/files"), pairs("/pairs"), own("/path"), source("/source/path");
    const auto collect = [&](const rapidjson::Pointer& list, const rapidjson::Pointer& path) {
        const auto* all = list.Get(document);
        if (all == nullptr || !all->IsArray()) return;
        for (const auto& entry : all->GetArray())
            if (const auto* found = path.Get(entry); found != nullptr && found->IsString())
                paths.emplace_back(found->GetString());
    };
    collect(files, own);
    collect(pairs, source);
    return paths;
}

void removeOfManifest(const std::filesystem::path& folder, const std::string& path) {
    const std::filesystem::path relative(path);
    const std::string extension = relative.extension().string();
    const bool ours = (extension == ".csv" || extension == ".xlsx" || extension == ".zip" || extension == ".rows") &&
                      path.find("..") == std::string::npos && relative.is_relative();
    std::error_code ignored;
    if (ours) std::filesystem::remove(folder / relative, ignored);
}

}  // namespace plugin::tables
