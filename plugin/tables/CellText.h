#pragma once
/// Which texts a cell can hold, and how a spreadsheet's file holds them. Pure functions.

#include <cstddef>
#include <string>
#include <string_view>

namespace plugin::tables {

/// Excel's limit for one cell, in UTF-16 units: an emoji counts as two.
inline constexpr std::size_t kCellUnits = 32'767;

enum class TextFault {
    None,
    NotUtf8,
    Control,  ///< a character that XML has no form for
    TooLong
};

/// `spreadsheet`: also what XLSX can't hold.
TextFault faultOf(std::string_view text, bool spreadsheet);

/// A text that looks like an escape of OOXML, as "_x000D_", would be read back as that character: its underscore is
/// escaped. \return `text` itself, or `scratch`, when something had to be done.
std::string_view spreadsheetText(std::string_view text, std::string& scratch);

}  // namespace plugin::tables
