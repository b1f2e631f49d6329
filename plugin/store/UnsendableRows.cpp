#include "plugin/store/RunStore.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

// What a run writes is hidden until it ends, so that the list never shows half of two runs.
const char* const kShown = "run_id NOT IN (SELECT id FROM u2035_run WHERE state IN ('queued', 'running'))";

/// What the test contour's tables lack is shown when it is asked for only: it stops nothing that counts.
const char* const kTestTables = "test-tables";

Conditions conditionsOf(const UnsendableFilter& filter) {
    Conditions where;
    where.text("organization = ?", filter.organization);
    where.raw(kShown);
    if (!filter.project.empty()) where.text("project = ?", filter.project);
    if (!filter.code.empty()) where.text("code = ?", filter.code);
    if (!filter.kind.empty()) where.text("kind = ?", filter.kind);
    if (!filter.origin.empty())
        where.text("origin = ?", filter.origin);
    else
        where.text("origin <> ?", kTestTables);
    if (filter.flowId != 0) where.raw("flow_id = " + std::to_string(filter.flowId));
    if (filter.learnerId != 0) where.raw("learner_id = " + std::to_string(filter.learnerId));
    if (const auto& search = filter.search; !search.part.empty()) {
        const auto theirs = isOneOf("learner_id", search.learners);
        // Reasons quote ids of statements and of the LRS's answers; fewer characters would fit words and numbers.
        if (search.part.size() >= 8)
            where.text("(" + theirs + " OR LOWER(reason) LIKE ? ESCAPE '\\')", containing(search.part));
        else
            where.raw(theirs);
    }
    return where;
}

}  // namespace

void RunStore::addUnsendable(const std::string& organization, std::int64_t runId, const std::string& origin,
                             const std::string& project, const std::vector<footprint::Unsendable>& rows) {
    if (rows.empty()) return;
    database_.write([&](Session& session) {
        const auto n = rows.size();
        std::vector<std::int64_t> ids, flows, learners, records, revisions;
        std::vector<std::string> recordKinds, kinds, codes, fields, reasons, fixes;
        auto id = nextNumber(session, "u2035_unsendable", "id");
        for (const auto& row : rows) {
            ids.push_back(id++);
            flows.push_back(row.flowId);
            learners.push_back(row.learnerId);
            records.push_back(row.record.id);
            revisions.push_back(row.record.revision);
            recordKinds.push_back(row.record.kind);
            kinds.push_back(row.kind);
            codes.push_back(row.code);
            fields.push_back(row.field);
            reasons.push_back(row.reason);
            fixes.push_back(row.fix);
        }
        std::vector<std::string> organizations(n, organization), origins(n, origin), projects(n, project);
        std::vector<std::int64_t> runs(n, runId);
        session << "INSERT INTO u2035_unsendable (id, organization, run_id, origin, project, flow_id, learner_id,"
                   " record_kind, record_id, revision, kind, code, field, reason, fix)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(ids), use(organizations), use(runs), use(origins), use(projects), use(flows), use(learners),
            use(recordKinds), use(records), use(revisions), use(kinds), use(codes), use(fields), use(reasons),
            use(fixes), now;
    });
}

void RunStore::replaceUnsendable(const std::string& organization, std::int64_t runId, const UnsendableCover& cover) {
    // In pieces, so that a list of hundreds of thousands never holds the writer for long.
    for (const auto& origin : cover.origins) {
        std::int64_t last = 0;
        do {
            last = 0;
            database_.write([&](Session& session) {
                auto org = organization;
                auto from = origin;
                auto run = runId;
                std::vector<std::int64_t> ids;
                session << "SELECT id FROM u2035_unsendable WHERE organization = ? AND origin = ? AND run_id <> ?" +
                               (cover.flowId == 0 ? std::string() : " AND flow_id = " + std::to_string(cover.flowId)) +
                               " ORDER BY id LIMIT 5000",
                    into(ids), use(org), use(from), use(run), now;
                if (ids.empty()) return;
                session << "DELETE FROM u2035_unsendable WHERE id IN (" + joinNumbers(ids) + ")", now;
                last = ids.size() == 5'000 ? ids.back() : 0;
            });
        } while (last != 0);
    }
}

void RunStore::dropUnsendable(std::int64_t runId) {
    database_.write([&](Session& session) {
        auto run = runId;
        session << "DELETE FROM u2035_unsendable WHERE run_id = ?", use(run), now;
    });
}

std::vector<UnsendableRow> RunStore::unsendable(const UnsendableFilter& filter, std::int64_t after, std::size_t limit) {
    std::vector<std::int64_t> ids, runs, flows, learners, records, revisions;
    std::vector<std::string> origins, projects, recordKinds, kinds, codes, fields, reasons, fixes;
    database_.read([&](Session& session) {
        for (auto* column : {&ids, &runs, &flows, &learners, &records, &revisions}) column->clear();
        for (auto* column : {&origins, &projects, &recordKinds, &kinds, &codes, &fields, &reasons, &fixes})
            column->clear();
        auto where = conditionsOf(filter);
        where.raw("id > " + std::to_string(after));
        Poco::Data::Statement select(session);
        select
            << "SELECT id, run_id, origin, project, flow_id, learner_id, record_kind, record_id, revision, kind, code,"
               " field, reason, fix FROM u2035_unsendable" +
                   where.sql() + " ORDER BY id LIMIT " + std::to_string(limit),
            into(ids), into(runs), into(origins), into(projects), into(flows), into(learners), into(recordKinds),
            into(records), into(revisions), into(kinds), into(codes), into(fields), into(reasons), into(fixes);
        where.bindTo(select);
        select.execute();
    });
    std::vector<UnsendableRow> rows;
    rows.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        footprint::Unsendable why;
        why.record = {std::move(recordKinds[i]), records[i], revisions[i]};
        why.kind = std::move(kinds[i]);
        why.flowId = flows[i];
        why.learnerId = learners[i];
        why.code = std::move(codes[i]);
        why.field = std::move(fields[i]);
        why.reason = std::move(reasons[i]);
        why.fix = std::move(fixes[i]);
        rows.push_back({ids[i], runs[i], std::move(origins[i]), std::move(projects[i]), std::move(why)});
    }
    return rows;
}

std::map<std::string, std::int64_t> RunStore::unsendableByCode(const UnsendableFilter& filter) {
    return countedByCode(filter, "COUNT(*)");
}

std::map<std::string, std::int64_t> RunStore::unsendableLearners(const UnsendableFilter& filter) {
    return countedByCode(filter, "COUNT(DISTINCT NULLIF(learner_id, 0))");
}

std::map<std::string, std::int64_t> RunStore::countedByCode(const UnsendableFilter& filter, const char* what) {
    std::vector<std::string> codes;
    std::vector<std::int64_t> counts;
    database_.read([&](Session& session) {
        codes.clear();
        counts.clear();
        auto where = conditionsOf(filter);
        Poco::Data::Statement select(session);
        select << fmt::format("SELECT code, {} FROM u2035_unsendable{} GROUP BY code", what, where.sql()), into(codes),
            into(counts);
        where.bindTo(select);
        select.execute();
    });
    std::map<std::string, std::int64_t> byCode;
    for (std::size_t i = 0; i < codes.size(); ++i) byCode[codes[i]] = counts[i];
    return byCode;
}

}  // namespace plugin::store
