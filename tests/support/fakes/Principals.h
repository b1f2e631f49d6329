#pragma once
/// Who asks.

#include "host/sdk/Http.h"

#include <string>

namespace tests {

inline host::sdk::Principal withRole(const std::string& organization, host::sdk::Role role,
                                     const std::string& login = "anna") {
    host::sdk::Principal p;
    p.login = login;
    p.signedIn = true;
    p.roles[organization] = role;
    return p;
}

inline host::sdk::Principal asAdmin(const std::string& organization, const std::string& login = "anna") {
    return withRole(organization, host::sdk::Role::OrganizationAdmin, login);
}

inline host::sdk::Principal asServerAdmin() {
    host::sdk::Principal p;
    p.login = "root";
    p.signedIn = true;
    p.serverAdmin = true;
    return p;
}

}  // namespace tests
