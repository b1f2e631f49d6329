#include "plugin/tables/TableRows.h"

#include "plugin/tables/CellText.h"
#include "plugin/tables/Spool.h"

namespace plugin::tables {
namespace {

using namespace plugin::footprint;

/// Between 1900-03-01, before which Excel counts days of its own, and the end of its calendar, in UTC with a day's
/// room.
constexpr host::sdk::Micros kFirstTime = -2'203'804'800'000'000;
constexpr host::sdk::Micros kLastTime = 253'402'128'000'000'000;

bool isFixed(const TableColumn& column) {
    return column.name == Name::Count || (placeholder(column.name).scopes & scopeOf(Source::Element)) != 0;
}

bool isIdentifier(Name name) {
    return name == Name::ProgrammeId || name == Name::FlowId || name == Name::ModuleId || name == Name::ThemeId;
}

std::optional<Refusal> textRefusal(Name name, TextFault fault) {
    Refusal refusal = Refusal::of(fault == TextFault::TooLong   ? reasons::kTextTooLong
                                  : fault == TextFault::Control ? reasons::kControlCharacter
                                                                : reasons::kBadText);
    refusal.field = placeholder(name).text;
    return refusal;
}

}  // namespace

TableRows::TableRows(const Table& table) : table_(&table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const bool fixed = isFixed(table.columns[i]);
        if (segments_.empty() || segments_.back().fixed != fixed) segments_.push_back({fixed, i, i});
        segments_.back().last = i + 1;
        namesFiles_ = namesFiles_ || table.columns[i].name == Name::ResultFileNames;
    }
}

std::optional<Refusal> TableRows::cell(std::string& out, const TableColumn& column, const Values& values,
                                       bool hasFiles) const {
    if (column.name == Name::Count) {
        spool::appendEmpty(out);
        return std::nullopt;
    }
    const bool files = column.name == Name::ResultFileNames;
    const Value& value = values[column.name];
    if (files ? !hasFiles : !value.present) {
        if (column.required) return Refusal::missing(column.name);
        spool::appendEmpty(out);
        return std::nullopt;
    }
    if (files) {
        spool::appendFiles(out);
        return std::nullopt;
    }
    switch (placeholder(column.name).type) {
        case ValueType::Integer:
            spool::appendInteger(out, isIdentifier(column.name) ? Cell::Type::Identifier : Cell::Type::Integer,
                                 value.integer);
            break;
        case ValueType::Number:
            spool::appendNumber(out, value.number);
            break;
        case ValueType::Boolean:
            spool::appendBoolean(out, value.boolean);
            break;
        case ValueType::Duration:
            spool::appendInteger(out, Cell::Type::Duration, value.integer);
            break;
        case ValueType::Time:
            if (table_->xlsx && (value.integer < kFirstTime || value.integer > kLastTime)) {
                Refusal refusal = Refusal::of(reasons::kTimeOutsideTable);
                refusal.field = placeholder(column.name).text;
                return refusal;
            }
            spool::appendInteger(out, Cell::Type::Time, value.integer);
            break;
        default:
            if (const TextFault fault = faultOf(value.text, table_->xlsx); fault != TextFault::None)
                return textRefusal(column.name, fault);
            spool::appendText(out, value.text);
    }
    return std::nullopt;
}

TableRows::Fixed TableRows::fix(const Values& values) const {
    Fixed fixed;
    for (const Segment& segment : segments_) {
        if (!segment.fixed) continue;
        std::string& run = fixed.runs.emplace_back();
        for (std::size_t i = segment.first; i < segment.last && !fixed.refusal; ++i)
            fixed.refusal = cell(run, table_->columns[i], values, false);
    }
    return fixed;
}

std::optional<Refusal> TableRows::append(std::string& out, const Fixed& fixed, const Values& values,
                                         const RowHead& head, std::span<const RowFile> files,
                                         const RowPerson& person) const {
    if (fixed.refusal) return fixed.refusal;
    const std::size_t start = out.size();
    spool::Row row(out, head, !files.empty());
    auto run = fixed.runs.begin();
    for (const Segment& segment : segments_) {
        if (segment.fixed) {
            out += *run++;
            continue;
        }
        for (std::size_t i = segment.first; i < segment.last; ++i)
            if (auto refusal = cell(out, table_->columns[i], values, !files.empty())) {
                out.resize(start);
                return refusal;
            }
    }
    row.end(files, person);
    return std::nullopt;
}

}  // namespace plugin::tables
