#include "plugin/store/CorrectionStore.h"

#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

#include <limits>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using footprint::Decision;
using Poco::Data::Session;

namespace {

// A decision is about a row of the outbox; what it comes to, a cancellation, is a row of record kind 'statement' there.
const char* const kCorrections =
    "CREATE TABLE u2035_correction ("
    " seq BIGINT NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL,"
    " project TEXT NOT NULL,"
    " decision TEXT NOT NULL,"
    " decided_revision BIGINT NOT NULL,"
    " decided_on INTEGER NOT NULL,"
    " letter_file_id BIGINT NOT NULL,"
    " comment TEXT NOT NULL,"
    " decided_by TEXT NOT NULL,"
    " decided_at BIGINT NOT NULL);\n"
    "CREATE INDEX u2035_correction_list ON u2035_correction (organization, seq);\n"
    "CREATE INDEX u2035_outbox_refers ON u2035_outbox (store_id, depends_on)";

const char* const kPending =
    " FROM u2035_correction d JOIN u2035_outbox o ON o.seq = d.seq WHERE d.organization = ? AND d.project = ?"
    " AND d.decision = 'cancel' AND NOT " U2035_IN_TEST_STORE " AND NOT ";

Decision decisionFrom(const std::string& text) {
    return text == "cancel" ? Decision::Cancel : text == "keep" ? Decision::Keep : Decision::None;
}

/// Of the list of the unsendable `u` and the statements `o` about the same record: what a decision may be about.
Conditions decidableIn(const std::string& organization) {
    Conditions where;
    where.text("u.organization = ?", organization);
    where.raw("u.origin = 'statements'");
    where.raw("u.run_id NOT IN (SELECT id FROM u2035_run WHERE state IN ('queued', 'running'))");
    // What was decided and can't be done as decided may be decided anew.
    where.raw(
        "(u.code IN ('changed-after-sending', 'deleted-after-sending', 'no-letter', 'referred-by-learners')"
        " OR EXISTS (SELECT 1 FROM u2035_correction p WHERE p.seq = o.seq))");
    // The list is of the night that made it: what was told later is another statement.
    where.raw("o.created_at <= (SELECT r.created_at FROM u2035_run r WHERE r.id = u.run_id)");
    where.raw("o.state NOT IN ('waiting', 'withdrawn', 'quarantined')");
    // A part of the programme is told once per flow; a learner's record is known in whatever flow it was.
    where.raw("(o.flow_id = u.flow_id OR o.learner_id <> 0)");
    return where;
}

const char* const kListed =
    " FROM u2035_unsendable u JOIN u2035_outbox o ON o.record_kind = u.record_kind AND o.record_id = u.record_id"
    " AND o.kind = u.kind AND o.organization = u.organization AND o.project = u.project";

}  // namespace

std::vector<std::pair<std::string, std::string>> correctionMigrations() {
    return {{"corrections", kCorrections}};
}

const char* toString(Decision decision) {
    static constexpr const char* names[] = {"none", "cancel", "keep"};
    return names[static_cast<int>(decision)];
}

std::int64_t CorrectionStore::decide(const CorrectionFilter& filter, Decision decision,
                                     host::sdk::RecordId letterFileId, const std::string& comment,
                                     const std::string& who) {
    std::vector<std::int64_t> seqs, revisions;
    std::vector<int> about;
    std::vector<std::string> projects;
    database_.write([&](Session& session) {
        seqs.clear();
        revisions.clear();
        projects.clear();
        about.clear();
        auto where = decidableIn(filter.organization);
        if (!filter.unsendable.empty()) where.raw("u.id IN (" + joinNumbers(filter.unsendable) + ")");
        if (!filter.project.empty()) where.text("u.project = ?", filter.project);
        if (!filter.code.empty()) where.text("u.code = ?", filter.code);
        if (filter.flowId != 0) where.raw("u.flow_id = " + std::to_string(filter.flowId));
        Poco::Data::Statement select(session);
        select << fmt::format(
            "SELECT MAX(o.seq), MAX(u.revision), MAX(o.project), MAX(CASE u.code WHEN 'changed-after-sending' THEN 1"
            " WHEN 'deleted-after-sending' THEN 2 ELSE 0 END){}{} GROUP BY o.store_id, u.id",
            kListed, where.sql()),
            into(seqs), into(revisions), into(projects), into(about);
        where.bindTo(select);
        select.execute();
        if (seqs.empty()) return;
        const auto n = seqs.size();
        std::vector<std::string> organizations(n, filter.organization), decisions(n, toString(decision)),
            comments(n, comment), people(n, who);
        std::vector<std::int64_t> letters(n, letterFileId), times(n, clock_.now());
        session << "INSERT INTO u2035_correction (seq, organization, project, decision, decided_revision,"
                   " decided_on, letter_file_id, comment, decided_by, decided_at)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                   " ON CONFLICT (seq) DO UPDATE SET decision = excluded.decision,"
                   " decided_revision = excluded.decided_revision, decided_on = excluded.decided_on,"
                   " letter_file_id = excluded.letter_file_id,"
                   " comment = excluded.comment, decided_by = excluded.decided_by, decided_at = excluded.decided_at",
            use(seqs), use(organizations), use(projects), use(decisions), use(revisions), use(about), use(letters),
            use(comments), use(people), use(times), now;
    });
    return static_cast<std::int64_t>(seqs.size());
}

std::set<std::int64_t> CorrectionStore::decidable(const std::string& organization,
                                                  const std::vector<std::int64_t>& unsendable) {
    std::vector<std::int64_t> ids;
    if (unsendable.empty()) return {};
    database_.read([&](Session& session) {
        ids.clear();
        auto where = decidableIn(organization);
        where.raw("u.id IN (" + joinNumbers(unsendable) + ")");
        Poco::Data::Statement select(session);
        select << fmt::format("SELECT DISTINCT u.id{}{}", kListed, where.sql()), into(ids);
        where.bindTo(select);
        select.execute();
    });
    return {ids.begin(), ids.end()};
}

std::vector<CorrectionRow> CorrectionStore::list(const std::string& organization, std::int64_t before,
                                                 std::size_t limit) {
    std::vector<CorrectionRow> rows;
    database_.read([&](Session& session) {
        std::vector<std::int64_t> seqs, records, revisions, flows, learners, letters, times;
        std::vector<std::string> ids, kinds, recordKinds, decisions, comments, people, states;
        auto owner = organization;
        session << fmt::format(
            "SELECT d.seq, o.statement_id, o.kind, o.record_kind, o.record_id, o.revision, o.flow_id, o.learner_id,"
            " d.decision, d.letter_file_id, d.comment, d.decided_by, d.decided_at,"
            " COALESCE((SELECT MAX(c.state) FROM u2035_outbox c WHERE c.store_id = o.store_id"
            " AND c.depends_on = o.statement_id AND c.record_kind = 'statement' AND c.state <> 'withdrawn'), '')"
            " FROM u2035_correction d JOIN u2035_outbox o ON o.seq = d.seq WHERE d.organization = ? AND d.seq < {}"
            " ORDER BY d.seq DESC LIMIT {}",
            before == 0 ? std::numeric_limits<std::int64_t>::max() : before, limit),
            into(seqs), into(ids), into(kinds), into(recordKinds), into(records), into(revisions), into(flows),
            into(learners), into(decisions), into(letters), into(comments), into(people), into(times), into(states),
            use(owner), now;
        rows.clear();
        for (std::size_t i = 0; i < seqs.size(); ++i)
            rows.push_back({seqs[i],
                            std::move(ids[i]),
                            std::move(kinds[i]),
                            {std::move(recordKinds[i]), records[i], revisions[i]},
                            flows[i],
                            learners[i],
                            decisionFrom(decisions[i]),
                            letters[i],
                            std::move(comments[i]),
                            std::move(people[i]),
                            times[i],
                            std::move(states[i])});
    });
    return rows;
}

bool CorrectionStore::cancellationsPending(const std::string& organization, const std::string& project) {
    std::int64_t count = 0;
    database_.read([&](Session& session) {
        auto owner = organization;
        auto name = project;
        session << fmt::format("SELECT COUNT(*){}{}", kPending, kCancelled), into(count), use(owner), use(name), now;
    });
    return count > 0;
}

std::vector<host::sdk::RecordId> CorrectionStore::letters(const std::string& organization, const std::string& project) {
    std::vector<std::int64_t> files;
    database_.read([&](Session& session) {
        files.clear();
        auto owner = organization;
        auto name = project;
        session << fmt::format("SELECT DISTINCT d.letter_file_id{}{} AND d.letter_file_id <> 0", kPending, kCancelled),
            into(files), use(owner), use(name), now;
    });
    return files;
}

}  // namespace plugin::store
