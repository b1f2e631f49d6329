#include "plugin/delivery/NightlyRun.h"

#include "plugin/delivery/ReadinessReport.h"
#include "plugin/delivery/StatementPlanning.h"
#include "plugin/delivery/TableWriting.h"
#include "plugin/delivery/XapiFiles.h"

namespace plugin::delivery {

using footprint::Channel;
using footprint::Contour;

NightReport NightlyRun::run(const NightArguments& arguments, const std::string& trigger, const std::string& requestedBy,
                            const std::string& hostRun, std::stop_token stop) {
    NightReport report;
    if (!arguments.organization.empty() && !parts_.organizations.find(arguments.organization))
        throw host::sdk::AppError::notFound("There is no organization '" + arguments.organization + "'.");
    for (const auto& organization : parts_.organizations.all()) {
        if (!arguments.organization.empty() && organization.id != arguments.organization) continue;
        if (stop.stop_requested()) break;
        Night night{organization, arguments, arguments.runId, stop, {}, {}};
        try {
            if (night.runId == 0) {
                // An organization without programmes has no night to tell of.
                if (parts_.records.programmes(organization.id, "").empty()) continue;
                night.runId = parts_.runs.queue(organization.id, trigger, requestedBy, arguments.toRequest());
            }
            ++report.organizations;
            parts_.runs.start(night.runId, hostRun);
            runOrganization(night);
        } catch (const std::exception& error) {
            // What the run keeps for people names no path, SQL or secret: only our own errors are shown as they are.
            const auto* known = dynamic_cast<const host::sdk::AppError*>(&error);
            std::string message = known ? known->what() : "An unexpected error; the server's log says which.";
            parts_.logger.error(
                "A night failed",
                {{"organization", organization.id}, {"run", std::to_string(night.runId)}, {"err", error.what()}});
            report.failed.push_back(organization.id + ": " + message);
            if (night.runId == 0) continue;
            parts_.runs.dropUnsendable(night.runId);
            parts_.runs.finish(night.runId, "failed", night.counts, message);
        }
        for (const auto& [name, value] : night.counts) report.counts[name] += value;
    }
    return report;
}

namespace {

/// Has this night planned under the origin, so that its list replaces the earlier one? A night that sends replaces the
/// list of statements even when no project sends any more.
bool plannedAs(std::string_view origin, const NightArguments& a, const std::vector<ProjectNight>& projects) {
    if (a.statements) return origin == "statements";
    return a.xapiFiles && std::any_of(projects.begin(), projects.end(), [&](const ProjectNight& project) {
               return project.planned() && origin == statementsOrigin(project);
           });
}

}  // namespace

void NightlyRun::runOrganization(Night& night) {
    const auto& a = night.arguments;
    auto projects = cover(night);

    if (a.statements) {
        parts_.runs.progress(night.runId, "files", night.counts);
        for (const auto& project : projects)
            if (project.storage && !night.stopped())
                placeFiles(parts_, night, project, {.backoff = settings_.backoff, .sessions = 3, .uploader = {}});
    }
    if (a.statements && !a.dryRun)
        for (const auto& project : projects)
            if (project.destination && !night.stopped() && planCancellations(parts_, night, project) > 0)
                send(night, project, true);

    parts_.runs.progress(night.runId, "plan", night.counts);
    if (a.statements || a.xapiFiles)
        for (const auto& project : projects) {
            if (night.stopped()) break;
            // Before an integration is active too: a text takes a learner's time to mend.
            footprint::ReflectionVerdictLookup verdicts;
            if (parts_.reflections != nullptr && !project.flows.empty())
                verdicts = checkReflections(parts_, *parts_.reflections, settings_.reflections, night, project);
            if (!project.planned() || night.stopped()) continue;
            shareKnown(parts_, night, project);
            planStatements(parts_, night, project, verdicts);
        }
    parts_.at("planned");

    if (a.statements && !a.dryRun) {
        parts_.runs.progress(night.runId, "send", night.counts);
        for (const auto& project : projects)
            if (project.destination && !night.stopped()) {
                send(night, project, false);
                listStuck(parts_, night, project);
            }
    }

    if ((a.tables || a.xapiFiles) && !a.dryRun && !night.stopped()) writeFiles(night, projects);
    for (const auto& project : projects)
        if (project.destination && a.statements && !a.dryRun) countStore(night, project);

    if (night.stopped()) {
        // A list that was cut short would hide what the earlier one still names.
        parts_.runs.dropUnsendable(night.runId);
        parts_.runs.finish(night.runId, "stopped", night.counts, "The run was asked to end; the next one goes on.");
        return;
    }
    if (!a.dryRun) {
        store::UnsendableCover coverage;
        if (a.contour == Contour::Production)
            for (const auto* origin : {"statements", "xapi-files"})
                if (plannedAs(origin, a, projects)) coverage.origins.push_back(origin);
        if (a.tables) coverage.origins.push_back(tablesOrigin(a));
        coverage.flowId = a.flowId;
        parts_.runs.replaceUnsendable(night.organization.id, night.runId, coverage);
        if (a.contour == Contour::Production) judge(night, projects);
    }
    std::string message;
    for (const auto& reason : night.reasons) message += (message.empty() ? "" : "; ") + reason;
    parts_.runs.finish(night.runId, night.reasons.empty() ? "done" : "incomplete", night.counts, message);
    parts_.logger.info("A night ended", {{"organization", night.organization.id},
                                         {"run", std::to_string(night.runId)},
                                         {"queued", std::to_string(night.counts["queued"])},
                                         {"delivered", std::to_string(night.counts["delivered"])},
                                         {"tableRows", std::to_string(night.counts["tableRows"])},
                                         {"unsendable", std::to_string(night.counts["unsendable"])}});
}

void NightlyRun::writeFiles(Night& night, const std::vector<ProjectNight>& projects) {
    const auto& a = night.arguments;
    parts_.runs.progress(night.runId, a.tables ? "tables" : "files", night.counts);
    int files = 0;
    std::int64_t rows = 0;
    for (const auto& project : projects) {
        if (a.tables && !project.flows.empty()) {
            auto written = writeTables(parts_, night, project);
            files += written.files;
            rows += written.rows;
        }
        if (a.xapiFiles && project.planned()) {
            auto written = writeXapiFiles(parts_, night, project, limitsOf(a, settings_.xapiFiles));
            files += written.files;
            rows += written.statements;
        }
    }
    if (night.stopped()) return;
    parts_.runs.addExport(night.organization.id, {night.runId, parts_.clock.now(),
                                                  a.contour == Contour::Test ? "test" : "production", files, rows});
    pruneExports(night.organization.id);
}

std::vector<ProjectNight> NightlyRun::cover(Night& night) {
    std::map<std::string, std::vector<host::sdk::Programme>> byProject;
    for (auto& programme : parts_.records.programmes(night.organization.id, ""))
        byProject[programme.project].push_back(std::move(programme));
    std::vector<ProjectNight> projects;
    if (!night.arguments.project.empty() && byProject.count(night.arguments.project) == 0)
        night.reasons.push_back("project '" + night.arguments.project + "' has no programmes here");
    for (const auto& [id, programmes] : byProject) {
        if (!night.arguments.project.empty() && id != night.arguments.project) continue;
        auto project = parts_.organizations.project(id);
        const auto* profile = project ? parts_.profiles.find(project->profile) : nullptr;
        if (profile == nullptr) {
            night.count("programmesWithoutProfile", static_cast<std::int64_t>(programmes.size()));
            night.reasons.push_back("project '" + id + "' has no profile, so its programmes can't be told about");
            continue;
        }
        projects.push_back(coverProject(night, *project, programmes));
    }
    return projects;
}

ProjectNight NightlyRun::coverProject(const Night& night, const host::sdk::Project& project,
                                      const std::vector<host::sdk::Programme>& programmes) {
    const auto& a = night.arguments;
    ProjectNight out;
    out.project = project;
    out.profile = &parts_.profiles.get(project.profile);
    out.scope = parts_.integrations.scope(night.organization.id, project.id);
    if (a.contour == Contour::Production)
        for (auto& destination : parts_.integrations.active(night.organization.id))
            if (destination.project == project.id) out.destination = std::move(destination);
    if (out.destination && out.destination->storage)
        out.storage = artifacts::storageOf(*out.destination->storage, settings_.storage);
    for (const auto& programme : programmes)
        for (const auto& flow : parts_.records.flows(night.organization.id, programme.id)) {
            if (a.flowId != 0 && flow.id != a.flowId) continue;
            if (!out.scope.allFlows && out.scope.flows.count(flow.id) == 0) continue;
            auto channel = out.profile->policies.channel;
            // Asking for xAPI files is the word about flows for which nobody chose.
            if (auto chosen = out.scope.channels.find(flow.id); chosen != out.scope.channels.end())
                channel = chosen->second == "tables" ? Channel::Tables : Channel::Lrs;
            else if (!out.destination && a.xapiFiles)
                channel = Channel::Lrs;
            // Without an active integration nothing goes through an LRS: the files are what is uploaded.
            if (!out.destination && !a.xapiFiles) channel = Channel::Tables;
            out.flows.push_back({flow.id, channel});
        }
    addStores(night, out);
    if (out.planned()) addDeleted(night, out);
    return out;
}

void NightlyRun::addStores(const Night& night, ProjectNight& project) const {
    const auto files =
        store::XapiFileStore::filesStore(parts_.installationId, night.organization.id, project.project.id);
    if (!project.destination && night.arguments.xapiFiles) project.filesStore = files;
    if (!project.planned()) return;
    project.otherStores = store::XapiFileStore(parts_.database, parts_.clock)
                              .sharing({project.storeId(), night.organization.id, project.project.id}, files);
}

/// A flow that was told about and is deleted since: what was sent of it is to be named.
void NightlyRun::addDeleted(const Night& night, ProjectNight& project) {
    for (const auto flow : parts_.outbox.flows(project.storeId())) {
        if (night.arguments.flowId != 0 && flow != night.arguments.flowId) continue;
        const auto structure = parts_.records.structure(night.organization.id, flow);
        if (structure && (structure->flow.deleted || structure->programme.deleted))
            project.flows.push_back({flow, Channel::Lrs});
    }
}

void NightlyRun::send(Night& night, const ProjectNight& project, bool onlyCancellations) {
    const auto& destination = *project.destination;
    parts_.at("before-send");
    lrs::LrsClient client(parts_.http, {.endpoint = destination.endpoint,
                                        .basic = lrs::parseBasic(destination.basicToken.reveal()),
                                        .typedByPerson = destination.addressTypedByPerson});
    SenderSettings settings;
    settings.maxStatements =
        settings_.maxStatements.value_or(static_cast<std::size_t>(project.profile->limits.statements));
    settings.maxBytes = settings_.maxBytes.value_or(static_cast<std::size_t>(project.profile->limits.bytes));
    settings.sessions = settings_.sessions;
    settings.onlyCancellations = onlyCancellations;
    settings.backoff = settings_.backoff;
    settings.retryBudget = settings_.retryBudget;
    settings.seed = static_cast<std::uint64_t>(parts_.clock.now());
    Sender sender({parts_.outbox, client, parts_.clock, parts_.waiter, parts_.logger, parts_.metrics,
                   [&] {
                       return parts_.integrations.isStillActive(destination.organization, destination.project,
                                                                destination.storeId);
                   },
                   parts_.crashPoint},
                  {destination.storeId, destination.organization, destination.project}, settings);
    auto report = sender.run(night.runId, night.stop);
    night.count("posts", report.posts);
    night.count("delivered", report.accepted);
    night.count("refused", report.refused);
    if (report.recovered > 0) night.count("recovered", report.recovered);
    if (!report.reason.empty()) night.reasons.push_back(project.project.id + ": " + report.reason);
}

void NightlyRun::countStore(Night& night, const ProjectNight& project) {
    auto counts = parts_.outbox.counts(project.destination->storeId);
    night.count("waiting", counts.waiting);
    night.count("inDoubt", counts.inDoubt);
    night.count("blocked", counts.blocked);
    night.count("quarantined", counts.quarantined);
    const host::sdk::MetricLabels labels = {{"organization", night.organization.id}, {"project", project.project.id}};
    parts_.metrics.set("outbox_waiting", static_cast<double>(counts.waiting), labels);
    parts_.metrics.set("outbox_in_doubt", static_cast<double>(counts.inDoubt), labels);
    parts_.metrics.set("outbox_quarantined", static_cast<double>(counts.quarantined), labels);
}

/// Everything is told by now: what goes wrong here is a reason of the night, and takes nothing back.
void NightlyRun::judge(Night& night, const std::vector<ProjectNight>& projects) {
    parts_.runs.progress(night.runId, "readiness", night.counts);
    try {
        std::vector<host::sdk::RecordId> kept;
        for (const auto& project : projects) judgeReadiness(parts_, night, project, kept);
        if (night.arguments.flowId == 0) parts_.readiness.keepOnly(night.organization.id, kept);
        if (night.stopped())
            night.reasons.push_back("the run was asked to end, so the readiness of some flows is an earlier night's");
    } catch (const std::exception& error) {
        parts_.logger.error(
            "Readiness could not be told",
            {{"organization", night.organization.id}, {"run", std::to_string(night.runId)}, {"err", error.what()}});
        night.reasons.push_back("readiness could not be told; the server's log says why");
    }
}

void NightlyRun::pruneExports(const std::string& organization) {
    // Whatever isn't on the list goes: older exports, and folders a run left that was cut off.
    parts_.runs.dropOldExports(organization, settings_.keepExports);
    store::XapiFileStore(parts_.database, parts_.clock).forgetDropped(organization);
    std::set<std::string> kept;
    for (const auto& row : parts_.runs.exports(organization, 0, settings_.keepExports))
        kept.insert(std::to_string(row.runId));
    std::error_code failed;
    for (const auto& folder : std::filesystem::directory_iterator(parts_.exportsFolder / organization, failed)) {
        if (kept.count(folder.path().filename().string()) != 0) continue;
        std::error_code removal;
        std::filesystem::remove_all(folder.path(), removal);
        if (removal)
            parts_.logger.warning("An old export could not be removed",
                                  {{"run", folder.path().filename().string()}, {"err", removal.message()}});
    }
}

}  // namespace plugin::delivery
