/// SQLite files, by its own interface and not through Poco Data: Poco 1.11 opens for writing, and takes a cell's type
/// from the column's declaration, while SQLite's cells have types of their own ("abc" in an INTEGER column would come
/// as 0). Opened read-only; an authorizer lets nothing but reading through, so that not even another file is attached.

#include "host/connectors/sql/SqlErrors.h"
#include "host/connectors/sql/TextDecoder.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cmath>
#include <filesystem>
#include <map>

namespace host::connectors::sql {
namespace {

using sdk::SourceError;

struct Closer {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

int authorize(void*, int action, const char*, const char* second, const char*, const char*) {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_FUNCTION:
            return second != nullptr && std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
        default:
            return SQLITE_DENY;
    }
}

class SqliteCursor final : public Cursor {
public:
    SqliteCursor(Context& context, const Target& target, const SqlQuery& query)
        : target_(target),
          decoder_(target.encoding),
          maxCell_(context.settings.maxCell),
          deadline_(std::chrono::steady_clock::now() + target.timeout) {
        open();
        prepare(query);
    }

    const std::vector<std::string>& columns() const override { return columns_; }
    const std::vector<bool>& binary() const override { return binary_; }

    bool next(std::vector<Cell>& cells, std::optional<sdk::SourceProblem>& problem) override {
        const int code = sqlite3_step(statement_.get());
        if (code == SQLITE_DONE) return false;
        if (code != SQLITE_ROW) fail(code);
        for (std::size_t i = 0; i < columns_.size(); ++i) readCell(i, cells[i], problem);
        return true;
    }

private:
    void open() {
        sqlite3* database = nullptr;
        const int code = sqlite3_open_v2(target_.file.c_str(), &database,
                                         SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
        database_.reset(database);
        if (code != SQLITE_OK) fail(code);
        sqlite3_extended_result_codes(database, 0);
        sqlite3_busy_timeout(database, 5000);
        // A file that somebody else wrote may have views with functions that were never meant for this.
        sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_progress_handler(database, 10'000, &SqliteCursor::shouldStop, this);
        sqlite3_set_authorizer(database, &authorize, nullptr);
    }

    void prepare(const SqlQuery& query) {
        sqlite3_stmt* statement = nullptr;
        const int code = sqlite3_prepare_v2(database_.get(), query.sql.data(), static_cast<int>(query.sql.size()),
                                            &statement, nullptr);
        statement_.reset(statement);
        if (code != SQLITE_OK) fail(code);
        if (sqlite3_stmt_readonly(statement) == 0) throw writes();
        for (std::size_t i = 0; i < query.values.size(); ++i) bind(static_cast<int>(i + 1), query.values[i]);
        const int count = sqlite3_column_count(statement);
        for (int i = 0; i < count; ++i) columns_.emplace_back(sqlite3_column_name(statement, i));
        binary_.assign(columns_.size(), false);
    }

    /// SQLite compares by the type of what is bound: a text is greater than every number.
    void bind(int at, const std::optional<std::string>& value) {
        auto* statement = statement_.get();
        if (!value)
            sqlite3_bind_null(statement, at);
        else if (isInteger(*value))
            sqlite3_bind_int64(statement, at, std::stoll(*value));
        else if (isDecimal(*value))
            sqlite3_bind_double(statement, at, std::stod(*value));
        else
            sqlite3_bind_text(statement, at, value->data(), static_cast<int>(value->size()), SQLITE_TRANSIENT);
    }

    void readCell(std::size_t i, Cell& cell, std::optional<sdk::SourceProblem>& problem) {
        auto* statement = statement_.get();
        const int at = static_cast<int>(i);
        const auto complain = [&](sdk::SourceProblem found) {
            cell.reset();
            if (!problem) problem = std::move(found);
        };
        switch (sqlite3_column_type(statement, at)) {
            case SQLITE_NULL:
                cell.reset();
                return;
            case SQLITE_INTEGER:
                cell = fmt::format("{}", sqlite3_column_int64(statement, at));
                return;
            case SQLITE_FLOAT: {
                const double value = sqlite3_column_double(statement, at);
                if (!std::isfinite(value)) return complain(notFinite(columns_[i], fmt::format("{}", value)));
                cell = fmt::format("{}", value);
                return;
            }
            case SQLITE_BLOB:
                return complain(bytesProblem(columns_[i]));
            default:
                break;
        }
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, at));
        if (size > maxCell_) return complain(tooLarge(columns_[i], maxCell_));
        if (!cell) cell.emplace();
        if (!decoder_.decode({text, size}, *cell)) complain(notText(columns_[i], decoder_.encoding()));
    }

    static int shouldStop(void* self) {
        const auto& cursor = *static_cast<SqliteCursor*>(self);
        return cursor.target_.stop.stop_requested() || std::chrono::steady_clock::now() > cursor.deadline_ ? 1 : 0;
    }

    std::vector<std::string> names(const char* sql) {
        sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
        sqlite3_stmt* raw = nullptr;
        if (sqlite3_prepare_v2(database_.get(), sql, -1, &raw, nullptr) != SQLITE_OK) return {};
        const std::unique_ptr<sqlite3_stmt, Closer> statement(raw);
        std::vector<std::string> all;
        while (sqlite3_step(raw) == SQLITE_ROW && all.size() < 20'000)
            all.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(raw, 0)));
        return all;
    }

    [[noreturn]] void fail(int code) {
        if (target_.stop.stop_requested()) throw cancelled();
        const std::string message = sqlite3_errmsg(database_.get());
        const auto after = [&](std::string_view prefix) -> std::optional<std::string> {
            if (!message.starts_with(prefix)) return std::nullopt;
            const auto name = message.substr(prefix.size());
            const auto point = name.rfind('.');
            return point == std::string::npos ? name : name.substr(point + 1);
        };
        switch (code & 0xff) {
            case SQLITE_INTERRUPT:
                throw tooLong(target_);
            case SQLITE_AUTH:
            case SQLITE_READONLY:
                throw writes();
            case SQLITE_BUSY:
                throw unreachable(target_, "another program holds the file locked");
            case SQLITE_NOTADB:
                throw SourceError(SourceError::Kind::Format,
                                  fmt::format("The file '{}' is no SQLite database.", target_.database),
                                  "Check the file's name; an encrypted or copied-while-written file can't be read.");
            case SQLITE_CORRUPT:
                throw SourceError(SourceError::Kind::Format,
                                  fmt::format("The SQLite file '{}' is damaged.", target_.database),
                                  "Take it from a copy; a database is copied by its program or by sqlite3's .backup.");
            case SQLITE_CANTOPEN:
            case SQLITE_PERM:
                throw SourceError(SourceError::Kind::Rights,
                                  fmt::format("The server may not read the file '{}'.", target_.database),
                                  "Give the server's user the right to read the file and its folder.");
            case SQLITE_IOERR:
                throw interrupted(target_, message);
            default:
                break;
        }
        if (const auto name = after("no such column: "))
            throw noColumn(*name, names("SELECT DISTINCT c.name FROM sqlite_master m, pragma_table_info(m.name) c"));
        if (const auto name = after("no such table: "))
            throw noTable(*name, names("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"));
        throw notUnderstood(message);
    }

    Target target_;
    TextDecoder decoder_;
    std::size_t maxCell_;
    std::chrono::steady_clock::time_point deadline_;
    std::unique_ptr<sqlite3, Closer> database_;
    std::unique_ptr<sqlite3_stmt, Closer> statement_;
    std::vector<std::string> columns_;
    std::vector<bool> binary_;
};

}  // namespace

std::unique_ptr<Cursor> openSqlite(Context& context, const Target& target, const SqlQuery& query) {
    return std::make_unique<SqliteCursor>(context, target, query);
}

}  // namespace host::connectors::sql
