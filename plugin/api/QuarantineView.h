#pragma once
/// How the quarantine is written for people: rows as JSON and CSV. Pure but for the look-ups it is given.

#include "common/Json.h"
#include "plugin/api/Lists.h"
#include "plugin/api/QuarantineTexts.h"
#include "plugin/api/RowNames.h"
#include "plugin/api/SourceRecords.h"
#include "plugin/store/QuarantineStore.h"

#include <string>
#include <vector>

namespace plugin::api {

void writeRow(common::JsonWriter& json, const store::QuarantineRow& row, const SourceRecords& sources,
              const RecordNamesOf& names, bool russian);
void writeDecision(common::JsonWriter& json, const store::QuarantineDecision& decision);
host::sdk::Response quarantineCsv(const host::sdk::Request& request, const std::vector<store::QuarantineRow>& rows,
                                  const SourceRecords& sources, const std::vector<RecordNamesOf>& names,
                                  const std::optional<std::string>& next);

/// What became of one row that a person asked about.
struct QuarantineVerdict {
    std::string id;           ///< as it was asked
    std::string statementId;  ///< empty: there is none
    const char* verdict = "";
};

}  // namespace plugin::api
