#include "plugin/delivery/ReadinessReport.h"

#include "common/NameFold.h"
#include "plugin/delivery/TableWriting.h"
#include "plugin/readiness/FlowReadiness.h"
#include "plugin/readiness/ReadinessJson.h"
#include "plugin/store/RecordFates.h"

#include <unordered_map>
#include <unordered_set>

namespace plugin::delivery {

using footprint::Channel;
using host::sdk::ElementKind;
using host::sdk::RecordId;
using readiness::FileState;
using readiness::Telling;

namespace {

std::vector<RecordId> idsOf(const auto& page) {
    std::vector<RecordId> ids;
    ids.reserve(page.size());
    for (const auto& record : page) ids.push_back(record.id);
    return ids;
}

Telling tellingOf(const store::RecordFate* fate) {
    if (fate == nullptr) return {};
    const auto state = fate->state == "accepted"      ? Telling::State::Accepted
                       : fate->state == "waiting"     ? Telling::State::Waiting
                       : fate->state == "quarantined" ? Telling::State::Refused
                                                      : Telling::State::InDoubt;
    return {state, fate->revision, fate->digest, fate->discarded && state == Telling::State::Refused};
}

std::string searchedOf(const host::sdk::Learner& learner) {
    return common::foldName(learner.lastName + ' ' + learner.firstName + ' ' + learner.middleName + ' ' +
                            learner.externalId + ' ' + learner.untiId);
}

/// One flow's look-ups, filled for the page at hand.
class FlowPages {
public:
    FlowPages(const NightParts& parts, const Night& night, const ProjectNight& project, const ChosenFlow& flow,
              const host::sdk::FlowStructure& structure, std::span<const host::sdk::Learner> learners)
        : parts_(parts),
          organization_(night.organization.id),
          project_(project),
          channel_(flow.channel),
          structure_(structure),
          fates_(parts.database,
                 channel_ == Channel::Lrs && project.destination ? project.destination->storeId : std::string()),
          reasons_(parts.database, channel_ == Channel::Lrs ? "statements" : tablesOrigin({}), night.runId) {
        for (const auto& element : structure.elements)
            if (element.kind == ElementKind::FinalWork) works_.insert(element.id);
        for (const auto& learner : learners) learners_.emplace(learner.id, &learner);
    }

    readiness::Lookups lookups() {
        return {[this](const char*, RecordId id) { return tellingOf(fates_.find(id)); },
                [this](const char*, RecordId id, std::int64_t revision) { return reasons_.find(id, revision); },
                [this](const host::sdk::Element&, const host::sdk::Learner& learner, RecordId file) {
                    const auto found = files_.find({learner.id, file});
                    return found == files_.end() ? FileState::Missing : found->second;
                },
                [this](const host::sdk::Reflection& reflection) {
                    const auto found = verdicts_.find(reflection.id);
                    return found == verdicts_.end() ? readiness::ReflectionVerdict{} : found->second;
                }};
    }

    void load(std::span<const host::sdk::Result> page) {
        std::vector<RecordId> works;
        for (const auto& result : page)
            if (works_.count(result.elementId) != 0) works.push_back(result.id);
        fates_.load("result", idsOf(page));
        reasons_.load("result", works);
        loadFiles(page);
    }
    void load(std::span<const host::sdk::View> page) { fates_.load("view", idsOf(page)); }
    void load(std::span<const host::sdk::Opening> page) { fates_.load("opening", idsOf(page)); }
    void load(std::span<const host::sdk::Reflection> page) {
        fates_.load("reflection", idsOf(page));
        reasons_.load("reflection", idsOf(page));
        verdicts_.clear();
        if (parts_.readinessSources.reflections) verdicts_ = parts_.readinessSources.reflections(organization_, page);
    }

private:
    void loadFiles(std::span<const host::sdk::Result> page) {
        files_.clear();
        std::vector<RecordId> ids;
        for (const auto& result : page)
            if (works_.count(result.elementId) != 0)
                ids.insert(ids.end(), result.fileIds.begin(), result.fileIds.end());
        if (ids.empty()) return;
        const auto files = parts_.records.files(organization_, ids);
        std::unordered_map<RecordId, const host::sdk::File*> byId;
        for (const auto& file : files)
            if (!file.deleted) byId.emplace(file.id, &file);
        std::vector<StoredFileQuestion> questions;
        std::vector<FileState*> answers;
        for (const auto& result : page) {
            const auto learner = learners_.find(result.learnerId);
            if (works_.count(result.elementId) == 0 || learner == learners_.end()) continue;
            for (const RecordId id : result.fileIds) {
                const auto file = byId.find(id);
                if (file == byId.end()) continue;
                questions.push_back({file->second, ElementKind::FinalWork, learner->second->untiId});
                answers.push_back(&(files_[{result.learnerId, id}] = FileState::OnServer));
            }
        }
        askStorage(questions, answers);
    }

    void askStorage(const std::vector<StoredFileQuestion>& questions, const std::vector<FileState*>& answers) {
        if (channel_ != Channel::Lrs || !parts_.readinessSources.inStorage || questions.empty()) return;
        const auto stored =
            parts_.readinessSources.inStorage(organization_, project_.project.id, structure_, questions);
        for (std::size_t i = 0; i < stored.size() && i < answers.size(); ++i)
            if (stored[i]) *answers[i] = FileState::InStorage;
    }

    const NightParts& parts_;
    const std::string& organization_;
    const ProjectNight& project_;
    Channel channel_;
    const host::sdk::FlowStructure& structure_;
    store::RecordFates fates_;
    store::UnsendableReasons reasons_;
    std::unordered_set<RecordId> works_;  ///< elements
    std::unordered_map<RecordId, const host::sdk::Learner*> learners_;
    std::map<std::pair<RecordId, RecordId>, FileState> files_;  ///< learner, file
    std::map<RecordId, readiness::ReflectionVerdict> verdicts_;
};

store::ReadinessRow rowOf(const host::sdk::Learner& learner, const readiness::LearnerReadiness& one) {
    return {one.learnerId,
            readiness::toString(one.verdict),
            one.onlyWaits(),
            one.codes(),
            searchedOf(learner),
            readiness::rulesJson(one.rules),
            readiness::factsJson(one.facts),
            readiness::hintsJson(one.hints)};
}

void judgeFlow(const NightParts& parts, Night& night, const ProjectNight& project, const ChosenFlow& flow,
               const host::sdk::FlowStructure& structure) {
    const auto& organization = night.organization.id;
    const auto learners = parts.records.learners(organization, flow.id);
    const auto enrollments = parts.records.enrollments(organization, flow.id);
    FlowPages pages(parts, night, project, flow, structure, learners);
    readiness::FlowReadiness judged({.profile = *project.profile,
                                     .organization = night.organization,
                                     .project = project.project,
                                     .structure = structure,
                                     .learners = learners,
                                     .enrollments = enrollments,
                                     .channel = flow.channel,
                                     .leftOut = &project.scope.leftOutLearners,
                                     .now = parts.clock.now(),
                                     .reflectionsGo = readiness::tellsReflections(*project.profile, flow.channel),
                                     .lookups = pages.lookups()});
    const auto each = [&](auto take) {
        return [&pages, &night, take](auto page) {
            pages.load(page);
            take(page);
            return !night.stopped();
        };
    };
    parts.records.results(organization, flow.id, 0, each([&](auto page) { judged.results(page); }));
    parts.records.views(organization, flow.id, 0, each([&](auto page) { judged.views(page); }));
    parts.records.openings(organization, flow.id, 0, each([&](auto page) { judged.openings(page); }));
    parts.records.reflections(organization, flow.id, 0, each([&](auto page) { judged.reflections(page); }));
    if (night.stopped()) return;  // half of the records would make everybody look unready

    store::ReadinessFlow row;
    row.flowId = flow.id;
    row.organization = organization;
    row.project = project.project.id;
    row.programmeId = structure.programme.id;
    row.programmeTitle = structure.programme.title;
    row.flowTitle = structure.flow.title;
    row.profile = project.profile->versionTag();
    row.channel = toString(flow.channel);
    row.hasRules = !project.profile->readiness.empty();
    row.computedAt = parts.clock.now();
    row.runId = night.runId;
    const auto counted = parts.readiness.replace(row, [&](const store::ReadinessStore::AddRow& add) {
        judged.each(
            [&](const host::sdk::Learner& learner, readiness::LearnerReadiness&& one) { add(rowOf(learner, one)); });
    });
    night.count("readiness.ready", counted.ready);
    night.count("readiness.notReady", counted.notReady);
    night.count("readiness.unknown", counted.unknown());
}

}  // namespace

void judgeReadiness(const NightParts& parts, Night& night, const ProjectNight& project, std::vector<RecordId>& kept) {
    parts.runs.expect(night.runId, static_cast<std::int64_t>(project.flows.size()));
    for (const auto& flow : project.flows) {
        const FlowDone done(parts, night);
        const auto structure = parts.records.structure(night.organization.id, flow.id);
        if (!structure || structure->flow.deleted || structure->programme.deleted) continue;
        kept.push_back(flow.id);
        if (!night.stopped()) judgeFlow(parts, night, project, flow, *structure);
    }
}

}  // namespace plugin::delivery
