#include "host/connectors/files/XlsxSource.h"

#include "common/Text.h"
#include "common/xlsx/CellValue.h"
#include "common/xlsx/XlsxReader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace host::connectors {
namespace {

using common::xlsx::Cell;
using common::xlsx::XlsxReader;
using sdk::SourceError;
using sdk::SourceRow;
using Kind = SourceError::Kind;

constexpr std::size_t kAhead = 256;

SourceError translated(const sdk::AppError& error) {
    return {Kind::Format, error.what(),
            error.errors().empty() ? "Save the file as .xlsx again, or as CSV." : error.errors().front().fix};
}

std::optional<std::string> valueOf(const Cell& cell) {
    switch (cell.type) {
        case Cell::Type::Empty:
            return std::nullopt;
        case Cell::Type::Boolean:
            return cell.boolean ? "true" : "false";
        case Cell::Type::Date: {
            auto text = cell.text;
            if (const auto t = text.find('T'); t == 10) text[t] = ' ';
            return text;
        }
        case Cell::Type::Text:
        case Cell::Type::Number:
            break;
    }
    return cell.text;
}

/// What must not be taken for a value, said with the cell's address. A formula beside what the mapping takes is
/// nobody's matter.
void doubt(const Cell& cell, const std::string& address, const std::string& column, SourceRow& row) {
    switch (cell.doubt) {
        case Cell::Doubt::None:
            return;
        case Cell::Doubt::LostDigits:
            row.problem = {
                column,
                fmt::format("(cell {}) is a number of 16 digits or more, of which a spreadsheet keeps 15", address),
                "Format the column as text and type the value again."};
            return;
        case Cell::Doubt::NotComputed:
            row.problem = {column,
                           fmt::format("(cell {}) is a formula whose result is not stored in the file", address),
                           "Open the file in a spreadsheet program and save it, or store values."};
            return;
        case Cell::Doubt::Failed:
            row.problem = {column, fmt::format("(cell {}) is a formula's error, no value", address),
                           "Correct the formula in the spreadsheet, or leave the cell empty, and send the file again."};
            return;
    }
}

}  // namespace

XlsxSource::XlsxSource(std::unique_ptr<std::istream> file, Options options) : file_(std::move(file)) {
    std::size_t sheet = 0;
    try {
        const auto names = XlsxReader(*file_).sheets();
        if (names.empty()) throw SourceError(Kind::Format, "The file has no sheet with cells.", "Send another file.");
        if (!options.sheet.empty()) {
            const auto found = std::find(names.begin(), names.end(), options.sheet);
            if (found == names.end())
                throw SourceError(Kind::NotThere, fmt::format("The file has no sheet '{}'.", options.sheet),
                                  fmt::format("It has: {}.", fmt::join(names, ", ")));
            sheet = static_cast<std::size_t>(found - names.begin());
        }
    } catch (const SourceError&) {
        throw;
    } catch (const sdk::AppError& error) {
        throw translated(error);
    }
    thread_ = std::thread([this, sheet, options = std::move(options)] { read(sheet, options); });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return headed_ || ended_; });
    if (headed_) return;
    lock.unlock();
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
    throw SourceError(Kind::Format, "The sheet has no row that names the columns.",
                      "Give the columns names in the first row, or say in the route which row has them.");
}

XlsxSource::~XlsxSource() {
    {
        const std::lock_guard lock(mutex_);
        left_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

/// On the thread of its own.
void XlsxSource::read(std::size_t sheet, const Options& options) {
    std::vector<SourceRow> rows;
    std::exception_ptr failure;
    try {
        XlsxReader reader(*file_);
        bool headed = false;
        reader.read(sheet, [&](std::size_t number, const std::vector<Cell>& cells) {
            if (number + 1 < options.headerRow || cells.empty()) return true;
            if (!headed) {
                std::vector<std::string> names;
                for (const auto& cell : cells) names.emplace_back(common::trim(valueOf(cell).value_or("")));
                headed = true;
                const std::lock_guard lock(mutex_);
                columns_ = std::move(names);
                headed_ = true;
                changed_.notify_all();
                return true;
            }
            auto& row = rows.emplace_back();
            row.place = fmt::format("row {}", number + 1);
            row.cells.resize(columns_.size());
            for (std::size_t i = 0; i < cells.size() && i < columns_.size(); ++i) {
                row.cells[i] = valueOf(cells[i]);
                const bool isUsed = options.used.empty() || options.used.contains(columns_[i]);
                if (!row.problem && isUsed && cells[i].doubt != Cell::Doubt::None)
                    doubt(cells[i], common::xlsx::columnName(i) + std::to_string(number + 1), columns_[i], row);
            }
            if (cells.size() > columns_.size())
                row.problem = {"", fmt::format("The row has {} values, the header {}", cells.size(), columns_.size()),
                               "Give every column that has values a name."};
            return rows.size() < kAhead || put(std::move(rows));
        });
        if (!rows.empty()) put(std::move(rows));
    } catch (const sdk::SourceError&) {
        failure = std::current_exception();
    } catch (const sdk::AppError& error) {
        failure = std::make_exception_ptr(translated(error));
    } catch (...) {
        failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    ended_ = true;
    changed_.notify_all();
}

/// False when nobody reads any more. `rows` is empty afterwards.
bool XlsxSource::put(std::vector<SourceRow>&& rows) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ready_.empty() || left_; });
    if (left_) return false;
    ready_ = std::move(rows);
    rows.clear();
    changed_.notify_all();
    return true;
}

bool XlsxSource::fill() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty() || ended_; });
    at_ = 0;
    taken_.clear();
    if (ready_.empty()) {
        if (failure_) std::rethrow_exception(failure_);
        return false;
    }
    taken_.swap(ready_);
    changed_.notify_all();
    return true;
}

bool XlsxSource::next(SourceRow& row) {
    if (at_ == taken_.size() && !fill()) return false;
    std::swap(row, taken_[at_++]);
    return true;
}

}  // namespace host::connectors
