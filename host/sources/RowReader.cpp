#include "host/sources/RowReader.h"

#include "common/Rfc3339.h"
#include "common/Text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace host::sources {
namespace {

using records::RecordDraft;
using records::Value;
using sdk::AppError;
using sdk::FieldError;
using sdk::SourceRow;

constexpr std::size_t kShownValue = 100;
constexpr double kLongest = 1e4 * 366 * 86400;  // seconds from a base date: beyond it no time can be written

/// "5.9.2025 9:30" → "2025-09-05 09:30"; anything else as it is. A year of two digits is a guess, and none.
std::string fromDotted(std::string_view text) {
    const auto digits = [&text](std::size_t least, std::size_t most) {
        std::size_t count = 0;
        while (count < text.size() && count < most && text[count] >= '0' && text[count] <= '9') ++count;
        const auto some = text.substr(0, count < least ? 0 : count);
        text.remove_prefix(some.size());
        return some;
    };
    const auto takes = [&text](char c) {
        if (text.empty() || text.front() != c) return false;
        text.remove_prefix(1);
        return true;
    };
    const std::string whole(text);
    const auto day = digits(1, 2);
    if (day.empty() || !takes('.')) return whole;
    const auto month = digits(1, 2);
    if (month.empty() || !takes('.')) return whole;
    const auto year = digits(4, 4);
    if (year.empty()) return whole;
    const auto date = fmt::format("{}-{:0>2}-{:0>2}", year, month, day);
    if (text.empty()) return date;
    takes(',');
    if (!takes(' ')) return whole;
    const bool shortHour = text.size() > 1 && text[1] == ':';
    return fmt::format("{} {}{}", date, shortHour ? "0" : "", text);
}

std::optional<sdk::Micros> instant(std::string_view text, const common::TimeZone& zone) {
    if (auto exact = common::Rfc3339::parse(text)) return exact;
    auto local = common::Rfc3339::parseDate(text);
    if (!local) local = common::Rfc3339::parseLocal(text);
    if (!local) return std::nullopt;
    const auto time = zone.fromLocal(*local);
    return common::Rfc3339::isWritable(time) ? std::optional(time) : std::nullopt;
}

/// An optional column that the source has not.
const std::optional<std::string>& cellAt(const SourceRow& row, std::size_t column) {
    static const std::optional<std::string> kNone;
    return column < row.cells.size() ? row.cells[column] : kNone;
}

/// A value that the source says there is none of is told apart from an empty one by `isMissing` only.
std::string_view textIn(const std::optional<std::string>& cell) {
    return cell ? std::string_view(*cell) : std::string_view();
}

}  // namespace

std::string shownValue(std::string_view text) {
    const auto shown = common::beginning(text, kShownValue);
    return std::string(shown) + (shown.size() < text.size() ? "…" : "");
}

std::vector<std::string> TextRule::columns() const {
    std::vector<std::string> all;
    for (const auto& piece : pieces)
        if (!piece.column.empty()) all.push_back(piece.column);
    return all;
}

std::set<std::string> CsvMapping::columns() const {
    auto all = requiredColumns();
    for (const auto& rule : fields) {
        const auto some = rule.text.columns();
        all.insert(some.begin(), some.end());
        if (rule.date && !rule.date->baseColumn.empty()) all.insert(rule.date->baseColumn);
    }
    for (const auto& condition : when) all.insert(condition.column);
    return all;
}

std::set<std::string> CsvMapping::requiredColumns() const {
    std::set<std::string> all;
    auto add = [&](const std::vector<std::string>& some) { all.insert(some.begin(), some.end()); };
    add(externalId.columns());
    if (content) add(content->reference.columns());
    for (const auto& rule : fields) {
        if (rule.optional) continue;
        add(rule.text.columns());
        if (rule.date && !rule.date->baseColumn.empty()) all.insert(rule.date->baseColumn);
    }
    for (const auto& condition : when)
        if (!condition.optional) all.insert(condition.column);
    return all;
}

RowReader::RowReader(const CsvMapping& mapping, const std::vector<std::string>& columns, std::string_view what)
    : mapping_(mapping), columns_(columns) {
    std::vector<FieldError> absent;
    const auto required = mapping.requiredColumns();
    for (const auto& column : mapping.columns()) {
        const auto times = std::count(columns_.begin(), columns_.end(), column);
        if (times > 1)
            absent.push_back({column, fmt::format("names {} columns of the {}", times, what),
                              "Give each of these columns a name of its own: which one is meant can't be told."});
        if (times == 0 && required.contains(column))
            absent.push_back(
                {column, fmt::format("is not a column of the {}", what),
                 records::suggestion(column, columns_) +
                     fmt::format("The {} has: {}.", what, shownValue(fmt::format("{}", fmt::join(columns_, ", "))))});
    }
    if (!absent.empty())
        throw AppError::validation(fmt::format("The {} does not fit the mapping '{}'.", what, mapping.name), absent);
    externalId_ = bind(mapping.externalId);
    if (mapping.content) content_ = bind(mapping.content->reference);
    for (const auto& rule : mapping.fields) {
        Field field{bind(rule.text), &rule, 0};
        if (rule.date && rule.date->base == DateRule::Base::Column) field.baseColumn = indexOf(rule.date->baseColumn);
        fields_.push_back(std::move(field));
    }
    for (const auto& condition : mapping.when) conditions_.push_back({indexOf(condition.column), &condition});
}

std::size_t RowReader::indexOf(const std::string& name) const {
    return static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), name) - columns_.begin());
}

const std::optional<std::string>& RowReader::cell(const SourceRow& row, const std::string& column) const {
    const auto at = indexOf(column);
    if (at >= row.cells.size()) throw AppError(500, "internal", "A row was asked for a column that it has not.");
    return row.cells[at];
}

std::optional<std::string> RowReader::identify(const SourceRow& row) const {
    if (row.cells.size() != width()) return std::nullopt;
    for (const auto& piece : externalId_.pieces)
        if (piece.isColumn &&
            (!row.problem || row.problem->column.empty() || columns_[piece.column] == row.problem->column))
            return std::nullopt;
    FieldError error;
    auto id = textOf(externalId_, row, error);
    return id && !records::checkExternalId(*id) ? id : std::nullopt;
}

std::string RowReader::contentReference(const SourceRow& row) const {
    FieldError error;
    return content_.rule == nullptr ? std::string() : textOf(content_, row, error).value_or("");
}

RowReader::Text RowReader::bind(const TextRule& rule) const {
    Text text;
    text.rule = &rule;
    for (const auto& piece : rule.pieces) {
        if (piece.column.empty())
            text.pieces.push_back({piece.text, 0, false});
        else
            text.pieces.push_back({{}, indexOf(piece.column), true});
    }
    return text;
}

bool RowReader::isTaken(const SourceRow& row) const {
    for (const auto& [column, rule] : conditions_) {
        const auto& cell = cellAt(row, column);
        const auto text = textIn(cell);
        if (!rule->in.empty() && !rule->in.contains(text)) return false;
        if (rule->notIn.contains(text)) return false;
        if (rule->missing && *rule->missing != (!cell || isMissing(text))) return false;
    }
    return true;
}

std::optional<std::string> RowReader::textOf(const Text& text, const SourceRow& row, FieldError& error) const {
    std::string out;
    for (const auto& piece : text.pieces) {
        if (!piece.isColumn) {
            out += piece.text;
            continue;
        }
        const auto& value = cellAt(row, piece.column);
        const auto cell = common::trim(textIn(value));
        // A value map may speak of the missing value itself.
        const bool mapped = text.rule->map && text.rule->map->contains(std::string(cell));
        if ((!value || isMissing(cell)) && !mapped) return std::nullopt;
        out += cell;
    }
    if (text.rule->map) {
        const auto it = text.rule->map->find(out);
        if (it != text.rule->map->end()) return it->second;
        if (text.rule->otherwise) return isMissing(*text.rule->otherwise) ? std::nullopt : text.rule->otherwise;
        error.reason = "is not in the mapping's 'map'";
        error.fix = "Add the value to the mapping, or correct the file.";
        return std::nullopt;
    }
    return text.rule->lower ? common::toLowerAscii(out) : out;
}

Value RowReader::timeOf(const Field& field, const std::string& text, const SourceRow& row, FieldError& error) const {
    const auto& date = *field.rule->date;
    if (date.base == DateRule::Base::None) {
        if (auto time = instant(date.isDotted ? fromDotted(text) : text, *date.zone)) return *time;
        error.reason = "is not a date or a time";
        if (date.isDotted)
            error.fix = "Write a date as 15.09.2025, a time as 15.09.2025 10:00.";
        else if (fromDotted(text) != text)
            error.fix = "Say in the mapping that dates are written as dd.mm.yyyy.";
        else
            error.fix = "Write a date as 2025-09-15, a time as 2025-09-15 10:00, or RFC 3339.";
        return {};
    }
    double amount = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (code != std::errc() || end != text.data() + text.size() ||
        !(std::fabs(amount) * static_cast<double>(date.unitSeconds) <= kLongest)) {
        error.reason = "is not a number of units from the base date";
        error.fix = "Write digits, as in 19 or -3.";
        return {};
    }
    if (date.base == DateRule::Base::FlowStart) return records::FromFlowStart{amount, date.unitSeconds, date.zone};
    auto from = date.fixed;
    if (date.base == DateRule::Base::Column) {
        const std::string base(textIn(cellAt(row, field.baseColumn)));
        const auto it = date.baseMap.find(base);
        if (it == date.baseMap.end()) {
            error.reason = fmt::format("has no base date for '{}'", shownValue(base));
            error.fix = "Add it to the mapping's 'base'.";
            return {};
        }
        from = it->second;
    }
    const auto time = date.zone->fromLocal(from + std::llround(amount * static_cast<double>(date.unitSeconds) * 1e6));
    if (common::Rfc3339::isWritable(time)) return time;
    error.reason = "is too far from the base date";
    error.fix = "Give a time of the years 1 to 9999.";
    return {};
}

void RowReader::readField(const Field& field, const SourceRow& row, RecordDraft& draft) const {
    const auto& spec = records::spec(mapping_.target).fields[field.rule->field];
    if (field.rule->derivesSuccess) {
        draft.values[field.rule->field] = records::RawReachesPass{};
        return;
    }
    FieldError error;
    const auto text = textOf(field.text, row, error);
    if (text && field.rule->date) {
        draft.values[field.rule->field] = timeOf(field, *text, row, error);
    } else if (text) {
        if (auto value = records::valueFromText(spec, *text, mapping_.decimalComma, error))
            draft.values[field.rule->field] = std::move(*value);
    }
    if (!error.reason.empty()) draft.fail(spec.name, error.reason, error.fix);
}

RecordDraft RowReader::read(const SourceRow& row) const {
    RecordDraft draft(mapping_.target);
    FieldError error;
    draft.externalId = textOf(externalId_, row, error).value_or("");
    if (!error.reason.empty()) draft.fail("externalId", error.reason, error.fix);
    for (const auto& field : fields_) readField(field, row, draft);
    records::checkDraft(draft);
    return draft;
}

RowError RowReader::locate(const SourceRow& row, const FieldError& error) const {
    RowError located{row.place, {}, {}, error.reason, error.fix, 0};
    const std::string name = error.pointer.substr(error.pointer.starts_with('/') ? 1 : 0);
    const Text* text = name == "externalId" ? &externalId_ : name == "content" ? &content_ : nullptr;
    const auto& kind = records::spec(mapping_.target);
    for (const auto& field : fields_)
        if (name == kind.fields[field.rule->field].name) text = &field.text;
    std::string columns;
    if (text != nullptr)
        for (const auto& piece : text->pieces) {
            if (!piece.isColumn) continue;
            if (piece.column >= columns_.size()) continue;
            columns += (columns.empty() ? "" : ",") + columns_[piece.column];
            if (piece.column < row.cells.size())
                located.value += (located.value.empty() ? "" : ",") + std::string(textIn(row.cells[piece.column]));
        }
    located.column = columns.empty() ? name : columns;
    located.value = shownValue(located.value);
    if (!columns.empty() && columns != name) located.reason = fmt::format("{} (field '{}')", located.reason, name);
    return located;
}

RowError RowReader::problemOf(const SourceRow& row) const {
    RowError told{row.place, row.problem->column, {}, row.problem->reason, row.problem->fix, 0};
    const auto at = told.column.empty() ? row.cells.size() : indexOf(told.column);
    if (at < row.cells.size() && common::isUtf8(textIn(row.cells[at]))) told.value = shownValue(textIn(row.cells[at]));
    return told;
}

}  // namespace host::sources
