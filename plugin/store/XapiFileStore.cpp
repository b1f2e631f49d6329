#include "plugin/store/XapiFileStore.h"

#include "common/Uuid.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <algorithm>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

/// Outcomes of a batch that no LRS answered.
constexpr const char* kInFile = "file";
constexpr const char* kHandedOver = "handed-over";

/// A row's batch was ended by a person's word.
const char* const kByWord = " " U2035_TOLD_BY_WORD;

/// Nobody decided about a row of a file. That the test contour has accepted it says nothing of the file.
const char* const kUndecided =
    "(o.state IN ('waiting', 'sending', 'in_doubt') OR (o.state IN ('accepted', 'confirmed') AND " U2035_IN_TEST_STORE
    " AND NOT " U2035_TOLD_BY_WORD "))";

const char* const kColumns =
    "statement_id, organization, project, flow_id, learner_id, kind, kind_rank, record_kind, record_id, revision, "
    "digest,"
    " depends_on, state, attempts, next_at, size, planned_run, batch_id, created_at, answered_at";

std::int64_t addBatch(Session& session, const std::string& storeId, std::int64_t runId, const std::string& outcome,
                      std::int64_t statements, std::int64_t size, const std::string& message, Micros at) {
    auto id = nextNumber(session, "u2035_batch", "id");
    auto store = storeId;
    auto run = runId;
    auto count = static_cast<int>(statements);
    auto bytes = size;
    auto result = outcome;
    auto text = message;
    auto time = at;
    session << "INSERT INTO u2035_batch (id, store_id, run_id, started_at, answered_at, statements, bytes, outcome,"
               " message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        use(id), use(store), use(run), use(time), use(time), use(count), use(bytes), use(result), use(text), now;
    return id;
}

/// Rows of an export's project.
std::string inExport(std::int64_t runId) {
    return " seq IN (SELECT x.seq FROM u2035_xapi_row x WHERE x.run_id = " + std::to_string(runId) +
           " AND x.project = ?)";
}

std::int64_t count(Session& session, const std::string& sql, const std::string& value) {
    std::int64_t number = 0;
    auto bound = value;
    session << sql, into(number), use(bound), now;
    return number;
}

std::int64_t adoptIn(Session& session, const std::string& from, const std::string& to, bool onlyHandedOver) {
    std::int64_t copied = 0;
    auto source = from;
    auto target = to;
    // The source may have been declared the test contour since it was chosen: only a word holds there.
    const std::string taken =
        " o.store_id = ? AND o.state IN ('accepted', 'confirmed') AND" +
        (onlyHandedOver ? std::string(kByWord) : std::string(" (NOT " U2035_IN_TEST_STORE " OR") + kByWord + ")");
    const std::string replaced =
        "SELECT t.seq FROM u2035_outbox t WHERE t.store_id = ? AND t.state IN ('waiting', 'withdrawn')"
        " AND t.statement_id IN (SELECT o.statement_id FROM u2035_outbox o WHERE" +
        taken + ")";
    // With all that is remembered of them: their numbers may be given anew.
    for (const auto* table : {"u2035_attempt", "u2035_quarantine_decision", "u2035_statement"})
        session << fmt::format("DELETE FROM {} WHERE seq IN ({})", table, replaced), use(target), use(source), now;
    session << "DELETE FROM u2035_outbox WHERE seq IN (" + replaced + ")", use(target), use(source), now;
    const std::string missing = taken +
                                " AND NOT EXISTS (SELECT 1 FROM u2035_outbox t WHERE t.store_id = ?"
                                " AND t.statement_id = o.statement_id)";
    session << "SELECT COUNT(*) FROM u2035_outbox o WHERE" + missing, into(copied), use(source), use(target), now;
    if (copied == 0) return 0;
    auto first = nextNumber(session, "u2035_outbox", "seq");
    session << "INSERT INTO u2035_outbox (seq, store_id, " + std::string(kColumns) + ") SELECT " +
                   std::to_string(first - 1) + " + ROW_NUMBER() OVER (ORDER BY o.seq), '" +
                   joinUuids({to}).substr(1, 36) + "', " + kColumns + " FROM u2035_outbox o WHERE" + missing,
        use(source), use(target), now;
    session << "INSERT INTO u2035_statement (seq, bytes, stamped_at, profile, profile_version) SELECT t.seq, s.bytes,"
               " s.stamped_at, s.profile, s.profile_version FROM u2035_outbox t JOIN u2035_outbox o ON"
               " o.store_id = ? AND o.statement_id = t.statement_id JOIN u2035_statement s ON s.seq = o.seq"
               " WHERE t.store_id = ? AND t.seq >= " +
                   std::to_string(first),
        use(source), use(target), now;
    return copied;
}

/// Rows of the files' store that were taken over on the same word are told no longer.
void dropAdopted(Session& session, const std::string& mine, const std::string& project,
                 const std::string& filesStoreId) {
    auto name = project;
    auto files = filesStoreId;
    auto owner = filesStoreId;
    session << "UPDATE u2035_outbox SET state = 'withdrawn', next_at = 0, answered_at = NULL, batch_id = 0"
               " WHERE store_id = ? AND state = 'accepted' AND batch_id IN (SELECT o.batch_id FROM u2035_outbox o"
               " WHERE o." +
                   mine + " AND o.store_id <> ? AND" + kByWord + ")",
        use(owner), use(name), use(files), now;
}

}  // namespace

const char* toString(FileSelection selection) {
    switch (selection) {
        case FileSelection::All:
            return "all";
        case FileSelection::Accepted:
            return "accepted";
        case FileSelection::Due:
            break;
    }
    return "due";
}

std::optional<FileSelection> fileSelectionFrom(std::string_view text) {
    for (const auto one : {FileSelection::Due, FileSelection::All, FileSelection::Accepted})
        if (text == toString(one)) return one;
    return std::nullopt;
}

std::string XapiFileStore::filesStore(const std::string& installationId, const std::string& organization,
                                      const std::string& project) {
    return common::Uuid::v5(installationId, fmt::format("{}|{}|xapi-files", organization, project));
}

std::vector<FileRow> XapiFileStore::rows(const FileQuery& query, const FileCursor& after, std::size_t limit) {
    // SQLite takes the partial index only when the query repeats its condition word for word.
    const std::string open = "o.state IN ('waiting', 'sending', 'in_doubt') AND o.state <> 'sending'";
    const std::string accepted = "o.state IN ('accepted', 'confirmed')";
    const std::string state = query.selection == FileSelection::Due        ? open
                              : query.selection == FileSelection::Accepted ? accepted
                                                                           : "((" + open + ") OR " + accepted + ")";
    const std::string order = query.kind.empty() ? "o.kind_rank, o.seq" : "o.record_id, o.revision, o.seq";
    const std::string from = query.kind.empty()
                                 ? fmt::format("({}, {})", after.rank, after.seq)
                                 : fmt::format("({}, {}, {})", after.recordId, after.revision, after.seq);
    std::vector<std::int64_t> seqs, records, revisions;
    std::vector<int> ranks;
    std::vector<std::string> ids, kinds, versions, texts;
    database_.read([&](Session& session) {
        for (auto* column : {&ids, &kinds, &versions, &texts}) column->clear();
        for (auto* column : {&seqs, &records, &revisions}) column->clear();
        ranks.clear();
        auto store = query.storeId;
        auto kind = query.kind;
        Poco::Data::Statement select(session);
        select << "SELECT o.seq, o.kind_rank, o.statement_id, o.kind, s.profile_version, s.bytes, o.record_id,"
                  " o.revision FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq WHERE o.store_id = ?" +
                      std::string(kind.empty() ? "" : " AND o.kind = ?") + " AND " + state + " AND o.learner_id " +
                      (query.methodist ? "= 0" : "<> 0") +
                      (query.flowId == 0 ? "" : " AND o.flow_id = " + std::to_string(query.flowId)) + " AND (" + order +
                      ") > " + from +
                      " AND (o.depends_on = '' OR EXISTS (SELECT 1 FROM u2035_outbox d WHERE d.store_id = o.store_id"
                      " AND d.statement_id = o.depends_on AND (d.state IN ('accepted', 'confirmed') OR"
                      " (d.state IN ('waiting', 'in_doubt') AND d.flow_id = o.flow_id)))) ORDER BY " +
                      order + " LIMIT " + std::to_string(limit),
            into(seqs), into(ranks), into(ids), into(kinds), into(versions), into(texts), into(records),
            into(revisions), use(store);
        if (!kind.empty()) select, use(kind);
        select.execute();
    });
    std::vector<FileRow> found;
    found.reserve(seqs.size());
    for (std::size_t i = 0; i < seqs.size(); ++i)
        found.push_back({seqs[i], ranks[i], std::move(ids[i]), std::move(kinds[i]), std::move(versions[i]),
                         std::move(texts[i]), records[i], revisions[i]});
    return found;
}

std::vector<std::string> XapiFileStore::kinds(const std::string& storeId) {
    std::vector<std::pair<int, std::string>> found;
    database_.read([&](Session& session) {
        found.clear();
        auto store = storeId;
        // From one kind to the next along the index: a store has millions of rows and a dozen kinds.
        for (std::string last;;) {
            Poco::Nullable<std::string> next;
            session << "SELECT MIN(kind) FROM u2035_outbox WHERE store_id = ? AND kind > ?", into(next), use(store),
                use(last), now;
            if (next.isNull()) break;
            last = next.value();
            int rank = 0;
            session << "SELECT kind_rank FROM u2035_outbox WHERE store_id = ? AND kind = ? LIMIT 1", into(rank),
                use(store), use(last), now;
            found.emplace_back(rank, last);
        }
    });
    std::sort(found.begin(), found.end());
    std::vector<std::string> names;
    for (auto& [rank, kind] : found) names.push_back(std::move(kind));
    return names;
}

void XapiFileStore::remember(std::int64_t runId, const std::string& project, const std::vector<FileRow>& rows) {
    if (rows.empty()) return;
    database_.write([&](Session& session) {
        std::vector<std::int64_t> runs(rows.size(), runId), seqs;
        std::vector<std::string> projects(rows.size(), project);
        for (const auto& row : rows) seqs.push_back(row.seq);
        session << "INSERT INTO u2035_xapi_row (run_id, seq, project) VALUES (?, ?, ?)", use(runs), use(seqs),
            use(projects), now;
    });
}

void XapiFileStore::forget(std::int64_t runId) {
    database_.write([&](Session& session) {
        auto run = runId;
        session << "DELETE FROM u2035_xapi_row WHERE run_id = ?", use(run), now;
    });
}

void XapiFileStore::forgetDropped(const std::string& organization) {
    database_.write([&](Session& session) {
        auto org = organization;
        session << "DELETE FROM u2035_xapi_row WHERE run_id IN (SELECT r.id FROM u2035_run r WHERE r.organization = ?"
                   " AND r.state NOT IN ('queued', 'running')"
                   " AND NOT EXISTS (SELECT 1 FROM u2035_export e WHERE e.run_id = r.id))",
            use(org), now;
    });
}

void XapiFileStore::markExported(std::int64_t runId, const Target& target, std::int64_t bytes) {
    database_.write([&](Session& session) {
        auto store = target.storeId;
        const std::string which =
            " WHERE store_id = ? AND state IN ('waiting', 'sending', 'in_doubt')"
            " AND state = 'waiting' AND" +
            inExport(runId);
        auto project = target.project;
        std::int64_t rows = 0;
        session << "SELECT COUNT(*) FROM u2035_outbox" + which, into(rows), use(store), use(project), now;
        if (rows == 0) return;
        auto batch = addBatch(session, target.storeId, runId, kInFile, rows, bytes, "", clock_.now());
        session << "UPDATE u2035_outbox SET state = 'in_doubt', next_at = 0, batch_id = ?" + which, use(batch),
            use(store), use(project), now;
    });
}

std::vector<Handover> XapiFileStore::handovers(std::int64_t runId) {
    std::vector<std::string> projects;
    std::vector<std::int64_t> statements, undecided, byWord, accepted;
    database_.read([&](Session& session) {
        projects.clear();
        for (auto* column : {&statements, &undecided, &byWord, &accepted}) column->clear();
        auto run = runId;
        session << std::string(
                       "SELECT x.project, COUNT(*),"
                       " SUM(CASE WHEN ") +
                       kUndecided +
                       " THEN 1 ELSE 0 END),"
                       " SUM(CASE WHEN o.state = 'accepted' AND" +
                       kByWord + " THEN 1 ELSE 0 END), SUM(CASE WHEN o.state IN ('accepted', 'confirmed') AND NOT" +
                       kByWord + " AND NOT " + kInTestStore +
                       " THEN 1 ELSE 0 END) FROM u2035_xapi_row x JOIN u2035_outbox o ON o.seq = x.seq"
                       " WHERE x.run_id = ? GROUP BY x.project ORDER BY x.project",
            into(projects), into(statements), into(undecided), into(byWord), into(accepted), use(run), now;
    });
    std::vector<Handover> found;
    for (std::size_t i = 0; i < projects.size(); ++i)
        found.push_back({projects[i], statements[i], undecided[i], byWord[i], accepted[i]});
    return found;
}

std::int64_t XapiFileStore::handOver(std::int64_t runId, const std::string& project, const std::string& by,
                                     const std::string& filesStoreId) {
    std::int64_t changed = 0;
    database_.write([&](Session& session) {
        // A row that is being sent at this moment is the sender's: its answer decides.
        const std::string which = " WHERE seq IN (SELECT o.seq FROM u2035_outbox o WHERE o." +
                                  inExport(runId).substr(1) + " AND o.state NOT IN ('waiting', 'sending') AND " +
                                  kUndecided + ")";
        changed = count(session, "SELECT COUNT(*) FROM u2035_outbox" + which, project);
        if (changed == 0) return;
        std::string store;
        auto name = project;
        session << "SELECT MIN(store_id) FROM u2035_outbox" + which, into(store), use(name), now;
        auto at = clock_.now();
        auto batch = addBatch(session, store, runId, kHandedOver, changed, 0, by, at);
        session << "UPDATE u2035_outbox SET state = 'accepted', answered_at = ?, next_at = 0, batch_id = ?" + which,
            use(at), use(batch), use(name), now;
        // The test contour's store counts for nothing, so what is told by its files stands where files' words stand.
        std::vector<std::string> testStores;
        session << "SELECT DISTINCT o.store_id FROM u2035_outbox o WHERE o." + inExport(runId).substr(1) + " AND " +
                       kInTestStore,
            into(testStores), use(name), now;
        for (const auto& one : testStores) adoptIn(session, one, filesStoreId, true);
    });
    return changed;
}

std::int64_t XapiFileStore::release(std::int64_t runId, const std::string& project, const std::string& filesStoreId) {
    std::int64_t changed = 0;
    database_.write([&](Session& session) {
        const std::string mine = "(o.state = 'in_doubt' OR (o.state = 'accepted' AND" + std::string(kByWord) + "))";
        const std::string which = " WHERE seq IN (SELECT o.seq FROM u2035_outbox o WHERE o." +
                                  inExport(runId).substr(1) + " AND " + mine + ")";
        changed = count(session, "SELECT COUNT(*) FROM u2035_outbox" + which, project);
        auto name = project;
        auto files = filesStoreId;
        dropAdopted(session, inExport(runId).substr(1), project, filesStoreId);
        // What another store has taken over on the same word is its own to send now, with the same bytes.
        session
            << "UPDATE u2035_outbox SET state = 'in_doubt', next_at = 0, answered_at = NULL WHERE seq IN"
               " (SELECT o.seq FROM u2035_outbox o WHERE o.state = 'accepted' AND" +
                   std::string(kByWord) +
                   " AND o.store_id <> ? AND o.statement_id IN (SELECT s.statement_id FROM u2035_outbox s WHERE s." +
                   inExport(runId).substr(1) + "))",
            use(files), use(name), now;
        session << "UPDATE u2035_outbox SET state = CASE WHEN store_id = ? THEN 'waiting' ELSE 'in_doubt' END,"
                   " next_at = 0, answered_at = NULL, batch_id = 0" +
                       which,
            use(files), use(name), now;
        session << "DELETE FROM u2035_xapi_row WHERE run_id = " + std::to_string(runId) +
                       " AND project = ? AND seq IN (SELECT o.seq FROM u2035_outbox o WHERE o.state IN"
                       " ('waiting', 'in_doubt') OR " +
                       kInTestStore + ")",
            use(name), now;
    });
    return changed;
}

std::vector<std::string> XapiFileStore::sharing(const Target& target, const std::string& filesStoreId) {
    std::vector<std::string> stores;
    database_.read([&](Session& session) {
        stores.clear();
        auto organization = target.organization;
        auto project = target.project;
        const auto isKnown = [&](std::string store) {
            return count(session, "SELECT COUNT(*) FROM (SELECT 1 FROM u2035_outbox WHERE store_id = ? LIMIT 1) AS x",
                         store) > 0;
        };
        if (target.storeId != filesStoreId) {
            if (isKnown(filesStoreId)) stores.push_back(filesStoreId);
            return;
        }
        // From one store to the next along the index.
        for (std::string last;;) {
            Poco::Nullable<std::string> next;
            session << "SELECT MIN(store_id) FROM u2035_outbox WHERE store_id > ?", into(next), use(last), now;
            if (next.isNull()) break;
            last = next.value();
            std::string itsOrganization, itsProject;
            session << "SELECT organization, project FROM u2035_outbox WHERE store_id = ? LIMIT 1",
                into(itsOrganization), into(itsProject), use(last), now;
            if (last != target.storeId && itsOrganization == organization && itsProject == project &&
                count(session, "SELECT COUNT(*) FROM u2035_store WHERE id = ? AND contour = 'test'", last) == 0)
                stores.push_back(last);
        }
    });
    return stores;
}

std::int64_t XapiFileStore::adopt(const std::string& from, const Target& to, bool onlyHandedOver) {
    std::int64_t copied = 0;
    database_.write([&](Session& session) { copied = adoptIn(session, from, to.storeId, onlyHandedOver); });
    return copied;
}

std::int64_t XapiFileStore::undecided(const std::string& storeId) {
    std::int64_t rows = 0;
    database_.read([&](Session& session) {
        rows = count(session,
                     "SELECT COUNT(*) FROM u2035_outbox WHERE store_id = ?"
                     " AND state IN ('waiting', 'sending', 'in_doubt') AND state = 'in_doubt'",
                     storeId);
    });
    return rows;
}

}  // namespace plugin::store
