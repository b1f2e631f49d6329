#include "plugin/identities/TableFile.h"

#include "common/Text.h"
#include "host/sdk/Error.h"
#include "plugin/identities/Columns.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::identities {
namespace {

using host::sdk::AppError;

constexpr std::size_t kTitleRows = 20;  // a list may begin with a heading
constexpr std::size_t kSheets = 10;

common::xlsx::Limits limits() {
    common::xlsx::Limits limits;
    limits.partBytes = 128U * 1024 * 1024;
    limits.stringBytes = 64U * 1024 * 1024;
    limits.columns = 500;
    limits.cells = 10'000'000;
    return limits;
}

bool holdsSomething(std::span<const TableCell> cells) {
    return std::any_of(cells.begin(), cells.end(), [](const TableCell& cell) { return !cell.text.empty(); });
}

/// By the first line: Excel's Russian edition writes semicolons.
char delimiterOf(std::string_view bytes) {
    const auto line = bytes.substr(0, bytes.find_first_of("\r\n"));
    char best = ',';
    for (const char c : {',', ';', '\t'})
        if (std::count(line.begin(), line.end(), c) > std::count(line.begin(), line.end(), best)) best = c;
    return best;
}

bool isXlsx(std::string_view bytes) {
    return bytes.starts_with("PK") || bytes.starts_with("\xD0\xCF\x11\xE0");
}

}  // namespace

TableFile::TableFile(std::string bytes, const std::string& sheet) {
    if (common::trim(bytes).empty())
        throw AppError(422, "table.empty", "The file is empty; give the list as .xlsx or CSV.");
    const bool isWorkbook = isXlsx(bytes);
    if (!isWorkbook) {
        csv_.delimiter = delimiterOf(bytes);
        csv_.encoding = common::isUtf8(bytes) ? common::CsvEncoding::Utf8 : common::CsvEncoding::Windows1251;
    }
    file_ = std::istringstream(std::move(bytes));
    if (isWorkbook) sheets_ = workbook_.emplace(file_, limits()).sheets();
    if (!sheet.empty()) {
        const auto found = std::find(sheets_.begin(), sheets_.end(), sheet);
        if (found == sheets_.end())
            throw AppError(
                422, "table.no-sheet",
                fmt::format("The file has no sheet '{}'; it has: {}.", common::beginning(sheet, 100),
                            sheets_.empty() ? "none, it is CSV" : fmt::format("{}", fmt::join(sheets_, ", "))));
        sheetIndex_ = static_cast<std::size_t>(found - sheets_.begin());
        findTitles(sheetIndex_);
    } else {
        const std::size_t count = workbook_ ? std::min(sheets_.size(), kSheets) : 1;
        std::size_t at = 0;
        while (at < count && !findTitles(at)) ++at;
        if (at == count) findTitles(at = 0);
        sheetIndex_ = at;
    }
    if (titleRow_ == 0)
        throw AppError(422, "table.empty",
                       "The file has no row of column titles; give the list as University 2035 gives it.");
    if (workbook_) sheet_ = sheets_[sheetIndex_];
}

/// True when the sheet has a title row that names unti_ids.
bool TableFile::findTitles(std::size_t sheet) {
    titleRow_ = 0;
    titles_.clear();
    bool named = false;
    std::size_t seen = 0;
    scan(sheet, [&](std::size_t row, std::span<const TableCell> cells) {
        if (!holdsSomething(cells)) return ++seen < kTitleRows;
        named =
            std::any_of(cells.begin(), cells.end(), [](const auto& c) { return recognize(c.text) == Field::UntiId; });
        if (named || titleRow_ == 0) {
            titleRow_ = row;
            titles_.clear();
            for (const auto& cell : cells) titles_.push_back(cell.text);
        }
        return !named && ++seen < kTitleRows;
    });
    return named;
}

void TableFile::read(const Row& row) {
    std::size_t count = 0;
    std::vector<TableCell> padded;
    scan(sheetIndex_, [&](std::size_t number, std::span<const TableCell> cells) {
        if (number <= titleRow_ || !holdsSomething(cells)) return true;
        if (++count > kMaxRows)
            throw AppError(422, "table.too-long",
                           fmt::format("The list has more than {} rows; split it, for example by flow.", kMaxRows));
        padded.assign(cells.begin(), cells.end());
        padded.resize(std::max(padded.size(), titles_.size()));
        row(number, padded);
        return true;
    });
}

void TableFile::scan(std::size_t sheet, const Raw& row) {
    if (!workbook_) return scanCsv(row);
    std::vector<TableCell> texts;
    workbook_->read(sheet, [&](std::size_t number, const std::vector<common::xlsx::Cell>& cells) {
        texts.clear();
        for (const auto& cell : cells)
            texts.push_back(
                {std::string(common::trim(cell.text)), cell.doubt == common::xlsx::Cell::Doubt::LostDigits});
        return row(number + 1, texts);
    });
}

void TableFile::scanCsv(const Raw& row) {
    file_.clear();
    file_.seekg(0);
    common::CsvReader reader(file_, csv_);
    common::CsvRow line;
    std::vector<TableCell> texts;
    while (reader.next(line)) {
        if (line.problem)
            throw AppError(422, "csv.invalid",
                           fmt::format("Line {}, column {} of the file {}. {}", line.line, line.problem->column + 1,
                                       line.problem->reason, line.problem->fix));
        texts.clear();
        for (const auto& cell : line.cells) texts.push_back({std::string(common::trim(cell)), false});
        if (!row(static_cast<std::size_t>(line.line), texts)) return;
    }
}

}  // namespace plugin::identities
