#pragma once
/// «Разбить ещё»: a pair that University 2035's account could not take becomes two, with half of its rows each. The
/// rows come from the spool and the files from the pair's own archive, so nothing is asked of the database or of the
/// profile again, and the new pairs say together exactly what the old one said.

#include "host/sdk/Clock.h"

#include <filesystem>
#include <string>
#include <vector>

namespace plugin::tables {

/// Replaces the pair that `path` (a file as the manifest names it) belongs to, in the folder of its manifest. The new
/// files and then the manifest appear whole, the old files go last: whenever it is cut off, the manifest names files
/// that are there.
/// \return names of the new pairs.
/// \throws AppError 404 for no such file, 409 "export.not-splittable" with the reason, 500
/// "tables.write"/"tables.read".
std::vector<std::string> splitPair(const std::filesystem::path& folder, const std::string& path, host::sdk::Micros now);

}  // namespace plugin::tables
