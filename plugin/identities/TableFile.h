#pragma once
/// A table that a person gives as .xlsx or CSV: its title row, then its rows. Not thread-safe.

#include "common/CsvReader.h"
#include "common/xlsx/XlsxReader.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <vector>

namespace plugin::identities {

struct TableCell {
    std::string text;         ///< trimmed
    bool lostDigits = false;  ///< a number of more digits than a spreadsheet keeps
};

class TableFile {
public:
    static constexpr std::size_t kMaxRows = 50'000;

    /// Finds the sheet and the row of titles: of `sheet` when it is given, else the first of 10 with a column «Unti ID»
    /// in its first 20 rows, else the first row with anything.
    /// AppError 422: "xlsx.invalid", "csv.invalid", "table.empty", "table.no-sheet".
    TableFile(std::string bytes, const std::string& sheet);

    const std::vector<std::string>& sheets() const { return sheets_; }  ///< empty for CSV
    const std::string& sheet() const { return sheet_; }
    std::size_t titleRow() const { return titleRow_; }  ///< 1-based, as the spreadsheet counts
    const std::vector<std::string>& titles() const { return titles_; }

    using Row = std::function<void(std::size_t row, std::span<const TableCell> cells)>;
    /// Rows below the titles that hold something, padded to the titles; `row` is 1-based.
    /// \throws AppError 422, "table.too-long" beyond kMaxRows.
    void read(const Row& row);

private:
    using Raw = std::function<bool(std::size_t row, std::span<const TableCell> cells)>;
    void scan(std::size_t sheet, const Raw& row);
    void scanCsv(const Raw& row);
    bool findTitles(std::size_t sheet);

    std::istringstream file_;
    std::optional<common::xlsx::XlsxReader> workbook_;  ///< absent for CSV
    common::CsvOptions csv_;
    std::vector<std::string> sheets_;
    std::size_t sheetIndex_ = 0;
    std::string sheet_;
    std::size_t titleRow_ = 0;
    std::vector<std::string> titles_;
};

}  // namespace plugin::identities
