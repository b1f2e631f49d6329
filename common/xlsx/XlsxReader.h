#pragma once
/// Reads tables out of an .xlsx file (ECMA-376, transitional and strict) row by row, as Excel, LibreOffice, openpyxl
/// and libxlsxwriter write them. The file is not trusted: no DTD, nothing outside of it is opened, and every size is
/// limited. Not thread-safe.

#include "common/xlsx/Cell.h"

#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <vector>

namespace common::xlsx {

/// What is beyond a limit is an error that names it, never a shorter table.
struct Limits {
    std::size_t parts = 4096;                        ///< files within the zip
    std::uint64_t partBytes = 512ULL * 1024 * 1024;  ///< one of them unpacked
    std::size_t stringBytes = 128U * 1024 * 1024;    ///< the shared strings, which are kept in memory
    std::size_t markupBytes = 1024U * 1024;          ///< one tag or comment
    std::size_t cellBytes = 128U * 1024;             ///< the text of one cell (Excel: 32,767 characters)
    std::size_t depth = 64;                          ///< of XML
    std::size_t sheets = 256;
    std::size_t rows = 1'048'576;
    std::size_t columns = 2'000;       ///< with something in them
    std::uint64_t cells = 50'000'000;  ///< given out by one `read`, gaps within a row included
};

class XlsxReader {
public:
    /// Return false to end the reading. Cells stand at their column, gaps are Empty, the row ends with its last cell
    /// that is not Empty. The vector is reused.
    using Row = std::function<bool(std::size_t row, const std::vector<Cell>& cells)>;

    /// Reads the table of contents. `file` is seekable, outlives the reader and belongs to it meanwhile.
    /// AppError 422 "xlsx.invalid" when it is no .xlsx (an .xls, .xlsb, .ods or encrypted file is named as such).
    explicit XlsxReader(std::istream& file, const Limits& limits = {});
    ~XlsxReader();
    XlsxReader(const XlsxReader&) = delete;
    XlsxReader& operator=(const XlsxReader&) = delete;

    /// Names of the worksheets in the order of their tabs, hidden ones included; sheets of charts are left out.
    std::vector<std::string> sheets() const;

    /// Rows that the file holds, in order; `row` is 0-based and leaves out rows that the file leaves out. AppError 422
    /// "xlsx.invalid" names sheet and row; what the callback throws goes through. std::out_of_range for no such sheet.
    void read(std::size_t sheet, const Row& row);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace common::xlsx
