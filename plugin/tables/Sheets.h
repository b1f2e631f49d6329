#pragma once
/// The formats a table is written in. Both take the same cells; what a cell says is decided here and nowhere else.
/// Not thread-safe. A sheet that is destroyed without `publish()` leaves nothing behind.

#include "plugin/footprint/JsonText.h"
#include "plugin/tables/Cell.h"
#include "plugin/tables/StagedFile.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace plugin::tables {

/// Rows of data that XLSX holds beside the header.
inline constexpr std::int64_t kSpreadsheetRows = 1'048'575;

/// One CSV line with its CR and LF, RFC 4180. In text columns only, a value that begins with = + - @ tab or CR gets a
/// leading apostrophe so that a spreadsheet does not run it as a formula; taken away, it reads back equal.
void appendCsvLine(std::string& out, std::span<const Cell> cells, const footprint::ZoneTime& zone);

/// BOM and titles.
void appendCsvHeader(std::string& out, const std::vector<std::string>& titles);

/// A workbook of one sheet: numbers are numbers, times are Excel's days with a format, in the organization's time zone;
/// everything else is text, never a formula. Rows go to the disk as they come (libxlsxwriter's constant-memory mode);
/// its temporary files lie in `scratch` and have no name. What libxlsxwriter does not check is checked here: `finish()`
/// reads the sheet back.
///
/// libxlsxwriter writes numbers with 16 significant digits: one of 17 is rounded, as Excel itself shows 15.
class XlsxSheet {
public:
    XlsxSheet(std::filesystem::path path, const std::string& name, const std::vector<std::string>& titles,
              const footprint::ZoneTime& zone, const std::filesystem::path& scratch, host::sdk::Micros createdAt);
    ~XlsxSheet();
    XlsxSheet(const XlsxSheet&) = delete;
    XlsxSheet& operator=(const XlsxSheet&) = delete;

    /// What people type into this column stays as they type it: an id of 16 digits is none after a spreadsheet made a
    /// number of it.
    void keepAsText(std::size_t column);
    void row(std::span<const Cell> cells);
    void finish();
    void publish();

    /// After finish().
    std::int64_t bytes() const noexcept { return bytes_; }
    const std::string& sha256() const noexcept { return sha256_; }

private:
    struct Book;
    std::unique_ptr<Book> book_;
    StagedName name_;
    const footprint::ZoneTime* zone_;
    std::int64_t bytes_ = 0;
    std::string sha256_;
};

}  // namespace plugin::tables
