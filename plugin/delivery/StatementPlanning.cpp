#include "plugin/delivery/StatementPlanning.h"

#include "plugin/delivery/UnsendableBuffer.h"
#include "plugin/footprint/FlowPlanner.h"
#include "plugin/footprint/Reasons.h"

#include <algorithm>

namespace plugin::delivery {

namespace {

/// Keeps drafts until there is a batch of them for one transaction.
class OutboxSink : public footprint::PlanSink {
public:
    OutboxSink(const NightParts& parts, Night& night, const ProjectNight& project)
        : parts_(parts),
          night_(night),
          project_(project),
          unsendable_(parts, night, statementsOrigin(project), project.project.id) {}

    void due(footprint::StatementDraft&& draft) override {
        if (!asked(draft.kind, draft.learnerId)) return;
        night_.count("planned", 1);
        if (night_.arguments.dryRun) night_.count("planned." + draft.kind, 1);
        if (night_.arguments.dryRun) return;
        drafts_.push_back(std::move(draft));
        if (drafts_.size() >= kBatch) flush();
    }

    void unsendable(footprint::Unsendable&& why) override {
        if (asked(why.kind, why.learnerId)) unsendable_.add(std::move(why));
    }

    void flush() {
        if (!drafts_.empty()) {
            const store::Target target{project_.storeId(), night_.organization.id, project_.project.id};
            auto added = parts_.outbox.add(target, project_.profile->name, project_.profile->versionTag(), night_.runId,
                                           drafts_);
            night_.count("queued", added.fresh);
            drafts_.clear();
            parts_.at("outbox-added");
        }
        unsendable_.flush();
    }

private:
    static constexpr std::size_t kBatch = 500;

    /// A dry run may be of one learner or kind.
    bool asked(const std::string& kind, host::sdk::RecordId learnerId) const {
        const auto& a = night_.arguments;
        return (a.kind.empty() || a.kind == kind) && (a.learnerId == 0 || a.learnerId == learnerId);
    }

    const NightParts& parts_;
    Night& night_;
    const ProjectNight& project_;
    UnsendableBuffer unsendable_;
    std::vector<footprint::StatementDraft> drafts_;
};

/// What any store of the project has of a flow's records: nothing is told a second time because the way was changed.
class ProjectKnown {
public:
    ProjectKnown(const NightParts& parts, const ProjectNight& project, host::sdk::RecordId flowId) {
        stores_.emplace_back(parts.database, project.storeId(), flowId);
        const auto of = project.destination ? store::KnownRecords::Of::Files : store::KnownRecords::Of::Store;
        for (const auto& other : project.otherStores) stores_.emplace_back(parts.database, other, flowId, kWindow, of);
    }
    footprint::KnownLookup lookup() {
        return [this](const std::string& kind, host::sdk::RecordId id) {
            const footprint::Known* newest = nullptr;
            for (auto& one : stores_)
                if (const auto* found = one.find(kind, id);
                    found != nullptr && (newest == nullptr || found->revision > newest->revision))
                    newest = found;
            return newest;
        };
    }

private:
    static constexpr std::size_t kWindow = 2'000;

    std::vector<store::KnownRecords> stores_;
};

void planFlow(const NightParts& parts, Night& night, const ProjectNight& project, host::sdk::RecordId flowId,
              OutboxSink& sink) {
    const auto& organization = night.organization.id;
    auto structure = parts.records.structure(organization, flowId);
    if (!structure) return;  // deleted since the flows were listed
    auto learners = parts.records.learners(organization, flowId);
    ProjectKnown known(parts, project, flowId);
    const footprint::PlanInput input{.profile = *project.profile,
                                     .organization = night.organization,
                                     .project = project.project,
                                     .structure = *structure,
                                     .learners = learners,
                                     .installationId = parts.installationId,
                                     .now = parts.clock.now(),
                                     .contour = footprint::Contour::Production,
                                     .leftOut = &project.scope.leftOutLearners,
                                     .known = known.lookup(),
                                     .testMethodistUntiId = {},
                                     .files = {}};
    footprint::FlowPlanner planner(input, sink);
    planner.structure();
    parts.records.results(organization, flowId, 0, [&](std::span<const host::sdk::Result> page) {
        planner.results(page);
        return !night.stopped();
    });
    parts.records.views(organization, flowId, 0, [&](std::span<const host::sdk::View> page) {
        planner.views(page);
        return !night.stopped();
    });
    // No statement is made of these yet: counted, so that nobody takes them for delivered.
    std::int64_t openings = 0, reflections = 0;
    parts.records.openings(organization, flowId, 0, [&](std::span<const host::sdk::Opening> page) {
        openings += std::count_if(page.begin(), page.end(), [](const auto& row) { return !row.deleted; });
        return !night.stopped();
    });
    parts.records.reflections(organization, flowId, 0, [&](std::span<const host::sdk::Reflection> page) {
        reflections += std::count_if(page.begin(), page.end(), [](const auto& row) { return !row.deleted; });
        return !night.stopped();
    });
    night.count("notSupported.openings", openings);
    night.count("notSupported.reflections", reflections);
    const auto& counts = planner.counts();
    night.count("known", counts.known);
    night.count("notFinal", counts.waiting);
}

}  // namespace

const char* statementsOrigin(const ProjectNight& project) {
    return project.destination ? "statements" : "xapi-files";
}

void planStatements(const NightParts& parts, Night& night, const ProjectNight& project) {
    OutboxSink sink(parts, night, project);
    // Shown as nothing rather than left out.
    for (const auto* name : {"planned", "queued", "unsendable"}) night.count(name, 0);
    for (const auto& flow : project.flows) {
        if (flow.channel != footprint::Channel::Lrs) continue;
        if (night.stopped()) break;
        planFlow(parts, night, project, flow.id, sink);
        sink.flush();
    }
    if (night.stopped() || night.arguments.dryRun) return;
    auto withdrawn = parts.outbox.withdrawUnplanned(project.storeId(), night.arguments.flowId, night.runId);
    if (withdrawn > 0) night.count("withdrawn", withdrawn);
}

void listStuck(const NightParts& parts, Night& night, const ProjectNight& project) {
    UnsendableBuffer unsendable(parts, night, "statements", project.project.id);
    parts.outbox.eachStuck(
        project.destination->storeId, night.arguments.flowId, night.runId, [&](std::span<const store::StuckRow> rows) {
            for (const auto& row : rows) {
                std::string detail = row.waits ? "факт " + row.statementId + " (" + row.about.kind + " " +
                                                     std::to_string(row.about.id) + ") — " + row.reason
                                               : row.reason;
                if (!row.errorId.empty()) detail += " (errorId " + row.errorId + ")";
                auto refusal = footprint::Refusal::of(
                    row.waits ? footprint::reasons::kRefersToRefused : footprint::reasons::kRefusedByLrs, detail);
                unsendable.add({row.record, row.kind, row.flowId, row.learnerId, std::move(refusal.code),
                                std::move(refusal.field), std::move(refusal.reason), std::move(refusal.fix)});
            }
        });
    unsendable.flush();
}

}  // namespace plugin::delivery
