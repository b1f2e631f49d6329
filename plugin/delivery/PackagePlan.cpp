#include "plugin/delivery/PackagePlan.h"

#include "common/Uuid.h"
#include "plugin/delivery/FileFacts.h"
#include "plugin/delivery/FlowRecords.h"
#include "plugin/footprint/Reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace plugin::delivery {

namespace {

using footprint::Unsendable;
using host::sdk::AppError;

/// The methodist's statements and one learner's, whatever else a plan finds.
class PackageSink : public footprint::PlanSink {
public:
    explicit PackageSink(host::sdk::RecordId learnerId) : learnerId_(learnerId) {}
    void due(footprint::StatementDraft&& draft) override {
        if (draft.learnerId == 0 || draft.learnerId == learnerId_) drafts.push_back(std::move(draft));
    }
    void unsendable(Unsendable&& why) override {
        if (why.learnerId == 0 || why.learnerId == learnerId_) unsent.push_back(std::move(why));
    }
    std::vector<footprint::StatementDraft> drafts;
    std::vector<Unsendable> unsent;

private:
    host::sdk::RecordId learnerId_;
};

/// Ids of production that stand in the records of this package and are none of its own.
std::set<std::string> productionIds(const host::sdk::FlowStructure& structure,
                                    const std::vector<host::sdk::Learner>& learners, const store::PackageRow& row) {
    std::set<std::string> ids{structure.flow.methodistUntiId};
    ids.insert(structure.flow.instructorUntiIds.begin(), structure.flow.instructorUntiIds.end());
    for (const auto& element : structure.elements)
        ids.insert(element.fixationUntiIds.begin(), element.fixationUntiIds.end());
    for (const auto& learner : learners)
        if (learner.id == row.learnerId) ids.insert(learner.untiId);
    for (const auto& own : {std::string(), row.methodist, row.learner}) ids.erase(own);
    return ids;
}

/// The people of the structure as the test contour knows them: the methodist has an id there, instructors have none, so
/// a template that needs them names what is missing. Whoever else fixes a fact keeps his id, and the fact is held back.
void useTestIds(host::sdk::FlowStructure& structure, const std::string& methodist) {
    structure.flow.instructorUntiIds.clear();
    if (methodist.empty()) return;
    for (auto& element : structure.elements)
        std::replace(element.fixationUntiIds.begin(), element.fixationUntiIds.end(), structure.flow.methodistUntiId,
                     methodist);
}

bool names(const std::string& bytes, const std::set<std::string>& ids) {
    return std::any_of(ids.begin(), ids.end(),
                       [&](const auto& id) { return bytes.find('"' + id + '"') != std::string::npos; });
}

Unsendable heldBack(footprint::StatementDraft&& draft) {
    return {draft.record,
            draft.kind,
            draft.flowId,
            draft.learnerId,
            "production-id",
            "",
            "В факте стоит unti_id рабочего контура.",
            "Уберите его из шаблона или дождитесь, пока у записи появится unti_id тестового контура."};
}

/// Told with the words of this contour: nothing waits for the night's upload of files here.
void tellOfFiles(Unsendable& why, const PackageFiles& files) {
    if (why.code != footprint::reasons::kFileNotInStorage.code) return;
    why.code = files.storageGiven ? "file-not-placed" : "no-test-storage";
    why.reason = files.storageGiven ? "Файл не удалось положить в S3 тестового контура."
                                    : "Не отправлено: нет S3 тестового контура.";
    if (files.storageGiven && !files.failed.empty()) {
        why.reason += " " + files.failed.begin()->second;
        if (!why.reason.ends_with('.')) why.reason += '.';
    }
    why.fix = files.storageGiven ? "Проверьте данные S3 и повторите." : "Укажите S3 тестового контура и повторите.";
}

struct Planned {
    std::vector<store::TestStatement> statements;
    std::vector<Unsendable> unsent;
};

struct PlanOf {
    const PackageParts& parts;
    const store::PackageRow& row;
    const PackageFiles& files;
    const footprint::Profile& profile;
    const host::sdk::Organization& organization;
    const host::sdk::Project& project;
    host::sdk::FlowStructure structure;
    std::vector<host::sdk::Learner> learners;
    std::set<std::string> production;

    Planned plan(std::int64_t generation) const {
        const auto scope = parts.integrations.scope(row.organization, row.project);
        FileFacts facts(parts.records, row.organization);
        for (const auto& [id, file] : files.placed) facts.place(id, file);
        const footprint::PlanInput input{
            .profile = profile,
            .organization = organization,
            .project = project,
            .structure = structure,
            .learners = learners,
            .installationId = common::Uuid::v5(row.storeId, fmt::format("generation {}", generation)),
            .now = parts.clock.now(),
            .contour = footprint::Contour::Test,
            .leftOut = &scope.leftOutLearners,
            .known = {},
            .testMethodistUntiId = row.methodist,
            .files = [&facts](host::sdk::RecordId id) { return facts.find(id); }};
        PackageSink sink(row.learnerId);
        footprint::FlowPlanner planner(input, sink);
        feedPlanner(parts.records, {row.organization, row.flowId, row.learnerId}, planner, [] { return true; });
        Planned out{{}, std::move(sink.unsent)};
        for (auto& why : out.unsent) tellOfFiles(why, files);
        std::stable_sort(sink.drafts.begin(), sink.drafts.end(), [](const auto& a, const auto& b) {
            return std::pair(a.learnerId != 0, a.rank) < std::pair(b.learnerId != 0, b.rank);
        });
        for (auto& draft : sink.drafts) {
            if (names(draft.bytes, production)) {
                out.unsent.push_back(heldBack(std::move(draft)));
                continue;
            }
            store::TestStatement one;
            one.statementId = draft.statementId;
            one.kind = draft.kind;
            one.record = draft.record;
            one.learnerId = draft.learnerId;
            one.dependsOn = draft.dependsOn;
            one.digest = draft.digest;
            one.profileVersion = profile.versionTag();
            one.bytes = std::move(draft.bytes);
            out.statements.push_back(std::move(one));
        }
        return out;
    }
};

/// Takes over what the store has of it. False when the LRS may have something else under one of the ids: then it takes
/// another generation.
bool takeOver(std::vector<store::TestStatement>& statements,
              const std::map<std::string, store::TestStatement>& remembered) {
    for (auto& one : statements) {
        const auto it = remembered.find(one.statementId);
        if (it == remembered.end()) continue;
        const auto& known = it->second;
        const bool there = known.state == "accepted" || known.state == "in_doubt";
        const bool same = known.digest == one.digest && known.dependsOn == one.dependsOn &&
                          known.profileVersion == one.profileVersion;
        if (!known.voidState.empty() || (there && !same)) return false;
        if (same) {
            one.bytes = known.bytes;
            one.state = known.state;
        }
    }
    return true;
}

}  // namespace

PackagePlan planPackage(const PackageParts& parts, const store::PackageRow& row, const PackageFiles& files) {
    const auto organization = parts.organizations.find(row.organization);
    const auto project = parts.organizations.project(row.project);
    const auto* profile = project ? parts.profiles.find(project->profile) : nullptr;
    auto structure = parts.records.structure(row.organization, row.flowId);
    if (!organization || profile == nullptr || !structure)
        throw AppError::notFound("The package's flow, project or profile is gone; begin another one.");
    auto learners = parts.records.learners(row.organization, row.flowId);
    PlanOf of{parts, row, files, *profile, *organization, *project, std::move(*structure), std::move(learners), {}};
    of.production = productionIds(of.structure, of.learners, row);
    useTestIds(of.structure, row.methodist);

    PackagePlan out;
    out.profileVersion = profile->versionTag();
    out.generation = parts.packages.generation(row.storeId);
    for (;; ++out.generation) {
        auto planned = of.plan(out.generation);
        std::vector<std::string> ids;
        for (const auto& one : planned.statements) ids.push_back(one.statementId);
        if (!takeOver(planned.statements, parts.packages.remembered(row.storeId, ids))) continue;
        out.statements = std::move(planned.statements);
        out.unsent = std::move(planned.unsent);
        return out;
    }
}

}  // namespace plugin::delivery
