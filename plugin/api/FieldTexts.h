#pragma once
/// Reasons and remedies of wrong fields in Russian. Parsers speak English; what isn't known here stays as it is. Pure.

#include <string>

namespace plugin::api {

std::string fieldTextInRussian(const std::string& english);

}  // namespace plugin::api
