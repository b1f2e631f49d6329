#pragma once
/// What OpenAPI says of the receipts, how a person outside checks one included. Values.

#include "host/sdk/Http.h"

namespace plugin::api::docs {

host::sdk::Operation listReceipts();
host::sdk::Operation getReceipt();
host::sdk::Operation listReceiptStatements();
host::sdk::Operation verifyReceipts();

}  // namespace plugin::api::docs
