#include "plugin/delivery/ResultFiles.h"

#include "plugin/artifacts/ArtifactKey.h"
#include "plugin/footprint/RecordGate.h"

#include <algorithm>

namespace plugin::delivery {

namespace {

/// Whether a statement tells anything of the files of a work.
bool namesFiles(const footprint::Template& body) {
    using footprint::Name;
    return body.uses(Name::FileUrl) || body.uses(Name::FileSha256) || body.uses(Name::FileName) ||
           body.uses(Name::FileSize) || body.uses(Name::FileContentType);
}

}  // namespace

ResultFiles::ResultFiles(const NightParts& parts, const Night& night, const ProjectNight& project,
                         const host::sdk::FlowStructure& structure, std::span<const host::sdk::Learner> learners)
    : parts_(parts),
      organization_(night.organization.id),
      project_(project.project.id),
      flow_(structure.flow),
      known_(parts.database, project.destination->storeId, structure.flow.id) {
    for (const auto& kind : project.profile->statements) {
        if (kind.from != footprint::Source::Result || !namesFiles(kind.body)) continue;
        statements_.push_back(kind.name);
        for (const auto& element : structure.elements)
            if (!element.deleted && kind.fits(element.kind)) kinds_.emplace(element.id, element.kind);
    }
    for (const auto& learner : learners)
        if (!learner.deleted && footprint::isUntiId(learner.untiId) &&
            project.scope.leftOutLearners.count(learner.id) == 0)
            people_.emplace(learner.id, learner.untiId);
}

bool ResultFiles::wantsFiles(const host::sdk::Result& result) {
    if (result.deleted || !result.graded || result.fileIds.empty() || result.flowId != flow_.id) return false;
    if (kinds_.count(result.elementId) == 0 || people_.count(result.learnerId) == 0) return false;
    return std::none_of(statements_.begin(), statements_.end(),
                        [&](const auto& kind) { return known_.find(kind, result.id) != nullptr; });
}

std::vector<ResultFile> ResultFiles::of(std::span<const host::sdk::Result> page) {
    std::vector<ResultFile> out;
    if (kinds_.empty()) return out;
    std::vector<host::sdk::RecordId> ids;
    std::unordered_map<host::sdk::RecordId, const host::sdk::Result*> owners;
    for (const auto& result : page) {
        if (!wantsFiles(result)) continue;
        for (const auto id : result.fileIds)
            if (owners.emplace(id, &result).second) ids.push_back(id);
    }
    if (ids.empty()) return out;
    for (auto& file : parts_.records.files(organization_, ids)) {
        if (file.deleted) continue;
        const auto& result = *owners.at(file.id);
        ResultFile one;
        one.learnerId = result.learnerId;
        one.kind = kinds_.at(result.elementId);
        if (flow_.u2035Id)
            one.key = artifacts::workKey(project_, *flow_.u2035Id, host::sdk::toString(one.kind),
                                         people_.at(result.learnerId), {file.sha256, file.name, file.contentType});
        else
            one.problem = "у потока нет номера Университета 2035";
        one.file = std::move(file);
        out.push_back(std::move(one));
    }
    return out;
}

void PlacedFiles::load(std::span<const host::sdk::Result> page) {
    placed_.clear();
    problems_.clear();
    auto files = files_.of(page);
    if (files.empty()) return;
    if (!project_.storage) {
        for (const auto& one : files) problems_[one.file.id] = "хранилище S3 в интеграции не настроено";
        return;
    }
    if (const auto problem = artifacts::addressProblem(*project_.storage); !problem.empty()) {
        for (const auto& one : files) problems_[one.file.id] = problem;
        return;
    }
    std::vector<std::string> keys;
    for (const auto& one : files)
        if (!one.key.empty()) keys.push_back(one.key);
    const auto rows = parts_.artifacts.byKeys(project_.storage->id, keys);
    for (auto& one : files) {
        if (!one.problem.empty()) {
            problems_[one.file.id] = std::move(one.problem);
            continue;
        }
        const auto found = rows.find(one.key);
        const store::ArtifactRow* row = found == rows.end() ? nullptr : &found->second;
        if (row != nullptr && row->wanted.sha256 != one.file.sha256) {
            problems_[one.file.id] = "под его именем в хранилище ожидается другой файл";
            continue;
        }
        std::string url = row != nullptr && row->state == "proven" ? row->url : std::string();
        if (url.empty() && night_.arguments.dryRun && (row == nullptr || row->state != "failed"))
            url = s3::publicUrlOf(project_.storage->settings, one.key);
        if (url.empty())
            problems_[one.file.id] = row == nullptr              ? "передача ещё не начата"
                                     : row->failure.code.empty() ? "передача не закончена"
                                                                 : row->failure.cause + ". " + row->failure.fix;
        else
            placed_[one.file.id] = {one.file.name, one.file.contentType, one.file.size, one.file.sha256, url};
    }
}

const footprint::PlacedFile* PlacedFiles::find(host::sdk::RecordId fileId) const {
    const auto found = placed_.find(fileId);
    return found == placed_.end() ? nullptr : &found->second;
}

std::string PlacedFiles::problemOf(host::sdk::RecordId fileId) const {
    const auto found = problems_.find(fileId);
    return found == problems_.end() ? std::string() : found->second;
}

}  // namespace plugin::delivery
