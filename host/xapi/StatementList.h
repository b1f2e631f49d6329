#pragma once
/// Statements of a source for people who write rules or look for a reason: by state, verb and activity type, the latest
/// first. Every page costs as many looks into an index as the source has forms and states, whatever the number of its
/// statements. Thread-safe.

#include "common/Cursor.h"
#include "host/sdk/Database.h"
#include "host/xapi/StatementRows.h"
#include "host/xapi/XapiSources.h"

#include <optional>
#include <string>
#include <vector>

namespace host::xapi {

struct StatementFilter {
    std::optional<State> state;
    std::optional<std::string> verb;
    std::optional<std::string> activityType;  ///< empty: those without one
};

struct ListedStatement {
    StatementRow row;
    std::string verb, activityType;
    std::string rule;  ///< the one that takes it by the rules as they are now; empty: none
};

struct StatementPage {
    std::vector<ListedStatement> items;
    std::string next;  ///< cursor
};

StatementPage listStatements(sdk::Database& database, const ActiveSource& source, const StatementFilter& filter,
                             const common::PageRequest& page);

/// Its bytes as they came, its id in either case; AppError 404.
std::string originalOf(sdk::Database& database, const ActiveSource& source, const std::string& statementId);

}  // namespace host::xapi
