#pragma once
/// What the LRS gave back of a statement, as JSON: beside a statement and on a record's whole way. Pure.

#include "common/Json.h"
#include "plugin/store/ReadingStore.h"

#include <optional>

namespace plugin::api {

/// The schema of what `writeReading` writes, for a schema's text.
#define READING_SCHEMA                                                                                                \
    R"({"type":["object","null"],"description":"what the LRS gave back when it was last asked for it; null: never",)" \
    R"("properties":{"verdict":{"enum":["confirmed","late","missing","lost","differs","voided","cancelled"]},)"       \
    R"("at":{"type":"string","format":"date-time"},"timesMissing":{"type":"integer"},)"                               \
    R"("difference":{"type":["object","null"],"properties":{"pointer":{"type":"string"},"ours":{"type":"string"},)"   \
    R"("theirs":{"type":"string"}}}}})"

/// The member "readBack".
void writeReading(common::JsonWriter& json, const std::optional<store::Reading>& reading);

}  // namespace plugin::api
