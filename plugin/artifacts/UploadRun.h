#pragma once
/// All that one night wants in one storage: several files at a time, until nothing is left, the storage fails for good
/// or the night is stopped. What isn't done stays on record for the next night.

#include "plugin/artifacts/ArtifactUploader.h"

#include <functional>
#include <string>

namespace plugin::artifacts {

struct RunReport {
    std::int64_t proven = 0;
    std::int64_t failed = 0;     ///< for a reason of their own
    std::int64_t postponed = 0;  ///< left for the next night
    std::string reason;          ///< why the storage was given up for this night; empty: it wasn't
};

class UploadRun {
public:
    /// \param mayGoOn asked before every file: an integration that was switched off ends the run
    /// \param fileDone told after every file, from several threads
    UploadRun(ArtifactUploader& uploader, store::ArtifactStore& store, int sessions, std::function<bool()> mayGoOn,
              std::function<void()> fileDone = {})
        : uploader_(uploader),
          store_(store),
          sessions_(sessions),
          mayGoOn_(std::move(mayGoOn)),
          fileDone_(std::move(fileDone)) {}

    /// Blocks. Memory doesn't grow with the number of files.
    RunReport run(const std::string& storageId, std::int64_t runId, std::stop_token stop);

private:
    ArtifactUploader& uploader_;
    store::ArtifactStore& store_;
    int sessions_;
    std::function<bool()> mayGoOn_;
    std::function<void()> fileDone_;
};

}  // namespace plugin::artifacts
