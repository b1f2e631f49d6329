#pragma once
/// Values as they are written within a sheet: references, numbers, dates, escapes. Pure functions.

#include "common/xlsx/Cell.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace common::xlsx {

struct CellRef {
    std::size_t row = 0;     ///< 0-based
    std::size_t column = 0;  ///< 0-based
};

/// "B5". nullopt for what is no reference, or one beyond 10^9 rows or six letters: the caller's limits are far below.
std::optional<CellRef> parseRef(std::string_view text);
/// 1-based row number, up to nine digits.
std::optional<std::size_t> parseRowNumber(std::string_view text);
/// "A", "AB" for a 0-based column.
std::string columnName(std::size_t column);

/// ST_Xstring: _xHHHH_ is the UTF-16 unit. A lone surrogate and NUL stay as they are written.
std::string unescape(std::string_view text);

/// How a number is shown, as far as it changes what it is.
enum class NumberFormat : std::uint8_t { Number, Date, Time };
/// Of a format's code ("dd\.mm\.yyyy"). Elapsed time ([h]:mm) stays a number.
NumberFormat formatOfCode(std::string_view code);
/// Of a built-in format's id; Number for others.
NumberFormat formatOfId(unsigned id);

/// Sets type, number, text and doubt. False when the text is no finite number.
bool setNumber(Cell& cell, std::string_view text);
/// Turns a Number into a Date where its serial is a date of the system; a serial beyond stays a number, as Excel's
/// "####".
void setDate(Cell& cell, NumberFormat format, bool from1904);

}  // namespace common::xlsx
