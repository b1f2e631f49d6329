#pragma once
/// What OpenAPI and /docs say of the wizard's operations.

#include "host/sdk/Http.h"

namespace plugin::api::docs {

host::sdk::Operation listIntegrations();
host::sdk::Operation getIntegration();
host::sdk::Operation getLetter();
host::sdk::Operation copyLetter();
host::sdk::Operation sendLetter();
host::sdk::Operation openIntegration();
host::sdk::Operation selectStage();
host::sdk::Operation continueStage();
host::sdk::Operation checkStage();
host::sdk::Operation getCheck();
host::sdk::Operation followCheck();
host::sdk::Operation disconnectIntegration();
host::sdk::Operation replaceCredential();
host::sdk::Operation getScope();
host::sdk::Operation putScope();
host::sdk::Operation getEndpoints();
host::sdk::Operation putEndpoints();

}  // namespace plugin::api::docs
