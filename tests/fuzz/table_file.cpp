// Tables that people upload: University 2035's list of unti_ids (.xlsx or CSV) and a template for exports. Titles and
// rows are UTF-8, limits are kept, the choice of columns is made of columns that there are.
#include "common/xlsx/XlsxReader.h"
#include "plugin/api/TemplateFile.h"
#include "plugin/identities/Columns.h"
#include "plugin/identities/TableFile.h"
#include "plugin/tables/ColumnMatching.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/support/XlsxFile.h"

#include <algorithm>

using fuzz::require;
using namespace plugin;

namespace {

/// CSV, a whole .xlsx, or the rows and strings within one (each ended by a zero byte).
std::string fileOf(fuzz::Input& in, bool built) {
    if (!built) return std::string(in.rest());
    constexpr std::string_view kEnd("\0", 1);
    tests::XlsxFile file;
    file.rows(std::string(in.until(kEnd)));
    file.strings(std::string(in.until(kEnd)));
    return file.bytes();
}

void readList(const std::string& bytes, const std::string& sheet, const std::string& match) {
    identities::TableFile table(bytes, sheet);
    require(table.titleRow() > 0 && !table.titles().empty(), "a table has titles");
    for (const auto& title : table.titles()) require(common::isUtf8(title), "a title is UTF-8");
    std::vector<std::string> pairs;
    for (const auto one : common::split(match, '&'))
        if (!one.empty()) pairs.emplace_back(one);
    fuzz::accepted([&] {
        const auto choice = identities::choose(table.titles(), identities::parsePairs(pairs));
        require(!choice.keys.empty() && choice.own.contains(identities::Field::UntiId),
                "a choice names people and ids");
        for (const auto& [field, column] : choice.keys) require(column < table.titles().size(), "a column of the file");
        for (const auto& [field, column] : choice.own) require(column < table.titles().size(), "a column of the file");
    });
    std::size_t before = table.titleRow(), count = 0;
    table.read([&](std::size_t row, std::span<const identities::TableCell> cells) {
        require(row > before && ++count <= identities::TableFile::kMaxRows, "rows come in order, below the titles");
        before = row;
        require(cells.size() >= table.titles().size(), "a row is as wide as its titles");
        for (const auto& cell : cells) require(common::isUtf8(cell.text), "a cell is UTF-8");
    });
}

void readTemplate(const std::string& bytes) {
    static const auto table = [] {
        footprint::Table made;
        made.name = "results";
        made.columns = {{"UNTI ID", footprint::Name::LearnerUntiId, true, {"ID слушателя"}},
                        {"Балл", footprint::Name::ResultRaw, false, {}},
                        {"Максимальный балл", footprint::Name::ResultMax, false, {"Балл"}},
                        {"Дата и время", footprint::Name::ResultAt, true, {}}};
        return made;
    }();
    std::istringstream file(bytes);
    const auto header = api::readTemplate(file, table);
    require(!header.titles.empty() && header.row > 0 && header.row <= 50,
            "a template has a header among its first rows");
    const auto columns = tables::matchColumns(header.titles, table);
    require(columns.size() == header.titles.size(), "every column is matched or left open");
    tables::templateColumns(columns, {}, table);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const unsigned what = in.byte();
    if ((what & 1) != 0) {
        const auto bytes = fileOf(in, (what & 2) != 0);
        fuzz::accepted([&] { readTemplate(bytes); });
        return 0;
    }
    const std::string match(in.until("\n"));
    const std::string sheet(in.until("\n"));
    if (!common::isUtf8(match) || !common::isUtf8(sheet)) return 0;  // parts of a query, which is UTF-8
    const auto bytes = fileOf(in, (what & 2) != 0);
    fuzz::accepted([&] { readList(bytes, sheet, match); });
    return 0;
}
