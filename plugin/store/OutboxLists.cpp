#include "plugin/store/OutboxStore.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Nullable.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

std::vector<StatementRow> readRows(Session& session, Conditions conditions, const std::string& order) {
    std::vector<std::int64_t> seqs, flows, learners, records, revisions, sizes, created, next, batches, runs;
    std::vector<Nullable<std::int64_t>> answered;
    std::vector<std::string> stores, organizations, projects, ids, kinds, recordKinds, dependsOn, states;
    std::vector<int> attempts;
    Poco::Data::Statement select(session);
    select << "SELECT seq, store_id, organization, project, statement_id, flow_id, learner_id, kind, record_kind,"
              " record_id, revision, depends_on, state, attempts, size, created_at, next_at, answered_at, batch_id,"
              " planned_run FROM u2035_outbox" +
                  conditions.sql() + order,
        into(seqs), into(stores), into(organizations), into(projects), into(ids), into(flows), into(learners),
        into(kinds), into(recordKinds), into(records), into(revisions), into(dependsOn), into(states), into(attempts),
        into(sizes), into(created), into(next), into(answered), into(batches), into(runs);
    conditions.bindTo(select);
    select.execute();
    std::vector<StatementRow> rows;
    rows.reserve(seqs.size());
    for (std::size_t i = 0; i < seqs.size(); ++i) {
        StatementRow row;
        row.seq = seqs[i];
        row.target = {stores[i], organizations[i], projects[i]};
        row.statementId = ids[i];
        row.flowId = flows[i];
        row.learnerId = learners[i];
        row.kind = kinds[i];
        row.record = {recordKinds[i], records[i], revisions[i]};
        row.dependsOn = dependsOn[i];
        row.state = states[i];
        row.attempts = attempts[i];
        row.size = sizes[i];
        row.createdAt = created[i];
        if (next[i] != 0) row.nextAt = next[i];
        if (!answered[i].isNull()) row.answeredAt = answered[i].value();
        row.batchId = batches[i];
        row.runId = runs[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

std::optional<BatchRow> readBatch(Session& session, std::int64_t id) {
    if (id == 0) return std::nullopt;
    std::vector<std::int64_t> runs, started, bytes;
    std::vector<Nullable<std::int64_t>> answered;
    std::vector<int> statements, statuses;
    std::vector<std::string> outcomes, messages, errorIds;
    session << "SELECT run_id, started_at, answered_at, statements, bytes, outcome, status, message, error_id"
               " FROM u2035_batch WHERE id = ?",
        into(runs), into(started), into(answered), into(statements), into(bytes), into(outcomes), into(statuses),
        into(messages), into(errorIds), use(id), now;
    if (runs.empty()) return std::nullopt;
    BatchRow row{id,       runs[0],     started[0],  std::nullopt, statements[0],
                 bytes[0], outcomes[0], statuses[0], messages[0],  errorIds[0]};
    if (!answered[0].isNull()) row.answeredAt = answered[0].value();
    return row;
}

std::optional<StatementDetail> readDetail(Session& session, const Conditions& conditions) {
    auto rows = readRows(session, conditions, " ORDER BY seq DESC LIMIT 1");
    if (rows.empty()) return std::nullopt;
    StatementDetail detail;
    detail.row = std::move(rows.front());
    auto seq = detail.row.seq;
    session << "SELECT bytes, stamped_at, profile, profile_version FROM u2035_statement WHERE seq = ?",
        into(detail.bytes), into(detail.timestamp), into(detail.profile), into(detail.profileVersion), use(seq), now;
    detail.batch = readBatch(session, detail.row.batchId);
    std::vector<std::string> reasons;
    std::vector<int> conflicts;
    session << "SELECT reason, conflict FROM u2035_refusal WHERE seq = ?", into(reasons), into(conflicts), use(seq),
        now;
    if (!reasons.empty()) detail.refusal = Refusal{seq, reasons[0], conflicts[0] != 0};
    if (!detail.row.dependsOn.empty()) {
        std::vector<std::string> states;
        session << "SELECT state FROM u2035_outbox WHERE store_id = ? AND statement_id = ?", into(states),
            use(detail.row.target.storeId), use(detail.row.dependsOn), now;
        if (!states.empty()) detail.dependsOnState = states[0];
    }
    return detail;
}

Conditions conditionsOf(const StatementFilter& filter) {
    Conditions where;
    where.text("organization = ?", filter.organization);
    if (!filter.state.empty()) where.text("state = ?", filter.state);
    if (!filter.project.empty()) where.text("project = ?", filter.project);
    if (!filter.kind.empty()) where.text("kind = ?", filter.kind);
    if (filter.learnerId != 0) where.raw("learner_id = " + std::to_string(filter.learnerId));
    if (filter.flowId != 0) where.raw("flow_id = " + std::to_string(filter.flowId));
    if (const auto& search = filter.search; !search.part.empty()) {
        const auto part = containing(search.part);
        where.text("(" + isOneOf("learner_id", search.learners) + " OR statement_id LIKE ? ESCAPE '\\'", part);
        where.alternative("seq IN (SELECT f.seq FROM u2035_refusal f WHERE LOWER(f.error_id) LIKE ? ESCAPE '\\')",
                          part);
        where.alternative("batch_id IN (SELECT b.id FROM u2035_batch b WHERE LOWER(b.error_id) LIKE ? ESCAPE '\\'))",
                          part);
    }
    return where;
}

}  // namespace

std::map<std::string, std::int64_t> OutboxStore::countByState(const StatementFilter& filter) {
    std::vector<std::string> states;
    std::vector<std::int64_t> counts;
    database_.read([&](Session& session) {
        states.clear();
        counts.clear();
        auto where = conditionsOf(filter);
        Poco::Data::Statement select(session);
        select << "SELECT state, COUNT(*) FROM u2035_outbox" + where.sql() + " GROUP BY state", into(states),
            into(counts);
        where.bindTo(select);
        select.execute();
    });
    std::map<std::string, std::int64_t> byState;
    for (std::size_t i = 0; i < states.size(); ++i) byState[states[i]] = counts[i];
    return byState;
}

std::int64_t OutboxStore::confirmedOf(const std::string& storeId, std::int64_t runId) {
    std::int64_t count = 0;
    database_.read([&](Session& session) {
        auto store = storeId;
        auto run = runId;
        session << "SELECT COUNT(*) FROM u2035_outbox WHERE store_id = ? AND state = 'confirmed'"
                   " AND batch_id IN (SELECT id FROM u2035_batch WHERE run_id = ?)",
            into(count), use(store), use(run), now;
    });
    return count;
}

std::vector<StatementRow> OutboxStore::list(const StatementFilter& filter, std::int64_t before, std::size_t limit) {
    std::vector<StatementRow> rows;
    database_.read([&](Session& session) {
        auto where = conditionsOf(filter);
        if (before != 0) where.raw("seq < " + std::to_string(before));
        rows = readRows(session, where, " ORDER BY seq DESC LIMIT " + std::to_string(limit));
    });
    return rows;
}

std::optional<StatementDetail> OutboxStore::detail(const std::string& organization, std::int64_t seq) {
    std::optional<StatementDetail> detail;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("seq = " + std::to_string(seq));
        detail = readDetail(session, where);
    });
    return detail;
}

std::optional<StatementDetail> OutboxStore::detail(const std::string& organization, const std::string& statementId) {
    std::optional<StatementDetail> detail;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.text("statement_id = ?", statementId);
        detail = readDetail(session, where);
    });
    return detail;
}

std::map<std::string, FrozenStatement> OutboxStore::frozen(const std::string& storeId,
                                                           const std::vector<std::string>& ids) {
    std::map<std::string, FrozenStatement> found;
    if (ids.empty()) return found;
    database_.read([&](Session& session) {
        found.clear();
        std::vector<std::string> names, states, bytes, digests, dependsOn, versions;
        std::vector<std::int64_t> times;
        std::vector<int> replaceable;
        auto store = storeId;
        session << std::string(
                       "SELECT o.statement_id, o.state, s.bytes, o.digest, o.depends_on, s.profile_version,"
                       " s.stamped_at, ") +
                       kReplaceable +
                       " FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq"
                       " LEFT JOIN u2035_quarantine_mark m ON m.seq = o.seq WHERE o.store_id = ?"
                       " AND o.statement_id IN (" +
                       joinUuids(ids) + ")",
            into(names), into(states), into(bytes), into(digests), into(dependsOn), into(versions), into(times),
            into(replaceable), use(store), now;
        for (std::size_t i = 0; i < names.size(); ++i)
            found.emplace(names[i], FrozenStatement{states[i], bytes[i], digests[i], dependsOn[i], versions[i],
                                                    times[i], replaceable[i] != 0});
    });
    return found;
}

}  // namespace plugin::store
