#include "plugin/store/OutboxStore.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>

#include <limits>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

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
    std::vector<std::int64_t> ids, revisions;
    std::vector<std::string> statements, digests;
    database_.read([&](Session& session) {
        ids.clear();
        revisions.clear();
        statements.clear();
        digests.clear();
        auto store = storeId_;
        auto flow = flowId_;
        auto wanted = kind;
        auto from = id;
        const std::string inFiles =
            " AND (state = 'in_doubt' OR EXISTS (SELECT 1 FROM u2035_batch b WHERE b.id = u2035_outbox.batch_id"
            " AND b.outcome = 'handed-over'))";
        session << "SELECT record_id, revision, statement_id, digest FROM u2035_outbox"
                   " WHERE store_id = ? AND kind = ? AND record_id >= ? AND (flow_id = ? OR learner_id <> 0)"
                   " AND state NOT IN ('waiting', 'withdrawn', 'quarantined')" +
                       (of_ == Of::Files ? inFiles : std::string()) + " ORDER BY record_id, revision LIMIT " +
                       std::to_string(window_),
            into(ids), into(revisions), into(statements), into(digests), use(store), use(wanted), use(from), use(flow),
            now;
    });
    window.from = id;
    window.to = coveredTo(ids, window_);
    window.rows.clear();
    for (std::size_t i = 0; i < ids.size() && ids[i] <= window.to; ++i) {
        footprint::Known known{revisions[i], std::move(statements[i]), std::move(digests[i])};
        if (!window.rows.empty() && window.rows.back().first == ids[i])
            window.rows.back().second = std::move(known);
        else
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
        session << "SELECT record_id, revision, digest, CASE WHEN state IN ('accepted', 'confirmed') THEN 1 ELSE 0 END "
                   "AS ok"
                   " FROM u2035_outbox WHERE record_kind = ? AND record_id >= ?"
                   " AND state IN ('accepted', 'confirmed', 'sending', 'in_doubt')"
                   " ORDER BY record_id, ok, revision LIMIT " +
                       std::to_string(window_),
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
