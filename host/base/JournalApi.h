#pragma once
/// GET /api/v1/organizations/{org}/journal (its administrators) and GET /api/v1/journal (the server's).

#include "host/base/JournalStore.h"
#include "host/sdk/Http.h"

#include <vector>

namespace host::base {

/// `journal` must outlive the registrations.
[[nodiscard]] std::vector<sdk::Registration> registerJournalApi(sdk::Router& router, JournalStore& journal);

}  // namespace host::base
