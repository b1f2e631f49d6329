#include "plugin/delivery/FilePlacing.h"

#include "plugin/artifacts/ArtifactKey.h"
#include "plugin/artifacts/UploadRun.h"
#include "plugin/delivery/ResultFiles.h"

#include <set>

namespace plugin::delivery {

namespace {

/// Puts one page's files that aren't proved to be there on the list of the wanted; gives how many.
std::int64_t wantPage(const NightParts& parts, const Night& night, const ProjectNight& project,
                      host::sdk::RecordId flowId, std::vector<ResultFile> files) {
    std::vector<std::string> keys;
    for (const auto& one : files)
        if (!one.key.empty()) keys.push_back(one.key);
    const auto rows = parts.artifacts.byKeys(project.storage->id, keys);
    std::set<std::string> seen;
    std::vector<store::WantedArtifact> wanted;
    for (auto& one : files) {
        if (one.key.empty() || !seen.insert(one.key).second) continue;
        const auto found = rows.find(one.key);
        // Other bytes under the same key: only made on purpose; the record's reason tells it.
        if (found != rows.end() && (found->second.state == "proven" || found->second.wanted.sha256 != one.file.sha256))
            continue;
        store::WantedArtifact artifact;
        artifact.storageId = project.storage->id;
        artifact.key = one.key;
        artifact.organization = night.organization.id;
        artifact.project = project.project.id;
        artifact.flowId = flowId;
        artifact.learnerId = one.learnerId;
        artifact.kind = one.kind;
        artifact.fileId = one.file.id;
        artifact.sha256 = one.file.sha256;
        artifact.size = one.file.size;
        artifact.contentType = one.file.contentType;
        wanted.push_back(std::move(artifact));
    }
    if (!night.arguments.dryRun) parts.artifacts.want(wanted, night.runId);
    return static_cast<std::int64_t>(wanted.size());
}

std::int64_t wantFlow(const NightParts& parts, const Night& night, const ProjectNight& project,
                      host::sdk::RecordId flowId) {
    const auto& organization = night.organization.id;
    const auto structure = parts.records.structure(organization, flowId);
    if (!structure || structure->flow.deleted || structure->programme.deleted) return 0;
    const auto learners = parts.records.learners(organization, flowId);
    ResultFiles files(parts, night, project, *structure, learners);
    std::int64_t count = wantPage(parts, night, project, flowId, files.ofProgramme());
    parts.records.results(organization, flowId, 0, [&](std::span<const host::sdk::Result> page) {
        count += wantPage(parts, night, project, flowId, files.of(page));
        return !night.stopped();
    });
    return count;
}

/// Uploads that nobody goes on with: of files a whole night no longer wanted, and those no row knows.
void tidy(const NightParts& parts, const Night& night, const ProjectNight& project,
          artifacts::ArtifactUploader& uploader) {
    if (night.arguments.flowId == 0)
        for (const auto& row :
             parts.artifacts.abandoned(project.storage->id, night.organization.id, project.project.id, night.runId))
            uploader.abandon(row, night.stop);
    const int orphans = uploader.abortOrphans(project.storage->id, artifacts::keyPrefix(project.project.id),
                                              parts.clock.now(), night.stop);
    if (orphans > 0)
        parts.logger.warning("Unfinished uploads of an earlier process were aborted",
                             {{"organization", night.organization.id}, {"uploads", std::to_string(orphans)}});
}

}  // namespace

void placeFiles(const NightParts& parts, Night& night, const ProjectNight& project, const PlacingSettings& settings) {
    if (!project.destination || !project.storage) return;
    std::int64_t wanted = 0;
    for (const auto& flow : project.flows) {
        if (night.stopped()) return;
        if (flow.channel == footprint::Channel::Lrs) wanted += wantFlow(parts, night, project, flow.id);
    }
    night.count("files.wanted", wanted);
    if (night.stopped() || night.arguments.dryRun) return;
    parts.at("files-wanted");
    if (auto problem = artifacts::addressProblem(*project.storage); !problem.empty()) {
        night.count("files.waiting", wanted);
        if (wanted > 0) night.reasons.push_back(project.project.id + ": " + problem);
        return;
    }

    s3::S3Client client(parts.http, parts.clock, project.storage->settings);
    Backoff backoff(settings.backoff, static_cast<std::uint64_t>(parts.clock.now()));
    artifacts::ArtifactUploader uploader(
        {client, parts.files, parts.artifacts,
         [&](std::chrono::milliseconds time, std::stop_token stop) { parts.waiter.wait(time, std::move(stop)); },
         [&](int attempt, std::optional<std::chrono::seconds> retryAfter) {
             return backoff.delay(attempt, retryAfter);
         }},
        settings.uploader);
    const auto& destination = *project.destination;
    artifacts::UploadRun run(
        uploader, parts.artifacts, settings.sessions,
        [&] {
            return parts.integrations.isStillActive(destination.organization, destination.project, destination.storeId);
        },
        [&] { parts.runs.advance(night.runId); });
    parts.runs.expect(night.runId, wanted);
    artifacts::RunReport report;
    if (wanted > 0) report = run.run(project.storage->id, night.runId, night.stop);
    parts.at("files-placed");

    const auto waiting = std::max<std::int64_t>(wanted - report.proven - report.failed, 0);
    night.count("files.placed", report.proven);
    night.count("files.failed", report.failed);
    night.count("files.waiting", waiting);
    parts.metrics.set("files_waiting", static_cast<double>(waiting),
                      {{"organization", night.organization.id}, {"project", project.project.id}});
    if (!report.reason.empty()) night.reasons.push_back(project.project.id + ": " + report.reason);
    // A storage that refuses everything is asked for nothing more this night.
    if (report.reason.empty() && !night.stopped()) tidy(parts, night, project, uploader);
}

}  // namespace plugin::delivery
