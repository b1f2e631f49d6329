#pragma once
/// Reads CSV (RFC 4180) as a stream: quotes, line breaks within quotes, LF or CRLF, a byte order mark, one of two
/// encodings. What is wrong with a row is told with the row and never ends the reading; memory is bounded by the
/// limits. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace common {

enum class CsvEncoding { Utf8, Windows1251 };

struct CsvOptions {
    char delimiter = ',';
    CsvEncoding encoding = CsvEncoding::Utf8;
    std::size_t maxField = 64 * 1024;  ///< bytes
    std::size_t maxColumns = 500;
};

struct CsvProblem {
    std::size_t column = 0;  ///< 0-based
    std::string reason;
    std::string fix;
};

/// Reused from row to row. With a problem the cells are those read so far.
struct CsvRow {
    std::vector<std::string> cells;  ///< UTF-8
    std::int64_t line = 0;           ///< 1-based line of the file on which the row begins
    std::optional<CsvProblem> problem;
};

class CsvReader {
public:
    CsvReader(std::istream& in, CsvOptions options);

    /// False at the end. Empty lines are left out. Throws what the stream throws; a stream gone bad ends the reading,
    /// ask `broken`.
    bool next(CsvRow& row);
    bool broken() const { return in_.bad(); }
    /// The first bytes of the file, before the first row is asked for.
    std::string_view beginning() const { return {buffer_.data(), filled_}; }

private:
    int get();
    int peek();
    bool fill();
    void endOfLine(int c);
    void skipLine();
    void finishCell(CsvRow& row, std::string& cell, std::size_t index);
    bool readCell(CsvRow& row, std::string& cell, std::size_t index, bool& lineEnds);
    bool readQuoted(CsvRow& row, std::string& cell, std::size_t index);

    std::istream& in_;
    CsvOptions options_;
    std::vector<char> buffer_;
    std::size_t at_ = 0;
    std::size_t filled_ = 0;
    std::int64_t line_ = 1;
    std::string cell_;
};

/// To UTF-8; nullopt for the one byte that windows-1251 leaves out.
std::optional<std::string> fromWindows1251(std::string_view bytes);

}  // namespace common
