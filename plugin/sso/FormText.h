#pragma once
/// application/x-www-form-urlencoded and queries: RFC 3986's unreserved characters stay, everything else is
/// percent-encoded (Poco's own encoder leaves '+' and '=' as they are). Pure; thread-safe.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plugin::sso {

std::string percentEncoded(std::string_view text);

using FormFields = std::vector<std::pair<std::string, std::string>>;
/// "a=1&b=x%20y"
std::string formText(const FormFields& fields);
/// The fields of a form that a browser posts; broken escapes stay as they are.
FormFields parseForm(std::string_view body);
/// The first of that name; empty when there is none.
std::string fieldOf(const FormFields& fields, std::string_view name);

}  // namespace plugin::sso
