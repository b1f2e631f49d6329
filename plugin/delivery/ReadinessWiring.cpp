#include "plugin/delivery/ReadinessWiring.h"

#include "plugin/artifacts/ArtifactKey.h"
#include "plugin/footprint/RecordGate.h"
#include "plugin/reflections/Checks.h"

namespace plugin::delivery {

namespace {

using readiness::ReflectionAspect;
using readiness::ReflectionState;

ReflectionAspect aspectOf(const reflections::Check& check) {
    using namespace reflections::checks;
    const bool borrowed = &check == &kBorrowed || &check == &kCopied || &check == &kCopiedByOthers;
    return borrowed ? ReflectionAspect::OwnWords : ReflectionAspect::Meaning;
}

readiness::ReflectionVerdict verdictOf(const store::ReflectionRow& row) {
    readiness::ReflectionVerdict verdict;
    const bool held = row.judgement && row.judgement->decision == "hold";
    if (row.judgement && row.judgement->decision == "accept") {
        verdict.state = ReflectionState::Fine;
        return verdict;
    }
    verdict.state = held || row.verdict == "flagged" ? ReflectionState::Flagged
                    : row.verdict == "borderline"    ? ReflectionState::Borderline
                                                     : ReflectionState::Fine;
    for (const auto& code : row.codes)
        if (const auto* check = reflections::findCheck(code))
            verdict.flags.push_back({aspectOf(*check), code, check->reason, check->fix});
    return verdict;
}

}  // namespace

ReadinessSources readinessSources(store::ReflectionStore& reflections, store::ArtifactStore& artifacts,
                                  store::Integrations& integrations, const s3::Options& storages) {
    ReadinessSources sources;
    sources.reflections = [&reflections](const std::string& organization, std::span<const host::sdk::Reflection> page) {
        std::map<host::sdk::RecordId, readiness::ReflectionVerdict> verdicts;
        if (page.empty()) return verdicts;
        std::vector<host::sdk::RecordId> ids;
        for (const auto& one : page) ids.push_back(one.id);
        const auto rows = reflections.byIds(organization, ids);
        for (const auto& one : page)
            if (const auto found = rows.find(one.id); found != rows.end() && found->second.revision == one.revision)
                verdicts.emplace(one.id, verdictOf(found->second));
        return verdicts;
    };
    sources.inStorage = [&artifacts, &integrations, storages](const std::string& organization,
                                                              const std::string& project,
                                                              const host::sdk::FlowStructure& structure,
                                                              const std::vector<StoredFileQuestion>& questions) {
        std::vector<bool> answers(questions.size(), false);
        if (!structure.flow.u2035Id) return answers;
        for (const auto& destination : integrations.active(organization)) {
            if (destination.project != project || !destination.storage) continue;
            const auto storage = artifacts::storageOf(*destination.storage, storages);
            std::vector<std::string> keys;
            for (const auto& question : questions)
                keys.push_back(
                    footprint::isUntiId(question.untiId)
                        ? artifacts::workKey(project, *structure.flow.u2035Id, host::sdk::toString(question.kind),
                                             question.untiId,
                                             {question.file->sha256, question.file->name, question.file->contentType})
                        : std::string());
            const auto rows = artifacts.byKeys(storage.id, keys);
            for (std::size_t i = 0; i < questions.size(); ++i)
                if (const auto found = rows.find(keys[i]); found != rows.end())
                    answers[i] =
                        found->second.state == "proven" && found->second.wanted.sha256 == questions[i].file->sha256;
        }
        return answers;
    };
    return sources;
}

}  // namespace plugin::delivery
