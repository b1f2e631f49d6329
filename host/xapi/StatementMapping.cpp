#include "host/xapi/StatementMapping.h"

#include "host/records/StrictJson.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <tuple>

namespace host::xapi {
namespace {

using namespace Poco::Data::Keywords;
using records::RecordKind;

std::string_view textOf(const rapidjson::Value& in, const char* name) {
    const auto member = in.FindMember(name);
    if (member == in.MemberEnd() || !member->value.IsString()) return {};
    return {member->value.GetString(), member->value.GetStringLength()};
}

Trouble troubleOf(const std::string& rule, const sources::RowError& error) {
    return {rule, error.column, error.value, error.reason, error.fix};
}

bool says(const StatementRow& row) {
    return row.kind >= 0 &&
           (row.state == State::Mapped || row.state == State::Superseded || row.state == State::Waiting);
}

}  // namespace

StatementFacts factsOf(const rapidjson::Value& statement, std::string_view id, sdk::Micros at) {
    StatementFacts facts;
    facts.id = id;
    facts.at = at;
    facts.verb = textOf(statement["verb"], "id");
    const auto& object = statement["object"];
    const auto type = textOf(object, "objectType");
    if (!type.empty() && type != "Activity") return facts;
    facts.activity = textOf(object, "id");
    if (const auto definition = object.FindMember("definition"); definition != object.MemberEnd())
        facts.activityType = textOf(definition->value, "type");
    return facts;
}

StatementMapping::StatementMapping(Poco::Data::Session& session, StatementRows& rows, const ActiveSource& source,
                                   sdk::Micros moment)
    : session_(session),
      rows_(rows),
      source_(source),
      writer_(session, source.source.organization, source.source.name, moment) {}

void StatementMapping::takeBack(const StatementRow& row) {
    if (row.state != State::Mapped) return;
    if (rows_.forgetLatest(row)) tookBack_ = true;
    removeRecord(row);
}

void StatementMapping::takeBackVoided(const StatementRow& row) {
    if (row.state != State::Mapped) return;
    if (rows_.forgetLatest(row)) {
        if (auto before = rows_.superseded(row.kind, row.externalId)) {
            const auto json = records::parseStrict(before->body);
            const auto facts = factsOf(json, before->row.statementId, before->row.madeAt);
            MappedStatement again{before->row, source_.rules->read(json, facts), before->body};
            const auto& says = again.reading;
            if (says.state == State::Mapped && static_cast<std::int64_t>(says.draft.kind) == row.kind &&
                says.draft.externalId == row.externalId) {
                const auto troubles = write({&again, 1});
                rows_.setStates({again.row});
                rows_.addTroubles(troubles);
                if (again.row.state == State::Mapped) return;
            }
            // Other rules are being applied, or it waits: reading all again settles it.
            tookBack_ = true;
        }
    }
    removeRecord(row);
}

void StatementMapping::removeRecord(const StatementRow& row) {
    const auto kind = static_cast<RecordKind>(row.kind);
    auto organization = source_.source.organization, from = source_.source.name, external = row.externalId;
    std::vector<std::int64_t> ids;
    session_ << fmt::format(
        "SELECT id FROM {} WHERE organization_id = ? AND source = ? AND external_id = ? AND deleted_at IS NULL",
        records::spec(kind).table),
        into(ids), use(organization), use(from), use(external), now;
    for (const auto id : ids) writer_.remove(kind, id);
}

/// Of statements that speak of one record, in these and among those that came before.
void StatementMapping::chooseLatest(std::span<MappedStatement> statements) {
    std::map<std::pair<std::int64_t, std::string>, MappedStatement*> best;
    const auto order = [](const StatementRow& row) { return std::tuple(row.saidAt(), row.id); };
    for (auto& one : statements) {
        if (one.row.state != State::Mapped || !one.reading.shared) continue;
        auto& leading = best[{one.row.kind, one.row.externalId}];
        if (leading != nullptr && order(leading->row) > order(one.row)) {
            one.row.state = State::Superseded;
            continue;
        }
        if (leading != nullptr) leading->row.state = State::Superseded;
        leading = &one;
    }
    std::map<std::int64_t, std::vector<std::string>> byKind;
    for (const auto& [key, one] : best) byKind[key.first].push_back(key.second);
    // Nothing spoke yet of a record that was never there.
    for (const auto& [kind, externals] : byKind)
        for (const auto& [external, latest] :
             rows_.latest(kind, writer_.present(static_cast<RecordKind>(kind), externals))) {
            auto& one = *best[{kind, external}];
            if (latest.statement == one.row.id) continue;
            if (std::tuple(latest.saidAt, latest.statement) > order(one.row))
                one.row.state = State::Superseded;
            else
                one.outdoes = latest.statement;
        }
}

Trouble StatementMapping::whyWaiting(const MappedStatement& one, const records::Verdict& verdict) const {
    const auto json = records::parseStrict(one.body);
    const auto facts = factsOf(json, one.row.statementId, one.row.madeAt);
    return troubleOf(one.reading.rule, source_.rules->locate(one.reading.rule, json, facts, verdict.errors.front()));
}

std::map<std::int64_t, Trouble> StatementMapping::write(std::span<MappedStatement> statements) {
    std::map<std::int64_t, Trouble> troubles;
    for (auto& one : statements) {
        const auto before = one.row;
        const bool speaks = one.reading.state == State::Mapped && !one.row.voided;
        one.row.state = one.row.voided ? State::Voided : one.reading.state;
        one.row.kind = speaks ? static_cast<std::int64_t>(one.reading.draft.kind) : -1;
        one.row.externalId = speaks ? one.reading.draft.externalId : std::string();
        if (one.row.state == State::Rejected && !one.reading.why.empty())
            troubles[one.row.id] = troubleOf(one.reading.rule, one.reading.why.front());
        if (says(before) && (before.kind != one.row.kind || before.externalId != one.row.externalId)) takeBack(before);
    }
    chooseLatest(statements);
    std::vector<records::RecordDraft> drafts;
    std::vector<MappedStatement*> written;
    for (auto& one : statements) {
        if (one.row.state != State::Mapped) continue;
        drafts.push_back(std::move(one.reading.draft));
        written.push_back(&one);
    }
    const auto verdicts = writer_.write(drafts);
    std::vector<const StatementRow*> latest;
    std::vector<std::int64_t> outdone;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        auto& one = *written[i];
        if (verdicts[i].status == records::VerdictStatus::Rejected) {
            one.row.state = State::Waiting;
            troubles[one.row.id] = whyWaiting(one, verdicts[i]);
        } else if (one.reading.shared) {
            latest.push_back(&one.row);
            if (one.outdoes != 0) outdone.push_back(one.outdoes);
        }
    }
    rows_.setLatest(latest);
    rows_.supersede(outdone);
    return troubles;
}

}  // namespace host::xapi
