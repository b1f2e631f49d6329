#pragma once
/// What a record says, as a hash: an unchanged one is recognised without comparing columns. Pure; thread-safe.

#include "host/records/RecordDraft.h"

#include <string>

namespace host::records {

/// 32 hex digits. Absent fields leave no trace, so a field added to the schema later changes no record.
std::string contentOf(const RecordDraft& draft);

}  // namespace host::records
