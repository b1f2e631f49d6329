#include "plugin/store/MatchStore.h"

#include "plugin/store/Param.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

#include <set>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

/// A learner has an unti_id of each contour.
std::string keptKind(const std::string& kind, const std::string& contour) {
    return contour == "test" ? kind + "-test" : kind;
}

/// What earlier tables said of records that these name.
void forgetNamed(Session& session, const std::string& organization, const std::string& contour,
                 const std::vector<identities::ToldId>& ids) {
    std::set<std::pair<std::string, std::int64_t>> named;
    for (const auto& one : ids)
        if (one.recordId != 0) named.emplace(keptKind(one.kind, contour), one.recordId);
    if (named.empty()) return;
    std::vector<std::string> kinds;
    std::vector<std::int64_t> values, records;
    session << "SELECT kind, u2035_id, record_id FROM u2035_known_id WHERE organization = ? AND record_id <> 0",
        into(kinds), into(values), into(records), param(organization), now;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (named.contains({kinds[i], records[i]}))
            session << "DELETE FROM u2035_known_id WHERE organization = ? AND kind = ? AND u2035_id = ?",
                param(organization), param(kinds[i]), param(values[i]), now;
}

std::vector<MatchBatch> readBatches(Session& session, Conditions where, const std::string& order) {
    std::vector<std::int64_t> ids, revisions, created;
    std::vector<Nullable<std::int64_t>> undone;
    std::vector<std::string> organizations, whats, contours, authors, undoers;
    Statement select(session);
    select << "SELECT id, organization, what, contour, revision, created_at, created_by, undone_at, undone_by"
              " FROM u2035_match" +
                  where.sql() + order,
        into(ids), into(organizations), into(whats), into(contours), into(revisions), into(created), into(authors),
        into(undone), into(undoers);
    where.bindTo(select);
    select.execute();
    std::vector<MatchBatch> batches;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        MatchBatch batch;
        batch.id = ids[i];
        batch.organization = organizations[i];
        batch.what = whats[i];
        batch.contour = contours[i];
        batch.revision = revisions[i];
        batch.createdAt = created[i];
        batch.createdBy = authors[i];
        if (!undone[i].isNull()) batch.undoneAt = undone[i].value();
        batch.undoneBy = undoers[i];
        batches.push_back(std::move(batch));
    }
    if (batches.empty()) return batches;
    std::vector<std::int64_t> owners, numbers;
    std::vector<std::string> states;
    session << "SELECT match_id, state, COUNT(*) FROM u2035_match_row WHERE match_id IN (" + joinNumbers(ids) +
                   ") GROUP BY match_id, state",
        into(owners), into(states), into(numbers), now;
    for (std::size_t i = 0; i < owners.size(); ++i)
        for (auto& batch : batches)
            if (batch.id == owners[i]) batch.counts[states[i]] = numbers[i];
    return batches;
}

}  // namespace

void MatchStore::learn(const std::string& organization, const std::string& contour,
                       const std::vector<identities::ToldId>& ids) {
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        forgetNamed(session, organization, contour, ids);
        for (const auto& one : ids) {
            const auto kind = keptKind(one.kind, contour);
            session << "INSERT INTO u2035_known_id (organization, kind, u2035_id, title, record_id, told_at)"
                       " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (organization, kind, u2035_id) DO UPDATE SET"
                       " title = excluded.title, record_id = excluded.record_id, told_at = excluded.told_at",
                param(organization), param(kind), param(one.value), param(one.title), param(one.recordId),
                param(moment), now;
        }
    });
}

std::vector<identities::SpareRow> MatchStore::knownLearners(const std::string& organization,
                                                            const std::string& contour) {
    std::vector<std::int64_t> ids, records;
    std::vector<std::string> titles;
    database_.read([&](Session& session) {
        for (auto* column : {&ids, &records}) column->clear();
        titles.clear();
        session << "SELECT u2035_id, title, record_id FROM u2035_known_id WHERE organization = ? AND kind = ?"
                   " ORDER BY u2035_id",
            into(ids), into(titles), into(records), param(organization), param(keptKind("learner", contour)), now;
    });
    std::vector<identities::SpareRow> rows;
    for (std::size_t i = 0; i < ids.size(); ++i)
        rows.push_back({std::to_string(ids[i]), {}, {}, titles[i], records[i]});
    return rows;
}

std::vector<identities::KnownId> MatchStore::known(const std::string& organization) {
    std::vector<std::string> kinds, titles;
    std::vector<std::int64_t> ids, records;
    database_.read([&](Session& session) {
        for (auto* column : {&kinds, &titles}) column->clear();
        for (auto* column : {&ids, &records}) column->clear();
        session << "SELECT kind, u2035_id, title, record_id FROM u2035_known_id WHERE organization = ?"
                   " ORDER BY kind, u2035_id",
            into(kinds), into(ids), into(titles), into(records), param(organization), now;
    });
    std::vector<identities::KnownId> known;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (const auto kind = identities::matchedFrom(kinds[i]))
            known.push_back({*kind, ids[i], titles[i], records[i]});
    return known;
}

MatchBatch MatchStore::begin(MatchBatch batch, const std::vector<MatchRow>& rows) {
    batch.createdAt = clock_.now();
    batch.revision = 1;
    database_.write([&](Session& session) {
        batch.id = nextNumber(session, "u2035_match", "id");
        session
            << "INSERT INTO u2035_match (id, organization, what, contour, revision, created_at, created_by, undone_by)"
               " VALUES (?, ?, ?, ?, 1, ?, ?, '')",
            param(batch.id), param(batch.organization), param(batch.what), param(batch.contour), param(batch.createdAt),
            param(batch.createdBy), now;
        for (const auto& row : rows)
            session << "INSERT INTO u2035_match_row (match_id, number, kind, record_id, value, state, code)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)",
                param(batch.id), param(row.number), param(row.kind), param(row.recordId), param(row.value),
                param(row.state), param(row.code), now;
    });
    return batch;
}

namespace {

void writeStates(Session& session, std::int64_t id, const std::vector<MatchRow>& rows) {
    for (const auto& row : rows)
        session << "UPDATE u2035_match_row SET state = ?, code = ? WHERE match_id = ? AND number = ?", param(row.state),
            param(row.code), param(id), param(row.number), now;
}

}  // namespace

void MatchStore::settle(std::int64_t id, const std::vector<MatchRow>& rows) {
    database_.write([&](Session& session) { writeStates(session, id, rows); });
}

std::optional<MatchBatch> MatchStore::find(const std::string& organization, std::int64_t id) {
    std::vector<MatchBatch> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("id = " + std::to_string(id));
        found = readBatches(session, where, "");
    });
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<MatchBatch> MatchStore::list(const std::string& organization, std::int64_t before, std::size_t limit) {
    std::vector<MatchBatch> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        if (before != 0) where.raw("id < " + std::to_string(before));
        found = readBatches(session, where, " ORDER BY id DESC LIMIT " + std::to_string(limit));
    });
    return found;
}

std::vector<MatchRow> MatchStore::rows(std::int64_t id) {
    std::vector<std::int64_t> numbers, records;
    std::vector<std::string> kinds, values, states, codes;
    database_.read([&](Session& session) {
        for (auto* column : {&numbers, &records}) column->clear();
        for (auto* column : {&kinds, &values, &states, &codes}) column->clear();
        session << "SELECT number, kind, record_id, value, state, code FROM u2035_match_row WHERE match_id = ?"
                   " ORDER BY number",
            into(numbers), into(kinds), into(records), into(values), into(states), into(codes), param(id), now;
    });
    std::vector<MatchRow> rows;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        rows.push_back({numbers[i], kinds[i], records[i], values[i], states[i], codes[i]});
    return rows;
}

bool MatchStore::undone(std::int64_t id, std::int64_t revision, const std::vector<MatchRow>& rows,
                        const std::string& who) {
    bool mine = false;
    const auto moment = clock_.now();
    database_.write([&](Session& session) {
        Statement update(session);
        update << "UPDATE u2035_match SET revision = revision + 1, undone_at = ?, undone_by = ? WHERE id = ?"
                  " AND revision = ?",
            param(moment), param(who), param(id), param(revision);
        mine = update.execute() == 1;
        if (mine) writeStates(session, id, rows);
    });
    return mine;
}

std::vector<std::pair<std::string, std::string>> matchMigrations() {
    return {{"matches",
             "CREATE TABLE u2035_known_id (organization TEXT NOT NULL, kind TEXT NOT NULL, u2035_id BIGINT NOT NULL,"
             " title TEXT NOT NULL, record_id BIGINT NOT NULL, told_at BIGINT NOT NULL,"
             " PRIMARY KEY (organization, kind, u2035_id));\n"
             "CREATE TABLE u2035_match (id BIGINT NOT NULL PRIMARY KEY, organization TEXT NOT NULL, what TEXT NOT NULL,"
             " contour TEXT NOT NULL, revision BIGINT NOT NULL, created_at BIGINT NOT NULL, created_by TEXT NOT NULL,"
             " undone_at BIGINT, undone_by TEXT NOT NULL);\n"
             "CREATE INDEX u2035_match_list ON u2035_match (organization, id);\n"
             "CREATE TABLE u2035_match_row (match_id BIGINT NOT NULL, number BIGINT NOT NULL, kind TEXT NOT NULL,"
             " record_id BIGINT NOT NULL, value TEXT NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL,"
             " PRIMARY KEY (match_id, number))"}};
}

}  // namespace plugin::store
