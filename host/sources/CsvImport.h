#pragma once
/// Brings a CSV file in by a mapping: a stream in, batches of a thousand rows a transaction, memory flat. A bad row
/// never stops the others; each is told with line, column, value, reason and what to do. Bringing the same file in
/// again changes nothing. Not thread-safe; several may run at a time.

#include "host/records/RecordStore.h"
#include "host/sources/CsvMapping.h"

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

namespace host::sources {

struct RowError {
    std::int64_t line = 0;  ///< of the file, 1-based, where the row begins
    std::string column;     ///< as in the header; empty when the whole row is meant
    std::string value;      ///< as in the file, cut to 100 characters
    std::string reason;
    std::string fix;
};

struct ImportReport {
    std::int64_t rows = 0;  ///< data rows seen; the sum of what follows
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t skipped = 0;  ///< by the mapping's conditions
    std::int64_t rejected = 0;
    std::int64_t errors = 0;  ///< a rejected row may have several
};

/// A mapping bound to the columns of one file.
class RowReader {
public:
    /// AppError 422 names the columns that the file lacks.
    RowReader(const CsvMapping& mapping, const std::vector<std::string>& header);

    bool isTaken(const CsvRow& row) const;
    records::RecordDraft read(const CsvRow& row) const;

    /// Where in the row a field's error lies.
    RowError locate(const CsvRow& row, const sdk::FieldError& error) const;
    std::size_t width() const { return header_.size(); }
    const std::string& column(std::size_t index) const;

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
    std::optional<std::string> textOf(const Text& text, const CsvRow& row, sdk::FieldError& error) const;
    records::Value timeOf(const Field& field, const std::string& text, const CsvRow& row, sdk::FieldError& error) const;
    void readField(const Field& field, const CsvRow& row, records::RecordDraft& draft) const;

    const CsvMapping& mapping_;
    std::vector<std::string> header_;
    Text externalId_;
    std::vector<Field> fields_;
    std::vector<Condition> conditions_;
};

class CsvImport {
public:
    CsvImport(records::RecordStore& store, const CsvMapping& mapping) : store_(store), mapping_(mapping) {}

    /// `onError` gets every error as it is found. AppError 422 when the file has no header or lacks columns, 400 when
    /// the stream breaks; what was brought in before stays.
    ImportReport run(const std::string& organization, std::istream& csv,
                     const std::function<void(const RowError&)>& onError);

private:
    records::RecordStore& store_;
    const CsvMapping& mapping_;
};

}  // namespace host::sources
