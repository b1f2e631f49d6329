#include "host/schedule/RunHistory.h"

#include "common/Json.h"
#include "common/JsonReader.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace host::schedule {
namespace {

using Poco::Data::Session;
using Poco::Data::Statement;
using namespace Poco::Data::Keywords;

constexpr const char* kStates[] = {"running", "succeeded", "failed", "cancelled", "interrupted"};

RunState stateFrom(const std::string& text) {
    for (int i = 0; i < 5; ++i)
        if (text == kStates[i]) return static_cast<RunState>(i);
    return RunState::Interrupted;
}

std::string countsJson(const std::map<std::string, std::int64_t>& counts) {
    common::JsonWriter json;
    json.object();
    for (const auto& [name, value] : counts) json.member(name, value);
    json.end();
    return json.take();
}

std::map<std::string, std::int64_t> countsFrom(const std::string& json) {
    std::map<std::string, std::int64_t> counts;
    auto object = common::parseJsonObject(json);
    for (const std::string& name : object->getNames()) counts[name] = object->getValue<std::int64_t>(name);
    return counts;
}

}  // namespace

std::vector<sdk::Migration> scheduleMigrations() {
    return {{1, "jobs and runs",
             "CREATE TABLE job ("
             " name TEXT NOT NULL PRIMARY KEY,"
             " expression TEXT NOT NULL,"
             " time_zone TEXT NOT NULL,"
             " known_since BIGINT NOT NULL);\n"
             "CREATE TABLE job_run ("
             " id TEXT NOT NULL PRIMARY KEY,"
             " job TEXT NOT NULL,"
             " cause TEXT NOT NULL,"
             " requested_by TEXT NOT NULL,"
             " arguments TEXT NOT NULL,"
             " state TEXT NOT NULL,"
             " started_at BIGINT NOT NULL,"
             " finished_at BIGINT NOT NULL,"  // 0 while it runs
             " message TEXT NOT NULL,"
             " counts TEXT NOT NULL,"
             " request_key TEXT NOT NULL);\n"
             "CREATE INDEX job_run_order ON job_run (job, started_at, id);\n"
             "CREATE INDEX job_run_state ON job_run (state);\n"
             "CREATE UNIQUE INDEX job_run_request ON job_run (job, request_key) WHERE request_key <> '';"}};
}

const char* toString(RunState state) {
    return kStates[static_cast<int>(state)];
}

RunHistory::RunHistory(sdk::Database& database) : database_(database) {}

std::size_t RunHistory::interruptLeftBehind(sdk::Micros now) {
    std::size_t changed = 0;
    database_.write([&](Session& session) {
        std::int64_t at = now;
        Statement update(session);
        update << "UPDATE job_run SET state = 'interrupted', finished_at = ?,"
                  " message = 'The server ended before the run did.' WHERE state = 'running'",
            use(at);
        changed = update.execute();
    });
    return changed;
}

sdk::Micros RunHistory::knownSince(const std::string& job, const std::string& expression, const std::string& timeZone,
                                   sdk::Micros now) {
    std::int64_t since = 0;
    database_.write([&](Session& session) {
        std::string name = job;
        std::string cron = expression;
        std::string zone = timeZone;
        std::int64_t at = now;
        session << "INSERT INTO job (name, expression, time_zone, known_since) VALUES (?, ?, ?, ?)"
                   " ON CONFLICT (name) DO UPDATE SET expression = excluded.expression, time_zone = excluded.time_zone,"
                   " known_since = excluded.known_since"
                   " WHERE job.expression <> excluded.expression OR job.time_zone <> excluded.time_zone",
            use(name), use(cron), use(zone), use(at), Poco::Data::Keywords::now;
        session << "SELECT known_since FROM job WHERE name = ?", use(name), into(since), Poco::Data::Keywords::now;
    });
    return since;
}

void RunHistory::begin(const Run& run) {
    database_.write([&](Session& session) {
        Run row = run;
        std::string state = toString(row.state);
        std::int64_t finished = 0;
        std::string counts = countsJson(row.counts);
        session
            << "INSERT INTO job_run (id, job, cause, requested_by, arguments, state, started_at, finished_at, message,"
               " counts, request_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(row.id), use(row.job), use(row.trigger), use(row.requestedBy), use(row.arguments), use(state),
            use(row.startedAt), use(finished), use(row.message), use(counts), use(row.requestKey), now;
    });
}

void RunHistory::finish(const Run& run) {
    database_.write([&](Session& session) {
        Run row = run;
        std::string state = toString(row.state);
        std::int64_t finished = row.finishedAt.value_or(0);
        std::string counts = countsJson(row.counts);
        session << "UPDATE job_run SET state = ?, finished_at = ?, message = ?, counts = ? WHERE id = ?", use(state),
            use(finished), use(row.message), use(counts), use(row.id), now;
    });
}

void RunHistory::removeBefore(sdk::Micros startedAt) {
    database_.write([&](Session& session) {
        std::int64_t before = startedAt;
        session << "DELETE FROM job_run WHERE started_at < ? AND state <> 'running'", use(before), now;
    });
}

std::vector<Run> RunHistory::select(const std::string& condition, const std::string& job, const std::string& text,
                                    std::int64_t number, std::size_t limit) {
    std::vector<Run> runs;
    database_.read([&](Session& session) {
        Run row;
        std::string state;
        std::string counts;
        std::int64_t finished = 0;
        std::string jobName = job;
        std::string textValue = text;
        std::int64_t numberValue = number;
        auto most = static_cast<std::int64_t>(limit);
        Statement statement(session);
        // Every condition takes job, number, number, text and the bound, so that one statement serves all.
        statement << "SELECT id, job, cause, requested_by, arguments, state, started_at, finished_at, message, counts,"
                     " request_key FROM job_run WHERE job = ? AND " +
                         condition + " ORDER BY started_at DESC, id DESC LIMIT ?",
            use(jobName), use(numberValue), use(numberValue), use(textValue), use(most), into(row.id), into(row.job),
            into(row.trigger), into(row.requestedBy), into(row.arguments), into(state), into(row.startedAt),
            into(finished), into(row.message), into(counts), into(row.requestKey), Poco::Data::Keywords::limit(1);
        while (!statement.done()) {
            if (statement.execute() == 0) continue;
            row.state = stateFrom(state);
            row.finishedAt = finished == 0 ? std::nullopt : std::optional<sdk::Micros>(finished);
            row.counts = countsFrom(counts);
            runs.push_back(row);
        }
    });
    return runs;
}

std::optional<Run> RunHistory::find(const std::string& job, const std::string& id) {
    auto runs = select("? = ? AND id = ?", job, id, 0, 1);
    return runs.empty() ? std::nullopt : std::make_optional(runs.front());
}

std::optional<Run> RunHistory::findByRequestKey(const std::string& job, const std::string& key) {
    auto runs = select("? = ? AND request_key = ? AND request_key <> ''", job, key, 0, 1);
    return runs.empty() ? std::nullopt : std::make_optional(runs.front());
}

std::optional<Run> RunHistory::latest(const std::string& job) {
    auto runs = list(job, std::nullopt, 1);
    return runs.empty() ? std::nullopt : std::make_optional(runs.front());
}

std::vector<Run> RunHistory::list(const std::string& job, const std::optional<Key>& after, std::size_t limit) {
    if (!after) return select("? = ? AND ? = ''", job, "", 0, limit);
    return select("(started_at < ? OR (started_at = ? AND id < ?))", job, after->id, after->startedAt, limit);
}

std::vector<Run> RunHistory::wholeSince(const std::string& job, sdk::Micros from, std::size_t limit) {
    return select("arguments = '{}' AND started_at >= ? AND started_at >= ? AND ? = ''", job, "", from, limit);
}

std::vector<Run> RunHistory::wholeOrRunning(const std::string& job, std::size_t limit) {
    return select("(arguments = '{}' OR state = 'running') AND ? = ? AND ? = ''", job, "", 0, limit);
}

}  // namespace host::schedule
