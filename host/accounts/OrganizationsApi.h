#pragma once
/// REST of organizations and projects: /api/v1/organizations, /api/v1/projects. Changes are written to the journal.

#include "host/accounts/OrganizationStore.h"
#include "host/accounts/ParticipationRules.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"

#include <vector>

namespace host::accounts {

/// All arguments must outlive the registrations.
[[nodiscard]] std::vector<sdk::Registration> registerOrganizationsApi(sdk::Router& router,
                                                                      OrganizationStore& organizations,
                                                                      const ParticipationRules& participation,
                                                                      sdk::Journal& journal);

}  // namespace host::accounts
