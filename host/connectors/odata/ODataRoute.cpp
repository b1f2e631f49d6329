#include "host/connectors/odata/ODataRoute.h"

#include "common/Rfc3339.h"
#include "common/Text.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace host::connectors {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

[[noreturn]] void wrong(const std::string& detail, const std::string& fix) {
    throw SourceError(Kind::Configuration, detail, fix);
}

[[noreturn]] void wrongWatermark(const std::string& value, const char* what) {
    wrong(fmt::format("The watermark '{}' is not {}.", common::oneLine(value, 60), what),
          "Choose the type of the watermark's column in the route.");
}

bool isGuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = static_cast<char>(text[i] | 0x20);
        if (dash ? text[i] != '-' : !((text[i] >= '0' && text[i] <= '9') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

bool isNumber(std::string_view text, bool whole) {
    if (text.empty()) return false;
    double number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size()) return false;
    return text.find_first_not_of(whole ? "+-0123456789" : "+-0123456789.eE") == std::string_view::npos;
}

std::string textLiteral(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

/// "2025-09-15T10:00:00[.fff]" without zone, or nullopt.
std::optional<std::string> clockTime(const std::string& value) {
    if (!common::Rfc3339::parseLocal(value)) return std::nullopt;
    auto out = value;
    out[10] = 'T';
    return out;
}

EdmType lookOf(ODataDialect dialect, const std::string& value) {
    if (common::Rfc3339::parse(value)) return EdmType::DateTimeOffset;
    if (common::Rfc3339::parseLocal(value)) return EdmType::DateTime;
    if (common::Rfc3339::parseDate(value)) return dialect == ODataDialect::V4 ? EdmType::Date : EdmType::DateTime;
    if (isNumber(value, false)) return EdmType::Double;
    return isGuid(value) ? EdmType::Guid : EdmType::Text;
}

std::string timeLiteral(ODataDialect dialect, EdmType type, const std::string& value) {
    const bool v4 = dialect == ODataDialect::V4;
    const auto moment = common::Rfc3339::parse(value);
    if (v4 && moment) return common::Rfc3339::utc(*moment);
    if (v4) wrongWatermark(value, "a time with a zone, which OData 4 wants");
    if (type == EdmType::DateTimeOffset) {
        if (!moment) wrongWatermark(value, "a time with a zone");
        return fmt::format("datetimeoffset'{}'", common::Rfc3339::utc(*moment));
    }
    if (const auto local = clockTime(value)) return fmt::format("datetime'{}'", *local);
    if (common::Rfc3339::parseDate(value)) return fmt::format("datetime'{}T00:00:00'", value);
    // Edm.DateTime has no zone: only a time in UTC can have got its Z on the way.
    if (moment && value.back() == 'Z') return fmt::format("datetime'{}'", value.substr(0, value.size() - 1));
    wrongWatermark(value, "a clock's time without a zone");
}

std::string joinedNames(const ODataColumn& column, std::size_t from, std::size_t to) {
    return fmt::format("{}", fmt::join(column.names.begin() + static_cast<std::ptrdiff_t>(from),
                                       column.names.begin() + static_cast<std::ptrdiff_t>(to), "/"));
}

void addOnce(std::vector<std::string>& all, std::string one) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
}

/// OData 4: Student($select=Name;$expand=Group($select=Title))
struct Expansion {
    std::string name;
    std::vector<std::string> select;
    std::vector<Expansion> inner;

    void add(const ODataColumn& column, std::size_t depth) {
        if (depth == column.expanded) {
            addOnce(select, joinedNames(column, depth, column.names.size()));
            return;
        }
        for (auto& one : inner)
            if (one.name == column.names[depth]) return one.add(column, depth + 1);
        inner.push_back({column.names[depth], {}, {}});
        inner.back().add(column, depth + 1);
    }
    std::string text() const {
        std::vector<std::string> parts;
        for (const auto& one : inner) {
            std::string options;
            if (!one.select.empty()) options = fmt::format("$select={}", fmt::join(one.select, ","));
            if (const auto deeper = one.text(); !deeper.empty())
                options += fmt::format("{}$expand={}", options.empty() ? "" : ";", deeper);
            parts.push_back(options.empty() ? one.name : fmt::format("{}({})", one.name, options));
        }
        return fmt::format("{}", fmt::join(parts, ","));
    }
};

void appendShape(std::string& url, const ODataRoute& route, const ODataQuery& query) {
    if (query.columns.empty()) return;
    std::vector<std::string> select, expand;
    Expansion tree;
    for (const auto& column : query.columns) {
        tree.add(column, 0);
        if (route.isV4()) continue;
        addOnce(select, joinedNames(column, 0, column.names.size()));
        if (column.expanded > 0) addOnce(expand, joinedNames(column, 0, column.expanded));
    }
    if (route.isV4()) select = tree.select;
    const auto expanded = route.isV4() ? tree.text() : fmt::format("{}", fmt::join(expand, ","));
    if (!select.empty()) appendQuery(url, "$select", fmt::format("{}", fmt::join(select, ",")));
    if (!expanded.empty()) appendQuery(url, "$expand", expanded);
}

std::string orderOf(const ODataRoute& route, const ODataQuery& query) {
    std::vector<std::string> order;
    if (!query.watermarkColumn.empty()) order.push_back(query.watermarkColumn);
    if (query.watermarkColumn.empty() && !route.orderBy.empty()) order.push_back(route.orderBy);
    // $skip needs an order in which no two rows are equal.
    if (route.clientPaging)
        for (const auto& name : route.key) addOnce(order, name);
    return fmt::format("{}", fmt::join(order, ","));
}

}  // namespace

ODataDialect dialectOf(const sdk::SourceValues& connection) {
    const auto name = connection.text("dialect");
    if (name.empty() || name == "v4") return ODataDialect::V4;
    if (name == "v3") return ODataDialect::V3;
    if (name == "v2") return ODataDialect::V2;
    if (name == "1c") return ODataDialect::OneC;
    wrong(fmt::format("The dialect '{}' of OData is not known.", common::oneLine(name, 40)),
          "Choose v4, v3, v2 or 1c.");
}

ODataRoute ODataRoute::from(const sdk::SourceValues& connection, const sdk::SourceValues& route) {
    ODataRoute out;
    out.dialect = dialectOf(connection);
    out.entitySet = std::string(common::trim(route.text("entitySet")));
    while (!out.entitySet.empty() && out.entitySet.front() == '/') out.entitySet.erase(0, 1);
    if (out.entitySet.empty())
        wrong("The route names no entity set.", "Fill it in, as Results or Catalog_ФизическиеЛица.");
    out.filter = std::string(common::trim(route.text("filter")));
    out.orderBy = std::string(common::trim(route.text("orderBy")));
    const auto keys = route.text("key");
    for (const auto part : common::split(keys, ','))
        if (const auto name = common::trim(part); !name.empty()) out.key.emplace_back(name);
    const auto paging = route.text("paging");
    out.clientPaging =
        paging == "client" || ((paging.empty() || paging == "auto") && out.dialect == ODataDialect::OneC);
    out.pageSize = static_cast<std::size_t>(route.number("pageSize"));
    if (out.clientPaging && out.pageSize < 2) out.pageSize = 1000;
    out.count = route.text("count") != "false";
    const std::pair<const char*, EdmType> types[] = {
        {"datetime", EdmType::DateTime}, {"datetimeoffset", EdmType::DateTimeOffset},
        {"date", EdmType::Date},         {"number", EdmType::Double},
        {"long", EdmType::Long},         {"decimal", EdmType::Decimal},
        {"guid", EdmType::Guid},         {"text", EdmType::Text}};
    for (const auto& [name, type] : types)
        if (route.text("watermarkType") == name) out.watermarkType = type;
    if (const auto found = route.maps.find("options"); found != route.maps.end()) out.options = found->second;
    for (const auto& [name, value] : out.options)
        if (!name.empty() && name.front() == '$')
            wrong(fmt::format("The option '{}' is OData's own.", common::oneLine(name, 40)),
                  "Use the route's fields for it, or leave it out.");
    return out;
}

EdmType edmType(std::string_view name) {
    static const std::pair<std::string_view, EdmType> kTypes[] = {{"Edm.DateTimeOffset", EdmType::DateTimeOffset},
                                                                  {"Edm.DateTime", EdmType::DateTime},
                                                                  {"Edm.Date", EdmType::Date},
                                                                  {"Edm.Byte", EdmType::Integer},
                                                                  {"Edm.SByte", EdmType::Integer},
                                                                  {"Edm.Int16", EdmType::Integer},
                                                                  {"Edm.Int32", EdmType::Integer},
                                                                  {"Edm.Int64", EdmType::Long},
                                                                  {"Edm.Decimal", EdmType::Decimal},
                                                                  {"Edm.Double", EdmType::Double},
                                                                  {"Edm.Single", EdmType::Double},
                                                                  {"Edm.Guid", EdmType::Guid},
                                                                  {"Edm.String", EdmType::Text}};
    for (const auto& [text, type] : kTypes)
        if (text == name) return type;
    return EdmType::Unknown;
}

std::string literalOf(ODataDialect dialect, EdmType type, const std::string& value) {
    if (type == EdmType::Unknown) type = lookOf(dialect, value);
    const bool v4 = dialect == ODataDialect::V4;
    switch (type) {
        case EdmType::DateTime:
        case EdmType::DateTimeOffset:
            return timeLiteral(dialect, type, value);
        case EdmType::Date:
            if (!common::Rfc3339::parseDate(value.substr(0, 10))) wrongWatermark(value, "a date");
            return v4 ? value.substr(0, 10) : fmt::format("datetime'{}T00:00:00'", value.substr(0, 10));
        case EdmType::Integer:
        case EdmType::Long:
            if (!isNumber(value, true)) wrongWatermark(value, "a whole number");
            return type == EdmType::Long && !v4 ? value + "L" : value;
        case EdmType::Decimal:
        case EdmType::Double:
            if (!isNumber(value, false)) wrongWatermark(value, "a number");
            return type == EdmType::Decimal && !v4 ? value + "M" : value;
        case EdmType::Guid:
            if (!isGuid(value)) wrongWatermark(value, "a GUID");
            return v4 ? value : fmt::format("guid'{}'", value);
        default:
            return textLiteral(value);
    }
}

std::string queryUrl(const std::string& base, const ODataRoute& route, const ODataQuery& query) {
    // Parentheses and quotes stay: "Sales(1)/Lines", "Model.Function(x='1')".
    auto url = joined(base, percentEncoded(route.entitySet, "()/'=,.;:@%"));
    if (route.dialect == ODataDialect::OneC)
        url += "?$format=json;odata=nometadata";
    else if (route.dialect != ODataDialect::V4)
        appendQuery(url, "$format", "json");
    appendShape(url, route, query);
    auto filter = route.filter;
    if (query.watermark) {
        const auto newer = fmt::format("{} ge {}", query.watermarkColumn, *query.watermark);
        filter = filter.empty() ? newer : fmt::format("({}) and {}", filter, newer);
    }
    if (!filter.empty()) appendQuery(url, "$filter", filter);
    if (const auto order = orderOf(route, query); !order.empty()) appendQuery(url, "$orderby", order);
    if (query.top) appendQuery(url, "$top", std::to_string(*query.top));
    if (query.skip > 0) appendQuery(url, "$skip", std::to_string(query.skip));
    if (query.count) appendQuery(url, route.isV4() ? "$count" : "$inlinecount", route.isV4() ? "true" : "allpages");
    for (const auto& [name, value] : route.options) appendQuery(url, name, value);
    return url;
}

std::optional<std::string> verboseDate(std::string_view text) {
    if (text.size() < 9 || text.substr(0, 6) != "/Date(" || text.substr(text.size() - 2) != ")/") return std::nullopt;
    const auto inside = text.substr(6, text.size() - 8);
    std::int64_t millis = 0;
    const char* const end = inside.data() + inside.size();
    const auto [at, failed] = std::from_chars(inside.data(), end, millis);
    if (failed != std::errc() || millis > 253'402'300'799'000 || millis < -62'135'596'800'000) return std::nullopt;
    auto utc = common::Rfc3339::utc(millis * 1000);
    if (at != end) return utc;  // minutes of the offset follow: it was DateTimeOffset, and the moment is told in UTC
    utc.pop_back();
    return utc;
}

}  // namespace host::connectors
