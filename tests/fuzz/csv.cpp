// CSV of a stranger's: cells within their limits and valid, rows in order, and what is written by the rules reads back;
// through mappings to records, with every error at its place; and mappings themselves.
#include "common/Csv.h"

#include "host/sources/CsvImport.h"
#include "host/sources/CsvSource.h"
#include "tests/fuzz/Fuzz.h"

#include <sstream>

using fuzz::require;
using namespace host::sources;

namespace {

common::CsvOptions optionsOf(unsigned choice) {
    common::CsvOptions options;
    options.delimiter = std::string_view(",;\t|")[choice & 3];
    options.encoding = (choice & 4) != 0 ? common::CsvEncoding::Windows1251 : common::CsvEncoding::Utf8;
    options.maxField = 200;
    options.maxColumns = 20;
    return options;
}

std::string quoted(const std::vector<std::vector<std::string>>& rows, char delimiter) {
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += delimiter;
            out += '"';
            for (const char c : row[i]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
            out += '"';
        }
        out += "\r\n";
    }
    return out;
}

void readRows(std::string_view bytes, const common::CsvOptions& options) {
    std::istringstream in{std::string(bytes)};
    common::CsvReader reader(in, options);
    common::CsvRow row;
    std::int64_t line = 0;
    const auto lines = 1 + std::count_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
    std::vector<std::vector<std::string>> good;
    while (reader.next(row)) {
        require(row.line > line && row.line <= lines, "rows come in order of their lines");
        line = row.line;
        require(row.cells.size() <= options.maxColumns, "no more columns than the limit");
        for (const auto& cell : row.cells)  // a byte of windows-1251 is at most three of UTF-8; a line break is free
            require(cell.size() <= 3 * bytes.size(), "a cell is no longer than its file");
        if (row.problem) {
            require(
                row.problem->column <= options.maxColumns && !row.problem->reason.empty() && !row.problem->fix.empty(),
                "a problem has its place, reason and fix");
            continue;
        }
        require(!row.cells.empty(), "a row has a cell");
        for (const auto& cell : row.cells) require(common::isUtf8(cell), "a good row is UTF-8");
        good.push_back(row.cells);
    }
    if (options.encoding != common::CsvEncoding::Utf8) return;
    // What was read well reads back from its quoted form: an empty row excepted, which is written as one empty cell.
    const auto text = quoted(good, options.delimiter);
    std::istringstream again(text);
    auto wide = options;
    wide.maxField = 4 * bytes.size() + 1;
    common::CsvReader second(again, wide);
    for (const auto& cells : good) {
        require(second.next(row) && !row.problem && row.cells == cells, "what was read reads back", text);
    }
    require(!second.next(row), "nothing more reads back", text);
}

/// Learners, results with times counted from a base, and everything a rule can do.
const std::vector<CsvMapping>& mappings() {
    static const std::vector<CsvMapping> all{
        CsvMapping::parse("learners", R"({"target":"learners","source":"crm","missing":["","?"],
            "externalId":{"template":"{id}-{unti}"},
            "fields":{"untiId":{"column":"unti"},"lastName":{"column":"name","lower":true}},
            "when":[{"column":"name","notIn":["skip"]}]})"),
        CsvMapping::parse("results", R"({"target":"results","source":"lms","missing":["","-"],"decimalComma":true,
            "delimiter":";","externalId":{"template":"{who}-{what}"},
            "fields":{"learner":{"column":"who"},"element":{"column":"what"},"raw":{"column":"mark"},
                      "success":{"derive":"raw>=passScore"},
                      "at":{"column":"day","date":{"base":"flow.startsAt","zone":"Europe/Moscow"}}}})"),
        CsvMapping::parse("flows", R"({"target":"flows","source":"lms","externalId":{"column":"id"},
            "fields":{"programme":{"column":"programme"},"key":{"column":"unti","lower":true},
                      "startsAt":{"column":"day","date":{"base":{"column":"start",
                          "map":{"A":"2014-10-01","B":"1900-01-01"}},"unit":"days","zone":"Europe/London"}},
                      "endsAt":{"column":"end","date":{"zone":"America/St_Johns"}}}})"),
    };
    return all;
}

/// As CsvImport::run, up to the database.
void import(const CsvMapping& mapping, std::string_view bytes) {
    std::istringstream in{std::string(bytes)};
    CsvSource source(in, mapping.csv);
    host::sdk::SourceRow row;
    const RowReader rows(mapping, source.columns());
    while (source.next(row)) {
        require(row.problem || row.cells.size() == rows.width(), "a row without a problem is whole");
        if (row.problem) {
            require(common::isUtf8(rows.problemOf(row).value), "a problem is told in UTF-8");
            continue;
        }
        if (!rows.isTaken(row)) continue;
        const auto draft = rows.read(row);
        require(draft.kind == mapping.target, "a row becomes what its mapping says");
        const auto& fields = host::records::spec(draft.kind).fields;
        require(draft.values.size() == fields.size(), "a record has its fields");
        if (draft.errors.empty())
            require(!host::records::checkExternalId(draft.externalId), "a good record has an id", draft.externalId);
        for (const auto& error : draft.errors) {
            const auto at = rows.locate(row, error);
            require(at.place == row.place && !at.reason.empty() && common::isUtf8(at.reason) &&
                        common::isUtf8(at.value) && common::isUtf8(at.column) && at.value.size() < 300,
                    "an error is told with its place", at.reason);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const unsigned what = in.byte();
    switch (what % 4) {
        case 0:
            readRows(in.rest(), optionsOf(what >> 2));
            break;
        case 1: {
            const auto& mapping = mappings()[(what >> 2) % mappings().size()];
            fuzz::accepted([&] { import(mapping, in.rest()); });
            break;
        }
        case 2: {
            // A mapping and a file for it.
            const auto json = in.until("\n%%\n");
            fuzz::accepted([&] { import(CsvMapping::parse("own", json), in.rest()); });
            break;
        }
        default: {
            // Any text as one cell of ours, as a spreadsheet would get it.
            std::string cell;
            const bool sound = common::appendCheckedCsvText(cell, in.rest());
            require(sound == common::isUtf8(in.rest()) && (sound || cell.empty()), "only UTF-8 becomes a cell");
            if (!sound || in.rest().find('\0') != std::string_view::npos) break;
            std::istringstream text("x," + cell + ",y\n");
            common::CsvOptions wide;
            wide.maxField = 4 * size + 8;
            common::CsvReader reader(text, wide);
            common::CsvRow row;
            require(reader.next(row) && !row.problem && row.cells.size() == 3, "a cell of ours reads as one", cell);
            const bool formula =
                !in.rest().empty() && std::string_view("=+-@\t\r").find(in.rest()[0]) != std::string::npos;
            require(row.cells[1] == (formula ? "'" : "") + std::string(in.rest()), "a cell of ours reads back", cell);
            break;
        }
    }
    return 0;
}
