#pragma once
/// What a list of records without a counterpart is narrowed to. Pure.

#include "host/sdk/Http.h"
#include "plugin/api/MatchApi.h"

#include <vector>

namespace plugin::api {

/// By `q`, `reason` and `rejected` of the query. \throws AppError 400 naming what is wrong.
void narrow(const host::sdk::Request& request, std::vector<MatchApi::Lacking>& all);

}  // namespace plugin::api
