#include "plugin/store/ArtifactStore.h"

#include "plugin/store/Param.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

void ArtifactStore::want(const std::vector<WantedArtifact>& wanted, std::int64_t runId) {
    if (wanted.empty()) return;
    database_.write([&](Session& session) {
        const auto n = wanted.size();
        std::vector<std::int64_t> ids, flows, learners, files, sizes;
        std::vector<std::string> storages, keys, organizations, projects, kinds, hashes, types;
        auto id = nextNumber(session, "u2035_artifact", "id");
        for (const auto& one : wanted) {
            ids.push_back(id++);
            storages.push_back(one.storageId);
            keys.push_back(one.key);
            organizations.push_back(one.organization);
            projects.push_back(one.project);
            flows.push_back(one.flowId);
            learners.push_back(one.learnerId);
            kinds.push_back(one.kind);
            files.push_back(one.fileId);
            hashes.push_back(one.sha256);
            sizes.push_back(one.size);
            types.push_back(one.contentType);
        }
        std::vector<std::int64_t> runs(n, runId), times(n, clock_.now());
        auto changed = times;
        // The organization and the file are the last wanter's: it is in its folder that the bytes are surely found.
        session << "INSERT INTO u2035_artifact (id, storage_id, object_key, organization, project, flow_id, learner_id,"
                   " kind, file_id, sha256, size, content_type, state, wanted_in, created_at, changed_at)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'wanted', ?, ?, ?)"
                   " ON CONFLICT (storage_id, object_key) DO UPDATE SET wanted_in = excluded.wanted_in,"
                   " organization = excluded.organization, flow_id = excluded.flow_id,"
                   " learner_id = excluded.learner_id, file_id = excluded.file_id"
                   " WHERE u2035_artifact.state <> 'proven' AND u2035_artifact.sha256 = excluded.sha256",
            use(ids), use(storages), use(keys), use(organizations), use(projects), use(flows), use(learners),
            use(kinds), use(files), use(hashes), use(sizes), use(types), use(runs), use(times), use(changed), now;
    });
}

void ArtifactStore::begin(std::int64_t id) {
    database_.write([&](Session& session) {
        session << "UPDATE u2035_artifact SET state = 'uploading', attempts = attempts + 1, changed_at = ?"
                   " WHERE id = ?",
            param(clock_.now()), param(id), now;
    });
}

void ArtifactStore::uploadCreated(std::int64_t id, const std::string& uploadId, std::int64_t partSize) {
    database_.write([&](Session& session) {
        session << "DELETE FROM u2035_artifact_part WHERE artifact_id = ?", param(id), now;
        session << "UPDATE u2035_artifact SET upload_id = ?, part_size = ?, changed_at = ? WHERE id = ?",
            param(uploadId), param(partSize), param(clock_.now()), param(id), now;
    });
}

void ArtifactStore::partDone(std::int64_t id, const ArtifactPart& part) {
    database_.write([&](Session& session) {
        session << "INSERT INTO u2035_artifact_part (artifact_id, number, etag, size, sha256) VALUES (?, ?, ?, ?, ?)"
                   " ON CONFLICT (artifact_id, number) DO UPDATE SET etag = excluded.etag, size = excluded.size,"
                   " sha256 = excluded.sha256",
            param(id), param(part.number), param(part.etag), param(part.size), param(part.sha256), now;
        session << "UPDATE u2035_artifact SET changed_at = ? WHERE id = ?", param(clock_.now()), param(id), now;
    });
}

std::vector<ArtifactPart> ArtifactStore::parts(std::int64_t id) {
    std::vector<ArtifactPart> parts;
    database_.read([&](Session& session) {
        std::vector<int> numbers;
        std::vector<std::int64_t> sizes;
        std::vector<std::string> etags, hashes;
        session << "SELECT number, etag, size, sha256 FROM u2035_artifact_part WHERE artifact_id = ? ORDER BY number",
            into(numbers), into(etags), into(sizes), into(hashes), param(id), now;
        parts.clear();
        for (std::size_t i = 0; i < numbers.size(); ++i) parts.push_back({numbers[i], etags[i], sizes[i], hashes[i]});
    });
    return parts;
}

void ArtifactStore::uploadDropped(std::int64_t id) {
    uploadCreated(id, {}, 0);
}

void ArtifactStore::uploaded(std::int64_t id) {
    database_.write([&](Session& session) {
        session << "DELETE FROM u2035_artifact_part WHERE artifact_id = ?", param(id), now;
        session << "UPDATE u2035_artifact SET state = 'uploaded', upload_id = '', part_size = 0, changed_at = ?"
                   " WHERE id = ?",
            param(clock_.now()), param(id), now;
    });
}

void ArtifactStore::proven(std::int64_t id, const std::string& url) {
    database_.write([&](Session& session) {
        session << "UPDATE u2035_artifact SET state = 'proven', url = ?, failure_code = '', failure_cause = '',"
                   " failure_fix = '', changed_at = ?, proven_at = ? WHERE id = ?",
            param(url), param(clock_.now()), param(clock_.now()), param(id), now;
    });
}

void ArtifactStore::failed(std::int64_t id, const ArtifactFailure& failure, bool final) {
    database_.write([&](Session& session) {
        session << std::string(
                       "UPDATE u2035_artifact SET failure_code = ?, failure_cause = ?, failure_fix = ?,"
                       " changed_at = ?") +
                       (final ? ", state = 'failed'" : "") + " WHERE id = ?",
            param(failure.code), param(failure.cause), param(failure.fix), param(clock_.now()), param(id), now;
    });
}

bool ArtifactStore::isOnRecord(const std::string& storageId, const std::string& uploadId) {
    std::int64_t count = 0;
    database_.read([&](Session& session) {
        session << "SELECT COUNT(*) FROM u2035_artifact WHERE storage_id = ? AND upload_id = ? AND upload_id <> ''",
            into(count), param(storageId), param(uploadId), now;
    });
    return count > 0;
}

bool ArtifactStore::isKnownKey(const std::string& storageId, const std::string& key) {
    std::int64_t count = 0;
    database_.read([&](Session& session) {
        session << "SELECT COUNT(*) FROM u2035_artifact WHERE storage_id = ? AND object_key = ?", into(count),
            param(storageId), param(key), now;
    });
    return count > 0;
}

}  // namespace plugin::store
