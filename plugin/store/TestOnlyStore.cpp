#include "plugin/store/TestOnlyStore.h"

#include "plugin/store/Param.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::RecordId;
using Poco::Data::Session;

namespace {

/// Rows `g` of the outbox; takes organization and project.
std::string testOnly() {
    return fmt::format(
        " FROM u2035_outbox g WHERE g.store_id IN (SELECT s.id FROM u2035_store s WHERE s.organization = ?"
        " AND s.project = ? AND s.contour = 'test') AND g.state IN ('accepted', 'confirmed')"
        " AND g.record_kind <> 'statement' AND NOT EXISTS (SELECT 1 FROM u2035_outbox c WHERE c.store_id = g.store_id"
        " AND c.depends_on = g.statement_id AND c.record_kind = 'statement' AND c.state IN ('accepted', 'confirmed'))"
        " AND NOT EXISTS (SELECT 1 FROM u2035_outbox o WHERE o.record_kind = g.record_kind"
        " AND o.record_id = g.record_id AND o.kind = g.kind AND o.organization = g.organization"
        " AND o.project = g.project AND (o.flow_id = g.flow_id OR g.learner_id <> 0)"
        " AND o.state IN ('accepted', 'confirmed', 'sending', 'in_doubt') AND NOT {} AND {})",
        kCancelled, kCounts);
}

}  // namespace

std::vector<TestOnlyCount> TestOnlyStore::counts(const std::string& organization, const std::string& project) {
    std::vector<std::int64_t> flows, learners, numbers;
    std::vector<std::string> kinds;
    database_.read([&](Session& session) {
        for (auto* column : {&flows, &learners, &numbers}) column->clear();
        kinds.clear();
        // A record that moved to another flow between two test stores is one record still: its newest flow counts.
        session << "SELECT x.flow_id, x.learner_id, x.kind, COUNT(*) FROM (SELECT MAX(g.flow_id) AS flow_id,"
                   " g.learner_id AS learner_id, g.kind AS kind, g.record_id AS record_id" +
                       testOnly() +
                       " GROUP BY g.kind, g.record_kind, g.record_id, g.learner_id,"
                       " CASE WHEN g.learner_id = 0 THEN g.flow_id ELSE 0 END) AS x"
                       " GROUP BY x.flow_id, x.learner_id, x.kind ORDER BY x.flow_id, x.learner_id, x.kind",
            into(flows), into(learners), into(kinds), into(numbers), param(organization), param(project), now;
    });
    std::vector<TestOnlyCount> counts;
    for (std::size_t i = 0; i < flows.size(); ++i)
        counts.push_back({flows[i], learners[i], std::move(kinds[i]), numbers[i]});
    return counts;
}

TestOnlyRecords TestOnlyStore::records(const std::string& organization, const std::string& project) {
    std::vector<std::int64_t> ids;
    std::vector<std::string> kinds;
    database_.read([&](Session& session) {
        ids.clear();
        kinds.clear();
        session << "SELECT DISTINCT g.kind, g.record_id" + testOnly(), into(kinds), into(ids), param(organization),
            param(project), now;
    });
    TestOnlyRecords records;
    for (std::size_t i = 0; i < ids.size(); ++i) records[kinds[i]].insert(ids[i]);
    return records;
}

std::int64_t TestOnlyStore::packageStatements(const std::string& organization, const std::string& project) {
    std::int64_t count = 0;
    database_.read([&](Session& session) {
        session << "SELECT COUNT(*) FROM u2035_test_statement x WHERE x.state = 'accepted' AND x.store_id IN"
                   " (SELECT k.store_id FROM u2035_package k WHERE k.organization = ? AND k.project = ?)",
            into(count), param(organization), param(project), now;
    });
    return count;
}

}  // namespace plugin::store
