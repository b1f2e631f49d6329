// A search by `q` among 100,000 statements that the LRS refused: the quarantine's list and its groups, with the names
// of 20,000 learners looked through. The text fits one learner's id alone, so that every row is looked at.
//   bench_search prepare DATABASE ROWS
//   bench_search list | groups | anchor DATABASE    anchor: SQLite's own LIKE over the same ids and errorIds
// Prints {"value": milliseconds}.
#include "host/base/SystemClock.h"
#include "host/records/NamedRecords.h"
#include "host/records/RecordMigrations.h"
#include "host/store/ModuleDatabase.h"
#include "host/store/SqliteDatabase.h"
#include "plugin/store/ModuleMigrations.h"
#include "plugin/store/QuarantineStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <string>

namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

const std::string kSought = "s-19999";

/// SQLite makes the rows itself: `rows` refused statements in batches of 50.
void prepare(host::store::SqliteDatabase& database, const std::string& rows) {
    database.migrate("records", host::records::recordsMigrations());
    host::store::ModuleDatabase(database, "u2035").migrate(plugin::store::moduleMigrations());
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ") ";
    const std::string uuid =
        "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-5' || substr(hex(randomblob(2)), 2)"
        " || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";
    database.write([&](Session& session) {
        session
            << "INSERT INTO record_learners (id, organization_id, source, external_id, revision, changed_at, content,"
               " last_name, first_name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
               " SELECT i, 'demo', 'lms', 's-' || i, 1, 0, '', 'Семёнова', 'Анна' FROM n",
            now;
        session
            << "INSERT INTO u2035_outbox (seq, store_id, organization, project, statement_id, kind, kind_rank, lane,"
               " flow_id, learner_id, record_kind, record_id, revision, state, attempts, size, planned_run, batch_id,"
               " created_at, answered_at) " +
                   numbers + "SELECT i, '11111111-1111-4111-8111-111111111111', 'demo', 'bas', " + uuid +
                   ", 'learner.grade', 20, 0, 7, 1 + i % 20000, 'result', i, 1, 'quarantined', 1, 600, 3, 1 + i / 50,"
                   " 0, i FROM n",
            now;
        session
            << "INSERT INTO u2035_refusal (seq, refused_at, status, conflict, reason, error_id, cause, reason_group) " +
                   numbers + "SELECT i, i, 400, 0, 'Missing required value in ''statements.' || i % 50 || '.verb''', " +
                   uuid + ", 'missing-value', 'Missing required value in ''statements.N.verb''' FROM n",
            now;
    });
}

/// Rows that it found.
std::size_t look(const std::string& what, host::store::SqliteDatabase& database, const host::sdk::Clock& clock) {
    if (what == "anchor") {
        std::int64_t found = 0;
        database.read([&](Session& session) {
            session << "SELECT COUNT(*) FROM u2035_outbox o JOIN u2035_refusal r ON r.seq = o.seq"
                       " WHERE o.statement_id LIKE '%" +
                           kSought + "%' OR r.error_id LIKE '%" + kSought + "%'",
                into(found), now;
        });
        return static_cast<std::size_t>(found);
    }
    host::records::NamedRecords names(database);
    plugin::store::QuarantineStore quarantine(database, clock);
    plugin::store::QuarantineFilter filter;
    filter.organization = "demo";
    filter.state = "open";
    filter.search = {kSought, names.learnersLike("demo", kSought, 0, 50'000)};
    return what == "groups" ? quarantine.groups(filter).size() : quarantine.list(filter, 0, 101).size();
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    if (argc != (what == "prepare" ? 4 : 3) ||
        (what != "prepare" && what != "list" && what != "groups" && what != "anchor")) {
        std::fputs("usage: bench_search prepare DATABASE ROWS | list|groups|anchor DATABASE\n", stderr);
        return 2;
    }
    host::base::SystemClock clock;
    host::store::SqliteDatabase database({.path = argv[2], .readers = 2}, clock);
    if (what == "prepare") {
        prepare(database, argv[3]);
        return 0;
    }
    look(what, database, clock);  // what a server has read before
    const auto begun = std::chrono::steady_clock::now();
    const auto rows = look(what, database, clock);
    const auto taken = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun);
    if ((what == "anchor") != (rows == 0)) {
        std::fprintf(stderr, "bench_search: %s found %zu rows, the figure would mean nothing\n", what.c_str(), rows);
        return 1;
    }
    std::puts(fmt::format(R"({{"value":{:.3f},"rows":{}}})", taken.count(), rows).c_str());
    return 0;
}
