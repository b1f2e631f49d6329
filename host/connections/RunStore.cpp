#include "host/connections/RunStore.h"

#include "common/JsonReader.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <algorithm>

namespace host::connections {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

constexpr const char* kColumns =
    "id, connection_id, route_id, mode, trigger_name, requested_by, state, started_at, finished_at, counts, diagnoses";

std::vector<std::pair<std::string, std::int64_t>> countsFrom(const std::string& json) {
    std::vector<std::pair<std::string, std::int64_t>> counts;
    const auto kept = common::parseJsonObject(json);
    for (const auto& [name, value] : RunCounts().named())
        if (kept->has(name)) counts.emplace_back(name, kept->getValue<std::int64_t>(name));
    return counts;
}

}  // namespace

std::string countsText(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
    common::JsonWriter json;
    json.object();
    for (const auto& [name, value] : counts) json.member(name, value);
    return json.end().take();
}

std::size_t RunStore::interruptLeftBehind(sdk::Micros moment) {
    std::size_t left = 0;
    database_.write([&](Session& session) {
        std::int64_t at = moment;
        std::string why = diagnosesText(
            {{"source.interrupted", "The server ended during the run. Whole batches before were brought in.",
              "Run it again."}});
        Statement update(session);
        update
            << "UPDATE source_run SET state = 'interrupted', finished_at = ?, diagnoses = ? WHERE finished_at IS NULL",
            use(at), use(why);
        left = update.execute();
    });
    return left;
}

void RunStore::begin(const Run& given) {
    database_.write([&](Session& session) {
        Run run = given;
        std::string counts = countsText(run.counts), diagnoses = diagnosesText(run.diagnoses);
        session << "INSERT INTO source_run (id, connection_id, route_id, mode, trigger_name, requested_by, state, "
                   "started_at, counts, diagnoses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(run.id), use(run.connectionId), use(run.routeId), use(run.mode), use(run.trigger), use(run.requestedBy),
            use(run.state), use(run.startedAt), use(counts), use(diagnoses), now;
    });
}

void RunStore::update(const Run& given) {
    database_.write([&](Session& session) {
        Run run = given;
        std::string counts = countsText(run.counts), diagnoses = diagnosesText(run.diagnoses);
        Nullable<std::int64_t> finished;
        if (run.finishedAt) finished = *run.finishedAt;
        session << "UPDATE source_run SET mode = ?, state = ?, finished_at = ?, counts = ?, diagnoses = ? WHERE id = ?",
            use(run.mode), use(run.state), use(finished), use(counts), use(diagnoses), use(run.id), now;
    });
}

std::vector<std::string> RunStore::prune(std::int64_t routeId) {
    std::vector<std::string> gone;
    database_.write([&](Session& session) {
        gone.clear();
        std::int64_t route = routeId;
        session << fmt::format(
            "SELECT id FROM source_run WHERE route_id = ? AND finished_at IS NOT NULL AND id NOT IN (SELECT id FROM "
            "source_run WHERE route_id = ? ORDER BY started_at DESC, id DESC LIMIT {})",
            kRunsKept),
            into(gone), use(route), use(route), now;
        for (auto& id : gone) session << "DELETE FROM source_run WHERE id = ?", use(id), now;
    });
    return gone;
}

std::vector<Run> RunStore::select(const std::string& condition, std::int64_t owner, std::vector<std::string> texts,
                                  std::vector<std::int64_t> numbers, std::size_t most) {
    std::vector<Run> all;
    database_.read([&](Session& session) {
        all.clear();
        Run one;
        std::string counts, diagnoses;
        Nullable<std::int64_t> finished;
        Statement statement(session);
        statement << fmt::format("SELECT {} FROM source_run WHERE {} ORDER BY started_at DESC, id DESC LIMIT {}",
                                 kColumns, condition, most),
            into(one.id), into(one.connectionId), into(one.routeId), into(one.mode), into(one.trigger),
            into(one.requestedBy), into(one.state), into(one.startedAt), into(finished), into(counts), into(diagnoses),
            limit(1), use(owner);
        for (auto& number : numbers) statement.addBind(use(number));
        for (auto& text : texts) statement.addBind(use(text));
        while (!statement.done()) {
            if (statement.execute() == 0) continue;
            one.finishedAt = finished.isNull() ? std::nullopt : std::optional(finished.value());
            one.counts = countsFrom(counts);
            one.diagnoses = diagnosesFrom(diagnoses);
            all.push_back(one);
        }
    });
    return all;
}

std::optional<Run> RunStore::find(std::int64_t routeId, const std::string& id) {
    auto found = select("route_id = ? AND id = ?", routeId, {id}, {}, 1);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::optional<Run> RunStore::latest(std::int64_t routeId) {
    auto found = select("route_id = ?", routeId, {}, {}, 1);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<Run> RunStore::list(std::int64_t routeId, const std::optional<Key>& after, std::size_t limit) {
    if (!after) return select("route_id = ?", routeId, {}, {}, limit);
    return select("route_id = ? AND (started_at < ? OR (started_at = ? AND id < ?))", routeId, {after->id},
                  {after->startedAt, after->startedAt}, limit);
}

std::vector<RouteHead> RunStore::heads(const std::string& organization, std::optional<std::int64_t> connectionId) {
    std::vector<RouteHead> all;
    database_.read([&](Session& session) {
        all.clear();
        RouteHead head;
        Run run;
        std::string counts, diagnoses, of = organization;
        std::int64_t enabled = 0, connection = connectionId.value_or(0);
        Nullable<std::int64_t> finished;
        Statement statement(session);
        statement << fmt::format(
            "SELECT r.connection_id, r.id, r.name, r.title, r.enabled, r.cron, r.zone, COALESCE(n.id, ''), "
            "COALESCE(n.mode, ''), COALESCE(n.trigger_name, ''), COALESCE(n.requested_by, ''), COALESCE(n.state, ''), "
            "COALESCE(n.started_at, 0), n.finished_at, COALESCE(n.counts, ''), COALESCE(n.diagnoses, '') FROM "
            "source_route r JOIN source_connection c ON c.id = r.connection_id LEFT JOIN source_run n ON n.id = "
            "(SELECT "
            "id FROM source_run WHERE route_id = r.id ORDER BY started_at DESC, id DESC LIMIT 1) WHERE "
            "c.organization_id = ?{} ORDER BY r.connection_id, r.position, r.id",
            connectionId ? " AND c.id = ?" : ""),
            into(head.connectionId), into(run.routeId), into(head.name), into(head.title), into(enabled),
            into(head.schedule.cron), into(head.schedule.zone), into(run.id), into(run.mode), into(run.trigger),
            into(run.requestedBy), into(run.state), into(run.startedAt), into(finished), into(counts), into(diagnoses),
            limit(1), use(of);
        if (connectionId) statement.addBind(use(connection));
        while (!statement.done()) {
            if (statement.execute() == 0) continue;
            head.enabled = enabled != 0;
            head.latest.reset();
            if (!run.id.empty()) {
                run.connectionId = head.connectionId;
                run.finishedAt = finished.isNull() ? std::nullopt : std::optional(finished.value());
                run.counts = countsFrom(counts);
                run.diagnoses = diagnosesFrom(diagnoses);
                head.latest = run;
            }
            all.push_back(head);
        }
    });
    return all;
}

std::vector<Run> RunStore::ofConnection(std::int64_t connectionId, std::size_t limit) {
    return select("connection_id = ?", connectionId, {}, {}, limit);
}

}  // namespace host::connections
