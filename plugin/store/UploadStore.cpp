#include "plugin/store/UploadStore.h"

#include "plugin/store/Param.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

std::map<std::string, Uploaded> UploadStore::of(std::int64_t runId) {
    std::map<std::string, Uploaded> all;
    database_.read([&](Session& session) {
        std::vector<std::string> names, people;
        std::vector<std::int64_t> times;
        session << "SELECT name, uploaded_by, uploaded_at FROM u2035_upload WHERE run_id = ?", into(names),
            into(people), into(times), param(runId), now;
        all.clear();
        for (std::size_t i = 0; i < names.size(); ++i) all[names[i]] = {people[i], times[i]};
    });
    return all;
}

void UploadStore::tick(std::int64_t runId, const std::string& name, const std::string& by) {
    database_.write([&](Session& session) {
        session << "INSERT INTO u2035_upload (run_id, name, uploaded_by, uploaded_at) VALUES (?, ?, ?, ?)"
                   " ON CONFLICT (run_id, name) DO NOTHING",
            param(runId), param(name), param(by), param(clock_.now()), now;
    });
}

void UploadStore::untick(std::int64_t runId, const std::string& name) {
    database_.write([&](Session& session) {
        session << "DELETE FROM u2035_upload WHERE run_id = ? AND name = ?", param(runId), param(name), now;
    });
}

void UploadStore::keepOnly(std::int64_t runId, const std::set<std::string>& names) {
    for (const auto& [name, uploaded] : of(runId))
        if (names.count(name) == 0) untick(runId, name);
}

std::vector<std::pair<std::string, std::string>> uploadMigrations() {
    return {{"uploads",
             "CREATE TABLE u2035_upload ("
             " run_id BIGINT NOT NULL,"
             " name TEXT NOT NULL,"
             " uploaded_by TEXT NOT NULL,"
             " uploaded_at BIGINT NOT NULL,"
             " PRIMARY KEY (run_id, name))"}};
}

}  // namespace plugin::store
