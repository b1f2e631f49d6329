#include "host/xapi/StatementRows.h"

#include "host/records/RecordSql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

namespace host::xapi {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Statement;
using records::forSlices;
using records::placeholders;

std::int64_t number(State state) {
    return static_cast<std::int64_t>(state);
}

}  // namespace

std::unordered_map<std::string, std::int64_t> StatementRows::known(const std::vector<std::string>& statementIds) {
    std::unordered_map<std::string, std::int64_t> all;
    forSlices(statementIds, [&](std::span<const std::string> some) {
        std::vector<std::string> keys(some.begin(), some.end()), names;
        std::vector<std::int64_t> ids;
        Statement select(session_);
        select << fmt::format(
            "SELECT id, statement_id FROM xapi_statement WHERE source_id = ? AND statement_id IN ({})",
            placeholders(keys.size())),
            into(ids), into(names), use(source_);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < ids.size(); ++i) all[names[i]] = ids[i];
    });
    return all;
}

void StatementRows::originals(const std::vector<std::int64_t>& ids,
                              const std::function<void(std::int64_t id, const std::string& body)>& take) {
    forSlices(ids, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> keys(some.begin(), some.end()), found;
        std::vector<std::string> bodies;
        Statement select(session_);
        select << fmt::format("SELECT id, body FROM xapi_original WHERE id IN ({})", placeholders(keys.size())),
            into(found), into(bodies);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < found.size(); ++i) take(found[i], bodies[i]);
    });
}

std::int64_t StatementRows::reserve(std::size_t count) {
    auto many = static_cast<std::int64_t>(count);
    std::int64_t next = 0;
    session_ << "UPDATE xapi_sequence SET next_id = next_id + ? WHERE kind = 'statement' RETURNING next_id", into(next),
        use(many), now;
    return next - many;
}

std::int64_t StatementRows::form(const std::string& verb, const std::string& activityType) {
    auto& form = forms_[{verb, activityType}];
    if (form != 0) return form;
    std::string v = verb, t = activityType;
    session_ << "SELECT id FROM xapi_form WHERE source_id = ? AND verb = ? AND activity_type = ?", into(form),
        use(source_), use(v), use(t), now;
    if (form != 0) return form;
    session_ << "UPDATE xapi_sequence SET next_id = next_id + 1 WHERE kind = 'form' RETURNING next_id - 1", into(form),
        now;
    session_ << "INSERT INTO xapi_form (id, source_id, verb, activity_type) VALUES (?, ?, ?, ?)", use(form),
        use(source_), use(v), use(t), now;
    return form;
}

void StatementRows::insert(const std::vector<StatementRow>& rows, std::vector<std::string>& bodies) {
    if (rows.empty()) return;
    const auto count = rows.size();
    std::vector<std::int64_t> ids, sources(count, source_), stored, made, forms, states, kinds, voided;
    std::vector<std::string> names, externals;
    for (const auto& row : rows) {
        ids.push_back(row.id);
        names.push_back(row.statementId);
        stored.push_back(row.storedAt);
        made.push_back(row.madeAt);
        forms.push_back(row.form);
        states.push_back(number(row.state));
        kinds.push_back(row.kind);
        externals.push_back(row.externalId);
        voided.push_back(row.voided ? 1 : 0);
    }
    session_ << "INSERT INTO xapi_statement (id, source_id, statement_id, stored_at, made_at, form_id, state, kind, "
                "external_id, voided) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        use(ids), use(sources), use(names), use(stored), use(made), use(forms), use(states), use(kinds), use(externals),
        use(voided), now;
    session_ << "INSERT INTO xapi_original (id, body) VALUES (?, ?)", use(ids), use(bodies), now;
}

void StatementRows::addAttachments(const std::vector<AttachmentRow>& rows) {
    for (AttachmentRow row : rows)
        session_ << "INSERT INTO xapi_attachment (statement, sha2, content_type, size) VALUES (?, ?, ?, ?) ON CONFLICT "
                    "(statement, sha2) DO NOTHING",
            use(row.statement), use(row.sha2), use(row.contentType), use(row.size), now;
}

void StatementRows::setStates(const std::vector<StatementRow>& rows) {
    if (rows.empty()) return;
    std::vector<std::int64_t> ids, states, kinds;
    std::vector<std::string> externals;
    for (const auto& row : rows) {
        ids.push_back(row.id);
        states.push_back(number(row.state));
        kinds.push_back(row.kind);
        externals.push_back(row.externalId);
    }
    session_ << "UPDATE xapi_statement SET state = ?, kind = ?, external_id = ? WHERE id = ?", use(states), use(kinds),
        use(externals), use(ids), now;
}

std::map<std::int64_t, Trouble> StatementRows::troublesOf(const std::vector<std::int64_t>& statements) {
    std::map<std::int64_t, Trouble> all;
    forSlices(statements, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> keys(some.begin(), some.end()), ids;
        std::vector<std::string> rules, places, values, reasons, fixes;
        Statement select(session_);
        select << fmt::format("SELECT id, rule, place, value, reason, fix FROM xapi_trouble WHERE id IN ({})",
                              placeholders(keys.size())),
            into(ids), into(rules), into(places), into(values), into(reasons), into(fixes);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < ids.size(); ++i)
            all[ids[i]] = {rules[i], places[i], values[i], reasons[i], fixes[i]};
    });
    return all;
}

void StatementRows::replaceTroubles(const std::vector<std::int64_t>& statements,
                                    const std::map<std::int64_t, Trouble>& troubles) {
    const auto before = troublesOf(statements);
    std::vector<std::int64_t> gone;
    auto added = troubles;
    for (const auto& [id, trouble] : before) {
        const auto current = troubles.find(id);
        if (current != troubles.end() && current->second == trouble)
            added.erase(id);
        else
            gone.push_back(id);
    }
    if (!gone.empty()) session_ << "DELETE FROM xapi_trouble WHERE id = ?", use(gone), now;
    addTroubles(added);
}

void StatementRows::addTroubles(const std::map<std::int64_t, Trouble>& troubles) {
    if (troubles.empty()) return;
    std::vector<std::int64_t> keys;
    std::vector<std::string> rules, places, values, reasons, fixes;
    for (const auto& [id, trouble] : troubles) {
        keys.push_back(id);
        rules.push_back(trouble.rule);
        places.push_back(trouble.place);
        values.push_back(trouble.value);
        reasons.push_back(trouble.reason);
        fixes.push_back(trouble.fix);
    }
    session_ << "INSERT INTO xapi_trouble (id, rule, place, value, reason, fix) VALUES (?, ?, ?, ?, ?, ?)", use(keys),
        use(rules), use(places), use(values), use(reasons), use(fixes), now;
}

std::vector<StatementRows::Stored> StatementRows::select(const std::string& condition,
                                                         std::vector<std::int64_t> numbers,
                                                         std::optional<std::string> text, std::size_t most) {
    std::vector<std::int64_t> ids, stored, made, forms, states, kinds, voided;
    std::vector<std::string> names, externals, bodies;
    Statement statement(session_);
    statement << fmt::format(
        "SELECT s.id, s.statement_id, s.stored_at, s.made_at, s.form_id, s.state, s.kind, s.external_id, "
        "s.voided, o.body FROM xapi_statement s JOIN xapi_original o ON o.id = s.id WHERE s.source_id = ? AND {} LIMIT "
        "{}",
        condition, most),
        into(ids), into(names), into(stored), into(made), into(forms), into(states), into(kinds), into(externals),
        into(voided), into(bodies), use(source_);
    for (auto& one : numbers) statement.addBind(use(one));
    if (text) statement.addBind(use(*text));
    statement.execute();
    std::vector<Stored> all(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        all[i] = {{ids[i], names[i], stored[i], made[i], forms[i], static_cast<State>(states[i]), kinds[i],
                   externals[i], voided[i] != 0},
                  std::move(bodies[i])};
    return all;
}

std::vector<StatementRows::Stored> StatementRows::page(std::int64_t after, std::size_t limit,
                                                       std::optional<State> state) {
    // The number stands in the text: only so does SQLite take the partial index.
    const auto only = state ? fmt::format(" AND s.state = {}", number(*state)) : std::string();
    return select("s.id > ?" + only + " ORDER BY s.id", {after}, {}, limit);
}

std::optional<StatementRows::Stored> StatementRows::find(const std::string& statementId) {
    auto found = select("s.statement_id = ?", {}, statementId, 1);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<StatementRows::Stored> StatementRows::inOrder(std::int64_t from, sdk::Micros since, sdk::Micros until,
                                                          bool ascending, std::size_t limit) {
    return select(fmt::format("s.id {} ? AND s.stored_at > ? AND s.stored_at <= ? AND s.voided = 0 ORDER BY s.id {}",
                              ascending ? ">" : "<", ascending ? "ASC" : "DESC"),
                  {from, since, until}, {}, limit);
}

void StatementRows::supersede(std::vector<std::int64_t>& ids) {
    if (!ids.empty()) session_ << "UPDATE xapi_statement SET state = 5 WHERE id = ? AND state = 0", use(ids), now;
}

std::optional<StatementRows::Stored> StatementRows::superseded(std::int64_t kind, const std::string& externalId) {
    // The state stands in the text: only so does SQLite take the partial index.
    auto found = select(
        "s.kind = ? AND s.external_id = ? AND s.state = 5 AND s.voided = 0 ORDER BY CASE WHEN s.made_at < s.stored_at "
        "THEN s.made_at ELSE s.stored_at END DESC, s.id DESC",
        {kind}, externalId, 1);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<AttachmentRow> StatementRows::attachments(std::int64_t statement) {
    std::vector<std::string> hashes, types;
    std::vector<std::int64_t> sizes;
    session_ << "SELECT sha2, content_type, size FROM xapi_attachment WHERE statement = ? ORDER BY sha2", into(hashes),
        into(types), into(sizes), use(statement), now;
    std::vector<AttachmentRow> all;
    for (std::size_t i = 0; i < hashes.size(); ++i) all.push_back({statement, hashes[i], types[i], sizes[i]});
    return all;
}

std::unordered_map<std::string, StatementRows::Latest> StatementRows::latest(
    std::int64_t kind, const std::vector<std::string>& externalIds) {
    std::unordered_map<std::string, Latest> all;
    forSlices(externalIds, [&](std::span<const std::string> some) {
        std::vector<std::string> keys(some.begin(), some.end()), names;
        std::vector<std::int64_t> made, statements;
        Statement select(session_);
        select << fmt::format(
            "SELECT external_id, made_at, statement FROM xapi_latest WHERE source_id = ? AND kind = ? AND external_id "
            "IN ({})",
            placeholders(keys.size())),
            into(names), into(made), into(statements), use(source_), use(kind);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        for (std::size_t i = 0; i < names.size(); ++i) all[names[i]] = {made[i], statements[i]};
    });
    return all;
}

void StatementRows::setLatest(const std::vector<const StatementRow*>& rows) {
    if (rows.empty()) return;
    std::vector<std::int64_t> sources(rows.size(), source_), kinds, made, statements;
    std::vector<std::string> externals;
    for (const auto* row : rows) {
        kinds.push_back(row->kind);
        externals.push_back(row->externalId);
        made.push_back(row->saidAt());
        statements.push_back(row->id);
    }
    session_ << "INSERT INTO xapi_latest (source_id, kind, external_id, made_at, statement) VALUES (?, ?, ?, ?, ?) ON "
                "CONFLICT (source_id, kind, external_id) DO UPDATE SET made_at = excluded.made_at, statement = "
                "excluded.statement",
        use(sources), use(kinds), use(externals), use(made), use(statements), now;
}

bool StatementRows::forgetLatest(const StatementRow& row) {
    auto kind = row.kind, id = row.id;
    auto external = row.externalId;
    Statement erase(session_);
    erase << "DELETE FROM xapi_latest WHERE source_id = ? AND kind = ? AND external_id = ? AND statement = ?",
        use(source_), use(kind), use(external), use(id);
    return erase.execute() > 0;
}

bool StatementRows::isCurrent(std::int64_t revision) {
    std::int64_t found = 0, of = revision;
    session_ << "SELECT COUNT(*) FROM xapi_source WHERE id = ? AND revision = ?", into(found), use(source_), use(of),
        now;
    return found == 1;
}

void StatementRows::setRemapFrom(std::optional<std::int64_t> from) {
    Poco::Nullable<std::int64_t> value;
    if (from) value = *from;
    session_ << "UPDATE xapi_source SET remap_from = ? WHERE id = ?", use(value), use(source_), now;
}

void StatementRows::markVoided(const std::string& statementId) {
    auto key = statementId;
    session_
        << "INSERT INTO xapi_void (source_id, statement_id) VALUES (?, ?) ON CONFLICT (source_id, statement_id) DO "
           "NOTHING",
        use(source_), use(key), now;
    session_ << "UPDATE xapi_statement SET voided = 1, state = 6 WHERE source_id = ? AND statement_id = ?",
        use(source_), use(key), now;
}

std::vector<std::string> StatementRows::voidedOf(const std::vector<std::string>& statementIds) {
    std::vector<std::string> all;
    // Most sources have voided nothing, and most requests name many.
    std::vector<std::string> any;
    session_ << "SELECT statement_id FROM xapi_void WHERE source_id = ? LIMIT 1", into(any), use(source_), now;
    if (any.empty()) return all;
    forSlices(statementIds, [&](std::span<const std::string> some) {
        std::vector<std::string> keys(some.begin(), some.end()), found;
        Statement select(session_);
        select << fmt::format("SELECT statement_id FROM xapi_void WHERE source_id = ? AND statement_id IN ({})",
                              placeholders(keys.size())),
            into(found), use(source_);
        for (auto& key : keys) select.addBind(use(key));
        select.execute();
        all.insert(all.end(), found.begin(), found.end());
    });
    return all;
}

}  // namespace host::xapi
