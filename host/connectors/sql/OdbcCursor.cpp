/// ODBC by its own interface: Poco 1.11's Data::ODBC reserves a fixed room for every text and cuts fractions of times.

#include "host/connectors/sql/OdbcConnection.h"
#include "host/connectors/sql/SqlErrors.h"
#include "host/connectors/sql/TextDecoder.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <functional>

namespace host::connectors::sql {
namespace {

/// SQL Server's datetimeoffset and time(n); they are in its own header only.
constexpr SQLSMALLINT kTimestampOffset = -155;

enum class Shape { Text, Number, Float, Bool, Moment, Offset, Bytes };

Shape shapeOf(SQLSMALLINT type) {
    switch (type) {
        case SQL_BIT:
            return Shape::Bool;
        case SQL_TINYINT:
        case SQL_SMALLINT:
        case SQL_INTEGER:
        case SQL_BIGINT:
        case SQL_NUMERIC:
        case SQL_DECIMAL:
            return Shape::Number;
        case SQL_REAL:
        case SQL_FLOAT:
        case SQL_DOUBLE:
            return Shape::Float;
        case SQL_TYPE_TIMESTAMP:
            return Shape::Moment;
        case kTimestampOffset:
            return Shape::Offset;
        case SQL_BINARY:
        case SQL_VARBINARY:
        case SQL_LONGVARBINARY:
            return Shape::Bytes;
        default:
            return Shape::Text;
    }
}

/// Two bytes a unit, as unixODBC has them.
std::u16string wide(const std::string& utf8) {
    std::u16string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        char32_t point = size == 1 ? lead : lead & (0xffU >> (size + 1));
        for (std::size_t k = 1; k < size && i + k < utf8.size(); ++k)
            point = point << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3fU);
        i += size;
        if (point < 0x10000) {
            out += static_cast<char16_t>(point);
        } else {
            out += static_cast<char16_t>(0xd7c0 + (point >> 10));
            out += static_cast<char16_t>(0xdc00 | (point & 0x3ff));
        }
    }
    return out;
}

class OdbcCursor final : public Cursor {
public:
    OdbcCursor(Context& context, const Target& target, const SqlQuery& query)
        : connection_(context, target),
          utf16_("UTF-16LE"),
          named_(target.encoding),
          isNamed_(!target.encoding.empty()),
          maxCell_(context.settings.maxCell),
          onStop_(target.stop, [this] { SQLCancel(connection_.statement()); }) {
        if (query.sql.empty()) return;
        execute(query);
        SQLSMALLINT count = 0;
        check(SQLNumResultCols(connection_.statement(), &count));
        if (count == 0) throw writes();
        for (SQLUSMALLINT i = 1; i <= static_cast<SQLUSMALLINT>(count); ++i) describe(i);
    }

    ~OdbcCursor() override { SQLCancel(connection_.statement()); }
    OdbcCursor(const OdbcCursor&) = delete;
    OdbcCursor& operator=(const OdbcCursor&) = delete;

    const std::vector<std::string>& columns() const override { return columns_; }
    const std::vector<bool>& binary() const override { return binary_; }

    bool next(std::vector<Cell>& cells, std::optional<sdk::SourceProblem>& problem) override {
        const auto result = SQLFetch(connection_.statement());
        if (result == SQL_NO_DATA) return false;
        check(result);
        // From left to right: most drivers give cells in no other order.
        for (std::size_t i = 0; i < columns_.size(); ++i) readCell(i, cells[i], problem);
        return true;
    }

private:
    void check(SQLRETURN result) const {
        if (!SQL_SUCCEEDED(result)) connection_.fail(SQL_HANDLE_STMT, connection_.statement());
    }

    void execute(const SqlQuery& query) {
        auto sql = wide(query.sql);
        check(SQLPrepareW(connection_.statement(), reinterpret_cast<SQLWCHAR*>(sql.data()),
                          static_cast<SQLINTEGER>(sql.size())));
        std::vector<std::u16string> values;
        std::vector<SQLLEN> lengths(query.values.size());
        for (const auto& value : query.values) values.push_back(wide(value.value_or("")));
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto bytes = static_cast<SQLLEN>(values[i].size() * sizeof(char16_t));
            lengths[i] = query.values[i] ? bytes : SQL_NULL_DATA;
            check(SQLBindParameter(connection_.statement(), static_cast<SQLUSMALLINT>(i + 1), SQL_PARAM_INPUT,
                                   SQL_C_WCHAR, SQL_WVARCHAR, std::max<SQLULEN>(values[i].size(), 1), 0,
                                   values[i].data(), bytes, &lengths[i]));
        }
        const auto result = SQLExecute(connection_.statement());
        if (result != SQL_NO_DATA) check(result);
        SQLFreeStmt(connection_.statement(), SQL_RESET_PARAMS);
    }

    void describe(SQLUSMALLINT number) {
        std::array<char16_t, 512> name{};
        SQLSMALLINT length = 0;
        SQLSMALLINT type = 0;
        SQLULEN size = 0;
        SQLSMALLINT digits = 0;
        SQLSMALLINT nullable = 0;
        check(SQLDescribeColW(connection_.statement(), number, reinterpret_cast<SQLWCHAR*>(name.data()),
                              static_cast<SQLSMALLINT>(name.size()), &length, &type, &size, &digits, &nullable));
        std::string utf8;
        utf16_.decode({reinterpret_cast<const char*>(name.data()), static_cast<std::size_t>(length) * 2}, utf8);
        columns_.push_back(utf8);
        shapes_.push_back(shapeOf(type));
        binary_.push_back(shapes_.back() == Shape::Bytes);
    }

    /// All of a cell as the driver gives it in pieces. False: NULL.
    bool take(std::size_t i, SQLSMALLINT type, std::size_t terminator) {
        bytes_.clear();
        while (true) {
            SQLLEN length = 0;
            const auto result = SQLGetData(connection_.statement(), static_cast<SQLUSMALLINT>(i + 1), type,
                                           piece_.data(), static_cast<SQLLEN>(piece_.size()), &length);
            if (result == SQL_NO_DATA) return true;
            check(result);
            if (length == SQL_NULL_DATA) return false;
            const auto room = piece_.size() - terminator;
            const bool whole = length != SQL_NO_TOTAL && static_cast<std::size_t>(length) <= room;
            if (bytes_.size() <= maxCell_ * 2)
                bytes_.append(piece_.data(), whole ? static_cast<std::size_t>(length) : room);
            if (whole) return true;
        }
    }

    void readCell(std::size_t i, Cell& cell, std::optional<sdk::SourceProblem>& problem) {
        const auto complain = [&](sdk::SourceProblem found) {
            cell.reset();
            if (!problem) problem = std::move(found);
        };
        SQLLEN length = 0;
        const auto get = [&](SQLSMALLINT type, void* value, std::size_t size) {
            check(SQLGetData(connection_.statement(), static_cast<SQLUSMALLINT>(i + 1), type, value,
                             static_cast<SQLLEN>(size), &length));
            if (length == SQL_NULL_DATA) cell.reset();
            return length != SQL_NULL_DATA;
        };
        switch (shapes_[i]) {
            case Shape::Bytes:
                return cell.reset();
            case Shape::Bool: {
                unsigned char value = 0;
                if (get(SQL_C_BIT, &value, sizeof value)) cell = value != 0 ? "true" : "false";
                return;
            }
            case Shape::Float: {
                double value = 0;
                if (!get(SQL_C_DOUBLE, &value, sizeof value)) return;
                if (!std::isfinite(value)) return complain(notFinite(columns_[i], fmt::format("{}", value)));
                cell = fmt::format("{}", value);
                return;
            }
            case Shape::Moment: {
                SQL_TIMESTAMP_STRUCT t{};
                if (get(SQL_C_TYPE_TIMESTAMP, &t, sizeof t)) cell = clockTime(t);
                return;
            }
            case Shape::Number:
            case Shape::Offset:
                if (!take(i, SQL_C_CHAR, 1)) return cell.reset();
                cell = shapes_[i] == Shape::Number ? wholeNumber(bytes_) : zonedTime(bytes_);
                return;
            case Shape::Text:
                break;
        }
        if (!take(i, isNamed_ ? SQL_C_CHAR : SQL_C_WCHAR, isNamed_ ? 1 : 2)) return cell.reset();
        if (bytes_.size() > maxCell_) return complain(tooLarge(columns_[i], maxCell_));
        if (!cell) cell.emplace();
        const auto& decoder = isNamed_ ? named_ : utf16_;
        if (!decoder.decode(bytes_, *cell)) complain(notText(columns_[i], decoder.encoding()));
    }

    static std::string clockTime(const SQL_TIMESTAMP_STRUCT& t) {
        auto out =
            fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute, t.second);
        if (t.fraction != 0) out += fmt::format(".{:06}", t.fraction / 1000);
        return out;
    }

    /// SQL Server writes ".5" and Oracle "-.5".
    static std::string wholeNumber(std::string text) {
        if (text.starts_with('.')) text.insert(0, "0");
        if (text.starts_with("-.")) text.insert(1, "0");
        return text;
    }

    /// "2025-09-15 10:00:00.0000000 +03:00" → RFC 3339
    static std::string zonedTime(std::string text) {
        if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
        if (const auto blank = text.rfind(' '); blank != std::string::npos) text.erase(blank, 1);
        return text;
    }

    OdbcConnection connection_;
    TextDecoder utf16_;
    TextDecoder named_;
    bool isNamed_;
    std::size_t maxCell_;
    std::array<char, 8192> piece_{};
    std::string bytes_;
    std::vector<std::string> columns_;
    std::vector<Shape> shapes_;
    std::vector<bool> binary_;
    std::stop_callback<std::function<void()>> onStop_;  ///< last: it goes before what it cancels
};

}  // namespace

std::unique_ptr<Cursor> openOdbc(Context& context, const Target& target, const SqlQuery& query) {
    return std::make_unique<OdbcCursor>(context, target, query);
}

}  // namespace host::connectors::sql
