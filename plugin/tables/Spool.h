#pragma once
/// The rows of one table as the night makes them, before they become files: a header that tells what the columns are,
/// then one record a row. Nothing but the spool is needed to write the files, now or when a pair is split later.
/// Little-endian, of this version only; a spool never leaves the server.

#include "plugin/tables/Cell.h"
#include "plugin/tables/StagedFile.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::tables {

/// What every row of a spool has in common.
struct SpoolHeader {
    std::string table;  ///< Table::name
    std::string title;
    std::string timeZone;  ///< of the organization, IANA
    Formats formats;
    bool namesFiles = false;
    std::vector<std::string> columns;  ///< titles
};

/// Appending, for the header and for those who make rows.
namespace spool {
void appendHeader(std::string& out, const SpoolHeader& header);
void appendEmpty(std::string& out);
void appendFiles(std::string& out);
void appendText(std::string& out, std::string_view text);
void appendInteger(std::string& out, Cell::Type type, std::int64_t value);
void appendNumber(std::string& out, double value);
void appendBoolean(std::string& out, bool value);

/// A row is begun, its cells are appended, then it is ended. The head is kept with files only: nothing else can refuse
/// a row later.
class Row {
public:
    Row(std::string& out, const RowHead& head, bool hasFiles);
    void end(std::span<const RowFile> files, const RowPerson& person);

private:
    std::string* out_;
    std::size_t start_;
    bool hasFiles_;
};
}  // namespace spool

/// Reads rows in order. Views into a row hold until the next. Not thread-safe.
/// \throws AppError 500 "tables.read" when the spool is gone or cut short.
class SpoolReader {
public:
    explicit SpoolReader(const std::filesystem::path& path);

    const SpoolHeader& header() const noexcept { return header_; }
    /// Where the first row lies.
    std::uint64_t firstRow() const noexcept { return firstRow_; }
    void seek(std::uint64_t offset);
    /// Where the next row lies.
    std::uint64_t position() const noexcept { return position_; }
    /// \return false at the end.
    bool next();

    /// Of a row with files.
    const RowHead& head() const noexcept { return head_; }
    std::span<Cell> cells() noexcept { return cells_; }
    std::span<const RowFile> files() const noexcept { return {files_.data(), fileCount_}; }
    const RowPerson& person() const noexcept { return person_; }

private:
    /// Makes `bytes` of the file stand at the buffer's begin. \return false when the file ends before the first.
    bool fill(std::size_t bytes);
    [[noreturn]] void broken() const;

    std::filesystem::path path_;
    Descriptor file_;
    SpoolHeader header_;
    std::uint64_t firstRow_ = 0;
    std::uint64_t position_ = 0;
    std::string buffer_;
    std::size_t at_ = 0;
    std::size_t length_ = 0;
    RowHead head_;
    std::vector<Cell> cells_;
    std::vector<RowFile> files_;
    std::size_t fileCount_ = 0;
    RowPerson person_;
};

}  // namespace plugin::tables
