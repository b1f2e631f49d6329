#pragma once
/// One file in parts: read once and in order by the caller's thread, sent by others. Goes on with what an earlier
/// attempt left, when the storage and the disk both still have it; what is different begins anew.
///
/// Parts of the ordinary size are held in memory while they are sent. Of a file so large that its parts had to grow,
/// every part is read twice instead: once to know its hash, once to be sent.

#include "plugin/artifacts/ArtifactUploader.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <thread>
#include <vector>

namespace plugin::artifacts {

class MultipartUpload {
public:
    /// The row's upload is kept up to date.
    MultipartUpload(const UploaderParts& parts, const UploaderSettings& settings, const Retries& retries,
                    store::ArtifactRow& row);

    /// Nothing when the object is there.
    std::optional<s3::Failure> run(const std::stop_token& stop);
    /// Whether the upload is gone from the record and the next one may do better.
    bool mayBeginAnew() const noexcept { return mayBeginAnew_; }

private:
    struct Job {
        int number = 0;
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
        std::string sha256;         ///< empty: still to be made from the buffer
        std::vector<char>* buffer;  ///< nullptr: read again while it is sent
    };
    class Senders;

    std::optional<s3::Failure> open(const std::stop_token& stop);
    void resume(const std::vector<s3::Part>& there);
    std::optional<s3::Failure> sendParts(const std::stop_token& stop);
    s3::BodyProblem readParts(Senders& senders);
    std::optional<s3::Failure> complete(const std::stop_token& stop);
    /// Aborts in the storage and forgets.
    void drop(const std::stop_token& stop);
    s3::Answer<std::string> sendPart(Job& job, const std::stop_token& stop) const;
    std::uint64_t chosenPartSize() const;

    const UploaderParts& parts_;
    const UploaderSettings& settings_;
    const Retries& retries_;
    store::ArtifactRow& row_;
    std::map<int, store::ArtifactPart> known_;  ///< of an earlier attempt, and still in the storage
    std::map<int, store::ArtifactPart> done_;   ///< guarded by Senders while they run
    bool mayBeginAnew_ = false;
};

}  // namespace plugin::artifacts
