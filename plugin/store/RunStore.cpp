#include "plugin/store/RunStore.h"

#include "common/Json.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/JSON/Parser.h>
#include <Poco/Nullable.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::Micros;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

std::string toJson(const RunCounts& counts) {
    common::JsonWriter json;
    json.object();
    for (const auto& [name, value] : counts) json.member(name, value);
    json.end();
    return json.take();
}

RunCounts countsFrom(const std::string& text) {
    RunCounts counts;
    auto object = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Object::Ptr>();
    for (const auto& name : object->getNames()) counts[name] = object->getValue<std::int64_t>(name);
    return counts;
}

std::string toJson(const std::map<std::string, RunCounts>& projects) {
    common::JsonWriter json;
    json.object();
    for (const auto& [project, counts] : projects) json.rawMember(project, toJson(counts));
    return json.end().take();
}

std::map<std::string, RunCounts> projectsFrom(const std::string& text) {
    std::map<std::string, RunCounts> projects;
    auto object = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Object::Ptr>();
    for (const auto& project : object->getNames())
        for (const auto& [name, value] : *object->getObject(project))
            projects[project][name] = value.convert<std::int64_t>();
    return projects;
}

std::vector<RunRow> readRuns(Session& session, Conditions conditions, const std::string& order) {
    std::vector<std::int64_t> ids, created;
    std::vector<Nullable<std::int64_t>> started, finished;
    std::vector<std::string> organizations, startedBy, requestedBy, hostRuns, arguments, states, steps, counts,
        messages, projects;
    Poco::Data::Statement select(session);
    select << "SELECT id, organization, started_by, requested_by, host_run, arguments, state, step, created_at,"
              " started_at, finished_at, counts, message, projects FROM u2035_run" +
                  conditions.sql() + order,
        into(ids), into(organizations), into(startedBy), into(requestedBy), into(hostRuns), into(arguments),
        into(states), into(steps), into(created), into(started), into(finished), into(counts), into(messages),
        into(projects);
    conditions.bindTo(select);
    select.execute();
    std::vector<RunRow> rows;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        RunRow row;
        row.id = ids[i];
        row.organization = organizations[i];
        row.startedBy = startedBy[i];
        row.requestedBy = requestedBy[i];
        row.hostRun = hostRuns[i];
        row.arguments = arguments[i];
        row.state = states[i];
        row.step = steps[i];
        row.createdAt = created[i];
        if (!started[i].isNull()) row.startedAt = started[i].value();
        if (!finished[i].isNull()) row.finishedAt = finished[i].value();
        row.counts = countsFrom(counts[i]);
        row.message = messages[i];
        row.projects = projectsFrom(projects[i]);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::int64_t RunStore::queue(const std::string& organization, const std::string& startedBy,
                             const std::string& requestedBy, const std::string& arguments,
                             const std::string& idempotencyKey) {
    std::int64_t id = 0;
    database_.write([&](Session& session) {
        id = nextNumber(session, "u2035_run", "id");
        auto org = organization;
        auto trigger = startedBy;
        auto by = requestedBy;
        auto args = arguments;
        auto key = idempotencyKey;
        auto at = clock_.now();
        session
            << "INSERT INTO u2035_run (id, organization, started_by, requested_by, host_run, arguments, state, step,"
               " created_at, counts, message, idempotency_key)"
               " VALUES (?, ?, ?, ?, '', ?, 'queued', '', ?, '{}', '', ?)",
            use(id), use(org), use(trigger), use(by), use(args), use(at), use(key), now;
    });
    return id;
}

std::optional<RunRow> RunStore::findByKey(const std::string& organization, const std::string& idempotencyKey) {
    std::vector<RunRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.text("idempotency_key = ?", idempotencyKey);
        rows = readRuns(session, where, " ORDER BY id DESC LIMIT 1");
    });
    addMeasures(rows);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

void RunStore::dropQueued(std::int64_t id) {
    database_.write([&](Session& session) {
        auto run = id;
        session << "DELETE FROM u2035_run WHERE id = ? AND state = 'queued'", use(run), now;
    });
    tell(id);
}

void RunStore::start(std::int64_t id, const std::string& hostRun) {
    database_.write([&](Session& session) {
        auto run = id;
        auto host = hostRun;
        auto at = clock_.now();
        session << "UPDATE u2035_run SET state = 'running', host_run = ?, started_at = ? WHERE id = ?", use(host),
            use(at), use(run), now;
    });
    tell(id);
}

void RunStore::progress(std::int64_t id, const std::string& step, const RunCounts& counts) {
    measures_.forget(id);
    database_.write([&](Session& session) {
        auto run = id;
        auto name = step;
        auto json = toJson(counts);
        session << "UPDATE u2035_run SET step = ?, counts = ? WHERE id = ?", use(name), use(json), use(run), now;
    });
    tell(id);
}

void RunStore::expect(std::int64_t id, std::int64_t total) {
    measures_.expect(id, total);
    tell(id);
}

void RunStore::advance(std::int64_t id, std::int64_t done) {
    if (measures_.advance(id, done)) tell(id);
}

void RunStore::addMeasures(std::vector<RunRow>& rows) const {
    for (auto& row : rows)
        if (row.state == "running") row.measure = measures_.of(row.id);
}

void RunStore::finish(std::int64_t id, const std::string& state, const RunCounts& counts, const std::string& message,
                      const std::map<std::string, RunCounts>& projects) {
    measures_.forget(id);
    database_.write([&](Session& session) {
        auto run = id;
        auto name = state;
        auto json = toJson(counts);
        auto text = message;
        auto parts = toJson(projects);
        auto at = clock_.now();
        session << "UPDATE u2035_run SET state = ?, step = '', counts = ?, message = ?, projects = ?, finished_at = ?"
                   " WHERE id = ?",
            use(name), use(json), use(text), use(parts), use(at), use(run), now;
    });
    tell(id);
}

std::int64_t RunStore::interruptLeftOver() {
    return interrupt("state IN ('queued', 'running')",
                     "The server ended during this run; the next run goes on from here.");
}

std::int64_t RunStore::interruptAllBut(const std::set<std::int64_t>& alive) {
    return interrupt("state = 'running' AND id NOT IN (" + joinNumbers({alive.begin(), alive.end()}) +
                         (alive.empty() ? "0" : "") + ")",
                     "The end of this run could not be put on record; the next run goes on from here.");
}

std::int64_t RunStore::interrupt(const std::string& which, const std::string& message) {
    std::int64_t count = 0;
    database_.read(
        [&](Session& session) { session << "SELECT COUNT(*) FROM u2035_run WHERE " + which, into(count), now; });
    if (count == 0) return 0;
    database_.write([&](Session& session) {
        auto at = clock_.now();
        auto why = message;
        session << "DELETE FROM u2035_unsendable WHERE run_id IN (SELECT id FROM u2035_run WHERE " + which + ")", now;
        session << "UPDATE u2035_run SET state = 'interrupted', finished_at = ?, message = ? WHERE " + which, use(at),
            use(why), now;
    });
    tell(0);
    return count;
}

std::optional<RunRow> RunStore::find(const std::string& organization, std::int64_t id) {
    std::vector<RunRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("id = " + std::to_string(id));
        rows = readRuns(session, where, "");
    });
    addMeasures(rows);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::vector<RunRow> RunStore::list(const std::string& organization, std::int64_t before, std::size_t limit) {
    std::vector<RunRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        if (before != 0) where.raw("id < " + std::to_string(before));
        rows = readRuns(session, where, " ORDER BY id DESC LIMIT " + std::to_string(limit));
    });
    addMeasures(rows);
    return rows;
}

std::optional<Micros> RunStore::lastFinished() {
    Nullable<std::int64_t> at;
    database_.read([&](Session& session) {
        session << "SELECT MAX(finished_at) FROM u2035_run WHERE state IN ('done', 'incomplete')", into(at), now;
    });
    if (at.isNull()) return std::nullopt;
    return at.value();
}

void RunStore::addExport(const std::string& organization, const ExportRow& row) {
    database_.write([&](Session& session) {
        auto org = organization;
        auto copy = row;
        session << "INSERT INTO u2035_export (run_id, organization, created_at, contour, files, row_count)"
                   " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO UPDATE SET files = excluded.files,"
                   " row_count = excluded.row_count",
            use(copy.runId), use(org), use(copy.createdAt), use(copy.contour), use(copy.files), use(copy.rows), now;
    });
}

namespace {

std::vector<ExportRow> readExports(Session& session, Conditions conditions, const std::string& order) {
    std::vector<std::int64_t> ids, created, rows;
    std::vector<std::string> contours;
    std::vector<int> files;
    Poco::Data::Statement select(session);
    select << "SELECT run_id, created_at, contour, files, row_count FROM u2035_export" + conditions.sql() + order,
        into(ids), into(created), into(contours), into(files), into(rows);
    conditions.bindTo(select);
    select.execute();
    std::vector<ExportRow> exports;
    for (std::size_t i = 0; i < ids.size(); ++i)
        exports.push_back({ids[i], created[i], contours[i], files[i], rows[i]});
    return exports;
}

}  // namespace

std::vector<ExportRow> RunStore::exports(const std::string& organization, std::int64_t before, std::size_t limit) {
    std::vector<ExportRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        if (before != 0) where.raw("run_id < " + std::to_string(before));
        rows = readExports(session, where, " ORDER BY run_id DESC LIMIT " + std::to_string(limit));
    });
    return rows;
}

std::optional<ExportRow> RunStore::findExport(const std::string& organization, std::int64_t runId) {
    std::vector<ExportRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw("run_id = " + std::to_string(runId));
        rows = readExports(session, where, "");
    });
    if (rows.empty()) return std::nullopt;
    return rows.front();
}

void RunStore::dropOldExports(const std::string& organization, std::size_t keep) {
    database_.write([&](Session& session) {
        auto org = organization;
        session << "DELETE FROM u2035_export WHERE organization = ? AND run_id NOT IN (SELECT run_id FROM"
                   " u2035_export WHERE organization = ? ORDER BY run_id DESC LIMIT " +
                       std::to_string(keep) + ")",
            use(org), use(org), now;
        session << "DELETE FROM u2035_upload WHERE run_id IN (SELECT id FROM u2035_run WHERE organization = ?)"
                   " AND run_id NOT IN (SELECT run_id FROM u2035_export)",
            use(org), now;
    });
}

}  // namespace plugin::store
