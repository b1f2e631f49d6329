#pragma once
/// What goes wrong with a database, in words: what failed, on what, why, and what to do. The drivers find out which of
/// these it is; the words are here so that every database says the same. Pure.

#include "host/connectors/sql/Cursor.h"
#include "host/sdk/Sources.h"

#include <string>
#include <string_view>
#include <vector>

namespace host::connectors::sql {

/// "'moodle' at db.example.org:5432", or the file's name.
std::string placeOf(const Target& target);

sdk::SourceError unreachable(const Target& target, std::string_view reason);
sdk::SourceError badTls(const Target& target, std::string_view reason);
sdk::SourceError wrongCredentials(const Target& target);
sdk::SourceError noAccess(const Target& target, std::string_view said);
sdk::SourceError noDatabase(const Target& target);
sdk::SourceError tooManyConnections(const Target& target);
/// `known`: what there is, for the nearest name; may be empty.
sdk::SourceError noTable(std::string_view name, const std::vector<std::string>& known);
sdk::SourceError noColumn(std::string_view name, const std::vector<std::string>& known);
sdk::SourceError noRight(std::string_view said);
sdk::SourceError notUnderstood(std::string_view said);
sdk::SourceError badData(std::string_view said);
sdk::SourceError writes();
sdk::SourceError tooLong(const Target& target);
sdk::SourceError interrupted(const Target& target, std::string_view said);
sdk::SourceError cancelled();

/// Problems of one cell.
sdk::SourceProblem notText(const std::string& column, const std::string& encoding);
sdk::SourceProblem bytesProblem(const std::string& column);
sdk::SourceProblem tooLarge(const std::string& column, std::size_t limit);
sdk::SourceProblem notFinite(const std::string& column, std::string_view value);
sdk::SourceProblem beyondTime(const std::string& column, std::string_view value);

}  // namespace host::connectors::sql
