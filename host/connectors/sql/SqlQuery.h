#pragma once
/// A route's query: one SELECT, its named parameters (`:name`) told apart from the rest so that their values are bound,
/// never pasted, and the watermark put where it belongs. That nothing is written is the session's business first (a
/// read-only transaction); refusing everything else here gives the reason at once. Pure.

#include "host/connectors/sql/SqlScanner.h"
#include "host/sdk/Sources.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::connectors::sql {

/// Ready to be sent: parameters are bound in the order of `values`.
struct SqlQuery {
    std::string sql;
    std::vector<std::optional<std::string>> values;  ///< nullopt: NULL
};

/// A query cut at its parameters: pieces[0] parameters[0] pieces[1] …
struct ParsedQuery {
    std::vector<std::string> pieces;
    std::vector<std::string> parameters;

    bool uses(std::string_view name) const;
};

/// \throws sdk::SourceError Query, when it is anything but one SELECT or WITH … SELECT
ParsedQuery parseQuery(std::string_view sql, Dialect dialect);

/// The route's query with its parameters and the watermark. A query that uses `:watermark` itself is left as it is;
/// else it is wrapped so that rows come in the watermark's order and from it on. Rows without a watermark come every
/// time. \throws sdk::SourceError
SqlQuery planQuery(const sdk::SourceRequest& request, Dialect dialect);

/// "name" as this database quotes names.
std::string quotedName(std::string_view name, Dialect dialect);

/// A value that reads as a number, for databases that compare by the type of what is bound.
bool isInteger(std::string_view text);
bool isDecimal(std::string_view text);

}  // namespace host::connectors::sql
