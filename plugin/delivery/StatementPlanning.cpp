#include "plugin/delivery/StatementPlanning.h"

#include "plugin/delivery/SentObject.h"
#include "plugin/delivery/UnsendableBuffer.h"
#include "plugin/footprint/FlowPlanner.h"
#include "plugin/footprint/Reasons.h"

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
        keep(std::move(draft));
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

protected:
    void keep(footprint::StatementDraft&& draft) {
        if (night_.arguments.dryRun) return;
        drafts_.push_back(std::move(draft));
        if (drafts_.size() >= kBatch) flush();
    }

private:
    static constexpr std::size_t kBatch = 500;

    const NightParts& parts_;
    Night& night_;
    const ProjectNight& project_;
    UnsendableBuffer unsendable_;
    std::vector<footprint::StatementDraft> drafts_;
};

/// Takes the cancellations of a plan and nothing else; everything is planned again after them.
class CancellationSink : public OutboxSink {
public:
    using OutboxSink::OutboxSink;

    void due(footprint::StatementDraft&& draft) override {
        if (draft.record.kind != "statement") return;
        ++count_;
        keep(std::move(draft));
    }
    void unsendable(footprint::Unsendable&&) override {}
    std::int64_t count() const noexcept { return count_; }

private:
    std::int64_t count_ = 0;
};

template <class Record>
auto pagesTo(footprint::FlowPlanner& planner, void (footprint::FlowPlanner::*add)(std::span<const Record>),
             const Night& night) {
    return [&planner, add, &night](std::span<const Record> page) {
        (planner.*add)(page);
        return !night.stopped();
    };
}

footprint::PlanCounts planFlow(const NightParts& parts, const Night& night, const ProjectNight& project,
                               host::sdk::RecordId flowId, footprint::PlanSink& sink) {
    using footprint::FlowPlanner;
    const auto& organization = night.organization.id;
    auto structure = parts.records.structure(organization, flowId);
    if (!structure) return {};  // deleted since the flows were listed
    auto learners = parts.records.learners(organization, flowId);
    store::KnownRecords known(parts.database, project.destination->storeId, flowId);
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
                                     .files = {},
                                     .sentObject = [&](const footprint::Known& sent) {
                                         return sentObject(parts.outbox, project.destination->storeId,
                                                           sent.statementId);
                                     }};
    FlowPlanner planner(input, sink);
    planner.structure();
    parts.records.results(organization, flowId, 0, pagesTo(planner, &FlowPlanner::results, night));
    parts.records.views(organization, flowId, 0, pagesTo(planner, &FlowPlanner::views, night));
    parts.records.openings(organization, flowId, 0, pagesTo(planner, &FlowPlanner::openings, night));
    parts.records.reflections(organization, flowId, 0, pagesTo(planner, &FlowPlanner::reflections, night));
    return planner.counts();
}

}  // namespace

void planStatements(const NightParts& parts, Night& night, const ProjectNight& project) {
    OutboxSink sink(parts, night, project);
    // Shown as nothing rather than left out.
    for (const auto* name : {"planned", "queued", "unsendable"}) night.count(name, 0);
    for (const auto& flow : project.flows) {
        if (flow.channel != footprint::Channel::Lrs) continue;
        if (night.stopped()) break;
        const auto counts = planFlow(parts, night, project, flow.id, sink);
        night.count("known", counts.known);
        night.count("notFinal", counts.waiting);
        if (counts.kept > 0) night.count("keptAsSent", counts.kept);
        if (counts.filesLeftOut > 0) night.count("filesLeftOut", counts.filesLeftOut);
        // Counted, so that nobody takes them for delivered.
        for (const auto& [source, records] : counts.notAsked) night.count("notAsked." + source, records);
        sink.flush();
    }
    if (night.stopped() || night.arguments.dryRun) return;
    auto withdrawn = parts.outbox.withdrawUnplanned(project.destination->storeId, night.arguments.flowId, night.runId);
    if (withdrawn > 0) night.count("withdrawn", withdrawn);
}

std::int64_t planCancellations(const NightParts& parts, Night& night, const ProjectNight& project) {
    const bool byPolicy = project.profile->policies.corrections == footprint::CorrectionPolicy::CancelAndResend;
    if (!byPolicy && !parts.corrections.cancellationsPending(night.organization.id, project.project.id)) return 0;
    CancellationSink sink(parts, night, project);
    for (const auto& flow : project.flows)
        if (flow.channel == footprint::Channel::Lrs && !night.stopped()) planFlow(parts, night, project, flow.id, sink);
    sink.flush();
    if (sink.count() > 0) night.count("cancellations", sink.count());
    return sink.count();
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
