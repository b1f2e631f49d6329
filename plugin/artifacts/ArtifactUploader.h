#pragma once
/// Puts one wanted file into the storage and proves that it opens without a key. Every step is on record before the
/// next, so that a process that dies anywhere goes on where it was: what is in the storage is asked, not believed.
///
/// A file under `multipartFrom` is one PUT, a larger one goes in parts. The whole file's SHA-256 is compared with the
/// record before the object can come about. Repeating sends nothing: the key names the content, and a HEAD tells that
/// it is there. Thread-safe; files in parts go one at a time. Memory: `buffers` × `partSize` for one file in parts, and
/// 1 MiB for every other upload at work.

#include "host/sdk/Files.h"
#include "plugin/s3/Failures.h"
#include "plugin/s3/S3Client.h"
#include "plugin/store/ArtifactStore.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace plugin::artifacts {

struct UploaderSettings {
    std::uint64_t multipartFrom = 64ull * 1024 * 1024;  ///< bytes
    std::uint64_t partSize = 8ull * 1024 * 1024;        ///< grows where `maxParts` would not suffice
    std::uint64_t maxParts = 10'000;                    ///< of S3
    int buffers = 3;                                    ///< parts in memory, and in flight
    int attempts = 5;                                   ///< of one request before the file is left for another night
};

/// What the uploader uses; all outlive it.
struct UploaderParts {
    s3::S3Client& client;
    host::sdk::Files& files;
    store::ArtifactStore& store;
    /// Returns at the end of the time or when the stop is requested.
    std::function<void(std::chrono::milliseconds, std::stop_token)> wait;
    /// How long before a request goes again; the attempt that failed is counted from 1.
    std::function<std::chrono::milliseconds(int attempt, std::optional<std::chrono::seconds> retryAfter)> delay;
};

enum class UploadEnd {
    Proven,         ///< it is there and opens
    Failed,         ///< this file can't go: a person must do something about it
    Postponed,      ///< trouble that passes lasted longer than all attempts
    StorageFailed,  ///< no file can go until a person mends the storage's settings
    Stopped
};

struct UploadOutcome {
    UploadEnd end = UploadEnd::Proven;
    store::ArtifactFailure failure;  ///< kept with the row as well
};

/// The same request again while its trouble is of the kind that passes.
class Retries {
public:
    Retries(const UploaderParts& parts, int attempts) : parts_(parts), attempts_(attempts) {}

    template <class Ask>
    auto operator()(const std::stop_token& stop, const Ask& ask) const -> decltype(ask()) {
        for (int attempt = 1;; ++attempt) {
            auto answer = ask();
            if (answer || attempt >= attempts_ || stop.stop_requested() ||
                s3::troubleOf(answer.failure) != s3::Trouble::Passing)
                return answer;
            parts_.wait(parts_.delay(attempt, answer.failure.retryAfter), stop);
        }
    }

private:
    const UploaderParts& parts_;
    int attempts_;
};

class ArtifactUploader {
public:
    ArtifactUploader(UploaderParts parts, UploaderSettings settings);

    UploadOutcome upload(const store::ArtifactRow& row, std::stop_token stop);
    /// Ends an upload that nobody wants any more; its row becomes failed.
    void abandon(const store::ArtifactRow& row, std::stop_token stop);
    /// Aborts uploads under a prefix that are ours by their key and that no row knows: a process died between creating
    /// one and writing it down. Returns how many; a key that may not list them gives none.
    int abortOrphans(const std::string& storageId, const std::string& prefix, host::sdk::Micros now,
                     std::stop_token stop);

private:
    bool isThere(const store::ArtifactRow& row, const std::stop_token& stop) const;
    std::optional<s3::Failure> send(store::ArtifactRow& row, const std::stop_token& stop);
    s3::Answer<s3::Done> putWhole(const store::ArtifactRow& row, const std::stop_token& stop) const;
    std::optional<UploadOutcome> prove(const store::ArtifactRow& row, const std::stop_token& stop) const;
    UploadOutcome ended(const store::ArtifactRow& row, const s3::Failure& failure, const std::stop_token& stop) const;
    UploadOutcome keep(const store::ArtifactRow& row, UploadEnd end, store::ArtifactFailure failure) const;

    UploaderParts parts_;
    UploaderSettings settings_;
    Retries retries_;
    std::mutex oneInParts_;
};

/// The bytes of a stored file; what can't be opened or read is told by throwing when it is asked for.
s3::ByteSource sourceOf(host::sdk::Files& files, const store::ArtifactRow& row, std::uint64_t from = 0);
/// What the object of a row is to be.
s3::ObjectTraits traitsOf(const store::ArtifactRow& row);

}  // namespace plugin::artifacts
