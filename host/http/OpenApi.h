#pragma once
/// OpenAPI 3.1 written from the routes themselves, so that it can't differ from them. Routes without an operation id
/// (pages, assets) are left out.

#include "host/http/RouterImpl.h"

#include <string>

namespace host::http {

/// The document as JSON text. The router has refused schemas and examples that are no JSON; the example of a body that
/// is no JSON is shown as text.
std::string openApi(const std::vector<RouterImpl::Description>& routes, const std::string& version);

/// GET /api/v1/openapi.json, made anew when routes came or went. `router` must outlive the registration.
[[nodiscard]] sdk::Registration registerOpenApi(RouterImpl& router, const std::string& version);

/// GET /api/v1/server: name and version, for anybody; the cheapest answer there is.
[[nodiscard]] sdk::Registration registerServerApi(sdk::Router& router, const std::string& version);

}  // namespace host::http
