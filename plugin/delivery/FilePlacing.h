#pragma once
/// A night's step before planning: the files that statements are going to name go into University 2035's storage. What
/// can't go now is told once (the storage) or with the record (the file), and stays wanted.

#include "plugin/artifacts/ArtifactUploader.h"
#include "plugin/delivery/Backoff.h"
#include "plugin/delivery/Night.h"

namespace plugin::delivery {

struct PlacingSettings {
    BackoffSettings backoff;
    int sessions = 3;  ///< files in flight; a file in parts has parts in flight besides
    artifacts::UploaderSettings uploader;
};

/// Counts `files.wanted`, `files.placed`, `files.failed`, `files.waiting`; a dry run counts what is wanted and sends
/// nothing. Streams page by page; memory doesn't grow with the number of results or files. Idempotent.
void placeFiles(const NightParts& parts, Night& night, const ProjectNight& project, const PlacingSettings& settings);

}  // namespace plugin::delivery
