#include "common/Text.h"
#include "host/records/RecordJson.h"
#include "host/sources/CsvMapping.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace host::sources {
namespace {

namespace fs = std::filesystem;
using sdk::AppError;
using sdk::FieldError;

std::string contentOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string memberText(const rapidjson::Value& object, const char* name) {
    const auto it = object.FindMember(name);
    return it == object.MemberEnd() || !it->value.IsString() ? std::string() : std::string(it->value.GetString());
}

void collect(const std::string& file, const AppError& error, std::vector<FieldError>& all) {
    if (error.errors().empty()) all.push_back({file, error.what(), "Correct the file."});
    for (const auto& one : error.errors()) all.push_back({file + "#" + one.pointer, one.reason, one.fix});
}

}  // namespace

ImportManifest ImportManifest::parse(const std::string& name, std::string_view json) {
    const auto document = records::parseStrict(json);
    auto wrong = [&](const std::string& pointer) {
        return AppError::validation(
            fmt::format("The import '{}' is not valid.", name),
            {{pointer, "is missing or of the wrong type",
              "Give {\"title\":…, \"steps\":[{\"file\":\"a.csv\", \"mapping\":\"folder/name\"}]}."}});
    };
    if (!document.IsObject()) throw wrong("");
    ImportManifest manifest;
    manifest.title = memberText(document, "title");
    const auto steps = document.FindMember("steps");
    if (steps == document.MemberEnd() || !steps->value.IsArray()) throw wrong("/steps");
    for (const auto& one : steps->value.GetArray()) {
        if (!one.IsObject()) throw wrong("/steps");
        auto& step = manifest.steps.emplace_back();
        step.file = memberText(one, "file");
        step.mapping = memberText(one, "mapping");
        // A file's name only: the folder is the importer's to name.
        if (step.file.empty() || step.file.find('/') != std::string::npos || step.mapping.empty())
            throw wrong("/steps");
    }
    return manifest;
}

MappingLibrary::MappingLibrary(const fs::path& folder) {
    std::vector<FieldError> errors;
    if (!fs::is_directory(folder)) return;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".json") continue;
        auto relative = fs::relative(entry.path(), folder);
        const auto file = relative.generic_string();
        try {
            if (relative.filename() == "import.json") {
                const auto name = relative.parent_path().generic_string();
                manifests_.emplace(name, ImportManifest::parse(name, contentOf(entry.path())));
            } else {
                const auto name = relative.replace_extension().generic_string();
                mappings_.emplace(name, CsvMapping::parse(name, contentOf(entry.path())));
            }
        } catch (const AppError& error) {
            collect(file, error, errors);
        }
    }
    for (const auto& [name, manifest] : manifests_)
        for (const auto& step : manifest.steps)
            if (!mappings_.contains(step.mapping) && errors.empty())
                errors.push_back({name + "/import.json", fmt::format("names no mapping: '{}'", step.mapping),
                                  "Correct the name, or add the file."});
    if (!errors.empty()) throw AppError::validation("Mappings are not valid.", errors);
}

const CsvMapping& MappingLibrary::find(const std::string& name) const {
    if (auto it = mappings_.find(name); it != mappings_.end()) return it->second;
    throw AppError::notFound(fmt::format("There is no mapping '{}'. {}Known: {}.", common::beginning(name, 100),
                                         records::suggestion(name, names()), fmt::join(names(), ", ")));
}

const ImportManifest& MappingLibrary::manifest(const std::string& name) const {
    if (auto it = manifests_.find(name); it != manifests_.end()) return it->second;
    throw AppError::notFound(fmt::format("There is no import '{}'.", common::beginning(name, 100)));
}

std::vector<std::string> MappingLibrary::names() const {
    std::vector<std::string> all;
    for (const auto& [name, mapping] : mappings_) all.push_back(name);
    return all;
}

}  // namespace host::sources
