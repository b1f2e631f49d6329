#pragma once
/// A CSV file as a source of rows: the first row names the columns. A row of another width, or one that can't be read,
/// comes with its problem. Streams; not thread-safe; the stream must outlive it.

#include "common/CsvReader.h"
#include "host/sdk/Sources.h"

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

namespace host::sources {

class CsvSource : public sdk::SourceReader {
public:
    /// AppError 422 when the file has no header; "source.encoding" when its bytes contradict the encoding that is said.
    CsvSource(std::istream& csv, const common::CsvOptions& options);

    const std::vector<std::string>& columns() const override { return columns_; }
    /// SourceError Interrupted when the stream breaks.
    bool next(sdk::SourceRow& row) override;
    /// Of the file, 1-based, where the last row begins.
    std::int64_t line() const { return row_.line; }

private:
    common::CsvReader reader_;
    common::CsvRow row_;
    std::vector<std::string> columns_;
};

}  // namespace host::sources
