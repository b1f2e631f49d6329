#include "host/connectors/files/ArrivalStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

namespace host::connectors {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Session;
using Poco::Data::Statement;

constexpr std::int64_t kKept = 1000;
constexpr const char* kColumns =
    "id, route_id, way, name, size, sha256, revision, state, run_id, duplicate_of, taken_by, taken_at, finished_at, "
    "reason, repeat_of";
constexpr const char* kRepeatedBy =
    "COALESCE((SELECT MIN(again.id) FROM source_arrival again WHERE again.route_id = source_arrival.route_id AND "
    "again.repeat_of = source_arrival.id), '')";

}  // namespace

void ArrivalStore::begin(const Arrival& given) {
    database_.write([&](Session& session) {
        Arrival one = given;
        session << fmt::format(
            "INSERT INTO source_arrival ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)", kColumns),
            use(one.id), use(one.routeId), use(one.way), use(one.name), use(one.size), use(one.sha256),
            use(one.revision), use(one.state), use(one.runId), use(one.duplicateOf), use(one.takenBy), use(one.takenAt),
            use(one.reason), use(one.repeatOf), now;
        std::int64_t kept = kKept;
        session << "DELETE FROM source_arrival WHERE route_id = ? AND state <> 'taken' AND taken_at < (SELECT MIN(t) "
                   "FROM (SELECT taken_at AS t FROM source_arrival WHERE route_id = ? ORDER BY taken_at DESC LIMIT ?) "
                   "AS kept)",
            use(one.routeId), use(one.routeId), use(kept), now;
    });
}

void ArrivalStore::erase(const std::string& id) {
    database_.write([&](Session& session) {
        std::string of = id;
        session << "DELETE FROM source_arrival WHERE id = ?", use(of), now;
    });
}

void ArrivalStore::setRun(const std::string& id, const std::string& runId) {
    database_.write([&](Session& session) {
        std::string of = id, run = runId;
        session << "UPDATE source_arrival SET run_id = ? WHERE id = ?", use(run), use(of), now;
    });
}

void ArrivalStore::finish(const Arrival& given) {
    database_.write([&](Session& session) {
        Arrival one = given;
        std::int64_t finished = one.finishedAt.value_or(0);
        Nullable<std::int64_t> rejected;
        if (one.rejected) rejected = *one.rejected;
        session << "UPDATE source_arrival SET state = ?, finished_at = ?, reason = ?, duplicate_of = ?, rejected = ?, "
                   "run_id = CASE WHEN ? = '' THEN run_id ELSE ? END WHERE id = ?",
            use(one.state), use(finished), use(one.reason), use(one.duplicateOf), use(rejected), use(one.runId),
            use(one.runId), use(one.id), now;
    });
}

std::vector<Arrival> ArrivalStore::select(const std::string& rest, std::vector<std::int64_t> numbers,
                                          std::vector<std::string> texts) {
    std::vector<Arrival> all;
    database_.read([&](Session& session) {
        all.clear();
        Arrival one;
        Nullable<std::int64_t> finished, rejected;
        Statement select(session);
        select << fmt::format("SELECT {}, rejected, {} FROM source_arrival WHERE {}", kColumns, kRepeatedBy, rest);
        for (auto& number : numbers) select, use(number);
        for (auto& text : texts) select, use(text);
        select, into(one.id), into(one.routeId), into(one.way), into(one.name), into(one.size), into(one.sha256),
            into(one.revision), into(one.state), into(one.runId), into(one.duplicateOf), into(one.takenBy),
            into(one.takenAt), into(finished), into(one.reason), into(one.repeatOf), into(rejected),
            into(one.repeatedBy), range(0, 1);
        while (!select.done()) {
            if (select.execute() == 0) continue;
            one.finishedAt = finished.isNull() ? std::nullopt : std::optional(finished.value());
            one.rejected = rejected.isNull() ? std::nullopt : std::optional(rejected.value());
            all.push_back(one);
        }
    });
    return all;
}

std::optional<Arrival> ArrivalStore::find(const std::string& id) {
    auto found = select("id = ?", {}, {id});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Arrival> ArrivalStore::lastDone(std::int64_t routeId) {
    auto found =
        select("route_id = ? AND state = 'done' ORDER BY finished_at DESC, taken_at DESC LIMIT 1", {routeId}, {});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Arrival> ArrivalStore::sameContent(std::int64_t routeId, const std::string& sha256) {
    auto found =
        select("route_id = ? AND sha256 = ? AND state = 'done' ORDER BY finished_at DESC LIMIT 1", {routeId}, {sha256});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Arrival> ArrivalStore::list(std::int64_t routeId, const std::optional<Key>& after, std::size_t limit) {
    if (!after)
        return select(fmt::format("route_id = ? ORDER BY taken_at DESC, id DESC LIMIT {}", limit), {routeId}, {});
    return select(fmt::format("route_id = ? AND (taken_at < ? OR (taken_at = ? AND id < ?)) ORDER BY taken_at DESC, id "
                              "DESC LIMIT {}",
                              limit),
                  {routeId, after->takenAt, after->takenAt}, {after->id});
}

void ArrivalStore::forgetGone() {
    database_.write([](Session& session) {
        session << "DELETE FROM source_arrival WHERE route_id NOT IN (SELECT id FROM source_route)", now;
        session << "DELETE FROM source_request WHERE route_id NOT IN (SELECT id FROM source_route)", now;
    });
}

}  // namespace host::connectors
