#include "plugin/store/OutboxStore.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

#include <limits>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

// What a learner's statement that stands says of the methodist's.
const char* const kReferred =
    "o.learner_id = 0 AND EXISTS (SELECT 1 FROM u2035_outbox r WHERE r.store_id = o.store_id"
    " AND r.depends_on = o.statement_id AND r.learner_id <> 0 AND r.state NOT IN ('waiting', 'withdrawn', "
    "'quarantined')"
    " AND NOT EXISTS (SELECT 1 FROM u2035_outbox x WHERE x.store_id = r.store_id"
    " AND x.depends_on = r.statement_id AND x.record_kind = 'statement' AND x.state IN ('accepted', 'confirmed')))";

// Told by a file: a person said that it was handed over, or nobody decided about it.
const char* const kInFiles = " AND (o.state = 'in_doubt' OR " U2035_TOLD_BY_WORD ")";

/// The last record id a page of ascending ids covers: a full page may end inside a record's revisions, whose record is
/// then left for the next page.
RecordId coveredTo(const std::vector<std::int64_t>& ids, std::size_t limit) {
    if (ids.size() < limit) return std::numeric_limits<RecordId>::max();
    return ids.front() != ids.back() ? ids.back() - 1 : ids.back();
}

}  // namespace

const footprint::Known* KnownRecords::find(const std::string& kind, RecordId id) {
    auto& window = windows_[kind];
    if (id < window.from || id > window.to) load(window, kind, id);
    auto it = std::lower_bound(window.rows.begin(), window.rows.end(), id,
                               [](const auto& row, RecordId wanted) { return row.first < wanted; });
    return it != window.rows.end() && it->first == id ? &it->second : nullptr;
}

void KnownRecords::load(Window& window, const std::string& kind, RecordId id) {
    std::vector<std::int64_t> ids, revisions, seqs, decidedRevisions, letters;
    std::vector<std::string> statements, digests, decisions;
    std::vector<int> cancelled, referred, decidedOn;
    database_.read([&](Session& session) {
        for (auto* column : {&ids, &revisions, &seqs, &decidedRevisions, &letters}) column->clear();
        for (auto* column : {&statements, &digests, &decisions}) column->clear();
        for (auto* column : {&cancelled, &referred, &decidedOn}) column->clear();
        auto store = storeId_;
        auto flow = flowId_;
        auto wanted = kind;
        auto from = id;
        session << fmt::format(
            "SELECT o.record_id, o.revision, o.statement_id, o.digest, o.seq, CASE WHEN {} THEN 1 ELSE 0 END,"
            " CASE WHEN {} THEN 1 ELSE 0 END, COALESCE(d.decision, ''), COALESCE(d.decided_revision, 0),"
            " COALESCE(d.letter_file_id, 0), COALESCE(d.decided_on, 0) FROM u2035_outbox o LEFT JOIN u2035_correction "
            "d ON d.seq = o.seq"
            " WHERE o.store_id = ? AND o.kind = ? AND o.record_id >= ? AND (o.flow_id = ? OR o.learner_id <> 0)"
            " AND o.state NOT IN ('waiting', 'withdrawn', 'quarantined'){}"
            " ORDER BY o.record_id, o.revision, o.seq LIMIT {}",
            kCancelled, kReferred, of_ == Of::Files ? kInFiles : "", window_),
            into(ids), into(revisions), into(statements), into(digests), into(seqs), into(cancelled), into(referred),
            into(decisions), into(decidedRevisions), into(letters), into(decidedOn), use(store), use(wanted), use(from),
            use(flow), now;
    });
    window.from = id;
    window.to = coveredTo(ids, window_);
    window.rows.clear();
    for (std::size_t i = 0; i < ids.size() && ids[i] <= window.to; ++i) {
        footprint::Known known;
        known.revision = revisions[i];
        known.statementId = std::move(statements[i]);
        known.digest = std::move(digests[i]);
        known.seq = seqs[i];
        known.cancelled = cancelled[i] != 0;
        known.cancels = cancelled[i];
        known.referred = referred[i] != 0;
        known.decision = decisions[i] == "cancel" ? footprint::Decision::Cancel
                         : decisions[i] == "keep" ? footprint::Decision::Keep
                                                  : footprint::Decision::None;
        known.decidedRevision = decidedRevisions[i];
        known.decidedOn = static_cast<footprint::DecidedOn>(decidedOn[i]);
        known.letterFileId = letters[i];
        known.elsewhere = elsewhere_;
        if (!window.rows.empty() && window.rows.back().first == ids[i]) {
            known.cancels += window.rows.back().second.cancels;
            window.rows.back().second = std::move(known);
        } else
            window.rows.emplace_back(ids[i], std::move(known));
    }
}

const Delivery* DeliveredRecords::find(const std::string& recordKind, RecordId id) {
    auto& window = windows_[recordKind];
    if (id < window.from || id > window.to) load(window, recordKind, id);
    auto it = std::lower_bound(window.rows.begin(), window.rows.end(), id,
                               [](const auto& row, RecordId wanted) { return row.first < wanted; });
    return it != window.rows.end() && it->first == id ? &it->second : nullptr;
}

void DeliveredRecords::load(Window& window, const std::string& recordKind, RecordId id) {
    std::vector<std::int64_t> ids, revisions;
    std::vector<int> accepted;
    std::vector<std::string> digests;
    database_.read([&](Session& session) {
        ids.clear();
        digests.clear();
        revisions.clear();
        accepted.clear();
        auto wanted = recordKind;
        auto from = id;
        session << fmt::format(
            "SELECT o.record_id, o.revision, o.digest, CASE WHEN o.state IN ('accepted', 'confirmed') THEN 1 ELSE 0 END"
            " AS ok FROM u2035_outbox o WHERE o.record_kind = ? AND o.record_id >= ?"
            " AND o.state IN ('accepted', 'confirmed', 'sending', 'in_doubt') AND NOT {} AND {}"
            " ORDER BY o.record_id, ok, o.revision LIMIT {}",
            kCancelled, kCounts, window_),
            into(ids), into(revisions), into(digests), into(accepted), use(wanted), use(from), now;
    });
    window.from = id;
    window.to = coveredTo(ids, window_);
    window.rows.clear();
    for (std::size_t i = 0; i < ids.size() && ids[i] <= window.to; ++i) {
        Delivery delivery{revisions[i], accepted[i] != 0, std::move(digests[i])};
        if (!window.rows.empty() && window.rows.back().first == ids[i])
            window.rows.back().second = std::move(delivery);
        else
            window.rows.emplace_back(ids[i], std::move(delivery));
    }
}

}  // namespace plugin::store
