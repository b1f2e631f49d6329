#pragma once
/// The platform's own pages: "/" says what this server is and signs people in, "/docs" shows the API and tries calls.
/// No script or style is inline and nothing comes from elsewhere, so that the strictest content policy holds.

#include "host/sdk/Http.h"

#include <vector>

namespace host::web {

[[nodiscard]] std::vector<sdk::Registration> registerWebPages(sdk::Router& router);

}  // namespace host::web
