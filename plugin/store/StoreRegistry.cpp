#include "plugin/store/StoreRegistry.h"

#include "plugin/store/Param.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <algorithm>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using host::sdk::Micros;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

const char* const kContours =
    "ALTER TABLE u2035_store ADD COLUMN version BIGINT NOT NULL DEFAULT 1;\n"
    "ALTER TABLE u2035_store ADD COLUMN contour_source TEXT NOT NULL DEFAULT 'address';\n"
    "ALTER TABLE u2035_store ADD COLUMN contour_comment TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE u2035_store ADD COLUMN contour_by TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE u2035_store ADD COLUMN contour_at BIGINT;\n"
    "CREATE INDEX u2035_store_list ON u2035_store (organization, created_at, id);\n"
    "CREATE INDEX u2035_xapi_row_seq ON u2035_xapi_row (seq)";

std::vector<StoreRow> readRows(Session& session, const Conditions& conditions, const std::string& more) {
    std::vector<std::string> ids, organizations, projects, contours, sources, comments, people, endpoints, fingerprints;
    std::vector<Nullable<std::int64_t>> declared, closed;
    std::vector<std::int64_t> created, versions;
    Poco::Data::Statement select(session);
    Conditions where = conditions;
    select << "SELECT id, organization, project, contour, contour_source, contour_comment, contour_by, contour_at,"
              " endpoint, basic_fingerprint, created_at, closed_at, version FROM u2035_store" +
                  where.sql() + " ORDER BY created_at DESC, id DESC" + more,
        into(ids), into(organizations), into(projects), into(contours), into(sources), into(comments), into(people),
        into(declared), into(endpoints), into(fingerprints), into(created), into(closed), into(versions);
    where.bindTo(select);
    select.execute();
    const auto time = [](const Nullable<std::int64_t>& value) {
        return value.isNull() ? std::nullopt : std::optional<Micros>(value.value());
    };
    std::vector<StoreRow> rows;
    rows.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        rows.push_back({std::move(ids[i]), std::move(organizations[i]), std::move(projects[i]), std::move(contours[i]),
                        std::move(sources[i]), std::move(comments[i]), std::move(people[i]), time(declared[i]),
                        std::move(endpoints[i]), std::move(fingerprints[i]), created[i], time(closed[i]), versions[i]});
    return rows;
}

/// What other stores took over from this one as told (xAPI files do) is not told any more: it is planned anew.
std::int64_t takeBack(Session& session, const StoreRow& row) {
    const std::string which =
        " WHERE organization = ? AND project = ? AND store_id <> ? AND state IN ('accepted', 'confirmed')"
        " AND batch_id IN (SELECT b.id FROM u2035_batch b WHERE b.store_id = ? AND b.outcome <> 'handed-over')";
    std::int64_t count = 0;
    session << "SELECT COUNT(*) FROM u2035_outbox" + which, into(count), param(row.organization), param(row.project),
        param(row.id), param(row.id), now;
    if (count > 0)
        session << "UPDATE u2035_outbox SET state = 'withdrawn', next_at = 0, answered_at = NULL, batch_id = 0" + which,
            param(row.organization), param(row.project), param(row.id), param(row.id), now;
    return count;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> storeMigrations() {
    return {{"contours of stores", kContours}};
}

std::vector<StoreRow> StoreRegistry::list(const std::string& organization, const std::string& project,
                                          const std::optional<std::pair<Micros, std::string>>& after,
                                          std::size_t limit) {
    std::vector<StoreRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        if (!project.empty()) where.text("project = ?", project);
        if (after)
            where.text(fmt::format("(created_at < {0} OR (created_at = {0} AND id < ?))", after->first), after->second);
        rows = readRows(session, where, " LIMIT " + std::to_string(limit));
    });
    return rows;
}

std::optional<StoreRow> StoreRegistry::find(const std::string& organization, const std::string& id) {
    std::optional<StoreRow> row;
    database_.read([&](Session& session) { row = findStoreIn(session, organization, id); });
    return row;
}

StoreCounts StoreRegistry::counts(const std::string& id) {
    StoreCounts counts;
    database_.read([&](Session& session) { counts = countsIn(session, id); });
    return counts;
}

std::vector<std::string> StoreRegistry::knownIds(const std::string& id, std::size_t limit) {
    std::vector<std::string> ids;
    database_.read([&](Session& session) {
        ids.clear();
        // What a person said was handed over, and what was cancelled, the LRS need not show.
        const std::string which = fmt::format(
            "SELECT o.statement_id FROM u2035_outbox o WHERE o.store_id = ? AND o.state IN ('accepted', 'confirmed')"
            " AND NOT {} AND NOT {} ORDER BY o.seq ",
            kCancelled, kToldByWord);
        const auto half = std::max<std::size_t>(limit / 2, 1);
        for (const auto* order : {"DESC", "ASC"}) {
            std::vector<std::string> some;
            session << which + order + " LIMIT " + std::to_string(*order == 'D' ? limit - half : half), into(some),
                param(id), now;
            for (auto& one : some)
                if (std::find(ids.begin(), ids.end(), one) == ids.end()) ids.push_back(std::move(one));
        }
    });
    return ids;
}

std::vector<StoreRow> storesIn(Session& session, const std::string& organization, const std::string& project) {
    Conditions where;
    where.text("organization = ?", organization);
    where.text("project = ?", project);
    return readRows(session, where, "");
}

std::optional<StoreRow> findStoreIn(Session& session, const std::string& organization, const std::string& id) {
    Conditions where;
    where.text("organization = ?", organization);
    where.text("id = ?", id);
    auto rows = readRows(session, where, "");
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

StoreCounts countsIn(Session& session, const std::string& id) {
    std::vector<std::string> states;
    std::vector<std::int64_t> numbers;
    session << "SELECT state, COUNT(*) FROM u2035_outbox WHERE store_id = ? GROUP BY state", into(states),
        into(numbers), param(id), now;
    StoreCounts counts;
    for (std::size_t i = 0; i < states.size(); ++i) {
        auto& place = states[i] == "accepted"      ? counts.accepted
                      : states[i] == "confirmed"   ? counts.confirmed
                      : states[i] == "waiting"     ? counts.waiting
                      : states[i] == "quarantined" ? counts.quarantined
                      : states[i] == "withdrawn"   ? counts.withdrawn
                                                   : counts.inDoubt;
        place += numbers[i];
    }
    return counts;
}

std::int64_t dueAgainIn(Session& session, const std::string& organization, const std::string& project) {
    std::int64_t count = 0;
    session << fmt::format(
        "SELECT COUNT(DISTINCT o.statement_id) FROM u2035_outbox o WHERE o.store_id IN (SELECT s.id FROM u2035_store s"
        " WHERE s.organization = ? AND s.project = ?) AND o.state IN ('accepted', 'confirmed', 'sending', 'in_doubt')"
        " AND o.record_kind <> 'statement' AND NOT {} AND NOT {}",
        kCancelled, kToldByWord),
        into(count), param(organization), param(project), now;
    return count;
}

DeclaredStore declareContourIn(Session& session, const std::string& organization, const std::string& id,
                               std::optional<std::int64_t> expected, const ContourWord& word, Micros at) {
    auto row = findStoreIn(session, organization, id);
    if (!row) throw AppError::notFound("There is no such store.");
    if (expected && *expected != row->version)
        throw AppError(412, "precondition-failed",
                       "The store was changed meanwhile; look at its current state and try again.");
    if (row->contour == word.contour)
        throw AppError::conflict("store.contour-unchanged",
                                 fmt::format("The store is of the {} contour already.", word.contour));
    if (row->isTest() && !row->isDeclared())
        throw AppError::conflict("store.test-by-address",
                                 "The store's address was the one of the test contour when it was opened; set the "
                                 "integration up with the address of the production letter instead.");
    session << "UPDATE u2035_store SET contour = ?, contour_source = 'declared', contour_comment = ?, contour_by = ?,"
               " contour_at = ?, version = version + 1 WHERE id = ?",
        param(word.contour), param(word.comment), param(word.by), param(at), param(id), now;
    DeclaredStore declared;
    if (word.contour == integration::kTestContour) declared.takenBack = takeBack(session, *row);
    declared.row = findStoreIn(session, organization, id).value();
    return declared;
}

}  // namespace plugin::store
