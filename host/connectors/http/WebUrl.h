#pragma once
/// Addresses as text: put together and taken apart without changing what stands in them. Pure; thread-safe.

#include <string>
#include <string_view>

namespace host::connectors {

/// Everything but RFC 3986's unreserved characters and those of `keep` as %XX.
std::string percentEncoded(std::string_view text, std::string_view keep = {});

/// As a person writes it: blanks and what is not ASCII become %XX, the rest stays ("%20" too).
std::string typedEncoded(std::string_view text);

/// Adds "?name=value" or "&name=value". "$" stays in names: OData's options.
void appendQuery(std::string& url, std::string_view name, std::string_view value);

/// "https://h/api" and "results": one slash between them. A path that is a whole address stays as it is.
std::string joined(std::string_view base, std::string_view path);

/// A reference against an absolute address: RFC 3986, section 5.2.
std::string resolved(const std::string& base, std::string_view reference);

/// "https://host:443": scheme, host and port, lower case; empty when it is no http(s) address.
std::string originOf(std::string_view url);

/// What may be shown: without the query and without user names, both can hold secrets.
std::string shownUrl(std::string_view url);

}  // namespace host::connectors
