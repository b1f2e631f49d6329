#pragma once
/// `manifest.json`: what a night's tables are, for people and for the next export into the same folder.

#include "common/Json.h"
#include "plugin/tables/TableExport.h"

#include <filesystem>
#include <string>
#include <vector>

namespace plugin::tables {

std::string manifestJson(const ExportSettings& settings, const Manifest& manifest);

/// Files that the manifest in a folder names, its spools among them; none when there is no readable manifest.
std::vector<std::string> filesOfManifest(const std::filesystem::path& folder);

/// Removes a file that a manifest names: a table of an earlier night, left there, would be uploaded again. A path that
/// leads elsewhere or is no file of ours stays.
void removeOfManifest(const std::filesystem::path& folder, const std::string& path);

/// How files and pairs stand in a manifest, for those who change one.
void writeFile(common::JsonWriter& json, const TableFile& file);
void writePair(common::JsonWriter& json, const TablePair& pair, const std::vector<TableFile>& files);

}  // namespace plugin::tables
