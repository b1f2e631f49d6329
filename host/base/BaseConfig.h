#pragma once
/// The keys of this room and of the store: log.*, secrets.*, database.*.

#include "host/base/Config.h"

#include <filesystem>
#include <vector>

namespace host::base {

std::vector<ConfigKey> baseConfigKeys();

/// secrets.key_file, or "<folder of the database>/secrets.key" when it is not set; "credential:NAME" is looked up.
std::filesystem::path secretKeyPath(const Config& config);

}  // namespace host::base
