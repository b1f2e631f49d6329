#include "host/sources/CsvSource.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace host::sources {

using sdk::AppError;

CsvSource::CsvSource(std::istream& csv, const common::CsvOptions& options) : reader_(csv, options) {
    if (!reader_.next(row_) || row_.problem)
        throw AppError::validation(
            "The file has no header.",
            {{"", row_.problem ? row_.problem->reason : "is empty",
              row_.problem ? row_.problem->fix : "Send a CSV file whose first row names the columns."}});
    columns_ = row_.cells;
}

bool CsvSource::next(sdk::SourceRow& row) {
    row.problem.reset();
    if (!reader_.next(row_)) {
        if (reader_.broken())
            throw sdk::SourceError(sdk::SourceError::Kind::Interrupted, "The file ended in the middle.",
                                   "Send it again.");
        return false;
    }
    char digits[24];
    row.place.assign("row ");
    row.place.append(digits, std::to_chars(digits, digits + sizeof(digits), row_.line).ptr);
    if (row_.problem) {
        const auto at = row_.problem->column;
        row.problem = {at < columns_.size() ? columns_[at] : "", row_.problem->reason, row_.problem->fix};
    } else if (row_.cells.size() != columns_.size()) {
        row.problem = {
            "", fmt::format("The row has {} values, the header {}", row_.cells.size(), columns_.size()),
            "Give each row as many values as the header has columns; put values with the delimiter in quotes."};
    }
    // Texts change places: neither side allocates them anew.
    row.cells.resize(row_.cells.size());
    for (std::size_t i = 0; i < row_.cells.size(); ++i) {
        if (!row.cells[i]) row.cells[i].emplace();
        row.cells[i]->swap(row_.cells[i]);
    }
    return true;
}

}  // namespace host::sources
