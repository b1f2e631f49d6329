#pragma once
/// A route of an OData connection, and the addresses it asks. OData 4.01 (OASIS), 3.0 and 2.0 (JSON verbose), and 1C's
/// 3.0 ("standard.odata"). Values.

#include "host/sdk/Sources.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::connectors {

enum class ODataDialect { V4, V3, V2, OneC };

/// How a value is written in $filter.
enum class EdmType { Unknown, DateTime, DateTimeOffset, Date, Integer, Long, Decimal, Double, Guid, Text };

struct ODataRoute {
    ODataDialect dialect = ODataDialect::V4;
    std::string entitySet;
    std::string filter;
    std::string orderBy;
    std::vector<std::string> key;  ///< empty: as $metadata says
    bool clientPaging = false;     ///< $top and $skip; else as the service pages
    std::size_t pageSize = 0;      ///< 0: as the service likes
    bool count = true;             ///< compare with what the service counts
    EdmType watermarkType = EdmType::Unknown;
    std::vector<std::pair<std::string, std::string>> options;  ///< of the query, besides OData's own

    /// \throws sdk::SourceError Configuration
    static ODataRoute from(const sdk::SourceValues& connection, const sdk::SourceValues& route);
    static std::vector<sdk::SourceField> fields();
    static std::vector<sdk::SourceField> connectionFields();

    bool isV4() const { return dialect == ODataDialect::V4; }
};

ODataDialect dialectOf(const sdk::SourceValues& connection);

/// What a column of a mapping is in the model: "Student/Name" with Student a navigation property is expanded, a complex
/// property is only chosen.
struct ODataColumn {
    std::vector<std::string> names;
    std::size_t expanded = 0;  ///< so many of the first names are navigation properties
};

struct ODataQuery {
    std::vector<ODataColumn> columns;
    std::string watermarkColumn;           ///< empty: none
    std::optional<std::string> watermark;  ///< a literal, see literalOf
    std::optional<std::size_t> top;
    std::size_t skip = 0;
    bool count = false;
};

/// \throws sdk::SourceError Configuration when `value` is none of the type; with Unknown, by its look
std::string literalOf(ODataDialect dialect, EdmType type, const std::string& value);

std::string queryUrl(const std::string& base, const ODataRoute& route, const ODataQuery& query);

/// "Edm.Int64" → Long.
EdmType edmType(std::string_view name);

/// "/Date(1347451200000)/" of JSON verbose as a clock's time, with "+0060" as RFC 3339; nullopt when it is no such
/// text.
std::optional<std::string> verboseDate(std::string_view text);

}  // namespace host::connectors
