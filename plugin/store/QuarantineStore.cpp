#include "plugin/store/QuarantineStore.h"

#include "plugin/store/RefusalGroup.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

#include <unordered_map>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

// Of one that has left quarantine the last decision remembers the refusal.
const char* const kFrom =
    " FROM u2035_outbox o LEFT JOIN u2035_refusal r ON r.seq = o.seq"
    " LEFT JOIN u2035_quarantine_mark m ON m.seq = o.seq"
    " LEFT JOIN u2035_quarantine_decision d ON d.id = (SELECT MAX(x.id) FROM u2035_quarantine_decision x"
    " WHERE x.seq = o.seq AND r.seq IS NULL)";

// Out of quarantine by a person's replay or because a plan rendered it anew: either is written down.
const char* const kLeft = "EXISTS (SELECT 1 FROM u2035_quarantine_decision x WHERE x.seq = o.seq)";

std::string stateIs(const std::string& state) {
    const std::string current = std::string("o.state = 'quarantined' AND NOT ") + kSuperseded;
    if (state == "open") return current + " AND m.seq IS NULL";
    if (state == "discarded") return current + " AND m.word = 'discard'";
    if (state == "superseded") return std::string("o.state = 'quarantined' AND ") + kSuperseded;
    if (state == "queued") return current + " AND m.word = 'replay'";
    const std::string gone = std::string("o.state <> 'quarantined' AND ") + kLeft;
    if (state == "replayed") return "((" + current + " AND m.word = 'replay') OR (" + gone + "))";
    return std::string("(o.state = 'quarantined' OR ") + kLeft + ")";
}

/// Of the POSTs that a row was in, the one that its last refusal answered: both were written down at the same moment.
/// Statements of before there were attempts know their last POST alone.
std::string refusedIn(std::int64_t runId) {
    const auto answered =
        fmt::format(" AND b.run_id = {} AND b.answered_at = COALESCE(r.refused_at, d.refused_at))", runId);
    return "(EXISTS (SELECT 1 FROM u2035_attempt t JOIN u2035_batch b ON b.id = t.batch_id WHERE t.seq = o.seq" +
           answered + " OR EXISTS (SELECT 1 FROM u2035_batch b WHERE b.id = o.batch_id" + answered + ")";
}

Conditions conditionsOf(const QuarantineFilter& filter) {
    Conditions where;
    where.text("o.organization = ?", filter.organization);
    where.raw(stateIs(filter.state));
    if (!filter.project.empty()) where.text("o.project = ?", filter.project);
    if (!filter.kind.empty()) where.text("o.kind = ?", filter.kind);
    if (!filter.cause.empty()) where.text("COALESCE(r.cause, d.cause) = ?", filter.cause);
    if (!filter.reason.empty()) {
        where.text("(COALESCE(r.reason_group, d.reason_group) = ?", filter.reason);
        where.alternative("LOWER(COALESCE(r.reason, d.reason)) LIKE LOWER(?) ESCAPE '\\')", containing(filter.reason));
    }
    if (filter.conflict) where.raw(fmt::format("COALESCE(r.conflict, d.conflict) = {}", *filter.conflict ? 1 : 0));
    if (filter.flowId != 0) where.raw(fmt::format("o.flow_id = {}", filter.flowId));
    if (filter.learnerId != 0) where.raw(fmt::format("o.learner_id = {}", filter.learnerId));
    if (filter.runId != 0) where.raw(refusedIn(filter.runId));
    if (const auto& search = filter.search; !search.part.empty()) {
        const auto part = containing(search.part);
        where.text("(" + isOneOf("o.learner_id", search.learners) + " OR o.statement_id LIKE ? ESCAPE '\\'", part);
        where.alternative("LOWER(COALESCE(r.error_id, d.error_id, '')) LIKE ? ESCAPE '\\')", part);
    }
    if (!filter.seqs.empty()) where.raw("o.seq IN (" + joinNumbers(filter.seqs) + ")");
    return where;
}

}  // namespace

std::vector<QuarantineRow> QuarantineStore::list(const QuarantineFilter& filter, std::int64_t before,
                                                 std::size_t limit) {
    std::vector<QuarantineRow> rows;
    database_.read([&](Session& session) {
        std::vector<std::int64_t> seqs, records, revisions, flows, learners, times, dependents, markedAt;
        std::vector<std::string> stores, projects, ids, kinds, recordKinds, states, statements, reasons, groups, causes,
            errorIds, words, comments, people;
        std::vector<int> conflicts, statuses;
        auto where = conditionsOf(filter);
        if (before != 0) where.raw("o.seq < " + std::to_string(before));
        Poco::Data::Statement select(session);
        select << fmt::format(
            "SELECT o.seq, o.store_id, o.project, o.statement_id, o.kind, o.record_kind, o.record_id, o.revision,"
            " o.flow_id, o.learner_id, CASE WHEN o.state <> 'quarantined' THEN 'replayed' WHEN {} THEN 'superseded'"
            " WHEN m.word = 'discard' THEN 'discarded' WHEN m.word = 'replay' THEN 'replayed' ELSE 'open' END, o.state,"
            " COALESCE(r.reason, d.reason, ''), COALESCE(r.reason_group, d.reason_group, ''),"
            " COALESCE(r.cause, d.cause, ''), COALESCE(r.error_id, d.error_id, ''),"
            " COALESCE(r.conflict, d.conflict, 0), COALESCE(r.status, d.status, 0),"
            " COALESCE(r.refused_at, d.refused_at, 0), (SELECT COUNT(*) FROM u2035_outbox w"
            " WHERE w.store_id = o.store_id AND w.depends_on = o.statement_id"
            " AND w.state IN ('waiting', 'sending', 'in_doubt')), COALESCE(m.word, ''), COALESCE(m.comment, ''),"
            " COALESCE(m.marked_by, ''), COALESCE(m.marked_at, 0){}{} ORDER BY o.seq DESC LIMIT {}",
            kSuperseded, kFrom, where.sql(), limit),
            into(seqs), into(stores), into(projects), into(ids), into(kinds), into(recordKinds), into(records),
            into(revisions), into(flows), into(learners), into(states), into(statements), into(reasons), into(groups),
            into(causes), into(errorIds), into(conflicts), into(statuses), into(times), into(dependents), into(words),
            into(comments), into(people), into(markedAt);
        where.bindTo(select);
        select.execute();
        rows.clear();
        rows.reserve(seqs.size());
        for (std::size_t i = 0; i < seqs.size(); ++i) {
            QuarantineRow row;
            row.seq = seqs[i];
            row.target = {std::move(stores[i]), filter.organization, std::move(projects[i])};
            row.statementId = std::move(ids[i]);
            row.kind = std::move(kinds[i]);
            row.record = {std::move(recordKinds[i]), records[i], revisions[i]};
            row.flowId = flows[i];
            row.learnerId = learners[i];
            row.state = std::move(states[i]);
            row.statement = std::move(statements[i]);
            row.reason = std::move(reasons[i]);
            row.group = std::move(groups[i]);
            row.cause = std::move(causes[i]);
            row.errorId = std::move(errorIds[i]);
            row.conflict = conflicts[i] != 0;
            row.status = statuses[i];
            row.refusedAt = times[i];
            row.dependents = dependents[i];
            if (!words[i].empty())
                row.word = {std::move(words[i]), std::move(comments[i]), std::move(people[i]), markedAt[i]};
            rows.push_back(std::move(row));
        }
    });
    return rows;
}

std::vector<QuarantineGroup> QuarantineStore::groups(const QuarantineFilter& filter) {
    std::vector<QuarantineGroup> found;
    database_.read([&](Session& session) {
        std::vector<std::string> projects, kinds, groups, causes, examples;
        std::vector<std::int64_t> counts;
        auto where = conditionsOf(filter);
        Poco::Data::Statement select(session);
        select
            << std::string(
                   "SELECT o.project, o.kind, COALESCE(r.reason_group, d.reason_group, '') AS named,"
                   " COALESCE(r.cause, d.cause, '') AS why, MIN(COALESCE(r.reason, d.reason, '')), COUNT(*) AS many") +
                   kFrom + where.sql() +
                   " GROUP BY o.project, o.kind, named, why ORDER BY many DESC, o.project, o.kind, named LIMIT 1000",
            into(projects), into(kinds), into(groups), into(causes), into(examples), into(counts);
        where.bindTo(select);
        select.execute();
        found.clear();
        for (std::size_t i = 0; i < counts.size(); ++i)
            found.push_back({std::move(projects[i]), std::move(kinds[i]), std::move(groups[i]), std::move(causes[i]),
                             std::move(examples[i]), counts[i]});
    });
    return found;
}

std::int64_t QuarantineStore::rowOf(const std::string& organization, const std::string& statementId) {
    std::int64_t seq = 0;
    database_.read([&](Session& session) {
        auto owner = organization;
        auto id = statementId;
        session << "SELECT COALESCE(MAX(seq), 0) FROM u2035_outbox WHERE organization = ? AND statement_id = ?",
            into(seq), use(owner), use(id), now;
    });
    return seq;
}

std::vector<QuarantineDecision> QuarantineStore::decisions(std::int64_t seq) {
    std::vector<QuarantineDecision> found;
    database_.read([&](Session& session) {
        std::vector<std::string> actions, comments, people, reasons, errorIds;
        std::vector<std::int64_t> times, refused;
        std::vector<int> statuses, conflicts;
        auto row = seq;
        session << "SELECT action, comment, decided_by, decided_at, refused_at, status, conflict, reason, error_id"
                   " FROM u2035_quarantine_decision WHERE seq = ? ORDER BY id",
            into(actions), into(comments), into(people), into(times), into(refused), into(statuses), into(conflicts),
            into(reasons), into(errorIds), use(row), now;
        found.clear();
        for (std::size_t i = 0; i < actions.size(); ++i)
            found.push_back({std::move(actions[i]), std::move(comments[i]), std::move(people[i]), times[i], refused[i],
                             statuses[i], conflicts[i] != 0, std::move(reasons[i]), std::move(errorIds[i])});
    });
    return found;
}

std::vector<std::int64_t> QuarantineStore::mark(const std::string& word, const std::vector<QuarantineRow>& rows,
                                                const std::string& comment, const std::string& who) {
    return decide(word, rows, comment, who);
}

std::vector<std::int64_t> QuarantineStore::restore(const std::vector<QuarantineRow>& rows, const std::string& comment,
                                                   const std::string& who) {
    return decide("restore", rows, comment, who);
}

std::vector<std::int64_t> QuarantineStore::decide(const std::string& action, const std::vector<QuarantineRow>& rows,
                                                  const std::string& comment, const std::string& who) {
    std::vector<std::int64_t> done;
    if (rows.empty()) return done;
    std::unordered_map<std::int64_t, const QuarantineRow*> asRead;
    std::vector<std::int64_t> asked;
    for (const auto& row : rows) {
        asRead.emplace(row.seq, &row);
        asked.push_back(row.seq);
    }
    database_.write([&](Session& session) {
        done.clear();
        std::vector<std::int64_t> seqs, times, ids;
        std::vector<std::string> words;
        session << "SELECT o.seq, r.refused_at, COALESCE(m.word, '') FROM u2035_outbox o JOIN u2035_refusal r"
                   " ON r.seq = o.seq LEFT JOIN u2035_quarantine_mark m ON m.seq = o.seq"
                   " WHERE o.state = 'quarantined' AND o.seq IN (" +
                       joinNumbers(asked) + ")",
            into(seqs), into(times), into(words), now;
        for (std::size_t i = 0; i < seqs.size(); ++i) {
            const auto& read = *asRead.at(seqs[i]);
            if (read.refusedAt == times[i] && words[i] == (read.word ? read.word->word : "")) done.push_back(seqs[i]);
        }
        if (done.empty()) return;
        const auto n = done.size();
        auto id = nextNumber(session, "u2035_quarantine_decision", "id");
        for (std::size_t i = 0; i < n; ++i) ids.push_back(id++);
        std::vector<std::string> actions(n, action), comments(n, comment), people(n, who), causes, groups, reasons,
            errorIds;
        std::vector<std::int64_t> decided(n, clock_.now()), refused;
        std::vector<int> statuses, conflicts;
        for (const auto seq : done) {
            const auto& read = *asRead.at(seq);
            refused.push_back(read.refusedAt);
            statuses.push_back(read.status);
            conflicts.push_back(read.conflict ? 1 : 0);
            causes.push_back(read.cause);
            groups.push_back(read.group);
            reasons.push_back(read.reason);
            errorIds.push_back(read.errorId);
        }
        session
            << "INSERT INTO u2035_quarantine_decision (id, seq, action, comment, decided_by, decided_at, refused_at,"
               " status, conflict, cause, reason_group, reason, error_id)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(ids), use(done), use(actions), use(comments), use(people), use(decided), use(refused), use(statuses),
            use(conflicts), use(causes), use(groups), use(reasons), use(errorIds), now;
        session << "DELETE FROM u2035_quarantine_mark WHERE seq IN (" + joinNumbers(done) + ")", now;
        if (action == "restore") return;
        session << "INSERT INTO u2035_quarantine_mark (seq, word, comment, marked_by, marked_at)"
                   " VALUES (?, ?, ?, ?, ?)",
            use(done), use(actions), use(comments), use(people), use(decided), now;
    });
    return done;
}

void QuarantineStore::groupOlder() {
    constexpr std::size_t kPage = 1'000;
    std::size_t found = 0;
    do {
        database_.write([&](Session& session) {
            std::vector<std::int64_t> seqs;
            std::vector<std::string> reasons, groups, causes;
            std::vector<int> conflicts, statuses;
            session << "SELECT seq, reason, conflict, status FROM u2035_refusal WHERE cause = '' ORDER BY seq LIMIT " +
                           std::to_string(kPage),
                into(seqs), into(reasons), into(conflicts), into(statuses), now;
            found = seqs.size();
            if (seqs.empty()) return;
            for (std::size_t i = 0; i < seqs.size(); ++i) {
                groups.push_back(refusalGroup(reasons[i]));
                causes.emplace_back(refusalCause(reasons[i], conflicts[i] != 0, statuses[i]));
            }
            session << "UPDATE u2035_refusal SET reason_group = ?, cause = ? WHERE seq = ?", use(groups), use(causes),
                use(seqs), now;
        });
    } while (found == kPage);
}

}  // namespace plugin::store
