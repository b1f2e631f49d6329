#include "host/connections/RouteTrial.h"

#include "common/Text.h"
#include "host/connections/RunLog.h"
#include "host/records/RecordJson.h"
#include "host/records/RecordWriter.h"

#include <algorithm>

namespace host::connections {
namespace {

using common::JsonWriter;
using records::FieldType;
using records::RecordDraft;
using records::RecordKind;
using records::Value;
using records::VerdictStatus;

constexpr std::size_t kShownCell = 500;

struct Undo {};

/// `given` as it was read, `written` as it was resolved: times from a flow's start, a success by its rule.
std::string recordJson(const RecordDraft& given, const RecordDraft& written) {
    const auto& kind = records::spec(given.kind);
    JsonWriter json;
    json.object().member("kind", kind.name).member("externalId", given.externalId);
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        if (kind.fields[i].readOnly || !given.has(i)) continue;
        const bool resolved = std::holds_alternative<records::FromFlowStart>(given.values[i]) ||
                              std::holds_alternative<records::RawReachesPass>(given.values[i]);
        if (resolved && !written.has(i)) continue;
        records::writeValue(json.key(kind.fields[i].name), kind.fields[i],
                            resolved ? written.values[i] : given.values[i], records::ReferenceForm::ExternalId);
    }
    return json.end().take();
}

/// The bytes of files are not fetched for a trial.
void standIn(RecordDraft& draft) {
    draft.values[records::fieldIndex(RecordKind::File, "contentType")] = std::string("application/octet-stream");
    draft.values[records::fieldIndex(RecordKind::File, "size")] = std::int64_t{0};
    draft.values[records::fieldIndex(RecordKind::File, "sha256")] = std::string(64, '0');
}

}  // namespace

Trial tryRows(sdk::Database& database, const sdk::Clock& clock, const RouteRules& rules, sdk::SourceReader& reader) {
    Trial trial;
    RunOutcome outcome;
    trial.columns = reader.columns();
    std::optional<sources::RowReader> rows;
    try {
        rows.emplace(*rules.mapping, trial.columns, "source");
        requireWatermark(rules, trial.columns);
    } catch (const sdk::AppError& error) {
        rows.reset();  // the rows are shown as they came
        outcome.end = RunEnd::DoesNotFit;
        outcome.absent = error.errors();
    }
    std::vector<RecordDraft> drafts;
    std::vector<std::size_t> places;
    std::vector<sdk::SourceRow> origins;
    sdk::SourceRow row;
    while (trial.rows.size() < kTrialRows && reader.next(row)) {
        auto& told = trial.rows.emplace_back();
        told.place = row.place;
        for (const auto& cell : row.cells)
            told.cells.push_back(cell ? std::optional(common::shortened(*cell, kShownCell)) : std::nullopt);
        ++outcome.counts.rows;
        if (rows && (row.problem || row.cells.size() != rows->width())) {
            if (!row.problem) row.problem = {"", "The row has another number of values than columns", ""};
            told.errors.push_back(rows->problemOf(row));
        } else if (rows && !rows->isTaken(row)) {
            told.outcome = "skipped";
            ++outcome.counts.skipped;
        } else if (rows) {
            auto draft = rows->read(row);
            if (rules.mapping->content) {
                if (rows->contentReference(row).empty())
                    draft.fail("content", "is missing", "Give the column that names the file's bytes a value.");
                standIn(draft);
            }
            drafts.push_back(std::move(draft));
            places.push_back(trial.rows.size() - 1);
            origins.push_back(row);
        }
        row.problem.reset();
    }
    if (rows)
        if (auto absent = absentKeys(rules, reader); outcome.counts.rows > 0 && !absent.empty()) {
            for (auto& told : trial.rows) {  // shown as they came, as above
                told.outcome.clear();
                told.errors.clear();
            }
            drafts.clear();
            outcome.counts.skipped = 0;
            outcome.end = RunEnd::DoesNotFit;
            outcome.absent = std::move(absent);
        }
    auto written = drafts;
    std::vector<records::Verdict> verdicts;
    try {
        if (!drafts.empty())
            database.write([&](Poco::Data::Session& session) {
                written = drafts;
                verdicts = records::RecordWriter(session, rules.organization, rules.mapping->source, clock.now())
                               .write(written);
                throw Undo();
            });
    } catch (const Undo&) {
    }
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        auto& told = trial.rows[places[i]];
        told.outcome = records::toString(verdicts[i].status);
        told.record = recordJson(drafts[i], written[i]);
        for (const auto& error : verdicts[i].errors) told.errors.push_back(rows->locate(origins[i], error));
        if (std::any_of(verdicts[i].errors.begin(), verdicts[i].errors.end(), isUnknownTarget))
            ++outcome.unknownTargets;
    }
    for (auto& told : trial.rows) {
        if (told.errors.empty()) continue;
        told.outcome = "rejected";
        ++outcome.counts.rejected;
        ++outcome.failuresOfColumn[told.errors.front().column];
    }
    trial.diagnoses = diagnose(outcome);
    return trial;
}

void writeTrial(JsonWriter& json, const Trial& trial, const std::string& language) {
    json.object().key("columns").array();
    for (const auto& column : trial.columns) json.value(column);
    json.end().key("rows").array();
    for (const auto& row : trial.rows) {
        json.object().member("place", language == "en" ? row.place : placeInRussian(row.place)).key("source").object();
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            json.member(i < trial.columns.size() ? trial.columns[i] : std::to_string(i + 1), row.cells[i]);
        json.end().member("outcome", row.outcome).key("record");
        if (row.record.empty())
            json.null();
        else
            json.raw(row.record);
        json.key("errors").array();
        for (const auto& error : row.errors)
            json.object()
                .member("place", language == "en" ? error.place : placeInRussian(error.place))
                .member("column", error.column)
                .member("value", error.value)
                .member("reason", inLanguage(error.reason, language))
                .member("fix", inLanguage(error.fix, language))
                .end();
        json.end().end();
    }
    writeDiagnoses(json.end().key("diagnoses"), trial.diagnoses, language);
    json.end();
}

}  // namespace host::connections
