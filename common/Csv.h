#pragma once
/// Cells of CSV, RFC 4180, appended to the caller's buffer without their comma. Pure functions.

#include <string>
#include <string_view>

namespace common {

/// What a spreadsheet needs before UTF-8, or it takes Cyrillic for Windows-1251.
inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";

/// A text cell: quoted when it must be, and with an apostrophe before what a spreadsheet would run as a formula
/// (= + - @ tab CR).
void appendCsvText(std::string& out, std::string_view text);

/// The same for text that nobody has checked. \return false, with nothing appended, when it is not valid UTF-8.
bool appendCheckedCsvText(std::string& out, std::string_view text);

/// Does an Accept header ask for CSV, and not for JSON before it?
bool prefersCsv(std::string_view accept);

}  // namespace common
