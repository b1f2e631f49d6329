#pragma once
/// Names of learners' files in an archive: Latin letters, digits, dot, dash and underscore only, all lower-case,
/// without folders. Pure functions: the same file of the same learner always has the same name.

#include "plugin/tables/Cell.h"

#include <string>
#include <string_view>

namespace plugin::tables {

/// "100001-rabota-ivanova-71662bd35817bc32.pdf": unti_id, what the learner called it, 16 digits of its SHA-256.
std::string archiveName(std::string_view untiId, const RowFile& file);

/// Would deflating gain nothing: pictures, sound, films, archives?
bool isCompressed(const RowFile& file);

}  // namespace plugin::tables
