#include "plugin/tables/PairSplit.h"

#include "host/sdk/Error.h"
#include "plugin/tables/ManifestJson.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>

namespace plugin::tables {
namespace {

using host::sdk::AppError;
using Json = rapidjson::Value;

std::string textOf(const Json& object, const char* pointer) {
    const Json* found = rapidjson::Pointer(pointer).Get(object);
    return found != nullptr && found->IsString() ? std::string(found->GetString(), found->GetStringLength())
                                                 : std::string();
}

std::int64_t numberOf(const Json& object, const char* pointer) {
    const Json* found = rapidjson::Pointer(pointer).Get(object);
    return found != nullptr && found->IsInt64() ? found->GetInt64() : 0;
}

/// The manifest with what is to be changed in it. Members that this version does not know stay.
class ManifestFile {
public:
    explicit ManifestFile(const std::filesystem::path& folder) : path_(folder / "manifest.json") {
        std::ifstream file(path_, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        json_.Parse(text.data(), text.size());
        if (json_.HasParseError() || list("/files") == nullptr)
            throw AppError(500, "tables.read", "The export's manifest can't be read; write the tables again.");
    }

    const Json* fileAt(const std::string& path) { return entry("/files", "/path", path); }
    const Json* pair(const std::string& name) { return entry("/pairs", "/name", name); }
    std::vector<std::string> pathsOf(const std::string& pair) {
        std::vector<std::string> paths;
        for (const Json& file : list("/files")->GetArray())
            if (textOf(file, "/pair") == pair) paths.push_back(textOf(file, "/path"));
        return paths;
    }

    void remove(const std::string& pair) {
        drop("/files", "/pair", pair);
        drop("/pairs", "/name", pair);
    }
    void add(const TablePair& pair, const std::vector<TableFile>& files) {
        for (const TableFile& file : files) {
            common::JsonWriter json;
            writeFile(json, file);
            append("/files", json.text());
        }
        common::JsonWriter json;
        writePair(json, pair, files);
        append("/pairs", json.text());
    }
    std::string text() {
        sort("/files", "/path");
        sort("/pairs", "/name");
        rapidjson::StringBuffer out;
        rapidjson::Writer<rapidjson::StringBuffer> writer(out);
        json_.Accept(writer);
        return std::string(out.GetString(), out.GetSize()) + "\n";
    }
    const std::filesystem::path& path() const { return path_; }

private:
    Json* list(const char* pointer) {
        Json* found = rapidjson::Pointer(pointer).Get(json_);
        return found != nullptr && found->IsArray() ? found : nullptr;
    }
    const Json* entry(const char* where, const char* key, const std::string& value) {
        const Json* all = list(where);
        if (all == nullptr) return nullptr;
        for (const Json& one : all->GetArray())
            if (textOf(one, key) == value) return &one;
        return nullptr;
    }
    void drop(const char* where, const char* key, const std::string& value) {
        Json* all = list(where);
        for (auto one = all->Begin(); one != all->End();) one = textOf(*one, key) == value ? all->Erase(one) : one + 1;
    }
    void append(const char* where, const std::string& text) {
        rapidjson::Document one(&json_.GetAllocator());
        one.Parse(text.data(), text.size());
        list(where)->PushBack(one, json_.GetAllocator());
    }
    void sort(const char* where, const char* key) {
        Json* all = list(where);
        std::sort(all->Begin(), all->End(),
                  [&](const Json& a, const Json& b) { return textOf(a, key) < textOf(b, key); });
    }

    std::filesystem::path path_;
    rapidjson::Document json_;
};

[[noreturn]] void refuse(const std::string& why) {
    throw AppError(409, "export.not-splittable", why);
}

/// "x" → "x-part1a", "x-part2" → "x-part2a", "x-part2a" → "x-part2aa"; `half` is 'a' or 'b'.
std::string halfName(const std::string& name, char half) {
    static const std::regex part("-part[0-9]+[a-z]*$");
    return std::regex_search(name, part) ? name + half : name + "-part1" + half;
}

}  // namespace

std::vector<std::string> splitPair(const std::filesystem::path& folder, const std::string& path,
                                   host::sdk::Micros now) {
    ManifestFile manifest(folder);
    const Json* file = manifest.fileAt(path);
    if (file == nullptr) throw AppError::notFound("There is no such file in this export.");
    const std::string name = textOf(*file, "/pair");
    const Json* pair = name.empty() ? nullptr : manifest.pair(name);
    if (pair == nullptr)
        refuse("The file was written by an earlier version, which kept no rows; write the tables again.");
    const std::string spoolPath = textOf(*pair, "/source/path");
    if (spoolPath.empty()) refuse("What already went through the LRS is not uploaded, so there is nothing to split.");
    const std::int64_t rows = numberOf(*pair, "/rows");
    if (rows < 2) refuse("The part has a single row: it can't be split further.");
    const std::string archive = textOf(*pair, "/archive");
    TablePair half{.name = {},
                   .element = textOf(*pair, "/element"),
                   .title = textOf(*pair, "/title"),
                   .channel = textOf(*pair, "/channel"),
                   .programmeId = numberOf(*pair, "/programmeId"),
                   .spool = spoolPath};

    SpoolReader spool(folder / spoolPath);
    std::unique_ptr<FilePacker> packer;
    if (!archive.empty()) packer = packFromArchive(folder / archive);
    std::vector<Pair> halves =
        cutPairs(spool, static_cast<std::uint64_t>(numberOf(*pair, "/source/from")),
                 static_cast<std::uint64_t>(numberOf(*pair, "/source/to")),
                 {folder, folder / kSpoolFolder, {(rows + 1) / 2, 0, 0}, now, packer.get(), [&](std::size_t i) {
                      return halfName(name, static_cast<char>('a' + i));
                  }});
    std::erase_if(halves, [](const Pair& one) { return one.rows == 0; });
    std::int64_t written = 0;
    for (const Pair& one : halves) written += one.rows;
    if (written != rows || halves.size() != 2)
        throw AppError(
            500, "tables.read",
            fmt::format("The rows kept for '{}' are not those that were written; write the tables again.", name));

    const std::vector<std::string> old = manifest.pathsOf(name);
    manifest.remove(name);
    std::vector<std::string> names;
    for (const Pair& one : halves) {
        half.name = one.name;
        half.rows = one.rows;
        half.artifacts = one.artifacts;
        half.from = one.from;
        half.to = one.to;
        std::vector<TableFile> files;
        for (const PairFile& f : one.files)
            files.push_back({f.path, one.name, toString(f.role), f.format, half.element, half.title, half.channel,
                             half.programmeId, f.rows, f.bytes, f.sha256});
        manifest.add(half, files);
        names.push_back(one.name);
    }
    StagedFile next(manifest.path(), StagedFile::Hash::None);
    next.buffer() += manifest.text();
    next.finish();
    for (const Pair& one : halves)
        for (const PairFile& f : one.files) f.publish();
    syncFolder(folder);
    next.publish();
    syncFolder(folder);
    for (const std::string& one : old) removeOfManifest(folder, one);
    return names;
}

}  // namespace plugin::tables
