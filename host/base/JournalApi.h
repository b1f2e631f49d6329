#pragma once
/// GET /api/v1/organizations/{org}/journal (its administrators), GET /api/v1/journal (the server's) and
/// GET /api/v1/journal/verify, which proves the chain of its hashes.

#include "host/base/JournalChain.h"
#include "host/base/JournalStore.h"
#include "host/sdk/Http.h"

#include <vector>

namespace host::base {

/// `journal` must outlive the registrations.
[[nodiscard]] std::vector<sdk::Registration> registerJournalApi(sdk::Router& router, JournalStore& journal);

/// What GET /api/v1/journal/verify answers, and `lmsctl journal verify --direct --json`.
[[nodiscard]] std::string toJson(const JournalProof& proof);

}  // namespace host::base
