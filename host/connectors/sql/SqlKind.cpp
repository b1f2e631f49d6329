#include "host/connectors/sql/SqlKind.h"

#include "common/Sha256.h"
#include "host/connectors/sql/Endpoint.h"
#include "host/connectors/sql/SourceFiles.h"
#include "host/connectors/sql/SqlErrors.h"
#include "host/connectors/sql/SqlFields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace host::connectors::sql {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

Dialect dialectOf(const std::string& driver) {
    if (driver == "postgresql") return Dialect::Postgres;
    if (driver == "mysql") return Dialect::Mysql;
    return driver == "sqlite" ? Dialect::Sqlite : Dialect::Odbc;
}

std::unique_ptr<Cursor> openCursor(Context& context, const Target& target, const SqlQuery& query) {
    switch (dialectOf(target.driver)) {
        case Dialect::Postgres:
            return openPostgres(context, target, query);
        case Dialect::Mysql:
            return openMaria(context, target, query);
        case Dialect::Sqlite:
            return openSqlite(context, target, query);
        case Dialect::Odbc:
            break;
    }
    return openOdbc(context, target, query);
}

SourceFiles filesOf(const SqlSettings& settings, const sdk::SourceValues& connection) {
    return {settings, connection.text("filesFolder"), connection.text("filesLayout") != "plain"};
}

class SqlReader final : public sdk::SourceReader {
public:
    SqlReader(std::unique_ptr<Cursor> cursor, SourceFiles files, const sdk::SourceRequest& request)
        : cursor_(std::move(cursor)), files_(std::move(files)), stop_(request.stop), limit_(request.limit) {
        checkColumns(request.columns);
        findText(request.route.text("textColumn"));
    }

    const std::vector<std::string>& columns() const override { return cursor_->columns(); }

    bool next(sdk::SourceRow& row) override {
        if (limit_ != 0 && count_ == limit_) return false;
        if (stop_.stop_requested()) throw cancelled();
        row.cells.resize(columns().size());
        problem_.reset();
        row.problem.reset();
        if (!cursor_->next(row.cells, problem_)) return false;
        // A cell that nothing reads spoils no row.
        if (problem_ && isWanted(problem_->column)) row.problem = std::move(problem_);
        if (text_) keepText(row.cells[*text_]);
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), ++count_).ptr;
        row.place.assign("row ").append(digits.data(), end);
        return true;
    }

    std::unique_ptr<std::istream> openFile(const std::string& reference) override {
        if (text_ && reference == reference_) return std::make_unique<std::istringstream>(kept_);
        return files_.open(reference);
    }

private:
    void findText(const std::string& name) {
        if (name.empty()) return;
        const auto found = std::find(columns().begin(), columns().end(), name);
        if (found == columns().end())
            throw SourceError(Kind::Query,
                              fmt::format("The query gives no column '{}', which holds files' texts.", name),
                              "Correct the route's column with a file's text, or add it to the query.");
        // A trial opens no file: people are shown the text itself.
        if (limit_ == 0) text_ = static_cast<std::size_t>(found - columns().begin());
    }

    /// The bytes as they are stay here for openFile; the row gets a reference that is the same while they are.
    void keepText(Cell& cell) {
        reference_.clear();
        if (!cell || cell->empty()) return;
        kept_ = std::move(*cell);
        reference_ = "text:" + common::Sha256::hex(kept_);
        cell = reference_;
    }

    bool isWanted(const std::string& column) const {
        return wanted_.empty() || std::find(wanted_.begin(), wanted_.end(), column) != wanted_.end();
    }

    void checkColumns(const std::vector<std::string>& wanted) {
        wanted_ = wanted;
        const auto& have = columns();
        for (const auto& name : wanted) {
            const auto found = std::find(have.begin(), have.end(), name);
            // What is missing is told by who reads: with all columns that there are, and in a trial beside the rows.
            if (found == have.end()) continue;
            if (std::count(have.begin(), have.end(), name) > 1)
                throw SourceError(Kind::Query, fmt::format("The query gives the column '{}' more than once.", name),
                                  "Name them apart in the query, by AS.");
            if (cursor_->binary()[static_cast<std::size_t>(found - have.begin())])
                throw SourceError(Kind::Format, fmt::format("The column '{}' holds bytes, not text.", name),
                                  "Leave it out of the mapping, or let the query turn it into a text.");
        }
    }

    std::unique_ptr<Cursor> cursor_;
    SourceFiles files_;
    std::stop_token stop_;
    std::size_t limit_;
    std::size_t count_ = 0;
    std::vector<std::string> wanted_;
    std::optional<sdk::SourceProblem> problem_;
    std::optional<std::size_t> text_;  ///< column of files' texts
    std::string kept_, reference_;     ///< of the row that was given last
};

}  // namespace

SqlKind::SqlKind(SqlSettings settings) : context_(std::make_unique<Context>()) {
    context_->settings = std::move(settings);
}
SqlKind::~SqlKind() = default;

connections::KindFacts SqlKind::facts() const {
    return sqlFacts(context_->settings);
}

sdk::SourceDescription SqlKind::describe() const {
    return describeSql(context_->settings);
}

void SqlKind::check(const sdk::SourceRequest& request) {
    auto target = targetOf(request, context_->settings);
    target.timeout = std::min(target.timeout, std::chrono::seconds(30));
    filesOf(context_->settings, request.connection);
    // Oracle has no SELECT without a table: through ODBC signing in is the check.
    const bool asks = dialectOf(target.driver) != Dialect::Odbc;
    const auto cursor = openCursor(*context_, target, {asks ? "SELECT 1 AS one" : "", {}});
    if (!asks) return;
    std::vector<Cell> cells(cursor->columns().size());
    std::optional<sdk::SourceProblem> ignored;
    cursor->next(cells, ignored);
}

std::unique_ptr<sdk::SourceReader> SqlKind::open(const sdk::SourceRequest& request) {
    // The query first: a person should not wait for a connection to learn that it is refused.
    const auto query = planQuery(request, dialectOf(request.connection.text("driver")));
    const auto target = targetOf(request, context_->settings);
    auto files = filesOf(context_->settings, request.connection);
    return std::make_unique<SqlReader>(openCursor(*context_, target, query), std::move(files), request);
}

}  // namespace host::connectors::sql
