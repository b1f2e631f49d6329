#pragma once
/// Addresses of the sign-in on this server, and the lint of a redirect_uri against them. Pure; thread-safe.

#include "host/sdk/Http.h"
#include "plugin/sso/RedirectUri.h"
#include "plugin/store/SsoStore.h"

#include <string>
#include <vector>

namespace plugin::api {

/// Where University 2035 sends the browser back to, below this server's address.
std::string ssoCallbackPath(const std::string& organization, const std::string& contour);
/// The address of a personal page; empty when the client's redirect_uri is none of ours.
std::string ssoLinkUrl(const store::SsoClientRow& client, const std::string& token);
/// What is wrong with a redirect_uri: by itself, and compared with the callback at the address by which `request` came.
std::vector<sso::Finding> ssoRedirectFindings(const host::sdk::Request& request, const std::string& redirectUri,
                                              const std::string& organization, const std::string& contour);
/// "https://lms.example.org" by Host and X-Forwarded-Proto: what the person sees in the address bar, most likely.
std::string addressOf(const host::sdk::Request& request);

}  // namespace plugin::api
