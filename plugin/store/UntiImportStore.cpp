#include "plugin/store/UntiImportStore.h"

#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

constexpr std::size_t kAllRows = 1'000'000;  // more than an import may have

std::vector<UntiImport> readImports(Session& session, Conditions where, const std::string& order) {
    std::vector<std::int64_t> ids, revisions, created, counts;
    std::vector<std::string> organizations, contours, createdBy, columns, appliedBy, undoneBy;
    std::vector<Nullable<std::int64_t>> applied, undone;
    Poco::Data::Statement select(session);
    select << "SELECT id, organization, contour, revision, created_at, created_by, columns, row_count, applied_at,"
              " applied_by, undone_at, undone_by FROM u2035_unti_import" +
                  where.sql() + order,
        into(ids), into(organizations), into(contours), into(revisions), into(created), into(createdBy), into(columns),
        into(counts), into(applied), into(appliedBy), into(undone), into(undoneBy);
    where.bindTo(select);
    select.execute();
    std::vector<UntiImport> imports;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        UntiImport one;
        one.id = ids[i];
        one.organization = organizations[i];
        one.contour = contours[i];
        one.revision = revisions[i];
        one.createdAt = created[i];
        one.createdBy = createdBy[i];
        one.columns = columns[i];
        one.rows = counts[i];
        if (!applied[i].isNull()) one.appliedAt = applied[i].value();
        one.appliedBy = appliedBy[i];
        if (!undone[i].isNull()) one.undoneAt = undone[i].value();
        one.undoneBy = undoneBy[i];
        imports.push_back(std::move(one));
    }
    if (ids.empty()) return imports;
    std::vector<std::int64_t> owners, numbers;
    std::vector<std::string> states;
    session << "SELECT import_id, state, COUNT(*) FROM u2035_unti_row WHERE import_id IN (" + joinNumbers(ids) +
                   ") GROUP BY import_id, state",
        into(owners), into(states), into(numbers), now;
    for (std::size_t i = 0; i < owners.size(); ++i)
        for (auto& one : imports)
            if (one.id == owners[i]) one.counts[states[i]] = numbers[i];
    return imports;
}

std::vector<UntiRow> readRows(Session& session, Conditions where, std::size_t limit) {
    std::vector<std::int64_t> numbers, learners, assigned;
    std::vector<std::string> untiIds, flows, statuses, cells, states, codes, reasons, fixes, externalIds, previous;
    Poco::Data::Statement select(session);
    select << "SELECT number, unti_id, flow, status, cells, state, code, reason, fix, learner_id, learner_external_id,"
              " previous, previous_assigned FROM u2035_unti_row" +
                  where.sql() + " ORDER BY number LIMIT " + std::to_string(limit),
        into(numbers), into(untiIds), into(flows), into(statuses), into(cells), into(states), into(codes),
        into(reasons), into(fixes), into(learners), into(externalIds), into(previous), into(assigned);
    where.bindTo(select);
    select.execute();
    std::vector<UntiRow> rows(numbers.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        row.number = numbers[i];
        row.untiId = std::move(untiIds[i]);
        row.flow = std::move(flows[i]);
        row.status = std::move(statuses[i]);
        row.cells = std::move(cells[i]);
        row.verdict.state = identities::rowStateFrom(states[i]).value_or(identities::RowState::Refused);
        row.verdict.code = std::move(codes[i]);
        row.verdict.reason = std::move(reasons[i]);
        row.verdict.fix = std::move(fixes[i]);
        row.verdict.learnerId = learners[i];
        row.verdict.learnerExternalId = std::move(externalIds[i]);
        row.verdict.previous = std::move(previous[i]);
        row.previousAssigned = assigned[i] != 0;
    }
    return rows;
}

void insertRows(Session& session, std::int64_t importId, const std::vector<UntiRow>& rows) {
    if (rows.empty()) return;
    std::vector<std::int64_t> imports(rows.size(), importId), numbers, learners;
    std::vector<std::string> untiIds, flows, statuses, cells, states, codes, reasons, fixes, externalIds, previous;
    for (const auto& row : rows) {
        numbers.push_back(row.number);
        untiIds.push_back(row.untiId);
        flows.push_back(row.flow);
        statuses.push_back(row.status);
        cells.push_back(row.cells);
        states.emplace_back(toString(row.verdict.state));
        codes.push_back(row.verdict.code);
        reasons.push_back(row.verdict.reason);
        fixes.push_back(row.verdict.fix);
        learners.push_back(row.verdict.learnerId);
        externalIds.push_back(row.verdict.learnerExternalId);
        previous.push_back(row.verdict.previous);
    }
    session << "INSERT INTO u2035_unti_row (import_id, number, unti_id, flow, status, cells, state, code, reason, fix,"
               " learner_id, learner_external_id, previous) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        use(imports), use(numbers), use(untiIds), use(flows), use(statuses), use(cells), use(states), use(codes),
        use(reasons), use(fixes), use(learners), use(externalIds), use(previous), now;
}

void updateRows(Session& session, std::int64_t importId, const std::vector<UntiRowChange>& changes) {
    std::vector<std::int64_t> imports, numbers, assigned, assignedNumbers;
    std::vector<std::string> states, codes, reasons, fixes;
    for (const auto& change : changes) {
        imports.push_back(importId);
        numbers.push_back(change.number);
        states.emplace_back(toString(change.state));
        codes.push_back(change.code);
        reasons.push_back(change.reason);
        fixes.push_back(change.fix);
        if (!change.previousAssigned) continue;
        assigned.push_back(*change.previousAssigned ? 1 : 0);
        assignedNumbers.push_back(change.number);
    }
    if (!numbers.empty())
        session
            << "UPDATE u2035_unti_row SET state = ?, code = ?, reason = ?, fix = ? WHERE import_id = ? AND number = ?",
            use(states), use(codes), use(reasons), use(fixes), use(imports), use(numbers), now;
    std::vector<std::int64_t> owners(assigned.size(), importId);
    if (!assigned.empty())
        session << "UPDATE u2035_unti_row SET previous_assigned = ? WHERE import_id = ? AND number = ?", use(assigned),
            use(owners), use(assignedNumbers), now;
}

}  // namespace

UntiImport UntiImportStore::create(UntiImport head, const std::vector<UntiRow>& rows) {
    head.revision = 1;
    head.createdAt = clock_.now();
    head.rows = static_cast<std::int64_t>(rows.size());
    head.counts.clear();
    for (const auto& row : rows) ++head.counts[toString(row.verdict.state)];
    database_.write([&](Session& session) {
        head.id = nextNumber(session, "u2035_unti_import", "id");
        auto own = head;
        session
            << "INSERT INTO u2035_unti_import (id, organization, contour, revision, created_at, created_by, columns,"
               " row_count) VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
            use(own.id), use(own.organization), use(own.contour), use(own.createdAt), use(own.createdBy),
            use(own.columns), use(own.rows), now;
        insertRows(session, head.id, rows);
    });
    return head;
}

std::optional<UntiImport> UntiImportStore::find(const std::string& organization, std::int64_t id) {
    std::vector<UntiImport> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("id = " + std::to_string(id));
        found = readImports(session, where, "");
    });
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<UntiImport> UntiImportStore::list(const std::string& organization, std::int64_t before, std::size_t limit) {
    std::vector<UntiImport> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        if (before != 0) where.raw("id < " + std::to_string(before));
        found = readImports(session, where, " ORDER BY id DESC LIMIT " + std::to_string(limit));
    });
    return found;
}

std::vector<UntiRow> UntiImportStore::rows(std::int64_t id, const std::string& state, std::int64_t after,
                                           std::size_t limit) {
    std::vector<UntiRow> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.raw("import_id = " + std::to_string(id));
        where.raw("number > " + std::to_string(after));
        if (!state.empty()) where.text("state = ?", state);
        found = readRows(session, where, limit);
    });
    return found;
}

std::vector<UntiRow> UntiImportStore::rowsIn(std::int64_t id, const std::vector<identities::RowState>& states) {
    std::string names;  // constants of ours
    for (const auto state : states) names += fmt::format("{}'{}'", names.empty() ? "" : ",", toString(state));
    std::vector<UntiRow> found;
    database_.read([&](Session& session) {
        Conditions where;
        where.raw("import_id = " + std::to_string(id));
        where.raw("state IN (" + names + ")");
        found = readRows(session, where, kAllRows);
    });
    return found;
}

bool UntiImportStore::change(std::int64_t id, std::int64_t revision, const std::vector<UntiRowChange>& rows,
                             UntiStep step, const std::string& who) {
    bool mine = false;
    database_.write([&](Session& session) {
        auto key = id;
        auto expected = revision;
        std::string more;
        if (step == UntiStep::Applied) more = ", applied_at = ?, applied_by = ?";
        if (step == UntiStep::Undone) more = ", undone_at = ?, undone_by = ?";
        auto at = clock_.now();
        auto by = who;
        Poco::Data::Statement update(session);
        update << "UPDATE u2035_unti_import SET revision = revision + 1" + more + " WHERE id = ? AND revision = ?";
        if (step != UntiStep::None) {
            update.addBind(use(at));
            update.addBind(use(by));
        }
        update.addBind(use(key));
        update.addBind(use(expected));
        mine = update.execute() == 1;
        if (mine) updateRows(session, id, rows);
    });
    return mine;
}

}  // namespace plugin::store
