#pragma once
/// REST of sign-in, people and tokens: /api/v1/session, /api/v1/users, /api/v1/tokens. Everything that changes
/// something is written to the journal.

#include "host/accounts/AccountStore.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"

#include <vector>

namespace host::accounts {

struct SessionCookie {
    bool secure = false;  ///< the Secure attribute: the server, or the proxy before it, speaks TLS
};

/// All arguments must outlive the registrations.
[[nodiscard]] std::vector<sdk::Registration> registerAccountsApi(sdk::Router& router, AccountStore& accounts,
                                                                 sdk::Journal& journal, SessionCookie cookie);

}  // namespace host::accounts
