#pragma once
/// Readiness asks other rooms: what the checks and people say of reflections, and whether a file is in the storage.

#include "plugin/artifacts/Storage.h"
#include "plugin/delivery/ReadinessSources.h"
#include "plugin/store/ArtifactStore.h"
#include "plugin/store/Integrations.h"
#include "plugin/store/ReflectionStore.h"

namespace plugin::delivery {

/// The arguments outlive what is returned. A verdict counts for the revision that was checked only.
ReadinessSources readinessSources(store::ReflectionStore& reflections, store::ArtifactStore& artifacts,
                                  store::Integrations& integrations, const s3::Options& storages);

}  // namespace plugin::delivery
