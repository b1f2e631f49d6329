/// PostgreSQL by libpq in single-row mode: memory stays flat. Poco's connector takes the whole result into memory
/// whatever its limit says, cuts fractions of times, and reads a third as fast.

#include "host/connectors/sql/PostgresConnection.h"
#include "host/connectors/sql/SqlErrors.h"
#include "host/connectors/sql/TextDecoder.h"

namespace host::connectors::sql {
namespace {

/// Of pg_type.dat; they never change.
enum : Oid {
    kBool = 16,
    kBytea = 17,
    kFloat4 = 700,
    kFloat8 = 701,
    kBpchar = 1042,
    kDate = 1082,
    kTimestamp = 1114,
    kTimestampTz = 1184,
    kNumeric = 1700
};
constexpr Oid kWhole[] = {20, 21, 23, 26};

enum class Shape { Plain, Text, Bool, Number, Padded, Date, Time, ZonedTime, Bytes };

Shape shapeOf(Oid type) {
    switch (type) {
        case kBool:
            return Shape::Bool;
        case kBytea:
            return Shape::Bytes;
        case kFloat4:
        case kFloat8:
        case kNumeric:
            return Shape::Number;
        case kBpchar:
            return Shape::Padded;
        case kDate:
            return Shape::Date;
        case kTimestamp:
            return Shape::Time;
        case kTimestampTz:
            return Shape::ZonedTime;
        default:
            break;
    }
    for (const Oid one : kWhole)
        if (type == one) return Shape::Plain;
    return Shape::Text;
}

class PostgresCursor final : public Cursor {
public:
    PostgresCursor(Context& context, const Target& target, const SqlQuery& query)
        : connection_(context, target),
          decoder_(connection_.encoding()),
          maxCell_(context.settings.maxCell),
          sql_(query.sql) {
        send(query);
        fetch();
        const int count = PQnfields(row_.get());
        for (int i = 0; i < count; ++i) {
            std::string name;
            if (!decoder_.decode(PQfname(row_.get(), i), name)) name = PQfname(row_.get(), i);
            columns_.push_back(name);
            shapes_.push_back(shapeOf(PQftype(row_.get(), i)));
            binary_.push_back(shapes_.back() == Shape::Bytes);
        }
    }

    const std::vector<std::string>& columns() const override { return columns_; }
    const std::vector<bool>& binary() const override { return binary_; }

    bool next(std::vector<Cell>& cells, std::optional<sdk::SourceProblem>& problem) override {
        if (!held_) fetch();
        held_ = false;
        if (!row_ || PQntuples(row_.get()) == 0) return false;
        for (std::size_t i = 0; i < columns_.size(); ++i) readCell(i, cells[i], problem);
        return true;
    }

private:
    void send(const SqlQuery& query) {
        const auto sql = encodeText(query.sql, connection_.encoding());
        std::vector<std::string> texts;
        std::vector<const char*> values;
        for (const auto& value : query.values)
            texts.push_back(value ? encodeText(*value, connection_.encoding()) : std::string());
        for (std::size_t i = 0; i < texts.size(); ++i) values.push_back(query.values[i] ? texts[i].c_str() : nullptr);
        const int count = static_cast<int>(values.size());
        if (count > 0) connection_.prepare(sql, values.size());
        const int sent =
            count > 0 ? PQsendQueryPrepared(connection_.get(), PostgresConnection::kStatement, count, values.data(),
                                            nullptr, nullptr, 0)
                      : PQsendQueryParams(connection_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0);
        if (sent == 0 || PQsetSingleRowMode(connection_.get()) == 0) connection_.failConnection();
    }

    /// One row, or the empty result that ends them.
    void fetch() {
        if (ended_) return row_.reset();
        row_.reset(PQgetResult(connection_.get()));
        held_ = true;
        switch (PQresultStatus(row_.get())) {
            case PGRES_SINGLE_TUPLE:
                return;
            case PGRES_TUPLES_OK:
                ended_ = true;
                return;
            case PGRES_COMMAND_OK:
                throw writes();
            default:
                break;
        }
        if (!row_) connection_.failConnection();
        connection_.fail(row_.get(), sql_);
    }

    void readCell(std::size_t i, Cell& cell, std::optional<sdk::SourceProblem>& problem) {
        const int column = static_cast<int>(i);
        if (shapes_[i] == Shape::Bytes || PQgetisnull(row_.get(), 0, column) != 0) return cell.reset();
        std::string_view text(PQgetvalue(row_.get(), 0, column),
                              static_cast<std::size_t>(PQgetlength(row_.get(), 0, column)));
        const auto complain = [&](sdk::SourceProblem found) {
            cell.reset();
            if (!problem) problem = std::move(found);
        };
        if (text.size() > maxCell_) return complain(tooLarge(columns_[i], maxCell_));
        if (!cell) cell.emplace();
        switch (shapes_[i]) {
            case Shape::Bool:
                cell->assign(text == "t" ? "true" : "false");
                return;
            case Shape::Plain:
                cell->assign(text);
                return;
            case Shape::Number:
                if (text.ends_with('y') || text == "NaN") return complain(notFinite(columns_[i], text));
                cell->assign(text);
                return;
            case Shape::Padded:
                while (text.ends_with(' ')) text.remove_suffix(1);
                break;
            case Shape::Date:
            case Shape::Time:
            case Shape::ZonedTime:
                // 'infinity', and years before Christ or beyond 9999, are no moments of a course.
                if (text.ends_with('y') || text.ends_with('C') || text.size() < 10 || text[4] != '-')
                    return complain(beyondTime(columns_[i], text));
                cell->assign(text);
                if (shapes_[i] == Shape::ZonedTime && cell->ends_with("+00")) {
                    (*cell)[10] = 'T';
                    cell->resize(cell->size() - 3);
                    *cell += 'Z';
                }
                return;
            default:
                break;
        }
        if (!decoder_.decode(text, *cell)) complain(notText(columns_[i], decoder_.encoding()));
    }

    PostgresConnection connection_;
    TextDecoder decoder_;
    std::size_t maxCell_;
    std::string sql_;
    PgResult row_;
    bool held_ = false;  ///< row_ is fetched and not yet handed out
    bool ended_ = false;
    std::vector<std::string> columns_;
    std::vector<Shape> shapes_;
    std::vector<bool> binary_;
};

}  // namespace

std::unique_ptr<Cursor> openPostgres(Context& context, const Target& target, const SqlQuery& query) {
    return std::make_unique<PostgresCursor>(context, target, query);
}

}  // namespace host::connectors::sql
