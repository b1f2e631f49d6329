#include "plugin/footprint/Profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace plugin::footprint {
namespace {

using host::sdk::AppError;
using host::sdk::ElementKind;
using host::sdk::FieldError;

bool among(const std::vector<ElementKind>& kinds, ElementKind kind) {
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::vector<std::filesystem::path> profileFiles(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failed)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".json") && !name.ends_with(".schema.json")) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

const char* toString(StorageNeed need) {
    static constexpr const char* names[] = {"none", "optional", "required"};
    return names[static_cast<int>(need)];
}

const char* toString(Channel channel) {
    return channel == Channel::Lrs ? "lrs" : "tables";
}

bool StatementKind::fits(ElementKind kind) const {
    return among(elements, kind);
}
bool Table::fits(ElementKind kind) const {
    return among(elements, kind);
}

const StatementKind* Profile::statement(std::string_view kindName) const {
    const auto found = std::find_if(statements.begin(), statements.end(),
                                    [&](const StatementKind& kind) { return kind.name == kindName; });
    return found == statements.end() ? nullptr : &*found;
}

ProfileSet ProfileSet::load(const std::filesystem::path& directory) {
    ProfileSet set;
    std::vector<FieldError> errors;
    for (const auto& path : profileFiles(directory)) {
        const std::string name = path.filename().string();
        std::ifstream file(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        if (!file.good() && !file.eof()) {
            errors.push_back({name, "can't be read", "check the file's permissions"});
            continue;
        }
        if (auto profile = readProfile(name, text, errors)) set.profiles_.push_back(std::move(profile));
    }
    if (errors.empty() && set.profiles_.empty())
        errors.push_back(
            {directory.filename().string(), "holds no profile", "set the folder with config/profiles/*.json"});
    if (!errors.empty()) {
        std::string all;
        for (const FieldError& e : errors)
            all += fmt::format("\n  {}: {}{}{}", e.pointer, e.reason, e.fix.empty() ? "" : "; ", e.fix);
        throw AppError(500, "profile.invalid",
                       fmt::format("Project profiles are not valid ({} faults); correct the files and start again:{}",
                                   errors.size(), all),
                       errors);
    }
    return set;
}

const Profile* ProfileSet::find(std::string_view name) const {
    const auto found = std::find_if(profiles_.begin(), profiles_.end(), [&](const auto& p) { return p->name == name; });
    return found == profiles_.end() ? nullptr : found->get();
}

const Profile& ProfileSet::get(std::string_view name) const {
    if (const Profile* found = find(name)) return *found;
    std::vector<std::string> names;
    for (const auto& profile : profiles_) names.push_back(profile->name);
    throw AppError(500, "profile.unknown",
                   fmt::format("There is no profile '{}'; there are {}: correct the project or add the file.", name,
                               fmt::join(names, ", ")));
}

}  // namespace plugin::footprint
