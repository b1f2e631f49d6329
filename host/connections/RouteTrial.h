#pragma once
/// «Ten rows, as they would arrive»: what a route brings beside the records it becomes. Nothing is kept: records are
/// written in a transaction that is taken back, so that references are looked up and what is there already is told.

#include "common/Json.h"
#include "host/connections/Diagnosis.h"
#include "host/connections/RouteRun.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Sources.h"

#include <optional>
#include <string>
#include <vector>

namespace host::connections {

inline constexpr std::size_t kTrialRows = 10;

struct TrialAsked {
    std::optional<std::string> sample;  ///< of a kind that is brought to
    bool sends = false;                 ///< the request may change the source and is sent all the same
};

struct TrialRow {
    std::string place;
    std::vector<std::optional<std::string>> cells;
    std::string outcome;  ///< "created", "updated", "unchanged", "rejected", "skipped"
    std::string record;   ///< JSON; empty when the row becomes none
    std::vector<sources::RowError> errors;
};

struct Trial {
    std::vector<std::string> columns;
    std::vector<TrialRow> rows;
    std::vector<Diagnosis> diagnoses;
};

/// \throws SourceError of the reader
Trial tryRows(sdk::Database& database, const sdk::Clock& clock, const RouteRules& rules, sdk::SourceReader& reader);

/// `language`: of reasons and fixes.
void writeTrial(common::JsonWriter& json, const Trial& trial, const std::string& language);

}  // namespace host::connections
