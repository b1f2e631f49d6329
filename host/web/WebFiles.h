#pragma once
/// The files of host/web/files and, where the pages were built, of host/web/dist, embedded when the program is built.

#include "common/EmbeddedFile.h"

namespace host::web {

const common::EmbeddedFiles& webFiles();

}  // namespace host::web
