#pragma once
/// What an LRS says beside the body. Pure.

#include "host/sdk/Clock.h"
#include "host/xapi/StatementRows.h"

#include <string>
#include <string_view>

namespace host::xapi {

inline constexpr std::string_view kXapiVersion = "1.0.3";

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string httpDate(sdk::Micros time);

/// The statement as a reader gets it: as it came, with id, stored, authority, timestamp and version, which are ours
/// where it has none; stored and authority always are.
std::string completed(const StatementRow& row, std::string_view body, std::string_view authority);

}  // namespace host::xapi
