// MatchStore: suggestions that people rejected.

#include "plugin/store/MatchStore.h"
#include "plugin/store/Param.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

std::vector<MatchRejection> MatchStore::rejections(const std::string& organization, const std::string& contour) {
    std::vector<std::string> kinds, values, reasons, origins, people;
    std::vector<std::int64_t> records, times;
    database_.read([&](Session& session) {
        for (auto* column : {&kinds, &values, &reasons, &origins, &people}) column->clear();
        for (auto* column : {&records, &times}) column->clear();
        session << "SELECT kind, record_id, value, reason, origin, rejected_at, rejected_by FROM u2035_match_rejected"
                   " WHERE organization = ? AND contour = ? ORDER BY kind, record_id, rejected_at, value",
            into(kinds), into(records), into(values), into(reasons), into(origins), into(times), into(people),
            param(organization), param(contour), now;
    });
    std::vector<MatchRejection> found;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        found.push_back({contour, kinds[i], records[i], values[i], reasons[i], origins[i], times[i], people[i]});
    return found;
}

std::size_t MatchStore::reject(const std::string& organization, std::vector<MatchRejection> rejections,
                               const std::string& who) {
    const auto moment = clock_.now();
    std::size_t made = 0;
    database_.write([&](Session& session) {
        made = 0;
        for (const auto& one : rejections) {
            Statement insert(session);
            insert << "INSERT INTO u2035_match_rejected (organization, contour, kind, record_id, value, reason, origin,"
                      " rejected_at, rejected_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                param(organization), param(one.contour), param(one.kind), param(one.recordId), param(one.value),
                param(one.reason), param(one.from), param(moment), param(who);
            made += insert.execute();
        }
    });
    return made;
}

std::vector<bool> MatchStore::restore(const std::string& organization, const std::vector<MatchRejection>& rejections) {
    std::vector<bool> there;
    database_.write([&](Session& session) {
        there.clear();
        for (const auto& one : rejections) {
            Statement erase(session);
            erase << "DELETE FROM u2035_match_rejected WHERE organization = ? AND contour = ? AND kind = ?"
                     " AND record_id = ? AND value = ?",
                param(organization), param(one.contour), param(one.kind), param(one.recordId), param(one.value);
            there.push_back(erase.execute() == 1);
        }
    });
    return there;
}

std::vector<std::pair<std::string, std::string>> matchRejectionMigrations() {
    return {{"match-rejections",
             "CREATE TABLE u2035_match_rejected (organization TEXT NOT NULL, contour TEXT NOT NULL, kind TEXT NOT NULL,"
             " record_id BIGINT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, origin TEXT NOT NULL,"
             " rejected_at BIGINT NOT NULL, rejected_by TEXT NOT NULL,"
             " PRIMARY KEY (organization, contour, kind, record_id, value))"}};
}

}  // namespace plugin::store
