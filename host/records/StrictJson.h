#pragma once
/// Records as a client sends them: JSON that is taken to the letter or refused. Stateless.

#include <rapidjson/document.h>

#include <string_view>

namespace host::records {

/// Parses strictly: UTF-8, at most 32 levels, whole numbers of 64 bits to the last digit and others as the nearest
/// double. AppError 400 "bad-json". The document owns its texts; one that `CopyFrom` takes of it lives no longer.
rapidjson::Document parseStrict(std::string_view text);

}  // namespace host::records
