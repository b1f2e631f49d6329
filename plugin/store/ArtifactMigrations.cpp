#include "plugin/store/ArtifactMigrations.h"

namespace plugin::store {

namespace {

// storage_id is a fingerprint of endpoint, bucket and public address: another bucket has none of the files of this one.
// wanted_in is the last night that wanted the file; an upload that no night wants any more is aborted.
const char* const kArtifacts =
    "CREATE TABLE u2035_artifact ("
    " id BIGINT NOT NULL PRIMARY KEY,"
    " storage_id TEXT NOT NULL,"
    " object_key TEXT NOT NULL,"
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " flow_id BIGINT NOT NULL,"
    " learner_id BIGINT NOT NULL,"
    " kind TEXT NOT NULL,"
    " file_id BIGINT NOT NULL,"
    " sha256 TEXT NOT NULL,"
    " size BIGINT NOT NULL,"
    " content_type TEXT NOT NULL,"
    " state TEXT NOT NULL,"
    " wanted_in BIGINT NOT NULL,"
    " url TEXT NOT NULL DEFAULT '',"
    " upload_id TEXT NOT NULL DEFAULT '',"
    " part_size BIGINT NOT NULL DEFAULT 0,"
    " attempts INTEGER NOT NULL DEFAULT 0,"
    " failure_code TEXT NOT NULL DEFAULT '',"
    " failure_cause TEXT NOT NULL DEFAULT '',"
    " failure_fix TEXT NOT NULL DEFAULT '',"
    " created_at BIGINT NOT NULL,"
    " changed_at BIGINT NOT NULL,"
    " proven_at BIGINT,"
    " UNIQUE (storage_id, object_key));\n"
    "CREATE INDEX u2035_artifact_due ON u2035_artifact (storage_id, wanted_in, id) WHERE state <> 'proven';\n"
    "CREATE INDEX u2035_artifact_upload ON u2035_artifact (storage_id, upload_id) WHERE upload_id <> '';\n"
    "CREATE INDEX u2035_artifact_list ON u2035_artifact (organization, id);\n"
    "CREATE INDEX u2035_artifact_learner ON u2035_artifact (organization, learner_id, id);\n"
    "CREATE TABLE u2035_artifact_part ("
    " artifact_id BIGINT NOT NULL,"
    " number INTEGER NOT NULL,"
    " etag TEXT NOT NULL,"
    " size BIGINT NOT NULL,"
    " sha256 TEXT NOT NULL,"
    " PRIMARY KEY (artifact_id, number))";

}  // namespace

std::vector<std::pair<std::string, std::string>> artifactMigrations() {
    return {{"files on their way to the storage", kArtifacts}};
}

}  // namespace plugin::store
