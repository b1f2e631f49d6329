#include "plugin/delivery/StatementPlanning.h"

#include "plugin/delivery/FlowRecords.h"
#include "plugin/delivery/ResultFiles.h"
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
          unsendable_(parts, night, statementsOrigin(project), project.project.id) {}

    void due(footprint::StatementDraft&& draft) override {
        if (!asked(draft.kind, draft.learnerId)) return;
        night_.count("planned", 1);
        if (night_.arguments.dryRun) night_.count("planned." + draft.kind, 1);
        keep(std::move(draft));
    }
    void unsendable(footprint::Unsendable&& why) override {
        if (asked(why.kind, why.learnerId)) unsendable_.add(std::move(why));
    }

    void flush() {
        if (!drafts_.empty()) {
            const store::Target target{project_.storeId(), night_.organization.id, project_.project.id};
            auto added = parts_.outbox.add(target, project_.profile->name, project_.profile->versionTag(), night_.runId,
                                           drafts_, night_.oldBefore);
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

/// What any store of the project has of a flow's records: nothing is told a second time because the way was changed.
class ProjectKnown {
public:
    ProjectKnown(const NightParts& parts, const ProjectNight& project, host::sdk::RecordId flowId) {
        stores_.emplace_back(parts.database, project.storeId(), flowId);
        const auto of = project.destination ? store::KnownRecords::Of::Files : store::KnownRecords::Of::Store;
        for (const auto& other : project.otherStores)
            stores_.emplace_back(parts.database, other, flowId, kWindow, of, true);
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

footprint::PlanCounts planFlow(const NightParts& parts, const Night& night, const ProjectNight& project,
                               const footprint::ReflectionVerdictLookup& verdicts, host::sdk::RecordId flowId,
                               footprint::PlanSink& sink) {
    const auto& organization = night.organization.id;
    auto structure = parts.records.structure(organization, flowId);
    if (!structure) return {};  // deleted since the flows were listed
    auto learners = parts.records.learners(organization, flowId);
    ProjectKnown known(parts, project, flowId);
    PlacedFiles placed(parts, night, project, *structure, learners);
    footprint::PlanInput input{.profile = *project.profile,
                               .organization = night.organization,
                               .project = project.project,
                               .structure = *structure,
                               .learners = learners,
                               .installationId = parts.installationId,
                               .now = parts.clock.now(),
                               .leftOut = &project.scope.leftOutLearners,
                               .known = known.lookup(),
                               .sentObject = [&](const footprint::Known& sent) {
                                   return sentObject(parts.outbox, project.storeId(), sent.statementId);
                               }};
    if (project.storage) {
        placed.loadProgramme();
        input.files = [&](host::sdk::RecordId id) { return placed.find(id); };
        input.fileProblem = [&](host::sdk::RecordId id) { return placed.problemOf(id); };
    }
    input.reflectionVerdict = verdicts;
    footprint::FlowPlanner planner(input, sink);
    feedPlanner(
        parts.records, {organization, flowId, 0}, planner, [&] { return !night.stopped(); },
        [&](std::span<const host::sdk::Result> page) {
            if (project.storage) placed.load(page);
        });
    return planner.counts();
}

}  // namespace

const char* statementsOrigin(const ProjectNight& project) {
    return project.destination ? "statements" : "xapi-files";
}

void planStatements(const NightParts& parts, Night& night, const ProjectNight& project,
                    const footprint::ReflectionVerdictLookup& verdicts) {
    OutboxSink sink(parts, night, project);
    // Shown as nothing rather than left out.
    for (const auto* name : {"planned", "queued", "unsendable"}) night.count(name, 0);
    parts.runs.expect(night.runId, std::count_if(project.flows.begin(), project.flows.end(), [](const auto& flow) {
                          return flow.channel == footprint::Channel::Lrs;
                      }));
    for (const auto& flow : project.flows) {
        if (flow.channel != footprint::Channel::Lrs) continue;
        if (night.stopped()) break;
        const FlowDone done(parts, night);
        const auto counts = planFlow(parts, night, project, verdicts, flow.id, sink);
        night.count("known", counts.known);
        night.count("notFinal", counts.waiting);
        if (counts.kept > 0) night.count("keptAsSent", counts.kept);
        if (counts.marked > 0) night.count("reflectionsMarked", counts.marked);
        if (counts.filesLeftOut > 0) night.count("filesLeftOut", counts.filesLeftOut);
        // Counted, so that nobody takes them for delivered.
        for (const auto& [source, records] : counts.notAsked) night.count("notAsked." + source, records);
        sink.flush();
    }
    if (night.stopped() || night.arguments.dryRun) return;
    auto withdrawn = parts.outbox.withdrawUnplanned(project.storeId(), night.arguments.flowId, night.runId);
    if (withdrawn > 0) night.count("withdrawn", withdrawn);
}

std::int64_t planCancellations(const NightParts& parts, Night& night, const ProjectNight& project) {
    const bool byPolicy = project.profile->policies.corrections == footprint::CorrectionPolicy::CancelAndResend;
    if (!byPolicy && !parts.corrections.cancellationsPending(night.organization.id, project.project.id)) return 0;
    CancellationSink sink(parts, night, project);
    for (const auto& flow : project.flows)
        if (flow.channel == footprint::Channel::Lrs && !night.stopped())
            planFlow(parts, night, project, {}, flow.id, sink);
    sink.flush();
    // One of an earlier night that this one does not want any more must not go with the others.
    if (!night.stopped() && !night.arguments.dryRun)
        parts.outbox.withdrawUnplanned(project.storeId(), night.arguments.flowId, night.runId, true);
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
                const bool discarded = !row.discardedBy.empty();
                if (discarded) detail += "; " + row.discardedBy + ": " + row.comment;
                const auto& reason =
                    row.waits
                        ? (discarded ? footprint::reasons::kRefersToDiscarded : footprint::reasons::kRefersToRefused)
                        : (discarded ? footprint::reasons::kDiscardedByPerson : footprint::reasons::kRefusedByLrs);
                auto refusal = footprint::Refusal::of(reason, detail);
                unsendable.add({row.record, row.kind, row.flowId, row.learnerId, std::move(refusal.code),
                                std::move(refusal.field), std::move(refusal.reason), std::move(refusal.fix)});
            }
        });
    unsendable.flush();
}

}  // namespace plugin::delivery
