#include "host/connectors/listen/RequestMemory.h"

#include "common/Sha256.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace host::connectors {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

constexpr std::int64_t kKept = std::int64_t{24} * 3600 * 1'000'000;

const char* kFirst =
    "CREATE TABLE source_request (route_id BIGINT NOT NULL, request_key TEXT NOT NULL, body_sha256 TEXT NOT NULL, "
    "status BIGINT NOT NULL, answer TEXT NOT NULL, made_at BIGINT NOT NULL, PRIMARY KEY (route_id, request_key));\n"
    "CREATE INDEX source_request_by_age ON source_request (made_at);\n"
    "CREATE TABLE source_arrival (id TEXT NOT NULL PRIMARY KEY, route_id BIGINT NOT NULL, way TEXT NOT NULL, name TEXT "
    "NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, revision BIGINT NOT NULL, state TEXT NOT NULL, run_id TEXT "
    "NOT NULL, duplicate_of TEXT NOT NULL, taken_by TEXT NOT NULL, taken_at BIGINT NOT NULL, finished_at BIGINT, "
    "reason TEXT NOT NULL);\n"
    "CREATE INDEX source_arrival_by_route ON source_arrival (route_id, taken_at, id);\n"
    "CREATE INDEX source_arrival_by_content ON source_arrival (route_id, sha256)";

const char* kRepeats =
    "ALTER TABLE source_arrival ADD COLUMN rejected BIGINT;\n"
    "ALTER TABLE source_arrival ADD COLUMN repeat_of TEXT NOT NULL DEFAULT '';\n"
    "CREATE INDEX source_arrival_by_repeat ON source_arrival (route_id, repeat_of)";

}  // namespace

std::vector<sdk::Migration> broughtMigrations() {
    return {{1, "brought", kFirst}, {2, "repeats", kRepeats}};
}

std::optional<RequestMemory::Answer> RequestMemory::find(std::int64_t routeId, const std::string& key) {
    std::vector<std::string> hashes, texts;
    std::vector<std::int64_t> statuses;
    database_.read([&](Session& session) {
        std::int64_t route = routeId, since = clock_.now() - kKept;
        std::string of = common::Sha256::hex(key);
        session << "SELECT body_sha256, status, answer FROM source_request WHERE route_id = ? AND request_key = ? AND "
                   "made_at > ?",
            into(hashes), into(statuses), into(texts), use(route), use(of), use(since), now;
    });
    if (hashes.empty()) return std::nullopt;
    return Answer{hashes.front(), static_cast<int>(statuses.front()), texts.front()};
}

void RequestMemory::keep(std::int64_t routeId, const std::string& key, const Answer& answer) {
    database_.write([&](Session& session) {
        std::int64_t route = routeId, status = answer.status, moment = clock_.now(), old = moment - kKept;
        std::string of = common::Sha256::hex(key), hash = answer.bodyHash, text = answer.text;
        session << "DELETE FROM source_request WHERE made_at <= ?", use(old), now;
        session << "INSERT INTO source_request (route_id, request_key, body_sha256, status, answer, made_at) VALUES "
                   "(?, ?, ?, ?, ?, ?) ON CONFLICT (route_id, request_key) DO NOTHING",
            use(route), use(of), use(hash), use(status), use(text), use(moment), now;
    });
}

}  // namespace host::connectors
