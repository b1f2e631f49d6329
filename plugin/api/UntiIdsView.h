#pragma once
/// Imports of unti_ids as JSON and CSV, and what OpenAPI says of them. Pure; thread-safe.

#include "common/Json.h"
#include "plugin/api/Lists.h"
#include "plugin/identities/TableFile.h"
#include "plugin/store/UntiImportStore.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace plugin::api {

extern const char* const kUntiImportSchema;
extern const char* const kUntiImportExample;
extern const char* const kUntiRowSchema;
extern const char* const kUntiRowExample;
extern const char* const kUntiColumnsSchema;
extern const char* const kUntiColumnsExample;
extern const char* const kUntiApplySchema;
extern const char* const kUntiApplyExample;
extern const char* const kContradictionSchema;
extern const char* const kContradictionExample;

void writeImport(common::JsonWriter& json, const store::UntiImport& import,
                 const std::map<std::string, std::int64_t>* outcome = nullptr);
void writeImportCsvHeader(CsvText& csv);
void writeImportCsv(CsvText& csv, const store::UntiImport& import);
void writeRow(common::JsonWriter& json, const store::UntiRow& row);
void writeRowCsvHeader(CsvText& csv);
void writeRowCsv(CsvText& csv, const store::UntiRow& row);
std::string columnsText(const identities::TableFile& table, std::int64_t rows);

}  // namespace plugin::api
