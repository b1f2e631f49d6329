#include "plugin/store/PackageStore.h"

#include "common/Json.h"
#include "common/JsonReader.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <Poco/Nullable.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

const char* const kRunning = "state IN ('running', 'voiding')";

std::string unsentJson(const std::vector<footprint::Unsendable>& unsent) {
    common::JsonWriter json;
    json.array();
    for (const auto& why : unsent)
        json.object()
            .member("recordKind", why.record.kind)
            .member("recordId", why.record.id)
            .member("revision", why.record.revision)
            .member("kind", why.kind)
            .member("learner", why.learnerId)
            .member("code", why.code)
            .member("field", why.field)
            .member("reason", why.reason)
            .member("fix", why.fix)
            .end();
    json.end();
    return json.take();
}

std::vector<footprint::Unsendable> unsentFrom(const std::string& text) {
    std::vector<footprint::Unsendable> out;
    const auto items = common::parseJson(text).extract<Poco::JSON::Array::Ptr>();
    for (unsigned i = 0; i < items->size(); ++i) {
        const auto item = items->getObject(i);
        footprint::Unsendable why;
        why.record = {item->getValue<std::string>("recordKind"), item->getValue<std::int64_t>("recordId"),
                      item->getValue<std::int64_t>("revision")};
        why.kind = item->getValue<std::string>("kind");
        why.learnerId = item->getValue<std::int64_t>("learner");
        why.code = item->getValue<std::string>("code");
        why.field = item->getValue<std::string>("field");
        why.reason = item->getValue<std::string>("reason");
        why.fix = item->getValue<std::string>("fix");
        out.push_back(std::move(why));
    }
    return out;
}

std::vector<PackageRow> readPackages(Session& session, Conditions conditions, const std::string& order) {
    std::vector<std::string> ids, organizations, projects, methodists, learners, stores, endpoints, versions, states,
        people, keys, fields, messages, unsent;
    std::vector<std::int64_t> numbers, flows, learnerIds, generations, created;
    std::vector<Nullable<std::int64_t>> finished;
    Poco::Data::Statement select(session);
    select << "SELECT id, number, organization, project, flow_id, learner_id, methodist, learner, store_id, generation,"
              " endpoint, profile_version, state, requested_by, idempotency_key, fields, created_at, finished_at,"
              " message, unsent FROM u2035_package" +
                  conditions.sql() + order,
        into(ids), into(numbers), into(organizations), into(projects), into(flows), into(learnerIds), into(methodists),
        into(learners), into(stores), into(generations), into(endpoints), into(versions), into(states), into(people),
        into(keys), into(fields), into(created), into(finished), into(messages), into(unsent);
    conditions.bindTo(select);
    select.execute();
    std::vector<PackageRow> rows;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        PackageRow row{ids[i],        numbers[i],    organizations[i], projects[i], flows[i],
                       learnerIds[i], methodists[i], learners[i],      stores[i],   generations[i],
                       endpoints[i],  versions[i],   states[i],        people[i],   keys[i],
                       fields[i],     created[i],    std::nullopt,     messages[i], unsentFrom(unsent[i])};
        if (!finished[i].isNull()) row.finishedAt = finished[i].value();
        rows.push_back(std::move(row));
    }
    return rows;
}

Conditions ofProject(const std::string& organization, const std::string& project) {
    Conditions where;
    where.text("organization = ?", organization);
    where.text("project = ?", project);
    return where;
}

void refuseSecond(Session& session, const std::string& organization, const std::string& project) {
    auto where = ofProject(organization, project);
    where.raw(kRunning);
    if (!readPackages(session, where, "").empty())
        throw AppError::conflict("package.running", "A package of this integration is on its way; wait for its end.");
}

std::vector<TestStatement> readStatements(Session& session, const std::string& from, const std::string& first,
                                          const std::string& second) {
    std::vector<std::string> ids, kinds, recordKinds, dependsOn, digests, versions, bytes, states, messages, errorIds,
        voidIds, voidBytes, voidStates, voidMessages;
    std::vector<std::int64_t> records, revisions, learners;
    std::vector<int> statuses;
    Poco::Data::Statement select(session);
    auto one = first;
    auto two = second;
    select
        << "SELECT s.statement_id, s.kind, s.record_kind, s.record_id, s.revision, s.learner_id, s.depends_on,"
           " s.digest, s.profile_version, s.bytes, s.state, s.status, s.message, s.error_id, s.void_id, s.void_bytes,"
           " s.void_state, s.void_message FROM u2035_test_statement s" +
               from,
        into(ids), into(kinds), into(recordKinds), into(records), into(revisions), into(learners), into(dependsOn),
        into(digests), into(versions), into(bytes), into(states), into(statuses), into(messages), into(errorIds),
        into(voidIds), into(voidBytes), into(voidStates), into(voidMessages), use(one);
    if (!two.empty()) select, use(two);
    select.execute();
    std::vector<TestStatement> rows;
    for (std::size_t i = 0; i < ids.size(); ++i)
        rows.push_back({ids[i],
                        kinds[i],
                        {recordKinds[i], records[i], revisions[i]},
                        learners[i],
                        dependsOn[i],
                        digests[i],
                        versions[i],
                        bytes[i],
                        states[i],
                        statuses[i],
                        messages[i],
                        errorIds[i],
                        voidIds[i],
                        voidBytes[i],
                        voidStates[i],
                        voidMessages[i]});
    return rows;
}

}  // namespace

PackageStore::Begun PackageStore::begin(PackageRow row) {
    Begun begun;
    database_.write([&](Session& session) {
        begun = {};
        if (!row.idempotencyKey.empty()) {
            auto where = ofProject(row.organization, row.project);
            where.text("idempotency_key = ?", row.idempotencyKey);
            auto known = readPackages(session, where, "");
            if (!known.empty()) {
                if (known[0].fields != row.fields)
                    throw AppError(422, "idempotency-key.reused",
                                   "This Idempotency-Key began another package; use a new key for what is asked now.");
                begun = {std::move(known[0]), true};
                return;
            }
        }
        refuseSecond(session, row.organization, row.project);
        auto copy = row;
        copy.number = nextNumber(session, "u2035_package", "number");
        copy.createdAt = clock_.now();
        copy.state = "running";
        session
            << "INSERT INTO u2035_package (id, number, organization, project, flow_id, learner_id, methodist,"
               " learner, store_id, generation, endpoint, profile_version, state, requested_by, idempotency_key,"
               " fields, created_at, message, unsent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '',"
               " '[]')",
            use(copy.id), use(copy.number), use(copy.organization), use(copy.project), use(copy.flowId),
            use(copy.learnerId), use(copy.methodist), use(copy.learner), use(copy.storeId), use(copy.generation),
            use(copy.endpoint), use(copy.profileVersion), use(copy.state), use(copy.requestedBy),
            use(copy.idempotencyKey), use(copy.fields), use(copy.createdAt), now;
        begun.row = std::move(copy);
    });
    return begun;
}

void PackageStore::beginVoiding(const PackageRow& row) {
    database_.write([&](Session& session) {
        refuseSecond(session, row.organization, row.project);
        auto id = row.id;
        session << "UPDATE u2035_package SET state = 'voiding' WHERE id = ?", use(id), now;
    });
}

std::int64_t PackageStore::failLeftOver() {
    std::int64_t count = 0;
    database_.write([&](Session& session) {
        session << std::string("SELECT COUNT(*) FROM u2035_package WHERE ") + kRunning, into(count), now;
        if (count == 0) return;
        auto at = clock_.now();
        session << "UPDATE u2035_package SET state = CASE WHEN state = 'running' THEN 'failed' ELSE 'void-incomplete'"
                   " END, finished_at = ?, message = 'Сервер перезапущен; повторите: отправленное повторится теми же"
                   " данными и не задвоится.' WHERE " +
                       std::string(kRunning),
            use(at), now;
    });
    return count;
}

std::optional<PackageRow> PackageStore::find(const std::string& organization, const std::string& project,
                                             const std::string& id) {
    std::vector<PackageRow> rows;
    database_.read([&](Session& session) {
        auto where = ofProject(organization, project);
        where.text("id = ?", id);
        rows = readPackages(session, where, "");
    });
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::vector<PackageRow> PackageStore::list(const std::string& organization, const std::string& project,
                                           std::int64_t before, std::size_t limit) {
    std::vector<PackageRow> rows;
    database_.read([&](Session& session) {
        auto where = ofProject(organization, project);
        if (before != 0) where.raw("number < " + std::to_string(before));
        rows = readPackages(session, where, " ORDER BY number DESC LIMIT " + std::to_string(limit));
    });
    return rows;
}

std::int64_t PackageStore::generation(const std::string& storeId) {
    std::int64_t found = 1;
    database_.read([&](Session& session) {
        auto store = storeId;
        session << "SELECT COALESCE(MAX(generation), 1) FROM u2035_package WHERE store_id = ?", into(found), use(store),
            now;
    });
    return found;
}

std::map<std::string, TestStatement> PackageStore::remembered(const std::string& storeId,
                                                              const std::vector<std::string>& ids) {
    std::map<std::string, TestStatement> found;
    if (ids.empty()) return found;
    database_.read([&](Session& session) {
        found.clear();
        for (auto& one : readStatements(session, " WHERE s.store_id = ? AND s.statement_id IN (" + joinUuids(ids) + ")",
                                        storeId, ""))
            found.emplace(one.statementId, std::move(one));
    });
    return found;
}

void PackageStore::plan(const std::string& packageId, const std::string& storeId, std::int64_t generation,
                        const std::vector<TestStatement>& statements) {
    database_.write([&](Session& session) {
        auto package = packageId;
        auto store = storeId;
        auto number = generation;
        session << "UPDATE u2035_package SET generation = ? WHERE id = ?", use(number), use(package), now;
        std::int64_t position = 0;
        for (auto one : statements) {
            session
                << "INSERT INTO u2035_test_statement (store_id, statement_id, kind, record_kind, record_id, revision,"
                   " learner_id, depends_on, digest, profile_version, bytes, state) VALUES"
                   " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (store_id, statement_id) DO UPDATE SET"
                   " digest = excluded.digest, profile_version = excluded.profile_version, bytes = excluded.bytes,"
                   " depends_on = excluded.depends_on, state = excluded.state",
                use(store), use(one.statementId), use(one.kind), use(one.record.kind), use(one.record.id),
                use(one.record.revision), use(one.learnerId), use(one.dependsOn), use(one.digest),
                use(one.profileVersion), use(one.bytes), use(one.state), now;
            ++position;
            session << "INSERT INTO u2035_package_statement (package_id, position, statement_id) VALUES (?, ?, ?)",
                use(package), use(position), use(one.statementId), now;
        }
    });
}

std::vector<TestStatement> PackageStore::statements(const PackageRow& row) {
    std::vector<TestStatement> rows;
    database_.read([&](Session& session) {
        rows = readStatements(session,
                              " JOIN u2035_package_statement p ON p.statement_id = s.statement_id"
                              " WHERE p.package_id = ? AND s.store_id = ? ORDER BY p.position",
                              row.id, row.storeId);
    });
    return rows;
}

void PackageStore::saveState(const std::string& storeId, const std::vector<TestStatement>& statements) {
    database_.write([&](Session& session) {
        auto store = storeId;
        auto at = clock_.now();
        for (auto one : statements)
            session << "UPDATE u2035_test_statement SET state = ?, status = ?, message = ?, error_id = ?,"
                       " answered_at = ?, void_id = ?, void_bytes = ?, void_state = ?, void_message = ?"
                       " WHERE store_id = ? AND statement_id = ?",
                use(one.state), use(one.status), use(one.message), use(one.errorId), use(at), use(one.voidId),
                use(one.voidBytes), use(one.voidState), use(one.voidMessage), use(store), use(one.statementId), now;
    });
}

void PackageStore::finish(const PackageRow& row) {
    database_.write([&](Session& session) {
        auto id = row.id;
        auto state = row.state;
        auto message = row.message;
        auto unsent = unsentJson(row.unsent);
        auto at = clock_.now();
        session << "UPDATE u2035_package SET state = ?, message = ?, unsent = ?, finished_at = ? WHERE id = ?",
            use(state), use(message), use(unsent), use(at), use(id), now;
    });
}

}  // namespace plugin::store
