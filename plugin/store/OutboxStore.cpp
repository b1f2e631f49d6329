#include "plugin/store/OutboxStore.h"

#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using footprint::StatementDraft;
using Poco::Data::Session;

namespace {

struct Existing {
    std::int64_t seq = 0;
    bool replaceable = false;  ///< the LRS has not stored it
    bool refused = false;
    bool replayed = false;  ///< a person asked for it once more
    std::string profileVersion;
    std::string dependsOn;
    std::string digest;
};

std::unordered_map<std::string, Existing> findExisting(Session& session, const std::string& storeId,
                                                       const std::vector<StatementDraft>& drafts) {
    std::vector<std::string> ids;
    ids.reserve(drafts.size());
    for (const auto& draft : drafts) ids.push_back(draft.statementId);
    std::vector<std::string> foundIds;
    std::vector<std::string> dependsOn, digests, versions;
    std::vector<std::int64_t> seqs;
    std::vector<int> replaceable, refused, replayed;
    std::string store = storeId;
    session
        << std::string("SELECT o.statement_id, o.seq, o.depends_on, o.digest, s.profile_version, ") + kReplaceable +
               ", CASE WHEN o.state = 'quarantined' THEN 1 ELSE 0 END, CASE WHEN m.word = 'replay' THEN 1 ELSE 0 END"
               " FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq"
               " LEFT JOIN u2035_quarantine_mark m ON m.seq = o.seq"
               " WHERE o.store_id = ? AND o.statement_id IN (" +
               joinUuids(ids) + ")",
        into(foundIds), into(seqs), into(dependsOn), into(digests), into(versions), into(replaceable), into(refused),
        into(replayed), use(store), now;
    std::unordered_map<std::string, Existing> existing;
    for (std::size_t i = 0; i < foundIds.size(); ++i)
        existing.emplace(std::move(foundIds[i]),
                         Existing{seqs[i], replaceable[i] != 0, refused[i] != 0, replayed[i] != 0,
                                  std::move(versions[i]), std::move(dependsOn[i]), std::move(digests[i])});
    return existing;
}

/// The refusal is over. What a plan does of itself is written down like a person's word; a replay's is there already.
void leaveQuarantine(Session& session, const Existing& row, std::int64_t runId, std::int64_t at) {
    if (!row.replayed)
        session << fmt::format(
            "INSERT INTO u2035_quarantine_decision (id, seq, action, comment, decided_by, decided_at, refused_at,"
            " status, conflict, cause, reason_group, reason, error_id) SELECT {}, r.seq, 'renewed', '', 'run:{}', {},"
            " r.refused_at, r.status, r.conflict, r.cause, r.reason_group, r.reason, r.error_id FROM u2035_refusal r"
            " WHERE r.seq = {}",
            nextNumber(session, "u2035_quarantine_decision", "id"), runId, at, row.seq),
            now;
    for (const auto* table : {"u2035_refusal", "u2035_quarantine_mark"})
        session << fmt::format("DELETE FROM {} WHERE seq = {}", table, row.seq), now;
}

void takeOver(Session& session, const Existing& row, const StatementDraft& draft, const std::string& profile,
              const std::string& profileVersion, std::int64_t runId, std::int64_t at) {
    auto bytes = draft.bytes;
    auto dependsOn = draft.dependsOn;
    auto run = runId;
    auto seq = row.seq;
    auto size = static_cast<std::int64_t>(draft.bytes.size());
    auto timestamp = draft.timestamp;
    auto profileName = profile;
    auto version = profileVersion;
    auto digest = draft.digest;
    const bool same =
        row.dependsOn == draft.dependsOn && row.digest == draft.digest && row.profileVersion == profileVersion;
    const bool stays = same && row.refused && !row.replayed;
    if (row.refused && !stays) leaveQuarantine(session, row, runId, at);
    if (same) {
        // The same again: what waits goes on waiting; what was refused stays so unless a person asked for it once more,
        // and this run tells about it.
        session << std::string("UPDATE u2035_outbox SET planned_run = ?") + (stays ? "" : ", state = 'waiting'") +
                       " WHERE seq = ?",
            use(run), use(seq), now;
        return;
    }
    session << "UPDATE u2035_outbox SET planned_run = ?, state = 'waiting', next_at = 0, depends_on = ?, digest = ?,"
               " size = ? WHERE seq = ?",
        use(run), use(dependsOn), use(digest), use(size), use(seq), now;
    session << "UPDATE u2035_statement SET bytes = ?, stamped_at = ?, profile = ?, profile_version = ? WHERE seq = ?",
        use(bytes), use(timestamp), use(profileName), use(version), use(seq), now;
}

/// What can't be renewed but was planned again: a conflict or what a person discarded, told about by this run.
void markPlanned(Session& session, std::int64_t seq, std::int64_t runId) {
    auto run = runId;
    auto row = seq;
    session << "UPDATE u2035_outbox SET planned_run = ? WHERE seq = ?", use(run), use(row), now;
}

void insertFresh(Session& session, const Target& target, const std::string& profile, const std::string& profileVersion,
                 std::int64_t runId, Micros oldBefore, Micros createdAt,
                 const std::vector<const StatementDraft*>& fresh) {
    const auto n = fresh.size();
    std::vector<std::int64_t> seqs, flows, learners, records, revisions, sizes, timestamps;
    std::vector<int> ranks, lanes;
    std::vector<std::string> ids, kinds, recordKinds, digests, dependsOn, bytes;
    auto seq = nextNumber(session, "u2035_outbox", "seq");
    for (const auto* draft : fresh) {
        seqs.push_back(seq++);
        flows.push_back(draft->flowId);
        learners.push_back(draft->learnerId);
        records.push_back(draft->record.id);
        revisions.push_back(draft->record.revision);
        sizes.push_back(static_cast<std::int64_t>(draft->bytes.size()));
        timestamps.push_back(draft->timestamp);
        ranks.push_back(draft->rank);
        lanes.push_back(draft->learnerId != 0 && draft->timestamp < oldBefore ? 1 : 0);
        ids.push_back(draft->statementId);
        kinds.push_back(draft->kind);
        recordKinds.push_back(draft->record.kind);
        digests.push_back(draft->digest);
        dependsOn.push_back(draft->dependsOn);
        bytes.push_back(draft->bytes);
    }
    std::vector<std::string> stores(n, target.storeId), organizations(n, target.organization),
        projects(n, target.project), profiles(n, profile), versions(n, profileVersion);
    std::vector<std::int64_t> runs(n, runId), created(n, createdAt);
    session << "INSERT INTO u2035_outbox (seq, store_id, statement_id, organization, project, flow_id, learner_id,"
               " kind, kind_rank, record_kind, record_id, revision, digest, depends_on, state, size, planned_run,"
               " created_at, lane) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)",
        use(seqs), use(stores), use(ids), use(organizations), use(projects), use(flows), use(learners), use(kinds),
        use(ranks), use(recordKinds), use(records), use(revisions), use(digests), use(dependsOn), use(sizes), use(runs),
        use(created), use(lanes), now;
    session << "INSERT INTO u2035_statement (seq, bytes, stamped_at, profile, profile_version) VALUES (?, ?, ?, ?, ?)",
        use(seqs), use(bytes), use(timestamps), use(profiles), use(versions), now;
}

}  // namespace

Added OutboxStore::add(const Target& target, const std::string& profile, const std::string& profileVersion,
                       std::int64_t runId, const std::vector<StatementDraft>& drafts, Micros oldBefore) {
    Added added;
    if (drafts.empty()) return added;
    database_.write([&](Session& session) {
        added = {};
        auto existing = findExisting(session, target.storeId, drafts);
        std::vector<const StatementDraft*> fresh;
        for (const auto& draft : drafts) {
            auto [row, isNew] = existing.try_emplace(draft.statementId);
            if (isNew) {
                fresh.push_back(&draft);  // the entry made here makes a second draft of the same id a repetition
                continue;
            }
            ++added.repeated;
            if (row->second.replaceable)
                takeOver(session, row->second, draft, profile, profileVersion, runId, clock_.now());
            else if (row->second.seq != 0)
                markPlanned(session, row->second.seq, runId);
        }
        added.fresh = static_cast<std::int64_t>(fresh.size());
        if (!fresh.empty())
            insertFresh(session, target, profile, profileVersion, runId, oldBefore, clock_.now(), fresh);
    });
    return added;
}

std::int64_t OutboxStore::withdrawUnplanned(const std::string& storeId, RecordId flowId, std::int64_t runId,
                                            bool onlyCancellations) {
    std::int64_t count = 0;
    database_.write([&](Session& session) {
        auto store = storeId;
        auto run = runId;
        std::string which =
            " WHERE store_id = ? AND state IN ('waiting', 'sending', 'in_doubt') AND state = 'waiting'"
            " AND planned_run <> ?";
        if (onlyCancellations) which += " AND record_kind = 'statement'";
        if (flowId != 0) which += " AND flow_id = " + std::to_string(flowId);
        session << "SELECT COUNT(*) FROM u2035_outbox" + which, into(count), use(store), use(run), now;
        if (count > 0) session << "UPDATE u2035_outbox SET state = 'withdrawn'" + which, use(store), use(run), now;
    });
    return count;
}

}  // namespace plugin::store
