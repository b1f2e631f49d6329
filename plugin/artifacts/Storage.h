#pragma once
/// One organization's storage as the uploads see it. A value.

#include "plugin/s3/S3Client.h"
#include "plugin/store/Integrations.h"

#include <string>

namespace plugin::artifacts {

/// Which storage this is, whatever its keys: a fingerprint of endpoint, bucket and the address files are opened at. A
/// replaced secret keeps it; another bucket or public address is another storage, where nothing of ours lies yet.
std::string storageIdOf(const s3::Settings& settings);

struct Storage {
    s3::Settings settings;
    std::string id;
};
/// An integration's storage with the server's configuration of all storages, as the wizard's check uses them.
Storage storageOf(const store::Storage& storage, const s3::Options& options);

}  // namespace plugin::artifacts
