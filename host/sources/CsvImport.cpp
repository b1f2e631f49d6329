#include "host/sources/CsvImport.h"

#include "common/Rfc3339.h"
#include "common/Text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace host::sources {
namespace {

using records::RecordDraft;
using records::Value;
using records::VerdictStatus;
using sdk::AppError;
using sdk::FieldError;

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kShownValue = 100;
constexpr double kLongest = 1e4 * 366 * 86400;  // seconds from a base date: beyond it no time can be written

std::string cut(std::string_view text) {
    const auto shown = common::beginning(text, kShownValue);
    return std::string(shown) + (shown.size() < text.size() ? "…" : "");
}

std::optional<sdk::Micros> instant(std::string_view text, const common::TimeZone& zone) {
    if (auto exact = common::Rfc3339::parse(text)) return exact;
    auto local = common::Rfc3339::parseDate(text);
    if (!local) local = common::Rfc3339::parseLocal(text);
    if (!local) return std::nullopt;
    const auto time = zone.fromLocal(*local);
    return common::Rfc3339::isWritable(time) ? std::optional(time) : std::nullopt;
}

}  // namespace

RowReader::RowReader(const CsvMapping& mapping, const std::vector<std::string>& header)
    : mapping_(mapping), header_(header) {
    std::vector<FieldError> absent;
    for (const auto& column : mapping.columns())
        if (std::find(header_.begin(), header_.end(), column) == header_.end())
            absent.push_back({column, "is not a column of the file",
                              records::suggestion(column, header_) +
                                  fmt::format("The file has: {}.", cut(fmt::format("{}", fmt::join(header_, ", "))))});
    if (!absent.empty())
        throw AppError::validation(fmt::format("The file does not fit the mapping '{}'.", mapping.name), absent);
    externalId_ = bind(mapping.externalId);
    for (const auto& rule : mapping.fields) {
        Field field{bind(rule.text), &rule, 0};
        if (rule.date && rule.date->base == DateRule::Base::Column) field.baseColumn = indexOf(rule.date->baseColumn);
        fields_.push_back(std::move(field));
    }
    for (const auto& condition : mapping.when) conditions_.push_back({indexOf(condition.column), &condition});
}

std::size_t RowReader::indexOf(const std::string& name) const {
    return static_cast<std::size_t>(std::find(header_.begin(), header_.end(), name) - header_.begin());
}

const std::string& RowReader::column(std::size_t index) const {
    static const std::string kNone;
    return index < header_.size() ? header_[index] : kNone;
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

bool RowReader::isTaken(const CsvRow& row) const {
    for (const auto& [column, rule] : conditions_) {
        const auto& cell = row.cells[column];
        if (!rule->in.empty() && !rule->in.contains(cell)) return false;
        if (rule->notIn.contains(cell)) return false;
        if (rule->missing && *rule->missing != isMissing(cell)) return false;
    }
    return true;
}

std::optional<std::string> RowReader::textOf(const Text& text, const CsvRow& row, FieldError& error) const {
    std::string out;
    for (const auto& piece : text.pieces) {
        if (!piece.isColumn) {
            out += piece.text;
            continue;
        }
        const auto cell = common::trim(row.cells[piece.column]);
        // A value map may speak of the missing value itself.
        const bool mapped = text.rule->map && text.rule->map->contains(std::string(cell));
        if (isMissing(cell) && !mapped) return std::nullopt;
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

Value RowReader::timeOf(const Field& field, const std::string& text, const CsvRow& row, FieldError& error) const {
    const auto& date = *field.rule->date;
    if (date.base == DateRule::Base::None) {
        if (auto time = instant(text, *date.zone)) return *time;
        error.reason = "is not a date or a time";
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
    auto base = date.fixed;
    if (date.base == DateRule::Base::Column) {
        const auto it = date.baseMap.find(row.cells[field.baseColumn]);
        if (it == date.baseMap.end()) {
            error.reason = fmt::format("has no base date for '{}'", cut(row.cells[field.baseColumn]));
            error.fix = "Add it to the mapping's 'base'.";
            return {};
        }
        base = it->second;
    }
    const auto time = date.zone->fromLocal(base + std::llround(amount * static_cast<double>(date.unitSeconds) * 1e6));
    if (common::Rfc3339::isWritable(time)) return time;
    error.reason = "is too far from the base date";
    error.fix = "Give a time of the years 1 to 9999.";
    return {};
}

void RowReader::readField(const Field& field, const CsvRow& row, RecordDraft& draft) const {
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

RecordDraft RowReader::read(const CsvRow& row) const {
    RecordDraft draft(mapping_.target);
    FieldError error;
    draft.externalId = textOf(externalId_, row, error).value_or("");
    if (!error.reason.empty()) draft.fail("externalId", error.reason, error.fix);
    for (const auto& field : fields_) readField(field, row, draft);
    records::checkDraft(draft);
    return draft;
}

RowError RowReader::locate(const CsvRow& row, const FieldError& error) const {
    RowError located{row.line, {}, {}, error.reason, error.fix};
    const std::string name = error.pointer.substr(error.pointer.starts_with('/') ? 1 : 0);
    const Text* text = name == "externalId" ? &externalId_ : nullptr;
    const auto& kind = records::spec(mapping_.target);
    for (const auto& field : fields_)
        if (name == kind.fields[field.rule->field].name) text = &field.text;
    std::string columns;
    if (text != nullptr)
        for (const auto& piece : text->pieces) {
            if (!piece.isColumn) continue;
            columns += (columns.empty() ? "" : ",") + column(piece.column);
            if (piece.column < row.cells.size())
                located.value += (located.value.empty() ? "" : ",") + row.cells[piece.column];
        }
    located.column = columns.empty() ? name : columns;
    located.value = cut(located.value);
    if (!columns.empty() && columns != name) located.reason = fmt::format("{} (field '{}')", located.reason, name);
    return located;
}

ImportReport CsvImport::run(const std::string& organization, std::istream& csv,
                            const std::function<void(const RowError&)>& onError) {
    CsvReader reader(csv, mapping_.csv);
    CsvRow header;
    if (!reader.next(header) || header.problem)
        throw AppError::validation(
            "The file has no header.",
            {{"", header.problem ? header.problem->reason : "is empty",
              header.problem ? header.problem->fix : "Send a CSV file whose first row names the columns."}});
    const RowReader rows(mapping_, header.cells);
    ImportReport report;
    auto tell = [&](const RowError& error) {
        ++report.errors;
        onError(error);
    };

    std::vector<RecordDraft> drafts;
    std::vector<CsvRow> origins;  // to say where an error of the store's lies
    auto flush = [&] {
        if (drafts.empty()) return;
        const auto verdicts = store_.upsert(organization, mapping_.source, drafts);
        for (std::size_t i = 0; i < verdicts.size(); ++i) {
            report.created += verdicts[i].status == VerdictStatus::Created ? 1 : 0;
            report.updated += verdicts[i].status == VerdictStatus::Updated ? 1 : 0;
            report.unchanged += verdicts[i].status == VerdictStatus::Unchanged ? 1 : 0;
            report.rejected += verdicts[i].status == VerdictStatus::Rejected ? 1 : 0;
            for (const auto& error : verdicts[i].errors) tell(rows.locate(origins[i], error));
        }
        drafts.clear();
        origins.clear();
    };

    CsvRow row;
    while (reader.next(row)) {
        ++report.rows;
        if (row.problem) {
            ++report.rejected;
            const auto at = row.problem->column;
            tell({row.line, rows.column(at),
                  at < row.cells.size() && common::isUtf8(row.cells[at]) ? cut(row.cells[at]) : "", row.problem->reason,
                  row.problem->fix});
        } else if (row.cells.size() != rows.width()) {
            ++report.rejected;
            tell({row.line, "", "", fmt::format("The row has {} values, the header {}", row.cells.size(), rows.width()),
                  "Give each row as many values as the header has columns; put values with the delimiter in quotes."});
        } else if (!rows.isTaken(row)) {
            ++report.skipped;
        } else {
            drafts.push_back(rows.read(row));
            origins.push_back(row);
            if (drafts.size() == kBatch) flush();
        }
    }
    flush();
    if (reader.broken())
        throw AppError(400, "upload-broken",
                       "The file ended in the middle. Rows before were brought in; send it again.");
    return report;
}

}  // namespace host::sources
