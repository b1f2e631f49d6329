#include "host/sdk/Error.h"
#include "plugin/tables/CellText.h"
#include "plugin/tables/Sheets.h"
#include "plugin/tables/ZipReader.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <xlsxwriter.h>

namespace plugin::tables {
namespace {

constexpr std::int64_t kExact = std::int64_t{1} << 53;  ///< whole numbers up to here are exact in a double
constexpr double kDayMicros = 86'400e6;
constexpr double kUnixEpoch = 25'569;  ///< 1970-01-01 in Excel's days
constexpr auto kTimeFormat = "dd.mm.yyyy hh:mm:ss";
constexpr auto kSheetEntry = "xl/worksheets/sheet1.xml";
constexpr std::string_view kSheetEnd = "</worksheet>";
constexpr double kWideColumn = 18;

[[noreturn]] void failed(const std::filesystem::path& path, const std::string& why) {
    throw host::sdk::AppError(
        500, "tables.write",
        fmt::format("Table '{}' could not be written: {}; check free space and permissions of the module's folder.",
                    path.filename().string(), why));
}

void check(lxw_error error, const std::filesystem::path& path) {
    if (error != LXW_NO_ERROR) failed(path, lxw_strerror(error));
}

}  // namespace

struct XlsxSheet::Book {
    struct Close {
        void operator()(lxw_workbook* workbook) const noexcept { lxw_workbook_free(workbook); }
    };
    std::unique_ptr<lxw_workbook, Close> workbook;
    lxw_worksheet* sheet = nullptr;
    lxw_format* time = nullptr;
    lxw_row_t row = 0;
    std::size_t columns = 0;
    std::string text, escaped;
};

XlsxSheet::XlsxSheet(std::filesystem::path path, const std::string& name, const std::vector<std::string>& titles,
                     const footprint::ZoneTime& zone, const std::filesystem::path& scratch, host::sdk::Micros createdAt)
    : book_(std::make_unique<Book>()), name_(std::move(path)), zone_(&zone) {
    std::string folder = scratch.string();
    // Removed first: libxlsxwriter would take what a broken run left for a file of its own.
    std::error_code absent;
    std::filesystem::remove(name_.staged(), absent);
    lxw_workbook_options options{LXW_TRUE, folder.data(), LXW_FALSE};
    book_->workbook.reset(workbook_new_opt(name_.staged().c_str(), &options));
    if (!book_->workbook) failed(name_.path(), "no memory");
    lxw_doc_properties properties{};
    properties.created = static_cast<time_t>(createdAt / 1'000'000);
    check(workbook_set_properties(book_->workbook.get(), &properties), name_.path());
    // Excel's limit for a sheet's name.
    book_->sheet = workbook_add_worksheet(book_->workbook.get(), name.substr(0, LXW_SHEETNAME_MAX).c_str());
    if (book_->sheet == nullptr || book_->sheet->optimize_tmpfile == nullptr)
        failed(name_.path(), "its temporary file can't be made");
    book_->time = workbook_add_format(book_->workbook.get());
    if (book_->time == nullptr) failed(name_.path(), "no memory");
    format_set_num_format(book_->time, kTimeFormat);
    book_->columns = titles.size();
    const auto last = static_cast<lxw_col_t>(titles.size() - 1);
    check(worksheet_set_column(book_->sheet, 0, last, kWideColumn, nullptr), name_.path());
    worksheet_freeze_panes(book_->sheet, 1, 0);
    std::vector<Cell> header(titles.size());
    for (std::size_t i = 0; i < titles.size(); ++i) header[i] = {Cell::Type::Text, 0, 0, titles[i]};
    row(header);
}

XlsxSheet::~XlsxSheet() = default;

void XlsxSheet::keepAsText(std::size_t column) {
    auto* text = workbook_add_format(book_->workbook.get());
    if (text == nullptr) failed(name_.path(), "no memory");
    format_set_num_format(text, "@");
    const auto at = static_cast<lxw_col_t>(column);
    check(worksheet_set_column(book_->sheet, at, at, kWideColumn, text), name_.path());
}

void XlsxSheet::row(std::span<const Cell> cells) {
    Book& book = *book_;
    const auto text = [&](lxw_col_t column, std::string_view value) {
        book.text.assign(spreadsheetText(value, book.escaped));
        check(worksheet_write_string(book.sheet, book.row, column, book.text.c_str(), nullptr), name_.path());
    };
    lxw_col_t column = 0;
    for (const Cell& cell : cells) {
        switch (cell.type) {
            case Cell::Type::Empty:
                break;
            case Cell::Type::Text:
            case Cell::Type::Files:
                text(column, cell.text);
                break;
            case Cell::Type::Integer:
                if (cell.integer <= kExact && cell.integer >= -kExact) {
                    check(worksheet_write_number(book.sheet, book.row, column, static_cast<double>(cell.integer),
                                                 nullptr),
                          name_.path());
                    break;
                }
                [[fallthrough]];
            case Cell::Type::Identifier:
                text(column, fmt::format_int(cell.integer).c_str());
                break;
            case Cell::Type::Number:
                check(worksheet_write_number(book.sheet, book.row, column, cell.number, nullptr), name_.path());
                break;
            case Cell::Type::No:
                text(column, "нет");
                break;
            case Cell::Type::Yes:
                text(column, "да");
                break;
            case Cell::Type::Time:
                check(worksheet_write_number(book.sheet, book.row, column,
                                             static_cast<double>(zone_->local(cell.integer)) / kDayMicros + kUnixEpoch,
                                             book.time),
                      name_.path());
                break;
            case Cell::Type::Duration: {
                std::string duration;
                footprint::appendDuration(duration, cell.integer);
                text(column, duration);
                break;
            }
        }
        ++column;
    }
    ++book.row;
}

void XlsxSheet::finish() {
    Book& book = *book_;
    std::string all(LXW_MAX_CELL_RANGE_LENGTH, '\0');
    lxw_rowcol_to_range(all.data(), 0, 0, book.row - 1, static_cast<lxw_col_t>(book.columns - 1));
    check(worksheet_ignore_errors(book.sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all.c_str()), name_.path());
    // libxlsxwriter does not look whether its rows reached the disk.
    lxw_worksheet_write_single_row(book.sheet);
    FILE* rows = book.sheet->optimize_tmpfile;
    if (std::fflush(rows) != 0 || std::ferror(rows) != 0) writeFailed("written", name_.path(), errno);
    const auto rowBytes = std::ftell(rows);
    // Closing frees the workbook, whatever comes of it.
    check(workbook_close(book.workbook.release()), name_.path());
    // Nor whether the copy of them did: a full disk leaves a sheet that is well packed and cut short.
    const ZipReader zip(name_.staged());
    const ZipEntry* sheet = zip.find(kSheetEntry);
    if (sheet == nullptr || rowBytes < 0 || sheet->size <= static_cast<std::uint64_t>(rowBytes) ||
        !zip.endsWith(*sheet, kSheetEnd))
        failed(name_.path(), "the disk did not take all of it");
    book_.reset();
    name_.sync();
    bytes_ = static_cast<std::int64_t>(std::filesystem::file_size(name_.staged()));
    sha256_ = sha256OfFile(name_.staged());
}

void XlsxSheet::publish() {
    name_.publish();
}

}  // namespace plugin::tables
