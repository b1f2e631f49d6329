#pragma once
/// What OpenAPI says of the operations of XapiApi.

#include "host/sdk/Http.h"

namespace host::xapi {

inline constexpr const char* kXapiSources = "/api/v1/organizations/{org}/xapi-sources";

sdk::RouteOptions listXapiRulesOptions();
sdk::RouteOptions getXapiRulesOptions();
sdk::RouteOptions listXapiSourcesOptions();
sdk::RouteOptions createXapiSourceOptions();
sdk::RouteOptions getXapiSourceOptions();
sdk::RouteOptions putXapiSourceOptions();
sdk::RouteOptions deleteXapiSourceOptions();
sdk::RouteOptions rotateXapiSourceOptions();
sdk::RouteOptions remapXapiSourceOptions();
sdk::RouteOptions retryXapiSourceOptions();
sdk::RouteOptions listXapiFormsOptions();
sdk::RouteOptions listXapiTroublesOptions();
sdk::RouteOptions listXapiStatementsOptions();
sdk::RouteOptions getXapiStatementOptions();

}  // namespace host::xapi
