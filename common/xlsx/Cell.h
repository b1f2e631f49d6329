#pragma once
/// One cell of a sheet, as a value.

#include <cstdint>
#include <string>

namespace common::xlsx {

struct Cell {
    enum class Type : std::uint8_t { Empty, Text, Number, Boolean, Date };
    /// Why the value may not be what a person meant.
    enum class Doubt : std::uint8_t {
        None,
        LostDigits,   ///< a number of 16 digits or more: Excel keeps 15, so an identifier is no longer the one typed
        NotComputed,  ///< a formula whose result the writing program did not store: the cell is Empty
        Failed        ///< a formula that failed: its error's name is no value of anything
    };

    Type type = Type::Empty;
    Doubt doubt = Doubt::None;
    bool boolean = false;
    /// Number: the value. Date: the serial of the file's own date system; 0 when the file gives the date as text.
    double number = 0;
    /// Text: as a person sees it; an error of a formula is its name ("#N/A"). Number: plain decimal, never an exponent,
    /// digits as in the file where it has them so. Boolean: "TRUE" or "FALSE". Date: "2025-11-05",
    /// "2025-11-05T10:30:00" when it has a time, "10:30:00" for a time of day (no zone: a spreadsheet has none).
    std::string text;
};

}  // namespace common::xlsx
