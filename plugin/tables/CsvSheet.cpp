#include "common/Csv.h"
#include "plugin/tables/Sheets.h"

namespace plugin::tables {
namespace {

constexpr std::string_view kYes = "да";
constexpr std::string_view kNo = "нет";

void appendCsvCell(std::string& out, const Cell& cell, const footprint::ZoneTime& zone) {
    switch (cell.type) {
        case Cell::Type::Empty:
            break;
        case Cell::Type::Text:
        case Cell::Type::Files:
            common::appendCsvText(out, cell.text);
            break;
        case Cell::Type::Identifier:
        case Cell::Type::Integer:
            footprint::appendInteger(out, cell.integer);
            break;
        case Cell::Type::Number:
            footprint::appendNumber(out, cell.number);
            break;
        case Cell::Type::No:
            out += kNo;
            break;
        case Cell::Type::Yes:
            out += kYes;
            break;
        case Cell::Type::Time:
            zone.append(out, cell.integer);
            break;
        case Cell::Type::Duration:
            footprint::appendDuration(out, cell.integer);
            break;
    }
}

}  // namespace

void appendCsvLine(std::string& out, std::span<const Cell> cells, const footprint::ZoneTime& zone) {
    for (const Cell& cell : cells) {
        appendCsvCell(out, cell, zone);
        out += ',';
    }
    out.back() = '\r';
    out += '\n';
}

void appendCsvHeader(std::string& out, const std::vector<std::string>& titles) {
    out += common::kCsvMark;
    for (const std::string& title : titles) {
        common::appendCsvText(out, title);
        out += ',';
    }
    out.back() = '\r';
    out += '\n';
}

}  // namespace plugin::tables
