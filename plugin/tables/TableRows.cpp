#include "plugin/tables/TableRows.h"

#include "common/Csv.h"
#include "plugin/footprint/JsonText.h"

namespace plugin::tables {
namespace {

using namespace plugin::footprint;

constexpr std::string_view kYes = "да";
constexpr std::string_view kNo = "нет";

bool isFixed(const TableColumn& column) {
    return (placeholder(column.name).scopes & scopeOf(Source::Element)) != 0;
}

}  // namespace

TableRows::TableRows(const Table& table) : table_(&table), header_("\xef\xbb\xbf") {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        common::appendCsvText(header_, table.columns[i].title);
        header_ += ',';
        const bool fixed = isFixed(table.columns[i]);
        if (segments_.empty() || segments_.back().fixed != fixed) segments_.push_back({fixed, i, i});
        segments_.back().last = i + 1;
    }
    header_.back() = '\r';
    header_ += '\n';
}

std::optional<Refusal> TableRows::cell(std::string& out, const TableColumn& column, const Values& values) const {
    const Value& value = values[column.name];
    if (!value.present) {
        if (column.required) return Refusal::missing(column.name);
        out += ',';
        return std::nullopt;
    }
    switch (placeholder(column.name).type) {
        case ValueType::Integer:
            appendInteger(out, value.integer);
            break;
        case ValueType::Number:
            appendNumber(out, value.number);
            break;
        case ValueType::Boolean:
            out += value.boolean ? kYes : kNo;
            break;
        case ValueType::Duration:
            appendDuration(out, value.integer);
            break;
        case ValueType::Time:
            values.zone().append(out, value.integer);
            break;
        default:
            if (!common::appendCheckedCsvText(out, value.text))
                return Refusal::failed({RenderFailure::Kind::BadText, column.name});
    }
    out += ',';
    return std::nullopt;
}

TableRows::Fixed TableRows::fix(const Values& values) const {
    Fixed fixed;
    for (const Segment& segment : segments_) {
        if (!segment.fixed) continue;
        std::string& run = fixed.runs.emplace_back();
        for (std::size_t i = segment.first; i < segment.last && !fixed.refusal; ++i)
            fixed.refusal = cell(run, table_->columns[i], values);
    }
    return fixed;
}

std::optional<Refusal> TableRows::append(std::string& out, const Fixed& fixed, const Values& values) const {
    if (fixed.refusal) return fixed.refusal;
    const std::size_t start = out.size();
    auto run = fixed.runs.begin();
    for (const Segment& segment : segments_) {
        if (segment.fixed) {
            out += *run++;
            continue;
        }
        for (std::size_t i = segment.first; i < segment.last; ++i)
            if (auto refusal = cell(out, table_->columns[i], values)) {
                out.resize(start);
                return refusal;
            }
    }
    out.back() = '\r';
    out += '\n';
    return std::nullopt;
}

}  // namespace plugin::tables
