#pragma once
/// What a statement that was sent is about, read from its frozen bytes.

#include "plugin/store/OutboxStore.h"

#include <string>

namespace plugin::delivery {

/// The activity id of its object, or of the object of the statement it refers to; empty when that is not on record.
std::string sentObject(store::OutboxStore& outbox, const std::string& storeId, const std::string& statementId);

}  // namespace plugin::delivery
