#pragma once
/// Cells of CSV, RFC 4180, appended to the caller's buffer without their comma. Pure functions.

#include <string>
#include <string_view>

namespace plugin::tables {

/// A text cell: quoted when it must be, and with an apostrophe before what a spreadsheet would run as a formula
/// (= + - @ tab CR). \return false, with nothing appended, when `text` is not valid UTF-8.
bool appendCsvText(std::string& out, std::string_view text);

}  // namespace plugin::tables
