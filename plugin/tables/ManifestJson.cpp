#include "plugin/tables/ManifestJson.h"

#include "common/Json.h"

#include <rapidjson/document.h>

#include <fstream>
#include <iterator>

namespace plugin::tables {

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
    for (const TableFile& file : manifest.files) {
        json.object()
            .member("path", file.path)
            .member("element", file.element)
            .member("title", file.title)
            .member("channel", file.channel);
        if (file.channel == "lrs") json.member("note", kAlreadySent);
        json.member("programmeId", file.programmeId)
            .member("rows", file.rows)
            .member("bytes", file.bytes)
            .member("sha256", file.sha256)
            .end();
    }
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
    const auto files = document.FindMember("files");
    if (files == document.MemberEnd() || !files->value.IsArray()) return paths;
    for (const auto& entry : files->value.GetArray()) {
        if (!entry.IsObject()) continue;
        const auto path = entry.FindMember("path");
        if (path != entry.MemberEnd() && path->value.IsString()) paths.emplace_back(path->value.GetString());
    }
    return paths;
}

}  // namespace plugin::tables
