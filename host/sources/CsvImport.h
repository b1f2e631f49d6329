#pragma once
/// Brings a CSV file in by a mapping: a stream in, batches of a thousand rows a transaction, memory flat. A bad row
/// never stops the others; each is told with line, column, value, reason and what to do. Bringing the same file in
/// again changes nothing. Not thread-safe; several may run at a time.

#include "host/records/RecordStore.h"
#include "host/sources/RowReader.h"

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

namespace host::sources {

struct ImportReport {
    std::int64_t rows = 0;  ///< data rows seen; the sum of what follows
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t skipped = 0;  ///< by the mapping's conditions
    std::int64_t rejected = 0;
    std::int64_t errors = 0;  ///< a rejected row may have several
};

class CsvImport {
public:
    CsvImport(records::RecordStore& store, const CsvMapping& mapping) : store_(store), mapping_(mapping) {}

    /// `onError` gets every error as it is found. AppError 422 when the file has no header or lacks columns, 400 when
    /// the stream breaks; what was brought in before stays.
    ImportReport run(const std::string& organization, std::istream& csv,
                     const std::function<void(const RowError&)>& onError);

private:
    records::RecordStore& store_;
    const CsvMapping& mapping_;
};

}  // namespace host::sources
