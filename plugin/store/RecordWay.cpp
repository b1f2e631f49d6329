#include "plugin/store/RecordWay.h"

#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

using BySeq = std::unordered_map<std::int64_t, WayStatement*>;

/// The record's own rows and, by what they depend on, the cancellations of those.
std::vector<WayStatement> readStatements(Session& session, const std::string& organization,
                                         const std::string& recordKind, RecordId id, RecordId flowId) {
    std::vector<std::int64_t> seqs, flows, learners, records, revisions, sizes, created, next, batches, runs, stamped;
    std::vector<Nullable<std::int64_t>> answered;
    std::vector<std::string> stores, projects, ids, kinds, recordKinds, dependsOn, states, versions;
    std::vector<int> attempts, superseded;
    auto owner = organization;
    auto kind = recordKind;
    const std::string own = fmt::format(
        "SELECT b.seq FROM u2035_outbox b WHERE b.organization = ? AND b.record_kind = ? AND b.record_id = {}{}", id,
        flowId == 0 ? std::string() : fmt::format(" AND (b.flow_id = {} OR b.learner_id <> 0)", flowId));
    auto owner2 = organization;
    auto kind2 = recordKind;
    session << fmt::format(
        "SELECT o.seq, o.store_id, o.project, o.statement_id, o.flow_id, o.learner_id, o.kind, o.record_kind,"
        " o.record_id, o.revision, o.depends_on, o.state, o.attempts, o.size, o.created_at, o.next_at, o.answered_at,"
        " o.batch_id, o.planned_run, s.profile_version, s.stamped_at,"
        " CASE WHEN o.state = 'quarantined' AND {} THEN 1 ELSE 0 END"
        " FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq WHERE o.seq IN ({}) OR o.seq IN"
        " (SELECT c.seq FROM u2035_outbox c JOIN u2035_outbox t ON c.store_id = t.store_id"
        " AND c.depends_on = t.statement_id WHERE c.record_kind = 'statement' AND t.seq IN ({})) ORDER BY o.seq",
        kSuperseded, own, own),
        into(seqs), into(stores), into(projects), into(ids), into(flows), into(learners), into(kinds),
        into(recordKinds), into(records), into(revisions), into(dependsOn), into(states), into(attempts), into(sizes),
        into(created), into(next), into(answered), into(batches), into(runs), into(versions), into(stamped),
        into(superseded), use(owner), use(kind), use(owner2), use(kind2), now;
    std::vector<WayStatement> found(seqs.size());
    for (std::size_t i = 0; i < seqs.size(); ++i) {
        auto& row = found[i].row;
        row.seq = seqs[i];
        row.target = {std::move(stores[i]), organization, std::move(projects[i])};
        row.statementId = std::move(ids[i]);
        row.flowId = flows[i];
        row.learnerId = learners[i];
        row.kind = std::move(kinds[i]);
        row.record = {std::move(recordKinds[i]), records[i], revisions[i]};
        row.dependsOn = std::move(dependsOn[i]);
        row.state = std::move(states[i]);
        row.attempts = attempts[i];
        row.size = sizes[i];
        row.createdAt = created[i];
        if (next[i] != 0) row.nextAt = next[i];
        if (!answered[i].isNull()) row.answeredAt = answered[i].value();
        row.batchId = batches[i];
        row.runId = runs[i];
        found[i].profileVersion = std::move(versions[i]);
        found[i].timestamp = stamped[i];
        found[i].superseded = superseded[i] != 0;
        if (row.record.kind == "statement") found[i].cancels = row.dependsOn;
    }
    return found;
}

/// What was tried before attempts were kept is known by its last batch.
void readAttempts(Session& session, const std::string& list, const BySeq& statements) {
    std::vector<std::int64_t> seqs, ids, runs, started, bytes;
    std::vector<Nullable<std::int64_t>> answered;
    std::vector<int> places, counts, statuses;
    std::vector<std::string> outcomes, messages, errorIds;
    session << fmt::format(
        "SELECT t.seq, t.place, b.id, b.run_id, b.started_at, b.answered_at, b.statements, b.bytes, b.outcome, "
        "b.status,"
        " b.message, b.error_id FROM (SELECT seq, batch_id, place FROM u2035_attempt WHERE seq IN ({0}) UNION ALL"
        " SELECT o.seq, o.batch_id, 0 FROM u2035_outbox o WHERE o.seq IN ({0}) AND o.batch_id <> 0 AND NOT EXISTS"
        " (SELECT 1 FROM u2035_attempt a WHERE a.seq = o.seq AND a.batch_id = o.batch_id)) AS t"
        " JOIN u2035_batch b ON b.id = t.batch_id ORDER BY t.seq, b.id",
        list),
        into(seqs), into(places), into(ids), into(runs), into(started), into(answered), into(counts), into(bytes),
        into(outcomes), into(statuses), into(messages), into(errorIds), now;
    for (std::size_t i = 0; i < seqs.size(); ++i) {
        WayAttempt one;
        one.place = places[i];
        one.batch = {ids[i],
                     runs[i],
                     started[i],
                     std::nullopt,
                     counts[i],
                     bytes[i],
                     std::move(outcomes[i]),
                     statuses[i],
                     std::move(messages[i]),
                     std::move(errorIds[i])};
        if (!answered[i].isNull()) one.batch.answeredAt = answered[i].value();
        statements.at(seqs[i])->attempts.push_back(std::move(one));
    }
}

void readRefusals(Session& session, const std::string& list, const BySeq& statements) {
    std::vector<std::int64_t> seqs, refused, times;
    std::vector<int> statuses, conflicts;
    std::vector<std::string> reasons, errorIds, actions, comments, people;
    session << "SELECT seq, refused_at, status, conflict, reason, error_id FROM u2035_refusal WHERE seq IN (" + list +
                   ")",
        into(seqs), into(refused), into(statuses), into(conflicts), into(reasons), into(errorIds), now;
    for (std::size_t i = 0; i < seqs.size(); ++i)
        statements.at(seqs[i])->refusal = {
            {}, {}, {}, 0, refused[i], statuses[i], conflicts[i] != 0, std::move(reasons[i]), std::move(errorIds[i])};
    for (auto* column : {&seqs, &refused}) column->clear();
    for (auto* column : {&statuses, &conflicts}) column->clear();
    for (auto* column : {&reasons, &errorIds}) column->clear();
    session << "SELECT seq, action, comment, decided_by, decided_at, refused_at, status, conflict, reason, error_id"
               " FROM u2035_quarantine_decision WHERE seq IN (" +
                   list + ") ORDER BY seq, id",
        into(seqs), into(actions), into(comments), into(people), into(times), into(refused), into(statuses),
        into(conflicts), into(reasons), into(errorIds), now;
    for (std::size_t i = 0; i < seqs.size(); ++i)
        statements.at(seqs[i])->decisions.push_back({std::move(actions[i]), std::move(comments[i]),
                                                     std::move(people[i]), times[i], refused[i], statuses[i],
                                                     conflicts[i] != 0, std::move(reasons[i]), std::move(errorIds[i])});
}

void readWords(Session& session, const std::string& list, const BySeq& statements) {
    std::vector<std::int64_t> seqs, times;
    std::vector<std::string> words, comments, people;
    const auto clear = [&] {
        seqs.clear();
        times.clear();
        for (auto* column : {&words, &comments, &people}) column->clear();
    };
    session << "SELECT seq, word, comment, marked_by, marked_at FROM u2035_quarantine_mark WHERE seq IN (" + list + ")",
        into(seqs), into(words), into(comments), into(people), into(times), now;
    for (std::size_t i = 0; i < seqs.size(); ++i)
        statements.at(seqs[i])->word = {std::move(words[i]), std::move(comments[i]), std::move(people[i]), times[i]};
    clear();
    session << "SELECT seq, decision, comment, decided_by, decided_at FROM u2035_correction WHERE seq IN (" + list +
                   ")",
        into(seqs), into(words), into(comments), into(people), into(times), now;
    for (std::size_t i = 0; i < seqs.size(); ++i)
        statements.at(seqs[i])->correction = {std::move(words[i]), std::move(comments[i]), std::move(people[i]),
                                              times[i]};
}

void readFiles(Session& session, const std::string& list, const BySeq& statements) {
    std::vector<std::int64_t> seqs, runs;
    session << "SELECT seq, run_id FROM u2035_xapi_row WHERE seq IN (" + list + ") ORDER BY run_id", into(seqs),
        into(runs), now;
    for (std::size_t i = 0; i < seqs.size(); ++i) statements.at(seqs[i])->files.push_back(runs[i]);
}

std::vector<WayUnsendable> readUnsendable(Session& session, const std::string& organization,
                                          const std::string& recordKind, RecordId id, RecordId flowId) {
    std::vector<std::int64_t> runs, flows, learners, revisions;
    std::vector<std::string> origins, projects, kinds, codes, fields, reasons, fixes;
    auto owner = organization;
    auto kind = recordKind;
    session << fmt::format(
        "SELECT run_id, origin, project, flow_id, learner_id, revision, kind, code, field, reason, fix"
        " FROM u2035_unsendable WHERE record_kind = ? AND record_id = {} AND organization = ?{}"
        " AND run_id NOT IN (SELECT id FROM u2035_run WHERE state IN ('queued', 'running')) ORDER BY id",
        id, flowId == 0 ? std::string() : fmt::format(" AND (flow_id = {} OR learner_id <> 0)", flowId)),
        into(runs), into(origins), into(projects), into(flows), into(learners), into(revisions), into(kinds),
        into(codes), into(fields), into(reasons), into(fixes), use(kind), use(owner), now;
    std::vector<WayUnsendable> found;
    for (std::size_t i = 0; i < runs.size(); ++i)
        found.push_back({runs[i],
                         std::move(origins[i]),
                         std::move(projects[i]),
                         {{recordKind, id, revisions[i]},
                          std::move(kinds[i]),
                          flows[i],
                          learners[i],
                          std::move(codes[i]),
                          std::move(fields[i]),
                          std::move(reasons[i]),
                          std::move(fixes[i])}});
    return found;
}

}  // namespace

RecordWay RecordWayStore::find(const std::string& organization, const std::string& recordKind, RecordId id,
                               RecordId flowId) {
    RecordWay way;
    database_.read([&](Session& session) {
        way = {};
        way.unsendable = readUnsendable(session, organization, recordKind, id, flowId);
        way.statements = readStatements(session, organization, recordKind, id, flowId);
        if (way.statements.empty()) return;
        BySeq statements;
        std::vector<std::int64_t> seqs;
        for (auto& one : way.statements) {
            statements.emplace(one.row.seq, &one);
            seqs.push_back(one.row.seq);
        }
        const auto list = joinNumbers(seqs);
        readAttempts(session, list, statements);
        readRefusals(session, list, statements);
        readWords(session, list, statements);
        readFiles(session, list, statements);
    });
    return way;
}

std::vector<WayAttempt> RecordWayStore::attempts(std::int64_t seq) {
    WayStatement one;
    database_.read([&](Session& session) {
        one.attempts.clear();
        readAttempts(session, std::to_string(seq), {{seq, &one}});
    });
    return std::move(one.attempts);
}

}  // namespace plugin::store
