#pragma once
/// One cell of a table, the same for every format, and the rows that carry cells from the night to the files.

#include "host/sdk/Records.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::tables {

struct Cell {
    /// Identifier: a number that names something; in a spreadsheet it is text, since nobody calculates with it.
    /// Files: the names of the row's files in the archive, joined by ';'.
    enum class Type : std::uint8_t { Empty, Text, Identifier, Integer, Number, No, Yes, Time, Duration, Files };
    Type type = Type::Empty;
    std::int64_t integer = 0;  ///< Identifier, Integer; Time: microseconds UTC; Duration: seconds
    double number = 0;         ///< Number
    std::string_view text;     ///< Text; Files, once the names are known
};

/// A file that a row names.
struct RowFile {
    std::string name;  ///< as the learner uploaded it
    std::string contentType;
    std::int64_t size = 0;
    std::string sha256;
};

/// Which record a row tells of.
struct RowHead {
    bool isView = false;
    host::sdk::RecordId recordId = 0;
    std::int64_t revision = 0;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
    host::sdk::Micros at = 0;  ///< of the event; 0: not known
};

/// Whose files a row names; kept only where there are some.
struct RowPerson {
    std::string untiId;
    std::string name;
    std::string element;  ///< title
};

/// Which formats a table is written in.
struct Formats {
    bool xlsx = true;
    bool csv = true;
};

}  // namespace plugin::tables
