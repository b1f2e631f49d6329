#pragma once
/// Reads back statements that earlier stores of a project have accepted, with the credentials that are being checked:
/// what the LRS itself says about which store this is. Blocks; thread-safe.

#include "host/sdk/OutboundHttp.h"
#include "plugin/CheckStep.h"
#include "plugin/integration/IntegrationState.h"
#include "plugin/lrs/LrsClient.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace plugin::api {

/// What one earlier store is known to have.
struct KnownStatements {
    std::string storeId;
    bool test = false;  ///< it was declared the test contour: to find its statements here is a failure
    bool own = false;   ///< it is the store whose key is replaced: to miss them all is a failure
    std::vector<std::string> ids;
};

struct KnownReading {
    std::vector<integration::StoreEvidence> evidence;
    CheckStep step;  ///< failed only where it is certain that this is the wrong store
};

/// `left`: how much time there is still; no statement is asked for without it.
KnownReading readKnown(host::sdk::OutboundHttp& http, lrs::Settings settings, const std::vector<KnownStatements>& known,
                       const std::function<std::chrono::milliseconds()>& left, const std::stop_token& stop);

}  // namespace plugin::api
