#include "plugin/api/QuarantineView.h"

#include "plugin/api/RussianTexts.h"

namespace plugin::api {

void writeRow(common::JsonWriter& json, const store::QuarantineRow& row, const SourceRecords& sources,
              const RecordNamesOf& names, bool russian) {
    const auto source = sources.state(row.record, row.flowId);
    const auto cause = causeText(row.cause, russian);
    json.member("id", std::to_string(row.seq))
        .member("statementId", row.statementId)
        .member("state", row.state)
        .member("statementState", row.statement)
        .member("store", row.target.storeId)
        .member("project", row.target.project)
        .member("kind", row.kind)
        .member("flow", std::to_string(row.flowId))
        .key("learner");
    row.learnerId == 0 ? json.null() : json.value(std::to_string(row.learnerId));
    json.memberIfSet("learnerExternalId", names.learnerExternalId);
    writeNames(json, names);
    json.key("record")
        .object()
        .member("kind", row.record.kind)
        .member("id", std::to_string(row.record.id))
        .member("revision", row.record.revision)
        .end()
        .key("source")
        .object()
        .member("state", toString(source))
        .key("revision");
    const auto revision = sources.revision(row.record, row.flowId);
    revision == 0 ? json.null() : json.value(revision);
    json.end()
        .member("reason", row.reason)
        .member("group", row.group)
        .member("cause", row.cause)
        .member("title", cause.title)
        .member("meaning", cause.meaning)
        .member("fix", cause.fix)
        .member("outlook", outlook(row, source, russian))
        .member("conflict", row.conflict)
        .member("status", row.status)
        .member("errorId", row.errorId)
        .key("refusedAt")
        .time(row.refusedAt)
        .member("dependents", row.dependents)
        .key("word");
    if (row.word)
        json.object()
            .member("word", row.word->word)
            .member("comment", row.word->comment)
            .member("by", row.word->by)
            .key("at")
            .time(row.word->at)
            .end();
    else
        json.null();
}

void writeDecision(common::JsonWriter& json, const store::QuarantineDecision& decision) {
    json.object()
        .member("action", decision.action)
        .member("comment", decision.comment)
        .member("by", decision.by)
        .key("at")
        .time(decision.at)
        .key("refusal")
        .object()
        .key("at")
        .time(decision.refusedAt)
        .member("status", decision.status)
        .member("conflict", decision.conflict)
        .member("reason", decision.reason)
        .member("errorId", decision.errorId)
        .end()
        .end();
}

host::sdk::Response quarantineCsv(const host::sdk::Request& request, const std::vector<store::QuarantineRow>& rows,
                                  const SourceRecords& sources, const std::vector<RecordNamesOf>& names,
                                  const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name : {"id",         "statementId", "state",     "project",
                             "kind",       "flow",        "learner",   "learnerExternalId",
                             "recordKind", "record",      "revision",  "source",
                             "cause",      "title",       "reason",    "fix",
                             "outlook",    "status",      "errorId",   "refusedAt",
                             "dependents", "comment",     "decidedBy", "decidedAt"})
        csv.cell(name);
    endTitles(csv);
    const bool russian = isRussian(request);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto source = sources.state(row.record, row.flowId);
        const auto cause = causeText(row.cause, russian);
        csv.cell(row.seq).cell(row.statementId).cell(row.state).cell(row.target.project).cell(row.kind);
        csv.cell(row.flowId);
        row.learnerId == 0 ? csv.cell("") : csv.cell(row.learnerId);
        csv.cell(names[i].learnerExternalId).cell(row.record.kind).cell(row.record.id);
        csv.cell(row.record.revision).cell(toString(source)).cell(row.cause).cell(cause.title).cell(row.reason);
        csv.cell(cause.fix)
            .cell(outlook(row, source, russian))
            .cell(static_cast<std::int64_t>(row.status))
            .cell(row.errorId);
        csv.time(row.refusedAt).cell(row.dependents);
        const auto word = row.word.value_or(store::QuarantineWord{});
        csv.cell(word.comment).cell(word.by).time(row.word ? std::optional(word.at) : std::nullopt);
        endRow(csv, names[i]);
    }
    return csvPage(request, csv, "quarantine.csv", next);
}

}  // namespace plugin::api
