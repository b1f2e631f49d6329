#pragma once
/// A sheet of an .xlsx file as rows: one row names the columns. Streams: the sheet is read on a thread of its own, a
/// few hundred rows ahead. Dates are clock times as a spreadsheet has them ("2025-11-05 10:30:00"), truth is "true" |
/// "false"; an identifier of which Excel has lost digits, a formula without its result and one that failed (#N/A) are a
/// problem of their row, named with the cell.
/// Used by one thread.

#include "host/sdk/Sources.h"

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <istream>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace host::connectors {

class XlsxSource : public sdk::SourceReader {
public:
    struct Options {
        std::string sheet;                ///< its name; empty: the first
        std::size_t headerRow = 1;        ///< 1-based, as a spreadsheet counts
        std::set<std::string> used = {};  ///< columns that must hold values; empty: all
    };
    /// \throws sdk::SourceError Format, NotThere
    XlsxSource(std::unique_ptr<std::istream> file, Options options);
    ~XlsxSource() override;

    const std::vector<std::string>& columns() const override { return columns_; }
    bool next(sdk::SourceRow& row) override;

private:
    void read(std::size_t sheet, const Options& options);
    bool put(std::vector<sdk::SourceRow>&& rows);
    bool fill();

    std::unique_ptr<std::istream> file_;
    std::vector<std::string> columns_;
    std::vector<sdk::SourceRow> taken_;
    std::size_t at_ = 0;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<sdk::SourceRow> ready_;  ///< read ahead; guarded by mutex_, as what follows
    bool headed_ = false;                ///< columns_ stand
    bool ended_ = false;
    bool left_ = false;  ///< nobody reads any more
    std::exception_ptr failure_;
    std::thread thread_;
};

}  // namespace host::connectors
