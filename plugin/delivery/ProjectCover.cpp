#include "plugin/delivery/ProjectCover.h"

#include "plugin/delivery/ContourGuard.h"
#include "plugin/store/XapiFileStore.h"

namespace plugin::delivery {

using footprint::Channel;
using footprint::Contour;

namespace {

void addStores(const NightParts& parts, const Night& night, ProjectNight& project) {
    const auto files =
        store::XapiFileStore::filesStore(parts.installationId, night.organization.id, project.project.id);
    if (!project.destination && night.arguments.xapiFiles) project.filesStore = files;
    if (!project.planned()) return;
    project.otherStores = store::XapiFileStore(parts.database, parts.clock)
                              .sharing({project.storeId(), night.organization.id, project.project.id}, files);
}

/// A flow that was told about and is deleted since: what was sent of it is to be named.
void addDeleted(const NightParts& parts, const Night& night, ProjectNight& project) {
    for (const auto flow : parts.outbox.flows(project.storeId())) {
        if (night.arguments.flowId != 0 && flow != night.arguments.flowId) continue;
        const auto structure = parts.records.structure(night.organization.id, flow);
        if (structure && (structure->flow.deleted || structure->programme.deleted))
            project.flows.push_back({flow, Channel::Lrs});
    }
}

/// Not what leads to the test contour: the night says so.
bool mayBeTold(Night& night, const store::Destination& destination, const footprint::Profile& profile) {
    auto problem = contourProblem(destination, profile);
    if (!problem.empty()) night.reasons.push_back(problem);
    return problem.empty();
}

ProjectNight coverProject(const NightParts& parts, Night& night, const host::sdk::Project& project,
                          const std::vector<host::sdk::Programme>& programmes, const s3::Options& storage) {
    const auto& a = night.arguments;
    ProjectNight out;
    out.project = project;
    out.profile = &parts.profiles.get(project.profile);
    out.scope = parts.integrations.scope(night.organization.id, project.id);
    if (a.contour == Contour::Production)
        for (auto& destination : parts.integrations.active(night.organization.id))
            if (destination.project == project.id && mayBeTold(night, destination, *out.profile))
                out.destination = std::move(destination);
    if (out.destination && out.destination->storage)
        out.storage = artifacts::storageOf(*out.destination->storage, storage);
    for (const auto& programme : programmes)
        for (const auto& flow : parts.records.flows(night.organization.id, programme.id)) {
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
    addStores(parts, night, out);
    if (out.planned()) addDeleted(parts, night, out);
    return out;
}

}  // namespace

std::vector<ProjectNight> coverProjects(const NightParts& parts, Night& night, const s3::Options& storage) {
    std::map<std::string, std::vector<host::sdk::Programme>> byProject;
    for (auto& programme : parts.records.programmes(night.organization.id, ""))
        byProject[programme.project].push_back(std::move(programme));
    // A project whose last programme is gone: what was told and what waits is still to be looked after.
    for (const auto& destination : parts.integrations.active(night.organization.id)) byProject[destination.project];
    std::vector<ProjectNight> projects;
    if (!night.arguments.project.empty() && byProject.count(night.arguments.project) == 0)
        night.reasons.push_back("project '" + night.arguments.project + "' has no programmes here");
    for (const auto& [id, programmes] : byProject) {
        if (!night.arguments.project.empty() && id != night.arguments.project) continue;
        auto project = parts.organizations.project(id);
        const auto* profile = project ? parts.profiles.find(project->profile) : nullptr;
        if (profile == nullptr) {
            night.count("programmesWithoutProfile", static_cast<std::int64_t>(programmes.size()));
            night.reasons.push_back("project '" + id + "' has no profile, so its programmes can't be told about");
            continue;
        }
        projects.push_back(coverProject(parts, night, *project, programmes, storage));
    }
    return projects;
}

}  // namespace plugin::delivery
