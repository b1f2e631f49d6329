#pragma once
/// `manifest.json`: what a night's tables are, for people and for the next export into the same folder.

#include "plugin/tables/TableExport.h"

#include <filesystem>
#include <string>
#include <vector>

namespace plugin::tables {

std::string manifestJson(const ExportSettings& settings, const Manifest& manifest);

/// Files that the manifest in a folder names; none when there is no readable manifest.
std::vector<std::string> filesOfManifest(const std::filesystem::path& folder);

}  // namespace plugin::tables
