#include "plugin/store/OutboxStore.h"
#include "plugin/store/RefusalGroup.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

// SQLite takes the partial index only when the query repeats its condition word for word.
const char* const kOpen = "state IN ('waiting', 'sending', 'in_doubt')";

/// Which rows of the index over what is due; the lane is its second column.
std::string ofKind(DueKind kind) {
    switch (kind) {
        case DueKind::Methodist:
            return " AND o.lane = 0 AND o.learner_id = 0";
        case DueKind::Learners:
            return " AND o.lane = 0 AND o.learner_id <> 0";
        case DueKind::OldRecords:
            return " AND o.lane = 1 AND o.learner_id <> 0";
        case DueKind::Cancellations:
            break;
    }
    return " AND o.lane = 0 AND o.learner_id = 0 AND o.record_kind = 'statement'";
}

const char* const kAcceptedDependency =
    " (o.depends_on = '' OR EXISTS (SELECT 1 FROM u2035_outbox d WHERE d.store_id = o.store_id"
    " AND d.statement_id = o.depends_on AND d.state IN ('accepted', 'confirmed')))";

void setState(Session& session, const char* state, const std::vector<std::int64_t>& seqs, Micros answeredAt,
              Micros nextAt) {
    if (seqs.empty()) return;
    auto answered = answeredAt;
    auto next = nextAt;
    session << std::string("UPDATE u2035_outbox SET state = '") + state +
                   "', answered_at = ?, next_at = ? WHERE seq IN (" + joinNumbers(seqs) + ")",
        use(answered), use(next), now;
}

void keepRefusals(Session& session, const BatchResult& result, Micros at) {
    if (result.refused.empty()) return;
    std::vector<std::int64_t> seqs;
    std::vector<std::string> reasons, groups, causes;
    std::vector<int> conflicts;
    for (const auto& refusal : result.refused) {
        seqs.push_back(refusal.seq);
        reasons.push_back(refusal.reason);
        groups.push_back(refusalGroup(refusal.reason));
        causes.emplace_back(refusalCause(refusal.reason, refusal.conflict, result.status));
        conflicts.push_back(refusal.conflict ? 1 : 0);
    }
    setState(session, "quarantined", seqs, at, 0);
    std::vector<std::int64_t> times(seqs.size(), at);
    std::vector<int> statuses(seqs.size(), result.status);
    std::vector<std::string> errorIds(seqs.size(), result.errorId);
    session << "INSERT INTO u2035_refusal (seq, refused_at, status, conflict, reason, error_id, cause, reason_group)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET refused_at = excluded.refused_at,"
               " status = excluded.status, conflict = excluded.conflict, reason = excluded.reason,"
               " error_id = excluded.error_id, cause = excluded.cause, reason_group = excluded.reason_group",
        use(seqs), use(times), use(statuses), use(conflicts), use(reasons), use(errorIds), use(causes), use(groups),
        now;
}

/// ROW: "(seq, batch, place)"; the place counts from 1, and one statement's text takes the whole batch.
void keepAttempts(Session& session, std::int64_t batchId, const std::vector<std::int64_t>& seqs) {
    if (seqs.empty()) return;
    std::string rows;
    rows.reserve(seqs.size() * 24);
    const auto batch = std::to_string(batchId);
    for (std::size_t i = 0; i < seqs.size(); ++i)
        rows += (rows.empty() ? "(" : ",(") + std::to_string(seqs[i]) + ',' + batch + ',' + std::to_string(i + 1) + ')';
    session << "INSERT INTO u2035_attempt (seq, batch_id, place) VALUES " + rows, now;
}

}  // namespace

std::int64_t OutboxStore::recoverInterrupted(const std::string& storeId) {
    std::int64_t count = 0;
    database_.write([&](Session& session) {
        auto store = storeId;
        const std::string which = std::string(" WHERE store_id = ? AND ") + kOpen + " AND state = 'sending'";
        session << "SELECT COUNT(*) FROM u2035_outbox" + which, into(count), use(store), now;
        if (count > 0) session << "UPDATE u2035_outbox SET state = 'in_doubt', next_at = 0" + which, use(store), now;
    });
    return count;
}

std::vector<DueRow> OutboxStore::due(const std::string& storeId, DueKind kind, Micros at, DueCursor after,
                                     std::size_t limit) {
    std::vector<std::int64_t> seqs, sizes;
    std::vector<std::string> ids;
    std::vector<int> ranks, attempts, inDoubt;
    database_.read([&](Session& session) {
        seqs.clear();
        sizes.clear();
        ids.clear();
        ranks.clear();
        attempts.clear();
        inDoubt.clear();
        auto store = storeId;
        auto dueAt = at;
        auto askedAt = at;
        auto rank = after.rank;
        auto seq = after.seq;
        // A time set by a clock that has gone back since is no promise: it could be weeks ahead.
        session << "SELECT o.seq, o.statement_id, o.kind_rank, o.size, o.attempts,"
                   " CASE WHEN o.state = 'in_doubt' THEN 1 ELSE 0 END FROM u2035_outbox o"
                   " WHERE o.store_id = ? AND o." +
                       std::string(kOpen) + " AND o.state <> 'sending'" + ofKind(kind) +
                       " AND (o.kind_rank, o.seq) > (?, ?) AND (o.next_at <= ? OR o.answered_at > ?) AND" +
                       kAcceptedDependency + " ORDER BY o.kind_rank, o.seq LIMIT " + std::to_string(limit),
            into(seqs), into(ids), into(ranks), into(sizes), into(attempts), into(inDoubt), use(store), use(rank),
            use(seq), use(dueAt), use(askedAt), now;
    });
    std::vector<DueRow> rows;
    rows.reserve(seqs.size());
    for (std::size_t i = 0; i < seqs.size(); ++i)
        rows.push_back({seqs[i], std::move(ids[i]), ranks[i], sizes[i], attempts[i], inDoubt[i] != 0});
    return rows;
}

bool OutboxStore::isAnyDue(const std::string& storeId, Micros at) {
    for (const auto kind : {DueKind::Methodist, DueKind::Learners, DueKind::OldRecords})
        if (!due(storeId, kind, at, {}, 1).empty()) return true;
    std::int64_t interrupted = 0;
    database_.read([&](Session& session) {
        auto store = storeId;
        session << std::string("SELECT COUNT(*) FROM u2035_outbox WHERE store_id = ? AND ") + kOpen +
                       " AND state = 'sending'",
            into(interrupted), use(store), now;
    });
    return interrupted != 0;
}

std::string OutboxStore::bytesOf(const std::string& storeId, const std::string& statementId) {
    std::vector<std::string> found;
    database_.read([&](Session& session) {
        found.clear();
        auto store = storeId;
        auto id = statementId;
        session << "SELECT s.bytes FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq"
                   " WHERE o.store_id = ? AND o.statement_id = ?",
            into(found), use(store), use(id), now;
    });
    return found.empty() ? std::string() : std::move(found.front());
}

std::vector<std::string> OutboxStore::bytes(const std::vector<std::int64_t>& seqs) {
    std::vector<std::int64_t> found;
    std::vector<std::string> texts;
    database_.read([&](Session& session) {
        found.clear();
        texts.clear();
        session << "SELECT seq, bytes FROM u2035_statement WHERE seq IN (" + joinNumbers(seqs) + ")", into(found),
            into(texts), now;
    });
    std::unordered_map<std::int64_t, std::size_t> positions;
    for (std::size_t i = 0; i < found.size(); ++i) positions.emplace(found[i], i);
    std::vector<std::string> ordered;
    ordered.reserve(seqs.size());
    for (auto seq : seqs) {
        auto it = positions.find(seq);
        if (it == positions.end())
            throw host::sdk::AppError(500, "internal",
                                      "The outbox has no bytes for row " + std::to_string(seq) +
                                          "; the database is damaged, restore it from a backup.");
        ordered.push_back(std::move(texts[it->second]));
    }
    return ordered;
}

std::set<std::int64_t> OutboxStore::stillOpen(const std::vector<std::int64_t>& seqs) {
    std::vector<std::int64_t> open;
    database_.read([&](Session& session) {
        open.clear();
        session << "SELECT seq FROM u2035_outbox WHERE state IN ('waiting', 'in_doubt') AND seq IN (" +
                       joinNumbers(seqs) + ")",
            into(open), now;
    });
    return {open.begin(), open.end()};
}

void OutboxStore::postpone(std::int64_t seq, Micros until) {
    database_.write([&](Session& session) {
        auto at = until;
        auto row = seq;
        session << "UPDATE u2035_outbox SET next_at = ? WHERE seq = ?", use(at), use(row), now;
    });
}

std::int64_t OutboxStore::startBatch(const std::string& storeId, std::int64_t runId,
                                     const std::vector<std::int64_t>& seqs, std::int64_t size) {
    std::int64_t id = 0;
    database_.write([&](Session& session) {
        std::int64_t open = 0;
        session << "SELECT COUNT(*) FROM u2035_outbox WHERE state IN ('waiting', 'in_doubt') AND seq IN (" +
                       joinNumbers(seqs) + ")",
            into(open), now;
        id = open == static_cast<std::int64_t>(seqs.size()) ? nextNumber(session, "u2035_batch", "id") : 0;
        if (id == 0) return;
        auto store = storeId;
        auto run = runId;
        auto at = clock_.now();
        auto statements = static_cast<int>(seqs.size());
        auto bytes = size;
        session << "INSERT INTO u2035_batch (id, store_id, run_id, started_at, statements, bytes, outcome)"
                   " VALUES (?, ?, ?, ?, ?, ?, 'sending')",
            use(id), use(store), use(run), use(at), use(statements), use(bytes), now;
        session << "UPDATE u2035_outbox SET state = 'sending', attempts = attempts + 1, batch_id = ? WHERE seq IN (" +
                       joinNumbers(seqs) + ")",
            use(id), now;
        keepAttempts(session, id, seqs);
    });
    return id;
}

void OutboxStore::finishBatch(const BatchResult& result) {
    database_.write([&](Session& session) {
        auto at = clock_.now();
        auto outcome = result.outcome;
        auto status = result.status;
        auto message = result.message;
        auto errorId = result.errorId;
        auto id = result.batchId;
        session << "UPDATE u2035_batch SET answered_at = ?, outcome = ?, status = ?, message = ?, error_id = ?"
                   " WHERE id = ?",
            use(at), use(outcome), use(status), use(message), use(errorId), use(id), now;
        setState(session, "accepted", result.accepted, at, 0);
        setState(session, "waiting", result.waiting, at, result.nextAt);
        setState(session, "in_doubt", result.inDoubt, at, result.nextAt);
        keepRefusals(session, result, at);
    });
}

StateCounts OutboxStore::counts(const std::string& storeId) {
    std::vector<std::string> states;
    std::vector<std::int64_t> numbers;
    StateCounts counts;
    database_.read([&](Session& session) {
        states.clear();
        numbers.clear();
        auto store = storeId;
        session << "SELECT state, COUNT(*) FROM u2035_outbox WHERE store_id = ? GROUP BY state", into(states),
            into(numbers), use(store), now;
        session << std::string(
                       "SELECT COUNT(*) FROM u2035_outbox o WHERE o.store_id = ?"
                       " AND o.") +
                       kOpen + " AND o.state <> 'sending' AND NOT" + kAcceptedDependency,
            into(counts.blocked), use(store), now;
        session << std::string(
                       "SELECT COALESCE(SUM(CASE WHEN m.seq IS NULL THEN 1 ELSE 0 END), 0),"
                       " COALESCE(SUM(CASE WHEN m.word = 'discard' THEN 1 ELSE 0 END), 0)"
                       " FROM u2035_refusal r JOIN u2035_outbox o ON o.seq = r.seq"
                       " LEFT JOIN u2035_quarantine_mark m ON m.seq = o.seq"
                       " WHERE o.store_id = ? AND o.state = 'quarantined' AND NOT ") +
                       kSuperseded,
            into(counts.quarantined), into(counts.discarded), use(store), now;
    });
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i] == "waiting") counts.waiting += numbers[i];
        if (states[i] == "sending" || states[i] == "in_doubt") counts.inDoubt += numbers[i];
        if (states[i] == "accepted" || states[i] == "confirmed") counts.accepted += numbers[i];
    }
    return counts;
}

std::int64_t OutboxStore::ahead(const std::string& storeId) {
    std::int64_t count = 0;
    database_.read([&](Session& session) {
        auto store = storeId;
        auto at = clock_.now();
        session << std::string("SELECT COUNT(*) FROM u2035_outbox o WHERE o.store_id = ? AND o.next_at <= ? AND o.") +
                       kOpen +
                       " AND (o.depends_on = '' OR EXISTS (SELECT 1 FROM u2035_outbox d WHERE d.store_id = o.store_id"
                       " AND d.statement_id = o.depends_on"
                       " AND d.state IN ('accepted', 'confirmed', 'waiting', 'sending', 'in_doubt')))",
            into(count), use(store), use(at), now;
    });
    return count;
}

std::vector<RecordId> OutboxStore::flows(const std::string& storeId) {
    std::vector<std::int64_t> ids;
    database_.read([&](Session& session) {
        ids.clear();
        auto store = storeId;
        session << "SELECT DISTINCT flow_id FROM u2035_outbox WHERE store_id = ? ORDER BY flow_id", into(ids),
            use(store), now;
    });
    return ids;
}

void OutboxStore::eachStuck(const std::string& storeId, RecordId flowId, std::int64_t runId,
                            const std::function<void(std::span<const StuckRow>)>& page) {
    constexpr std::size_t kPage = 1'000;
    const std::string inFlow = flowId == 0 ? std::string() : " AND o.flow_id = " + std::to_string(flowId);
    const std::string run = std::to_string(runId);
    const auto read = [&](bool waits, std::int64_t after) {
        std::vector<std::int64_t> seqs, records, revisions, flows, learners, aboutIds, aboutRevisions;
        std::vector<std::string> recordKinds, kinds, ids, aboutKinds, reasons, errorIds, people, comments;
        database_.read([&](Session& session) {
            for (auto* column : {&seqs, &records, &revisions, &flows, &learners, &aboutIds, &aboutRevisions})
                column->clear();
            for (auto* column : {&recordKinds, &kinds, &ids, &aboutKinds, &reasons, &errorIds, &people, &comments})
                column->clear();
            auto store = storeId;
            auto last = after;
            const std::string which =
                waits ? std::string(
                            " FROM u2035_outbox o JOIN u2035_outbox d ON d.store_id = o.store_id"
                            " AND d.statement_id = o.depends_on AND d.state = 'quarantined'"
                            " LEFT JOIN u2035_refusal r ON r.seq = d.seq LEFT JOIN u2035_quarantine_mark m"
                            " ON m.seq = d.seq AND m.word = 'discard' WHERE o.store_id = ? AND o.seq > ?"
                            " AND o.") +
                            kOpen
                      : " FROM u2035_outbox o JOIN u2035_outbox d ON d.seq = o.seq"
                        " LEFT JOIN u2035_refusal r ON r.seq = o.seq LEFT JOIN u2035_quarantine_mark m"
                        " ON m.seq = o.seq AND m.word = 'discard' WHERE o.store_id = ? AND o.seq > ?"
                        " AND o.state = 'quarantined' AND (o.planned_run = " +
                            run + " OR o.batch_id IN (SELECT id FROM u2035_batch WHERE run_id = " + run + "))";
            session << "SELECT o.seq, o.record_kind, o.record_id, o.revision, o.kind, o.flow_id, o.learner_id,"
                       " d.statement_id, d.record_kind, d.record_id, d.revision, COALESCE(r.reason, ''),"
                       " COALESCE(r.error_id, ''), COALESCE(m.marked_by, ''), COALESCE(m.comment, '')" +
                           which + inFlow + " ORDER BY o.seq LIMIT " + std::to_string(kPage),
                into(seqs), into(recordKinds), into(records), into(revisions), into(kinds), into(flows), into(learners),
                into(ids), into(aboutKinds), into(aboutIds), into(aboutRevisions), into(reasons), into(errorIds),
                into(people), into(comments), use(store), use(last), now;
        });
        std::vector<StuckRow> rows;
        rows.reserve(seqs.size());
        for (std::size_t i = 0; i < seqs.size(); ++i)
            rows.push_back({seqs[i],
                            {recordKinds[i], records[i], revisions[i]},
                            kinds[i],
                            flows[i],
                            learners[i],
                            waits,
                            ids[i],
                            {aboutKinds[i], aboutIds[i], aboutRevisions[i]},
                            reasons[i],
                            errorIds[i],
                            people[i],
                            comments[i]});
        return rows;
    };
    for (const bool waits : {false, true}) {
        std::vector<StuckRow> rows;
        do {
            rows = read(waits, rows.empty() ? 0 : rows.back().seq);
            if (!rows.empty()) page(rows);
        } while (rows.size() == kPage);
    }
}

}  // namespace plugin::store
