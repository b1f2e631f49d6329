#include "plugin/store/DestinationStore.h"

#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

constexpr const char* kColumns =
    "SELECT store_id, organization, project, paused_at, kind, probe_at, failures, status, reason FROM"
    " u2035_destination";

struct Columns {
    std::vector<std::string> stores, organizations, projects, kinds, reasons;
    std::vector<std::int64_t> since, probes;
    std::vector<int> failures, statuses;

    std::vector<Resting> rows() const {
        std::vector<Resting> out;
        for (std::size_t i = 0; i < stores.size(); ++i)
            out.push_back({{stores[i], organizations[i], projects[i]},
                           kinds[i] == toString(Rest::Silent) ? Rest::Silent : Rest::Refused,
                           since[i],
                           probes[i],
                           failures[i],
                           statuses[i],
                           reasons[i]});
        return out;
    }
};

std::vector<Resting> select(host::sdk::Database& database, const std::string& condition, const std::string& text) {
    std::vector<Resting> out;
    database.read([&](Session& session) {
        Columns c;
        auto given = text;
        Poco::Data::Statement statement(session);
        statement << kColumns + condition, into(c.stores), into(c.organizations), into(c.projects), into(c.since),
            into(c.kinds), into(c.probes), into(c.failures), into(c.statuses), into(c.reasons);
        if (!given.empty()) statement, use(given);
        statement.execute();
        out = c.rows();
    });
    return out;
}

}  // namespace

const char* toString(Rest rest) {
    return rest == Rest::Silent ? "silent" : "paused";
}

std::optional<Resting> DestinationStore::find(const std::string& storeId) {
    if (storeId.empty()) return std::nullopt;
    auto rows = select(database_, " WHERE store_id = ?", storeId);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

void DestinationStore::rest(const Resting& row) {
    database_.write([&](Session& session) {
        auto store = row.target.storeId;
        auto organization = row.target.organization;
        auto project = row.target.project;
        auto since = clock_.now();
        std::string kind = toString(row.why);
        auto probeAt = row.probeAt;
        auto failures = row.failures;
        auto status = row.status;
        auto reason = row.reason;
        session << "INSERT INTO u2035_destination (store_id, organization, project, paused_at, kind, probe_at,"
                   " failures, status, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (store_id) DO UPDATE SET"
                   // A clock that was ahead when the rest began must not make it young for ever.
                   " paused_at = CASE WHEN u2035_destination.paused_at > excluded.paused_at THEN excluded.paused_at"
                   " ELSE u2035_destination.paused_at END, kind = excluded.kind, probe_at = excluded.probe_at, "
                   "failures = excluded.failures,"
                   " status = excluded.status, reason = excluded.reason",
            use(store), use(organization), use(project), use(since), use(kind), use(probeAt), use(failures),
            use(status), use(reason), now;
    });
}

bool DestinationStore::open(const std::string& storeId) {
    int there = 0;
    database_.write([&](Session& session) {
        auto store = storeId;
        session << "SELECT COUNT(*) FROM u2035_destination WHERE store_id = ?", into(there), use(store), now;
        if (there != 0) session << "DELETE FROM u2035_destination WHERE store_id = ?", use(store), now;
    });
    return there != 0;
}

void DestinationStore::probeNow(const std::string& storeId) {
    database_.write([&](Session& session) {
        auto store = storeId;
        session << "UPDATE u2035_destination SET probe_at = 0 WHERE store_id = ?", use(store), now;
    });
}

std::vector<std::string> DestinationStore::closedStores() {
    std::vector<std::string> ids;
    database_.read([&](Session& session) {
        ids.clear();
        session << "SELECT id FROM u2035_store WHERE closed_at IS NOT NULL ORDER BY id", into(ids), now;
    });
    return ids;
}

std::vector<Resting> DestinationStore::list(const std::string& organization) {
    return select(database_,
                  std::string(organization.empty() ? "" : " WHERE organization = ?") + " ORDER BY paused_at, store_id",
                  organization);
}

}  // namespace plugin::store
