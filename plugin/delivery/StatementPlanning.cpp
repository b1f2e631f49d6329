#include "plugin/delivery/StatementPlanning.h"

#include "plugin/delivery/ResultFiles.h"
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
          unsendable_(parts, night, "statements", project.project.id) {}

    void due(footprint::StatementDraft&& draft) override {
        night_.count("planned", 1);
        if (night_.arguments.dryRun) return;
        drafts_.push_back(std::move(draft));
        if (drafts_.size() >= kBatch) flush();
    }

    void unsendable(footprint::Unsendable&& why) override { unsendable_.add(std::move(why)); }

    void flush() {
        if (!drafts_.empty()) {
            const store::Target target{project_.destination->storeId, night_.organization.id, project_.project.id};
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

    const NightParts& parts_;
    Night& night_;
    const ProjectNight& project_;
    UnsendableBuffer unsendable_;
    std::vector<footprint::StatementDraft> drafts_;
};

void planFlow(const NightParts& parts, Night& night, const ProjectNight& project, host::sdk::RecordId flowId,
              OutboxSink& sink) {
    const auto& organization = night.organization.id;
    auto structure = parts.records.structure(organization, flowId);
    if (!structure) return;  // deleted since the flows were listed
    auto learners = parts.records.learners(organization, flowId);
    store::KnownRecords known(parts.database, project.destination->storeId, flowId);
    PlacedFiles placed(parts, night, project, *structure, learners);
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
                                     .files = [&](host::sdk::RecordId id) { return placed.find(id); },
                                     .fileProblem = [&](host::sdk::RecordId id) { return placed.problemOf(id); }};
    footprint::FlowPlanner planner(input, sink);
    planner.structure();
    parts.records.results(organization, flowId, 0, [&](std::span<const host::sdk::Result> page) {
        placed.load(page);
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
    auto withdrawn = parts.outbox.withdrawUnplanned(project.destination->storeId, night.arguments.flowId, night.runId);
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
