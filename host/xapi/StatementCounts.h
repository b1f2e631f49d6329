#pragma once
/// What has become of the statements of a source, for people. Thread-safe.

#include "common/Cursor.h"
#include "host/sdk/Database.h"
#include "host/xapi/StatementRows.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::xapi {

struct FormCounts {
    std::string verb, activityType;
    std::array<std::int64_t, kStates> counts{};
    sdk::Micros latestAt = 0;  ///< when the latest of them was stored
};

/// By verb and activity type.
std::vector<FormCounts> countForms(sdk::Database& database, std::int64_t source);

struct SourceCounts {
    std::array<std::int64_t, kStates> counts{};
    std::optional<sdk::Micros> latestAt;  ///< nullopt: nothing has come
};
SourceCounts countSource(sdk::Database& database, std::int64_t source);

/// A record that a statement waits for.
struct MissingRecord {
    records::RecordKind kind = records::RecordKind::Learner;
    std::string externalId;
};
/// Read from what RecordWriter says of it; nullopt when the statement waits for something else.
std::optional<MissingRecord> missingRecord(const Trouble& trouble);

struct Troubles {
    std::vector<std::pair<StatementRow, Trouble>> items;
    std::string next;  ///< cursor
};
/// In the order in which they came.
Troubles troublesOf(sdk::Database& database, std::int64_t source, std::optional<State> state,
                    const common::PageRequest& page);

}  // namespace host::xapi
