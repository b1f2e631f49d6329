/// MySQL and MariaDB by libmariadb's prepared statements, rows one by one from the socket: memory stays flat, and
/// values are bound. Poco's connector (Data::MySQL) stores the whole result first. Cells come in the column's own
/// character set: the server would silently make "?" of what it can't convert.

#include "host/connectors/sql/MariaConnection.h"
#include "host/connectors/sql/SqlErrors.h"
#include "host/connectors/sql/TextDecoder.h"

#include <fmt/format.h>

#include <cmath>
namespace host::connectors::sql {
namespace {

constexpr unsigned kBinaryCharset = 63;
constexpr std::size_t kFirstBuffer = 256;

enum class Shape { Nothing, Whole, Float, Double, Decimal, Text, Plain, Bit, Day, Moment, ZonedMoment, Bytes };

Shape shapeOf(const MYSQL_FIELD& field) {
    switch (field.type) {
        case MYSQL_TYPE_NULL:
            return Shape::Nothing;
        case MYSQL_TYPE_TINY:
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_LONGLONG:
        case MYSQL_TYPE_YEAR:
            return Shape::Whole;
        case MYSQL_TYPE_FLOAT:
            return Shape::Float;
        case MYSQL_TYPE_DOUBLE:
            return Shape::Double;
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL:
            return Shape::Decimal;
        case MYSQL_TYPE_BIT:
            return field.length == 1 ? Shape::Bit : Shape::Bytes;
        case MYSQL_TYPE_DATE:
        case MYSQL_TYPE_NEWDATE:
            return Shape::Day;
        case MYSQL_TYPE_DATETIME:
            return Shape::Moment;
        case MYSQL_TYPE_TIMESTAMP:
            return Shape::ZonedMoment;
        case MYSQL_TYPE_TIME:
        case MYSQL_TYPE_JSON:
            return Shape::Plain;
        case MYSQL_TYPE_GEOMETRY:
            return Shape::Bytes;
        default:
            return field.charsetnr == kBinaryCharset ? Shape::Bytes : Shape::Text;
    }
}

/// MySQL's character sets as iconv names them; those that are not here are read as UTF-8 and said to be none.
std::string iconvName(const std::string& characterSet) {
    static const std::map<std::string, std::string> kNames = {
        {"latin1", "CP1252"}, {"latin2", "ISO-8859-2"}, {"latin5", "ISO-8859-9"}, {"cp1251", "CP1251"},
        {"cp1250", "CP1250"}, {"koi8r", "KOI8-R"},      {"koi8u", "KOI8-U"},      {"cp866", "CP866"},
        {"ucs2", "UCS-2BE"},  {"utf16", "UTF-16BE"},    {"utf16le", "UTF-16LE"},  {"utf32", "UTF-32BE"},
        {"gbk", "GBK"},       {"sjis", "SJIS"},         {"cp932", "CP932"}};
    const auto found = kNames.find(characterSet);
    return found == kNames.end() ? "UTF-8" : found->second;
}

class MariaCursor final : public Cursor {
public:
    MariaCursor(Context& context, const Target& target, const SqlQuery& query)
        : connection_(context, target),
          maxCell_(context.settings.maxCell),
          statement_(mysql_stmt_init(connection_.get())) {
        check(mysql_stmt_prepare(statement_.get(), query.sql.data(), query.sql.size()));
        if (mysql_stmt_field_count(statement_.get()) == 0) throw writes();
        execute(query);
        // Only now: of a column that is a parameter's value nothing is known before.
        readColumns(target.encoding);
        bindCells();
    }

    /// Closing a statement would read all rows that are left, which may be millions.
    ~MariaCursor() override {
        if (!ended_) connection_.shutDown();
    }
    MariaCursor(const MariaCursor&) = delete;
    MariaCursor& operator=(const MariaCursor&) = delete;

    const std::vector<std::string>& columns() const override { return columns_; }
    const std::vector<bool>& binary() const override { return binary_; }

    bool next(std::vector<Cell>& cells, std::optional<sdk::SourceProblem>& problem) override {
        const int result = mysql_stmt_fetch(statement_.get());
        if (result == MYSQL_NO_DATA) {
            ended_ = true;
            return false;
        }
        if (result != 0 && result != MYSQL_DATA_TRUNCATED) check(result);
        for (std::size_t i = 0; i < columns_.size(); ++i) readCell(i, cells[i], problem);
        if (grown_ && mysql_stmt_bind_result(statement_.get(), binds_.data()) != 0) check(1);
        grown_ = false;
        return true;
    }

private:
    struct Slot {
        Shape shape = Shape::Text;
        std::size_t decoder = 0;
        bool isUnsigned = false;
        std::int64_t whole = 0;
        float single = 0;
        double number = 0;
        MYSQL_TIME time{};
        std::string buffer;
        unsigned long length = 0;
        my_bool isNull = 0;
        my_bool isCut = 0;
    };
    struct Close {
        void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
    };

    void check(int result) {
        if (result == 0) return;
        // What ends a result in the middle is told at the connection only.
        if (const unsigned code = mysql_stmt_errno(statement_.get()); code != 0)
            connection_.fail(code, mysql_stmt_error(statement_.get()));
        connection_.fail(mysql_errno(connection_.get()), mysql_error(connection_.get()));
    }

    void readColumns(const std::string& encoding) {
        const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> fields(
            mysql_stmt_result_metadata(statement_.get()), &mysql_free_result);
        if (!fields) throw writes();
        const unsigned count = mysql_num_fields(fields.get());
        slots_.resize(count);
        for (unsigned i = 0; i < count; ++i) {
            const MYSQL_FIELD& field = *mysql_fetch_field_direct(fields.get(), i);
            columns_.emplace_back(field.name, field.name_length);
            slots_[i].shape = shapeOf(field);
            slots_[i].isUnsigned = (field.flags & UNSIGNED_FLAG) != 0;
            // An encoding in the settings is for texts in columns that say Latin, or nothing, of what is none.
            const auto set = slots_[i].shape == Shape::Text ? connection_.characterSet(field.charsetnr) : std::string();
            const bool named =
                !encoding.empty() && (set == "latin1" || set == "ascii" || field.charsetnr == kBinaryCharset);
            if (named && slots_[i].shape == Shape::Bytes && field.type != MYSQL_TYPE_GEOMETRY &&
                field.type != MYSQL_TYPE_BIT)
                slots_[i].shape = Shape::Text;
            slots_[i].decoder = decoder(named ? encoding : iconvName(set));
            binary_.push_back(slots_[i].shape == Shape::Bytes);
        }
    }

    std::size_t decoder(const std::string& encoding) {
        for (std::size_t i = 0; i < decoders_.size(); ++i)
            if (decoders_[i].encoding() == encoding) return i;
        decoders_.emplace_back(encoding);
        return decoders_.size() - 1;
    }

    void execute(const SqlQuery& query) {
        std::vector<MYSQL_BIND> values(query.values.size());
        std::vector<long long> numbers(query.values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto& value = query.values[i];
            values[i].buffer_type = MYSQL_TYPE_NULL;
            if (!value) continue;
            if (isInteger(*value)) {  // a number compared with a text is compared as a double, without an index
                numbers[i] = std::stoll(*value);
                values[i].buffer_type = MYSQL_TYPE_LONGLONG;
                values[i].buffer = &numbers[i];
            } else {
                values[i].buffer_type = MYSQL_TYPE_STRING;
                values[i].buffer = const_cast<char*>(value->data());  // the library only reads it
                values[i].buffer_length = static_cast<unsigned long>(value->size());
            }
        }
        if (!values.empty() && mysql_stmt_bind_param(statement_.get(), values.data()) != 0) check(1);
        check(mysql_stmt_execute(statement_.get()));
    }

    void bindCells() {
        binds_.resize(slots_.size());
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            auto& slot = slots_[i];
            auto& bind = binds_[i];
            bind.is_null = &slot.isNull;
            bind.length = &slot.length;
            bind.error = &slot.isCut;
            const auto take = [&bind](enum_field_types type, void* buffer) {
                bind.buffer_type = type;
                bind.buffer = buffer;
            };
            switch (slot.shape) {
                case Shape::Whole:
                    take(MYSQL_TYPE_LONGLONG, &slot.whole);
                    bind.is_unsigned = slot.isUnsigned ? 1 : 0;
                    break;
                case Shape::Float:
                    take(MYSQL_TYPE_FLOAT, &slot.single);
                    break;
                case Shape::Double:
                    take(MYSQL_TYPE_DOUBLE, &slot.number);
                    break;
                case Shape::Day:
                    take(MYSQL_TYPE_DATE, &slot.time);
                    break;
                case Shape::Moment:
                case Shape::ZonedMoment:
                    take(MYSQL_TYPE_DATETIME, &slot.time);
                    break;
                default:
                    slot.buffer.resize(kFirstBuffer);
                    take(slot.shape == Shape::Bit || slot.shape == Shape::Bytes ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING,
                         slot.buffer.data());
                    bind.buffer_length = static_cast<unsigned long>(slot.buffer.size());
            }
        }
        if (!binds_.empty() && mysql_stmt_bind_result(statement_.get(), binds_.data()) != 0) check(1);
    }

    void readCell(std::size_t i, Cell& cell, std::optional<sdk::SourceProblem>& problem) {
        auto& slot = slots_[i];
        if (slot.isNull != 0 || slot.shape == Shape::Nothing || slot.shape == Shape::Bytes) return cell.reset();
        const auto complain = [&](sdk::SourceProblem found) {
            cell.reset();
            if (!problem) problem = std::move(found);
        };
        switch (slot.shape) {
            case Shape::Whole:
                cell = slot.isUnsigned ? fmt::format("{}", static_cast<std::uint64_t>(slot.whole))
                                       : fmt::format("{}", slot.whole);
                return;
            case Shape::Float:
                cell = fmt::format("{}", slot.single);
                return;
            case Shape::Double:
                if (!std::isfinite(slot.number))
                    return complain(notFinite(columns_[i], fmt::format("{}", slot.number)));
                cell = fmt::format("{}", slot.number);
                return;
            case Shape::Day:
            case Shape::Moment:
            case Shape::ZonedMoment:
                return readTime(slot, cell);
            default:
                break;
        }
        if (slot.length > maxCell_) return complain(tooLarge(columns_[i], maxCell_));
        if (slot.length > slot.buffer.size()) grow(i);
        const std::string_view bytes(slot.buffer.data(), slot.length);
        if (slot.shape == Shape::Bit) return void(cell = !bytes.empty() && bytes.back() != '\0' ? "true" : "false");
        if (!cell) cell.emplace();
        if (slot.shape == Shape::Decimal) return void(cell->assign(bytes));
        const auto& decoder = decoders_[slot.decoder];
        if (!decoder.decode(bytes, *cell)) complain(notText(columns_[i], decoder.encoding()));
    }

    /// Takes the whole of a cell that was cut, and room for the next one as long.
    void grow(std::size_t i) {
        auto& slot = slots_[i];
        slot.buffer.resize(slot.length * 2);
        binds_[i].buffer = slot.buffer.data();
        binds_[i].buffer_length = static_cast<unsigned long>(slot.buffer.size());
        check(mysql_stmt_fetch_column(statement_.get(), &binds_[i], static_cast<unsigned>(i), 0));
        grown_ = true;
    }

    /// "0000-00-00" is how this database writes that there is no date.
    void readTime(const Slot& slot, Cell& cell) const {
        const auto& t = slot.time;
        if (t.month == 0 || t.day == 0) return cell.reset();
        if (slot.shape == Shape::Day) return void(cell = fmt::format("{:04}-{:02}-{:02}", t.year, t.month, t.day));
        const bool zoned = slot.shape == Shape::ZonedMoment;
        cell = fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}", t.year, t.month, t.day, zoned ? 'T' : ' ', t.hour,
                           t.minute, t.second);
        if (t.second_part != 0) *cell += fmt::format(".{:06}", t.second_part);
        if (zoned) *cell += 'Z';
    }

    MariaConnection connection_;
    std::size_t maxCell_;
    std::unique_ptr<MYSQL_STMT, Close> statement_;
    std::vector<TextDecoder> decoders_;
    std::vector<std::string> columns_;
    std::vector<bool> binary_;
    std::vector<Slot> slots_;
    std::vector<MYSQL_BIND> binds_;
    bool grown_ = false;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<Cursor> openMaria(Context& context, const Target& target, const SqlQuery& query) {
    return std::make_unique<MariaCursor>(context, target, query);
}

}  // namespace host::connectors::sql
