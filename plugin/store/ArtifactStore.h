#pragma once
/// Files on their way to University 2035's storage: what is wanted, how far its upload is, and what was proved to be
/// there. One row per storage and key; a key names the content, so a row is never for other bytes. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Records.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace plugin::store {

/// What is to be in a storage.
struct WantedArtifact {
    std::string storageId;  ///< which storage: a fingerprint of endpoint, bucket and public address
    std::string key;        ///< ASCII [a-z0-9._/-]
    std::string organization;
    std::string project;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;  ///< 0: of the programme or the organization
    std::string kind;                   ///< element kind: "final-work"
    host::sdk::RecordId fileId = 0;     ///< the file record it comes from
    std::string sha256;                 ///< of the whole, lower-case hex
    std::int64_t size = 0;              ///< bytes
    std::string contentType;
};

/// Why it isn't there, for people.
struct ArtifactFailure {
    std::string code;
    std::string cause;
    std::string fix;
};

struct ArtifactRow {
    std::int64_t id = 0;
    WantedArtifact wanted;
    std::string state;          ///< "wanted", "uploading", "uploaded", "proven", "failed"
    std::string url;            ///< of a proven one
    std::string uploadId;       ///< of a multipart upload that is neither completed nor aborted
    std::int64_t partSize = 0;  ///< of that upload
    int attempts = 0;
    std::int64_t runId = 0;   ///< the last night that wanted it
    ArtifactFailure failure;  ///< of the last attempt; code empty: none
    host::sdk::Micros createdAt = 0;
    host::sdk::Micros changedAt = 0;
    std::optional<host::sdk::Micros> provenAt;
};

/// A part that the storage has taken.
struct ArtifactPart {
    int number = 0;    ///< from 1
    std::string etag;  ///< as the storage gave it
    std::int64_t size = 0;
    std::string sha256;  ///< of the part: what is on the disk is compared before the upload goes on
};

struct ArtifactFilter {
    std::string organization;
    std::string project;
    std::string state;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
};

class ArtifactStore {
public:
    ArtifactStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// Adds what isn't there and marks what isn't proven as wanted in this night, in one transaction. A row of other
    /// bytes under the same key stays as it is, and is found to be another by whoever looks it up.
    void want(const std::vector<WantedArtifact>& wanted, std::int64_t runId);

    /// Those this night wants that aren't proven, in order of id.
    std::vector<ArtifactRow> due(const std::string& storageId, std::int64_t runId, std::int64_t afterId,
                                 std::size_t limit);
    /// Those with an unfinished upload that this night, having asked for everything of the project, didn't want.
    std::vector<ArtifactRow> abandoned(const std::string& storageId, const std::string& organization,
                                       const std::string& project, std::int64_t runId);
    std::optional<ArtifactRow> find(const std::string& organization, std::int64_t id);
    /// Whether an unfinished upload of this storage is one of ours.
    bool isOnRecord(const std::string& storageId, const std::string& uploadId);
    /// Whether there is a row for a key, in whatever state.
    bool isKnownKey(const std::string& storageId, const std::string& key);

    // An attempt's steps; each is committed when the call returns.

    /// The attempt begins: "uploading", one attempt more.
    void begin(std::int64_t id);
    /// A multipart upload was created; it has no parts yet.
    void uploadCreated(std::int64_t id, const std::string& uploadId, std::int64_t partSize);
    void partDone(std::int64_t id, const ArtifactPart& part);
    std::vector<ArtifactPart> parts(std::int64_t id);
    /// The upload is gone (aborted, unknown to the storage): the next one begins anew.
    void uploadDropped(std::int64_t id);
    /// The storage has it whole; the upload, if there was one, is completed.
    void uploaded(std::int64_t id);
    /// It opens without a key at this address.
    void proven(std::int64_t id, const std::string& url);
    /// Why this attempt ended; an upload's id and parts are kept. `final`: the state becomes "failed".
    void failed(std::int64_t id, const ArtifactFailure& failure, bool final);

    /// By key, those of the keys that have a row. Any number of keys: asked in batches.
    std::map<std::string, ArtifactRow> byKeys(const std::string& storageId, const std::vector<std::string>& keys);

    /// Newest first; `before` is the id of the last row of the page before, 0 for the first.
    std::vector<ArtifactRow> list(const ArtifactFilter& filter, std::int64_t before, std::size_t limit);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
