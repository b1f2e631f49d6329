#include "plugin/delivery/Preview.h"

#include "host/sdk/Error.h"
#include "plugin/delivery/ContourGuard.h"
#include "plugin/delivery/FileFacts.h"
#include "plugin/delivery/FlowRecords.h"
#include "plugin/store/OutboxStore.h"
#include "plugin/store/XapiFileStore.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::delivery {

namespace {

using host::sdk::AppError;

/// Keeps the first of what was asked for and counts the rest.
class PreviewSink : public footprint::PlanSink {
public:
    PreviewSink(const PreviewAsked& asked, Preview& out) : asked_(asked), out_(out) {}
    void due(footprint::StatementDraft&& draft) override {
        if (!isAsked(draft.kind, draft.learnerId)) return;
        ++out_.due;
        if (out_.statements.size() < asked_.limit) out_.statements.push_back({std::move(draft), {}});
    }
    void unsendable(footprint::Unsendable&& why) override {
        if (!isAsked(why.kind, why.learnerId)) return;
        ++out_.cannot;
        if (out_.unsendable.size() < asked_.limit) out_.unsendable.push_back(std::move(why));
    }
    bool full() const { return out_.statements.size() >= asked_.limit; }

private:
    bool isAsked(const std::string& kind, host::sdk::RecordId learnerId) const {
        return (asked_.kind.empty() || asked_.kind == kind) && (asked_.learnerId == 0 || asked_.learnerId == learnerId);
    }
    const PreviewAsked& asked_;
    Preview& out_;
};

/// Of the outbox, for one flow: what delivery would find there.
struct Outbox {
    std::string storeId;
    bool storage = false;  ///< files are placed before what names them goes
    std::vector<store::KnownRecords> known;
};

Outbox outboxOf(const PreviewParts& parts, const PreviewAsked& asked, const std::string& project,
                const footprint::Profile& profile) {
    const auto files = store::XapiFileStore::filesStore(parts.installationId, asked.organization, project);
    Outbox out{files, false, {}};
    for (const auto& destination : parts.integrations.active(asked.organization))
        if (destination.project == project && contourProblem(destination, profile).empty()) {
            out.storeId = destination.storeId;
            out.storage = destination.storage.has_value();
        }
    const bool lrs = out.storeId != files;
    constexpr std::size_t kWindow = 2'000;
    out.known.emplace_back(parts.database, out.storeId, asked.flowId);
    store::XapiFileStore rows(parts.database, parts.clock);
    for (const auto& other : rows.sharing({out.storeId, asked.organization, project}, files))
        out.known.emplace_back(parts.database, other, asked.flowId, kWindow,
                               lrs ? store::KnownRecords::Of::Files : store::KnownRecords::Of::Store, true);
    return out;
}

/// What is frozen is shown as it is frozen: the same rule by which a plan keeps or renews a row.
void showFrozen(const PreviewParts& parts, const std::string& storeId, Preview& out) {
    std::vector<std::string> ids;
    for (const auto& one : out.statements) ids.push_back(one.draft.statementId);
    store::OutboxStore outbox(parts.database, parts.clock);
    const auto frozen = outbox.frozen(storeId, ids);
    for (auto& one : out.statements) {
        const auto it = frozen.find(one.draft.statementId);
        if (it == frozen.end()) continue;
        const auto& row = it->second;
        one.state = row.state;
        const bool same =
            row.digest == one.draft.digest && row.dependsOn == one.draft.dependsOn && row.profileVersion == out.profile;
        if (row.replaceable && !same) continue;
        one.draft.bytes = row.bytes;
        one.draft.timestamp = row.timestamp;
    }
}

}  // namespace

Preview preview(const PreviewParts& parts, const PreviewAsked& asked) {
    const auto organization = parts.organizations.find(asked.organization);
    const auto structure = organization ? parts.records.structure(asked.organization, asked.flowId) : std::nullopt;
    if (!structure) throw AppError::notFound("There is no such flow here.");
    const auto project = parts.organizations.project(structure->programme.project);
    const auto* profile = asked.instead ? asked.instead : project ? parts.profiles.find(project->profile) : nullptr;
    if (!project || profile == nullptr)
        throw AppError::conflict("project.no-profile",
                                 "The flow's project has no profile, so nothing can be told of it; put one into the "
                                 "profiles' folder.");
    std::vector<host::sdk::FieldError> errors;
    if (!asked.kind.empty() && profile->statement(asked.kind) == nullptr) {
        std::vector<std::string> names;
        for (const auto& kind : profile->statements) names.push_back(kind.name);
        errors.push_back({"/kind", "the profile has no such kind of statement",
                          fmt::format("Use one of: {}.", fmt::join(names, ", "))});
    }
    const auto learners = parts.records.learners(asked.organization, asked.flowId);
    if (asked.learnerId != 0 &&
        std::none_of(learners.begin(), learners.end(), [&](const auto& one) { return one.id == asked.learnerId; }))
        errors.push_back({"/learner", "the learner is not enrolled in the flow", "Use a learner's id of this flow."});
    if (!errors.empty()) throw AppError::validation("The preview can't be made as asked.", std::move(errors));

    Preview out;
    out.project = project->id;
    out.profile = profile->versionTag();
    const auto scope = parts.integrations.scope(asked.organization, project->id);
    auto outbox = outboxOf(parts, asked, project->id, *profile);
    footprint::KnownLookup known;
    if (!asked.all && asked.instead == nullptr)
        known = [&outbox](const std::string& kind, host::sdk::RecordId id) {
            const footprint::Known* newest = nullptr;
            for (auto& one : outbox.known)
                if (const auto* found = one.find(kind, id);
                    found != nullptr && (newest == nullptr || found->revision > newest->revision))
                    newest = found;
            return newest;
        };
    FileFacts files(parts.records, asked.organization);
    footprint::PlanInput input{.profile = *profile,
                               .organization = *organization,
                               .project = *project,
                               .structure = *structure,
                               .learners = learners,
                               .installationId = parts.installationId,
                               .now = parts.clock.now(),
                               .contour = footprint::Contour::Production,
                               .leftOut = &scope.leftOutLearners,
                               .known = known,
                               .testMethodistUntiId = {}};
    if (outbox.storage) {
        input.files = [&](host::sdk::RecordId id) { return files.find(id); };
        input.fileProblem = [](host::sdk::RecordId) {
            return std::string("предпросмотр не смотрит в хранилище; это делает ночь");
        };
    }
    PreviewSink sink(asked, out);
    footprint::FlowPlanner planner(input, sink);
    bool stopped = false;
    feedPlanner(parts.records, {asked.organization, asked.flowId, asked.learnerId}, planner, [&] {
        stopped = stopped || sink.full();
        return !stopped;
    });
    out.complete = !stopped;
    out.known = planner.counts().known;
    out.notFinal = planner.counts().waiting;
    if (asked.instead == nullptr) showFrozen(parts, outbox.storeId, out);
    return out;
}

}  // namespace plugin::delivery
