#pragma once
/// What the learner's pages have in common: their headers, redirects, cookies and words. For SsoPages' own files only.
/// Pure; thread-safe.

#include "host/sdk/Http.h"
#include "host/sdk/Records.h"
#include "plugin/api/SsoHtml.h"

#include <cstdint>
#include <string>

namespace plugin::api::pages {

bool russian(const host::sdk::Request& request);
std::string say(const host::sdk::Request& request, const char* ru, const char* en);
/// Pages of tokens and ids: kept nowhere, shown in no frame, and no other site learns the address.
host::sdk::Response page(const host::sdk::Request& request, const SsoPageText& text, int status = 200);
host::sdk::Response redirect(std::string where);
SsoPageText sorry(const host::sdk::Request& request);
/// Of a sign-in, by its number: two tabs don't disturb each other.
std::string cookieName(std::int64_t attempt);
std::string cookieOf(const host::sdk::Request& request, const std::string& name);
/// A digest is compared, so how long the comparison takes tells nothing of the secret.
bool isHashOf(const std::string& hash, const std::string& token);
std::string nameOf(const host::sdk::Learner& learner);
std::string testNote(const host::sdk::Request& request);

}  // namespace plugin::api::pages
