#pragma once
/// How the quarantine is written for people: rows as JSON and CSV, causes and verdicts in Russian. Pure but for the
/// look-ups it is given.

#include "common/Json.h"
#include "plugin/api/Lists.h"
#include "plugin/api/RowNames.h"
#include "plugin/api/SourceRecords.h"
#include "plugin/store/QuarantineStore.h"

#include <string>
#include <vector>

namespace plugin::api {

/// One kind of cause, by refusalCause(): a short title, what it means, what to do.
struct CauseText {
    const char* cause;
    const char* title;
    const char* meaning;
    const char* fix;
};
/// Never fails: what is not known is told as «other».
const CauseText& causeText(const std::string& cause);
/// All codes, for a filter's choices.
std::vector<std::string_view> causes();

/// What will become of the row, given how its record stands; empty: nothing by itself.
std::string outlook(const store::QuarantineRow& row, SourceState source);

void writeRow(common::JsonWriter& json, const store::QuarantineRow& row, const SourceRecords& sources,
              const RecordNamesOf& names);
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
/// The Russian sentence of a verdict.
const char* verdictText(std::string_view verdict);

}  // namespace plugin::api
