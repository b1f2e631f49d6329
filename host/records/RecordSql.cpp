#include "host/records/RecordSql.h"

#include <fmt/format.h>

namespace host::records {
namespace {

using Poco::Nullable;
using namespace Poco::Data::Keywords;

bool isText(FieldType type) {
    return type == FieldType::Text || type == FieldType::Enum || type == FieldType::TextList;
}

template <class Columns>
void prepare(const KindSpec& kind, Columns& columns) {
    using Column = typename Columns::value_type;
    columns.reserve(kind.fields.size());
    for (const auto& field : kind.fields) {
        if (isText(field.type))
            columns.push_back(Column(std::in_place_index<0>));
        else if (field.type == FieldType::Number)
            columns.push_back(Column(std::in_place_index<2>));
        else
            columns.push_back(Column(std::in_place_index<1>));
    }
}

}  // namespace

std::string placeholders(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += i == 0 ? "?" : ", ?";
    return out;
}

// Line feeds can't stand in an item: control characters are refused before.
std::string joinList(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, "\n"));
}

std::vector<std::string> splitList(const std::string& column) {
    std::vector<std::string> items;
    std::size_t from = 0;
    while (from < column.size()) {
        auto to = column.find('\n', from);
        if (to == std::string::npos) to = column.size();
        items.push_back(column.substr(from, to - from));
        from = to + 1;
    }
    return items;
}

BoundColumns::BoundColumns(const KindSpec& kind) : kind_(kind) {
    prepare(kind, columns_);
}

void BoundColumns::add(const RecordDraft& draft) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto& value = draft.values[i];
        if (auto* texts = std::get_if<Texts>(&columns_[i])) {
            auto& cell = texts->emplace_back();
            if (const auto* text = std::get_if<std::string>(&value))
                cell = *text;
            else if (const auto* list = std::get_if<std::vector<std::string>>(&value))
                cell = joinList(*list);
        } else if (auto* wholes = std::get_if<Wholes>(&columns_[i])) {
            auto& cell = wholes->emplace_back();
            if (const auto* whole = std::get_if<std::int64_t>(&value))
                cell = *whole;
            else if (const auto* flag = std::get_if<bool>(&value))
                cell = static_cast<std::int64_t>(*flag);
        } else {
            auto& cell = std::get<Reals>(columns_[i]).emplace_back();
            if (const auto* real = std::get_if<double>(&value)) cell = *real;
        }
    }
}

std::string BoundColumns::names() const {
    std::string out;
    for (const auto& field : kind_.fields) out += (out.empty() ? "" : ", ") + std::string(field.column);
    return out;
}

std::string BoundColumns::assignments() const {
    std::string out;
    for (const auto& field : kind_.fields) out += (out.empty() ? "" : ", ") + std::string(field.column) + " = ?";
    return out;
}

void BoundColumns::bind(Poco::Data::Statement& statement) {
    for (auto& column : columns_) std::visit([&](auto& cells) { statement.addBind(use(cells)); }, column);
}

FetchedColumns::FetchedColumns(const KindSpec& kind) : kind_(kind) {
    prepare(kind, columns_);
}

void FetchedColumns::extract(Poco::Data::Statement& statement) {
    for (auto& column : columns_) std::visit([&](auto& cells) { statement.addExtract(into(cells)); }, column);
}

Value FetchedColumns::take(std::size_t index, std::size_t row) {
    const auto type = kind_.fields[index].type;
    if (auto* texts = std::get_if<Texts>(&columns_[index])) {
        auto& cell = (*texts)[row];
        if (cell.isNull()) return {};
        if (type == FieldType::TextList) return splitList(cell.value());
        return std::move(cell.value());
    }
    if (auto* reals = std::get_if<Reals>(&columns_[index])) {
        auto& cell = (*reals)[row];
        return cell.isNull() ? Value() : Value(cell.value());
    }
    auto& cell = std::get<Wholes>(columns_[index])[row];
    if (cell.isNull()) return {};
    if (type == FieldType::Bool) return cell.value() != 0;
    if (type == FieldType::Ref) return Reference{cell.value(), {}, {}};
    return cell.value();
}

}  // namespace host::records
