#pragma once
/// The module's pages: their entries in the platform's menu, and the files behind them at /assets/u2035/. HTTP to
/// values and back, nothing else.

#include "common/EmbeddedFile.h"
#include "host/sdk/Http.h"
#include "host/sdk/Pages.h"

#include <vector>

namespace plugin::web {

/// The files of plugin/web/dist, embedded when the module is built.
const common::EmbeddedFiles& webFiles();

[[nodiscard]] std::vector<host::sdk::Registration> registerPages(host::sdk::Pages& pages, host::sdk::Router& router);

}  // namespace plugin::web
