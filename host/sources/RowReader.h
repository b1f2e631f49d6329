#pragma once
/// A mapping bound to the columns of one source: rows in, drafts of records out, and where in a row an error lies.
/// Every kind of source comes through here: a CSV file, a query, pages of JSON. Immutable once made; the mapping must
/// outlive it. Not shared between threads.

#include "host/sdk/Sources.h"
#include "host/sources/CsvMapping.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace host::sources {

struct RowError {
    std::string place;   ///< for people: "row 17", "page 3, item 5"
    std::string column;  ///< as the source names it; empty when the whole row is meant
    std::string value;   ///< as in the source, cut to 100 characters
    std::string reason;
    std::string fix;
    std::int64_t line = 0;  ///< of a file, 1-based, where the row begins; 0 elsewhere
};

class RowReader {
public:
    /// `what` the columns are of: "file", "source". AppError 422 names the columns that are absent, with the nearest.
    RowReader(const CsvMapping& mapping, const std::vector<std::string>& columns, std::string_view what = "file");

    bool isTaken(const sdk::SourceRow& row) const;
    /// The row must have as many cells as there are columns, and no problem.
    records::RecordDraft read(const sdk::SourceRow& row) const;

    /// Where in the row a field's error lies.
    RowError locate(const sdk::SourceRow& row, const sdk::FieldError& error) const;
    /// The error that the row's own problem is.
    RowError problemOf(const sdk::SourceRow& row) const;
    std::size_t width() const { return columns_.size(); }
    const std::vector<std::string>& columns() const { return columns_; }
    /// The cell of a column, nullopt when the source has no value; AppError 500 for a column that is not there.
    const std::optional<std::string>& cell(const sdk::SourceRow& row, const std::string& column) const;
    /// The external id of a row with a problem elsewhere; nullopt when it can't be told.
    std::optional<std::string> identify(const sdk::SourceRow& row) const;
    /// What the mapping takes for a file's bytes; empty when there is none.
    std::string contentReference(const sdk::SourceRow& row) const;

private:
    struct Piece {
        std::string text;
        std::size_t column = 0;
        bool isColumn = false;
    };
    struct Text {
        std::vector<Piece> pieces;
        const TextRule* rule = nullptr;
    };
    struct Field {
        Text text;
        const FieldRule* rule = nullptr;
        std::size_t baseColumn = 0;
    };
    struct Condition {
        std::size_t column = 0;
        const RowCondition* rule = nullptr;
    };

    std::size_t indexOf(const std::string& name) const;
    Text bind(const TextRule& rule) const;
    bool isMissing(std::string_view text) const { return mapping_.missing.find(text) != mapping_.missing.end(); }
    /// nullopt: missing; or wrong, then `error` is set.
    std::optional<std::string> textOf(const Text& text, const sdk::SourceRow& row, sdk::FieldError& error) const;
    records::Value timeOf(const Field& field, const std::string& text, const sdk::SourceRow& row,
                          sdk::FieldError& error) const;
    void readField(const Field& field, const sdk::SourceRow& row, records::RecordDraft& draft) const;

    const CsvMapping& mapping_;
    std::vector<std::string> columns_;
    Text externalId_;
    Text content_;
    std::vector<Field> fields_;
    std::vector<Condition> conditions_;
};

/// At most 100 characters, "…" where something was left out.
std::string shownValue(std::string_view text);

}  // namespace host::sources
