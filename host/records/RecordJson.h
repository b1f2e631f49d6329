#pragma once
/// Records from and to JSON and CSV text. Pure; thread-safe.

#include "common/Json.h"
#include "host/records/RecordDraft.h"
#include "host/records/StrictJson.h"

#include <rapidjson/document.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace host::records {

/// A stored record with its references named, ready to be shown.
struct StoredRecord {
    std::int64_t id = 0;
    std::string source;
    std::string externalId;
    std::int64_t revision = 1;
    sdk::Micros changedAt = 0;
    bool deleted = false;
    std::vector<Value> values;  ///< references with id, source and external id; times as Int
};

/// Reads one item of a batch: "kind", "externalId" and the kind's fields. The draft carries what is wrong.
/// nullopt when the kind itself is missing or unknown; then `error` says so.
std::optional<RecordDraft> readBatchItem(const rapidjson::Value& item, sdk::FieldError& error);

/// Reads the body of a PUT of `current`: the kind's fields; identity may be repeated but not changed.
RecordDraft readReplacement(RecordKind kind, const rapidjson::Value& body, const StoredRecord& current);

/// Id, source and external id; or, of a draft that isn't stored, the external id alone.
enum class ReferenceForm { Whole, ExternalId };
void writeValue(common::JsonWriter& json, const FieldSpec& field, const Value& value, ReferenceForm form);

void writeRecord(common::JsonWriter& json, const KindSpec& kind, const StoredRecord& record);

std::string csvHeader(const KindSpec& kind);
/// One RFC 4180 line. A text that a spreadsheet would take for a formula gets a leading apostrophe.
void appendCsv(std::string& out, const KindSpec& kind, const StoredRecord& record);

}  // namespace host::records
