#include "host/connections/CheckStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

namespace host::connections {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

LastCheck CheckStore::keep(const Connection& connection, CheckResult result, const std::string& by) {
    LastCheck check{clock_.now(), by, std::move(result), false};
    database_.write([&](Session& session) {
        std::vector<std::int64_t> epochs;
        std::int64_t id = connection.id, epoch = connection.checkEpoch, at = check.at;
        session << "SELECT check_epoch FROM source_connection WHERE id = ?", into(epochs), use(id), now;
        if (epochs.empty()) return;
        check.outdated = epochs.front() != epoch;
        std::string who = by, failedAt = check.result.failedAt, diagnoses = diagnosesText(check.result.diagnoses);
        session << "INSERT INTO source_check (connection_id, check_epoch, checked_at, checked_by, failed_at, "
                   "diagnoses) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (connection_id) DO UPDATE SET check_epoch = "
                   "excluded.check_epoch, checked_at = excluded.checked_at, checked_by = excluded.checked_by, "
                   "failed_at = excluded.failed_at, diagnoses = excluded.diagnoses",
            use(id), use(epoch), use(at), use(who), use(failedAt), use(diagnoses), now;
    });
    return check;
}

std::map<std::int64_t, LastCheck> CheckStore::select(const std::string& condition, std::vector<std::string> texts,
                                                     std::optional<std::int64_t> number) {
    std::map<std::int64_t, LastCheck> all;
    database_.read([&](Session& session) {
        all.clear();
        std::int64_t id = 0, outdated = 0;
        LastCheck one;
        std::string diagnoses;
        Statement statement(session);
        statement << fmt::format(
            "SELECT k.connection_id, k.checked_at, k.checked_by, k.failed_at, k.diagnoses, CASE "
            "WHEN k.check_epoch = c.check_epoch THEN 0 ELSE 1 END FROM source_check k JOIN "
            "source_connection c ON c.id = k.connection_id WHERE {}",
            condition),
            into(id), into(one.at), into(one.by), into(one.result.failedAt), into(diagnoses), into(outdated), limit(1);
        for (auto& text : texts) statement.addBind(use(text));
        if (number) statement.addBind(use(*number));
        while (!statement.done()) {
            if (statement.execute() == 0) continue;
            one.result.diagnoses = diagnosesFrom(diagnoses);
            one.outdated = outdated != 0;
            all[id] = one;
        }
    });
    return all;
}

std::optional<LastCheck> CheckStore::of(std::int64_t connectionId) {
    auto found = select("c.id = ?", {}, connectionId);
    return found.empty() ? std::nullopt : std::optional(std::move(found.begin()->second));
}

std::map<std::int64_t, LastCheck> CheckStore::ofOrganization(const std::string& organization) {
    return select("c.organization_id = ?", {organization}, {});
}

void writeCheck(common::JsonWriter& json, const std::optional<LastCheck>& check, const std::string& language) {
    if (!check) {
        json.null();
        return;
    }
    const auto& [diagnoses, failedAt] = check->result;
    json.object().key("at").time(check->at).member("by", check->by).member("ok", diagnoses.empty());
    json.member("outdated", check->outdated);
    json.member("failedAt", failedAt.empty() ? std::nullopt : std::optional(failedAt));
    writeDiagnoses(json.key("diagnoses"), diagnoses, language);
    json.end();
}

}  // namespace host::connections
