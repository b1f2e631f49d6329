#include "plugin/delivery/ResendPlan.h"

#include "host/sdk/Error.h"
#include "plugin/delivery/FlowRecords.h"

#include <algorithm>

namespace plugin::delivery {

namespace {

using host::sdk::AppError;
using host::sdk::RecordId;

/// Counts the records that went to the test contour only, and no others.
class ResendSink : public footprint::PlanSink {
public:
    ResendSink(const store::TestOnlyRecords& records, ResendPlan& plan) : records_(records), plan_(plan) {}
    void due(footprint::StatementDraft&& draft) override {
        if (!isAsked(draft.kind, draft.record.id)) return;
        ++plan_.byKind[draft.kind].canGo;
        ++plan_.byFlow[draft.flowId].canGo;
    }
    void unsendable(footprint::Unsendable&& why) override {
        if (!isAsked(why.kind, why.record.id)) return;
        ++plan_.byKind[why.kind].cannot[why.code];
        ++plan_.byFlow[why.flowId].cannot[why.code];
    }

private:
    bool isAsked(const std::string& kind, RecordId id) const {
        const auto found = records_.find(kind);
        return found != records_.end() && found->second.count(id) != 0;
    }
    const store::TestOnlyRecords& records_;
    ResendPlan& plan_;
};

/// Every file as the night will have placed it: the address only has to look like one, for nothing of this is kept.
class FilesInPlace {
public:
    FilesInPlace(host::sdk::Records& records, std::string organization)
        : records_(records), organization_(std::move(organization)) {}
    const footprint::PlacedFile* find(RecordId id) {
        auto it = known_.find(id);
        if (it == known_.end()) {
            std::optional<footprint::PlacedFile> placed;
            for (auto& file : records_.files(organization_, {id}))
                if (!file.deleted)
                    placed = footprint::PlacedFile{file.name, file.contentType, file.size, file.sha256,
                                                   "https://storage.invalid/" + file.sha256};
            it = known_.emplace(id, std::move(placed)).first;
        }
        return it->second ? &*it->second : nullptr;
    }

private:
    host::sdk::Records& records_;
    std::string organization_;
    std::map<RecordId, std::optional<footprint::PlacedFile>> known_;
};

bool goesByLrs(const store::Scope& scope, const footprint::Profile& profile, RecordId flow) {
    if (!scope.allFlows && scope.flows.count(flow) == 0) return false;
    const auto chosen = scope.channels.find(flow);
    return chosen == scope.channels.end() ? profile.policies.channel == footprint::Channel::Lrs
                                          : chosen->second != "tables";
}

bool hasStorage(const PreviewParts& parts, const std::string& organization, const std::string& project) {
    const auto all = parts.integrations.active(organization);
    return std::any_of(all.begin(), all.end(), [&](const store::Destination& one) {
        return one.project == project && one.storage.has_value();
    });
}

/// What was planned of neither: once everything was looked at.
void countNotPlanned(ResendCounts& counts) {
    std::int64_t planned = counts.canGo;
    for (const auto& [code, records] : counts.cannot) planned += records;
    counts.notPlanned = std::max<std::int64_t>(counts.testOnly - planned, 0);
}

}  // namespace

void ResendCounts::add(const ResendCounts& more) {
    testOnly += more.testOnly;
    canGo += more.canGo;
    notPlanned += more.notPlanned;
    for (const auto& [code, records] : more.cannot) cannot[code] += records;
}

ResendPlan planResend(const PreviewParts& parts, const std::string& organizationId, const std::string& projectId,
                      std::chrono::milliseconds limit) {
    const auto until = parts.clock.steadyNow() + limit;
    const auto organization = parts.organizations.find(organizationId);
    const auto project = parts.organizations.project(projectId);
    const auto* profile = project ? parts.profiles.find(project->profile) : nullptr;
    if (!organization || profile == nullptr)
        throw AppError::conflict("project.no-profile",
                                 "The project has no profile, so nothing can be told of it; put one into the "
                                 "profiles' folder.");
    store::TestOnlyStore store(parts.database);
    ResendPlan plan;
    plan.counts = store.counts(organizationId, projectId);
    for (const auto& one : plan.counts) {
        plan.total += one.records;
        plan.byKind[one.kind].testOnly += one.records;
        plan.byFlow[one.flowId].testOnly += one.records;
        plan.byLearner[one.learnerId] += one.records;
    }
    if (plan.total == 0) return plan;

    const auto records = store.records(organizationId, projectId);
    const auto scope = parts.integrations.scope(organizationId, projectId);
    const bool files = hasStorage(parts, organizationId, projectId);
    ResendSink sink(records, plan);
    FilesInPlace placed(parts.records, organizationId);
    const auto goOn = [&] {
        plan.complete = plan.complete && parts.clock.steadyNow() < until;
        return plan.complete;
    };
    for (const auto& programme : parts.records.programmes(organizationId, projectId))
        for (const auto& flow : parts.records.flows(organizationId, programme.id)) {
            if (!goesByLrs(scope, *profile, flow.id)) continue;
            if (!goOn()) return plan;
            const auto structure = parts.records.structure(organizationId, flow.id);
            if (!structure) continue;
            const auto learners = parts.records.learners(organizationId, flow.id);
            footprint::PlanInput input{.profile = *profile,
                                       .organization = *organization,
                                       .project = *project,
                                       .structure = *structure,
                                       .learners = learners,
                                       .installationId = parts.installationId,
                                       .now = parts.clock.now(),
                                       .contour = footprint::Contour::Production,
                                       .leftOut = &scope.leftOutLearners,
                                       .testMethodistUntiId = {}};
            if (files) input.files = [&](RecordId id) { return placed.find(id); };
            footprint::FlowPlanner planner(input, sink);
            feedPlanner(parts.records, {organizationId, flow.id, 0}, planner, goOn);
        }
    if (!plan.complete) return plan;
    for (auto& [kind, counts] : plan.byKind) countNotPlanned(counts);
    for (auto& [flow, counts] : plan.byFlow) countNotPlanned(counts);
    return plan;
}

}  // namespace plugin::delivery
