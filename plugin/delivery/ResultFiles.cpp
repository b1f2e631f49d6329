#include "plugin/delivery/ResultFiles.h"

#include "plugin/artifacts/ArtifactKey.h"
#include "plugin/footprint/RecordGate.h"

#include <algorithm>
#include <iterator>

namespace plugin::delivery {

ResultFiles::ResultFiles(const NightParts& parts, const Night& night, const ProjectNight& project,
                         const host::sdk::FlowStructure& structure, std::span<const host::sdk::Learner> learners)
    : parts_(parts),
      organization_(night.organization.id),
      project_(project.project.id),
      structure_(structure),
      flow_(structure.flow),
      profile_(*project.profile),
      known_(parts.database, project.storeId(), structure.flow.id) {
    for (const auto& kind : profile_.statements) {
        if (kind.from != footprint::Source::Result || !kind.body.uses(footprint::Name::ResultFiles)) continue;
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
    // What stands in the store as it is needs no file again; what changed may be told anew after a cancellation.
    return std::none_of(statements_.begin(), statements_.end(), [&](const auto& kind) {
        const auto* known = known_.find(kind, result.id);
        return known != nullptr && !known->cancelled && known->revision == result.revision;
    });
}

template <class Describe>
std::vector<ResultFile> ResultFiles::described(const std::vector<host::sdk::RecordId>& ids, const Describe& describe) {
    std::vector<ResultFile> out;
    if (ids.empty()) return out;
    for (auto& file : parts_.records.files(organization_, ids)) {
        if (file.deleted) continue;
        ResultFile one;
        one.file = std::move(file);
        describe(one, artifacts::KeyFile{one.file.sha256, one.file.name, one.file.contentType});
        if (one.key.empty() && one.problem.empty()) one.problem = "у потока нет номера Университета 20.35";
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<ResultFile> ResultFiles::of(std::span<const host::sdk::Result> page) {
    if (kinds_.empty()) return {};
    std::vector<host::sdk::RecordId> ids;
    std::unordered_map<host::sdk::RecordId, const host::sdk::Result*> owners;
    for (const auto& result : page) {
        if (!wantsFiles(result)) continue;
        for (const auto id : result.fileIds)
            if (owners.emplace(id, &result).second) ids.push_back(id);
    }
    return described(ids, [&](ResultFile& one, const artifacts::KeyFile& file) {
        const auto& result = *owners.at(one.file.id);
        one.learnerId = result.learnerId;
        one.kind = host::sdk::toString(kinds_.at(result.elementId));
        if (flow_.u2035Id)
            one.key = artifacts::workKey(project_, *flow_.u2035Id, one.kind, people_.at(result.learnerId), file);
    });
}

std::vector<ResultFile> ResultFiles::ofProgramme() {
    std::vector<host::sdk::RecordId> ids;
    std::unordered_map<host::sdk::RecordId, const char*> kinds;
    for (const auto& element : structure_.elements) {
        const bool named = std::any_of(profile_.statements.begin(), profile_.statements.end(), [&](const auto& kind) {
            return kind.from >= footprint::Source::Element && kind.from <= footprint::Source::Opening &&
                   kind.body.uses(footprint::Name::ElementFiles) && kind.fits(element.kind);
        });
        if (element.deleted || !named) continue;
        for (const auto id : element.fileIds)
            if (kinds.emplace(id, host::sdk::toString(element.kind)).second) ids.push_back(id);
    }
    auto files = described(ids, [&](ResultFile& one, const artifacts::KeyFile& file) {
        one.kind = kinds.at(one.file.id);
        if (flow_.u2035Id) one.key = artifacts::materialKey(project_, *flow_.u2035Id, one.kind, file);
    });
    auto letters = described(parts_.corrections.letters(organization_, project_),
                             [&](ResultFile& one, const artifacts::KeyFile& file) {
                                 one.kind = "letter";
                                 one.key = artifacts::letterKey(project_, file);
                             });
    std::move(letters.begin(), letters.end(), std::back_inserter(files));
    return files;
}

void PlacedFiles::loadProgramme() {
    lookUp(files_.ofProgramme(), programme_);
}

void PlacedFiles::load(std::span<const host::sdk::Result> page) {
    page_.clear();
    lookUp(files_.of(page), page_);
}

void PlacedFiles::lookUp(std::vector<ResultFile> files, Files& out) const {
    if (files.empty()) return;
    if (const auto problem = project_.storage ? artifacts::addressProblem(*project_.storage) : std::string();
        !problem.empty())
        for (auto& one : files) one.problem = problem;
    std::vector<std::string> keys;
    for (const auto& one : files)
        if (!one.key.empty()) keys.push_back(one.key);
    const auto rows = project_.storage ? parts_.artifacts.byKeys(project_.storage->id, keys)
                                       : std::map<std::string, store::ArtifactRow>();
    for (auto& one : files) {
        Known& known = out[one.file.id];
        known.file = {one.file.name, one.file.contentType, one.file.size, one.file.sha256, {}};
        if (!one.problem.empty()) {
            known.problem = std::move(one.problem);
            continue;
        }
        const auto found = rows.find(one.key);
        const store::ArtifactRow* row = found == rows.end() ? nullptr : &found->second;
        if (row != nullptr && row->wanted.sha256 != one.file.sha256) {
            known.problem = "под его именем в хранилище ожидается другой файл";
            continue;
        }
        if (row != nullptr && row->state == "proven") known.file.url = row->url;
        if (known.file.url.empty() && night_.arguments.dryRun && (row == nullptr || row->state != "failed"))
            known.file.url = s3::publicUrlOf(project_.storage->settings, one.key);
        if (known.file.url.empty())
            known.problem = row == nullptr              ? "передача ещё не начата"
                            : row->failure.code.empty() ? "передача не закончена"
                                                        : row->failure.cause + ". " + row->failure.fix;
    }
}

const PlacedFiles::Known* PlacedFiles::knownOf(host::sdk::RecordId fileId) const {
    for (const Files* files : {&page_, &programme_})
        if (const auto found = files->find(fileId); found != files->end()) return &found->second;
    return nullptr;
}

const footprint::PlacedFile* PlacedFiles::find(host::sdk::RecordId fileId) const {
    const Known* known = knownOf(fileId);
    return known == nullptr ? nullptr : &known->file;
}

std::string PlacedFiles::problemOf(host::sdk::RecordId fileId) const {
    const Known* known = knownOf(fileId);
    return known == nullptr ? std::string() : known->problem;
}

}  // namespace plugin::delivery
