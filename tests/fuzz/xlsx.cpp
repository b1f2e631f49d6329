// An .xlsx file of a stranger's: the whole file, or the parts within a sound zip (each ended by a zero byte, which no
// XML can hold), so that what lies behind checksum and packing is reached. Rows come in order, limits are kept, every
// value is what its type says.
#include "common/xlsx/XlsxReader.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/support/XlsxFile.h"

#include <cmath>
#include <sstream>

using common::xlsx::Cell;
using fuzz::require;

namespace {

common::xlsx::Limits limits() {
    common::xlsx::Limits limits;
    limits.parts = 20;
    limits.partBytes = 200'000;
    limits.stringBytes = 20'000;
    limits.markupBytes = 20'000;
    limits.cellBytes = 1'000;
    limits.sheets = 8;
    limits.rows = 5'000;
    limits.columns = 50;
    limits.cells = 20'000;
    return limits;
}

void checkNumber(const Cell& cell) {
    require(std::isfinite(cell.number), "a number is finite", cell.text);
    require(!cell.text.empty() && cell.text.find_first_not_of("0123456789.-") == std::string::npos,
            "a number is plain decimal", cell.text);
    const double back = std::strtod(cell.text.c_str(), nullptr);
    require(std::fabs(back - cell.number) <= std::fabs(cell.number) * 1e-9, "a number's text is the number", cell.text);
}

void checkDate(const std::string& text) {
    std::string shape;
    for (const char c : text) shape += c >= '0' && c <= '9' ? '0' : c;
    require(shape == "0000-00-00" || shape == "0000-00-00T00:00:00" || shape == "00:00:00", "a date is ISO 8601", text);
}

void checkCell(const Cell& cell) {
    require(cell.text.size() <= limits().cellBytes, "a cell keeps its limit");
    require(common::isUtf8(cell.text), "a cell is UTF-8");
    switch (cell.type) {
        case Cell::Type::Empty:
            require(cell.text.empty(), "an empty cell has no text");
            break;
        case Cell::Type::Number:
            checkNumber(cell);
            break;
        case Cell::Type::Boolean:
            require(cell.text == (cell.boolean ? "TRUE" : "FALSE"), "a truth is TRUE or FALSE", cell.text);
            break;
        case Cell::Type::Date:
            if (cell.number != 0) checkDate(cell.text);
            break;
        case Cell::Type::Text:
            break;
    }
}

void readAll(const std::string& bytes) {
    const auto bounds = limits();
    fuzz::accepted([&] {
        std::istringstream file(bytes);
        common::xlsx::XlsxReader reader(file, bounds);
        const auto names = reader.sheets();
        require(names.size() <= bounds.sheets, "no more sheets than the limit");
        for (std::size_t i = 0; i < names.size(); ++i) {
            require(common::isUtf8(names[i]), "a sheet's name is UTF-8");
            std::optional<std::size_t> before;
            std::uint64_t cells = 0;
            fuzz::accepted([&] {
                reader.read(i, [&](std::size_t row, const std::vector<Cell>& got) {
                    require((!before || row > *before) && row < bounds.rows, "rows come in order");
                    before = row;
                    require(got.size() <= bounds.columns, "no more columns than the limit");
                    require(
                        got.empty() || got.back().type != Cell::Type::Empty || got.back().doubt != Cell::Doubt::None,
                        "a row ends with its last cell");
                    require((cells += got.size()) <= bounds.cells, "no more cells than the limit");
                    for (const auto& cell : got) checkCell(cell);
                    return true;
                });
            });
        }
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    if (in.byte() % 2 == 0) {
        readAll(std::string(in.rest()));
        return 0;
    }
    constexpr std::string_view kEnd("\0", 1);
    tests::XlsxFile file;
    for (const auto* name : {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
                             "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/worksheets/sheet2.xml"})
        if (const std::string part(in.until(kEnd)); !part.empty()) file.part(name, part);
    readAll(file.bytes());
    return 0;
}
