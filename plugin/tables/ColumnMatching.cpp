#include "plugin/tables/ColumnMatching.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace plugin::tables {
namespace {

using namespace plugin::footprint;

bool contains(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::string foldTitle(std::string_view title) {
    std::string out;
    for (std::size_t i = 0; i < title.size(); ++i) {
        const auto c = static_cast<unsigned char>(title[i]);
        if (c < 0x80) {
            if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + 'a' - 'A');
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += static_cast<char>(c);
            continue;
        }
        const auto next = i + 1 < title.size() ? static_cast<unsigned char>(title[i + 1]) : 0U;
        const unsigned code = (c & 0x1fU) << 6 | (next & 0x3fU);
        if (c >= 0xc0 && c < 0xe0) ++i;
        if (c != 0xd0 && c != 0xd1) continue;  // signs, dashes, other scripts
        unsigned folded = code;
        if (code >= 0x410 && code <= 0x42f) folded = code + 0x20;
        if (code == 0x401 || code == 0x451) folded = 0x435;
        if (folded < 0x430 || folded > 0x44f) continue;
        out += static_cast<char>(0xc0U | folded >> 6);
        out += static_cast<char>(0x80U | (folded & 0x3fU));
    }
    return out;
}

std::vector<std::string> fieldsOf(std::string_view title, const Table& table) {
    std::vector<std::string> fields;
    const std::string wanted = foldTitle(title);
    if (wanted.empty()) return fields;
    for (const TableColumn& column : table.columns) {
        bool meant = foldTitle(column.title) == wanted;
        for (const std::string& synonym : column.synonyms) meant = meant || foldTitle(synonym) == wanted;
        const std::string field = placeholder(column.name).text;
        if (meant && !contains(fields, field)) fields.push_back(field);
    }
    return fields;
}

std::vector<MappedColumn> matchColumns(const std::vector<std::string>& titles, const Table& table) {
    std::vector<MappedColumn> columns;
    std::map<std::string, int> uses;
    for (const std::string& title : titles) {
        const auto fields = fieldsOf(title, table);
        for (const std::string& field : fields) ++uses[field];
        columns.push_back({title, fields.size() == 1 ? fields.front() : std::string(), false});
    }
    for (MappedColumn& column : columns)
        if (!column.field.empty() && uses[column.field] > 1) column.field.clear();
    return columns;
}

bool isTableField(std::string_view field, const Table& table) {
    const Placeholder* found = findPlaceholder(field);
    return found != nullptr && (found->scopes & scopeOf(table.from)) != 0 && found->type != ValueType::TextList &&
           found->type != ValueType::FileList && found->name != Name::StatementId && found->name != Name::RefElement &&
           found->name != Name::StatementTimestamp;
}

std::vector<const TableColumn*> missingFields(const std::vector<MappedColumn>& columns,
                                              const std::vector<std::string>& leftOut, const Table& table) {
    std::vector<const TableColumn*> missing;
    for (const TableColumn& column : table.columns) {
        const std::string_view field = placeholder(column.name).text;
        const bool there = std::any_of(columns.begin(), columns.end(),
                                       [&](const MappedColumn& mapped) { return mapped.field == field; });
        if (!there && !contains(leftOut, field)) missing.push_back(&column);
    }
    return missing;
}

TemplateColumns templateColumns(const std::vector<MappedColumn>& columns, const std::vector<std::string>& leftOut,
                                const Table& table) {
    TemplateColumns out;
    std::vector<std::string> undecided, dropped;
    for (const MappedColumn& column : columns) {
        TableColumn own{column.title, Name::Count, false, {}};
        if (!column.leaveEmpty) {
            // A field that an earlier version of the module had and this one has not is undecided again.
            if (!isTableField(column.field, table)) {
                undecided.push_back("«" + column.title + "»");
                continue;
            }
            own.name = findPlaceholder(column.field)->name;
            for (const TableColumn& ours : table.columns)
                if (ours.name == own.name) own.required = ours.required;
        }
        out.columns.push_back(std::move(own));
    }
    for (const TableColumn* column : missingFields(columns, leftOut, table))
        if (column->required) dropped.push_back("«" + column->title + "»");
    if (!undecided.empty()) out.problem = fmt::format("не сопоставлено: {}", fmt::join(undecided, ", "));
    if (!dropped.empty())
        out.problem += fmt::format("{}в шаблоне нет обязательных данных: {}", out.problem.empty() ? "" : "; ",
                                   fmt::join(dropped, ", "));
    return out;
}

}  // namespace plugin::tables
