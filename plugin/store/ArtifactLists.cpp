#include "plugin/store/ArtifactStore.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Nullable.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

constexpr std::size_t kKeysAtOnce = 500;

/// "'a','b'"; what has other characters than a key is refused, so that nothing foreign gets into a statement's text.
std::string joinKeys(const std::string* begin, const std::string* end) {
    std::string text;
    for (const auto* key = begin; key != end; ++key) {
        if (key->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._/-") != std::string::npos)
            throw host::sdk::AppError(500, "internal", "A file's key in the storage has a character it can't have.");
        if (!text.empty()) text += ',';
        text += '\'' + *key + '\'';
    }
    return text;
}

std::vector<ArtifactRow> readRows(Session& session, Conditions conditions, const std::string& order) {
    std::vector<std::int64_t> ids, flows, learners, files, sizes, wanted, partSizes, created, changed;
    std::vector<std::string> storages, keys, organizations, projects, kinds, hashes, types, states, urls, uploads,
        codes, causes, fixes;
    std::vector<int> attempts;
    std::vector<Nullable<std::int64_t>> proven;
    Poco::Data::Statement select(session);
    select << "SELECT id, storage_id, object_key, organization, project, flow_id, learner_id, kind, file_id, sha256,"
              " size, content_type, state, wanted_in, url, upload_id, part_size, attempts, failure_code, failure_cause,"
              " failure_fix, created_at, changed_at, proven_at FROM u2035_artifact" +
                  conditions.sql() + order,
        into(ids), into(storages), into(keys), into(organizations), into(projects), into(flows), into(learners),
        into(kinds), into(files), into(hashes), into(sizes), into(types), into(states), into(wanted), into(urls),
        into(uploads), into(partSizes), into(attempts), into(codes), into(causes), into(fixes), into(created),
        into(changed), into(proven);
    conditions.bindTo(select);
    select.execute();
    std::vector<ArtifactRow> rows;
    rows.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        ArtifactRow row;
        row.id = ids[i];
        row.wanted = {storages[i], keys[i],  organizations[i], projects[i], flows[i], learners[i],
                      kinds[i],    files[i], hashes[i],        sizes[i],    types[i]};
        row.state = states[i];
        row.url = urls[i];
        row.uploadId = uploads[i];
        row.partSize = partSizes[i];
        row.attempts = attempts[i];
        row.runId = wanted[i];
        row.failure = {codes[i], causes[i], fixes[i]};
        row.createdAt = created[i];
        row.changedAt = changed[i];
        if (!proven[i].isNull()) row.provenAt = proven[i].value();
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::vector<ArtifactRow> ArtifactStore::due(const std::string& storageId, std::int64_t runId, std::int64_t afterId,
                                            std::size_t limit) {
    std::vector<ArtifactRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("storage_id = ?", storageId);
        where.raw("wanted_in = " + std::to_string(runId));
        where.raw("state <> 'proven'");
        where.raw("id > " + std::to_string(afterId));
        rows = readRows(session, where, " ORDER BY id LIMIT " + std::to_string(limit));
    });
    return rows;
}

std::vector<ArtifactRow> ArtifactStore::abandoned(const std::string& storageId, const std::string& organization,
                                                  const std::string& project, std::int64_t runId) {
    std::vector<ArtifactRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("storage_id = ?", storageId);
        where.raw("upload_id <> ''");
        where.text("organization = ?", organization);
        where.text("project = ?", project);
        where.raw("wanted_in <> " + std::to_string(runId));
        rows = readRows(session, where, " ORDER BY id");
    });
    return rows;
}

std::optional<ArtifactRow> ArtifactStore::find(const std::string& organization, std::int64_t id) {
    std::vector<ArtifactRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("id = " + std::to_string(id));
        rows = readRows(session, where, "");
    });
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::map<std::string, ArtifactRow> ArtifactStore::byKeys(const std::string& storageId,
                                                         const std::vector<std::string>& keys) {
    std::map<std::string, ArtifactRow> found;
    for (std::size_t at = 0; at < keys.size(); at += kKeysAtOnce) {
        const auto end = std::min(keys.size(), at + kKeysAtOnce);
        const auto list = joinKeys(keys.data() + at, keys.data() + end);
        std::vector<ArtifactRow> rows;
        database_.read([&](Session& session) {
            Conditions where;
            where.text("storage_id = ?", storageId);
            where.raw("object_key IN (" + list + ")");
            rows = readRows(session, where, "");
        });
        for (auto& row : rows) {
            std::string key = row.wanted.key;
            found.emplace(std::move(key), std::move(row));
        }
    }
    return found;
}

std::vector<ArtifactRow> ArtifactStore::list(const ArtifactFilter& filter, std::int64_t before, std::size_t limit) {
    std::vector<ArtifactRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", filter.organization);
        if (!filter.state.empty()) where.text("state = ?", filter.state);
        if (!filter.project.empty()) where.text("project = ?", filter.project);
        if (filter.flowId != 0) where.raw("flow_id = " + std::to_string(filter.flowId));
        if (filter.learnerId != 0) where.raw("learner_id = " + std::to_string(filter.learnerId));
        if (before != 0) where.raw("id < " + std::to_string(before));
        rows = readRows(session, where, " ORDER BY id DESC LIMIT " + std::to_string(limit));
    });
    return rows;
}

}  // namespace plugin::store
