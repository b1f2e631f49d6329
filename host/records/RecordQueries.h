#pragma once
/// Generic reads of any kind of record, for REST. Helpers of this folder, within one session.

#include "host/records/RecordJson.h"

#include <Poco/Data/Session.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::records {

struct Condition {
    std::string sql;  ///< with one "?" per value
    std::vector<std::string> texts;
    std::vector<std::int64_t> wholes;  ///< bound after the texts of the same condition
};

/// Whether a list can be narrowed by a value of this field: whole numbers and texts can be compared, the others not.
bool canFilterBy(const FieldSpec& field);

/// Conditions of a list from its query. AppError 400 names what is unknown or wrong.
std::vector<Condition> conditionsFrom(const KindSpec& kind,
                                      const std::vector<std::pair<std::string, std::string>>& filters);

/// Records in order of id, references named.
std::vector<StoredRecord> selectRecords(Poco::Data::Session& session, const std::string& organization,
                                        const KindSpec& kind, const std::vector<Condition>& conditions,
                                        std::int64_t afterId, std::size_t limit);

std::optional<StoredRecord> selectRecord(Poco::Data::Session& session, const std::string& organization,
                                         const KindSpec& kind, std::int64_t id);

}  // namespace host::records
