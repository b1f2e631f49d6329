#pragma once
/// AppError as RFC 9457 problem+json. Pure.

#include "host/sdk/Error.h"
#include "host/sdk/Http.h"

#include <string_view>

namespace host::http {

/// `instance` is the request's path, left out when empty.
sdk::Response problem(const sdk::AppError& error, std::string_view instance, std::string_view requestId);

}  // namespace host::http
