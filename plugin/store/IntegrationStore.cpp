#include "plugin/store/IntegrationStore.h"

#include "common/Json.h"
#include "common/Uuid.h"
#include "plugin/integration/Contours.h"
#include "plugin/store/Param.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using host::sdk::Micros;
using integration::IntegrationState;
using Poco::Nullable;
using Poco::Data::Session;

namespace {

IntegrationState stateFrom(const std::string& text, std::int64_t version) {
    IntegrationState state = integration::fromJson(text);
    state.version = version;
    return state;
}

IntegrationState loadIn(Session& session, const IntegrationKey& key) {
    std::vector<std::string> texts;
    std::vector<std::int64_t> versions;
    session << "SELECT state, version FROM u2035_integration WHERE organization = ? AND project = ?", into(texts),
        into(versions), param(key.organization), param(key.project), now;
    return texts.empty() ? IntegrationState{} : stateFrom(texts[0], versions[0]);
}

std::optional<CheckRow> findCheckIn(Session& session, const IntegrationKey& key, const std::string& column,
                                    const std::string& value) {
    std::vector<CheckRow> rows(1);
    CheckRow& row = rows[0];
    std::vector<std::string> ids, purposes, states, steps, by, keys, fingerprints;
    std::vector<int> stages;
    std::vector<std::int64_t> started, deadlines;
    std::vector<Nullable<std::int64_t>> finished;
    session << "SELECT id, stage, purpose, state, steps, requested_by, idempotency_key, fields_fingerprint, started_at,"
               " deadline, finished_at FROM u2035_check WHERE organization = ? AND project = ? AND " +
                   column + " = ?",
        into(ids), into(stages), into(purposes), into(states), into(steps), into(by), into(keys), into(fingerprints),
        into(started), into(deadlines), into(finished), param(key.organization), param(key.project), param(value), now;
    if (ids.empty()) return std::nullopt;
    row = {ids[0],  stages[0],       purposes[0], states[0],    steps[0], by[0],
           keys[0], fingerprints[0], started[0],  deadlines[0], {}};
    if (!finished[0].isNull()) row.finishedAt = finished[0].value();
    return row;
}

std::optional<Storage> storageOf(const IntegrationState& state) {
    const auto& facts = state.storage;
    if (!facts.present() || facts.bucket.empty()) return std::nullopt;
    return Storage{facts.endpoint, facts.bucket, facts.accessKeyId, {}, true};
}

[[noreturn]] void stale() {
    throw AppError(412, "precondition-failed",
                   "The integration was changed meanwhile; look at its current state and try again.");
}

}  // namespace

IntegrationState IntegrationStore::load(const IntegrationKey& key) {
    IntegrationState state;
    database_.read([&](Session& session) { state = loadIn(session, key); });
    return state;
}

std::map<std::string, IntegrationState> IntegrationStore::loadAll(const std::string& organization) {
    std::map<std::string, IntegrationState> all;
    database_.read([&](Session& session) {
        std::vector<std::string> projects, texts;
        std::vector<std::int64_t> versions;
        session << "SELECT project, state, version FROM u2035_integration WHERE organization = ?", into(projects),
            into(texts), into(versions), param(organization), now;
        all.clear();
        for (std::size_t i = 0; i < projects.size(); ++i) all[projects[i]] = stateFrom(texts[i], versions[i]);
    });
    return all;
}

IntegrationState IntegrationStore::changeIn(Session& session, const IntegrationKey& key,
                                            std::optional<std::int64_t> expected, const Command& command) {
    IntegrationState before = loadIn(session, key);
    if (expected && *expected != before.version) stale();
    IntegrationState after = command(before);
    after.version = before.version + 1;
    std::string text = integration::toJson(after);
    int active = after.active ? 1 : 0;
    Micros at = clock_.now();
    session << "INSERT INTO u2035_integration (organization, project, version, active, store_id, state, changed_at)"
               " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (organization, project) DO UPDATE SET"
               " version = excluded.version, active = excluded.active, store_id = excluded.store_id,"
               " state = excluded.state, changed_at = excluded.changed_at",
        param(key.organization), param(key.project), param(after.version), param(active), param(after.storeId),
        param(text), param(at), now;
    return after;
}

IntegrationState IntegrationStore::change(const IntegrationKey& key, std::optional<std::int64_t> expected,
                                          const Command& command) {
    IntegrationState after;
    database_.write([&](Session& session) { after = changeIn(session, key, expected, command); });
    return after;
}

StartedCheck IntegrationStore::startCheck(const IntegrationKey& key, std::optional<std::int64_t> expected,
                                          const CheckRow& check, const integration::Candidate& candidate) {
    StartedCheck started;
    database_.write([&](Session& session) {
        started = {};
        if (!check.idempotencyKey.empty()) {
            if (auto known = findCheckIn(session, key, "idempotency_key", check.idempotencyKey)) {
                if (known->fieldsFingerprint != check.fieldsFingerprint || known->stage != check.stage ||
                    known->purpose != check.purpose)
                    throw AppError(422, "idempotency-key.reused",
                                   "This Idempotency-Key was used with other data before; make a new one.");
                started = {loadIn(session, key), known->id, true};
                return;
            }
        }
        started.checkId = check.id;
        started.state = changeIn(session, key, expected, [&](IntegrationState state) {
            integration::RunningCheck running{check.id, check.stage, integration::CheckPurpose::Stage, check.deadline,
                                              candidate};
            for (auto purpose : {integration::CheckPurpose::ReplaceBasic, integration::CheckPurpose::ReplaceStorage})
                if (check.purpose == toString(purpose)) running.purpose = purpose;
            return integration::checkStarted(std::move(state), std::move(running));
        });
        session << "INSERT INTO u2035_check (id, organization, project, stage, purpose, state, steps, requested_by,"
                   " idempotency_key, fields_fingerprint, started_at, deadline)"
                   " VALUES (?, ?, ?, ?, ?, 'running', '[]', ?, ?, ?, ?, ?)",
            param(check.id), param(key.organization), param(key.project), param(check.stage), param(check.purpose),
            param(check.requestedBy), param(check.idempotencyKey), param(check.fieldsFingerprint),
            param(check.startedAt), param(check.deadline), now;
    });
    return started;
}

void IntegrationStore::saveSteps(const std::string& checkId, const std::string& steps) {
    database_.write([&](Session& session) {
        session << "UPDATE u2035_check SET steps = ? WHERE id = ? AND state = 'running'", param(steps), param(checkId),
            now;
    });
    if (told_) told_(checkId);
}

bool IntegrationStore::finishCheck(const IntegrationKey& key, const std::string& checkId, const std::string& steps,
                                   const integration::CheckEnd& end) {
    bool applied = false;
    database_.write([&](Session& session) {
        IntegrationState state = loadIn(session, key);
        applied = state.running && state.running->id == checkId;
        const char* result = applied && end.passed ? "passed" : "failed";
        session << "UPDATE u2035_check SET state = ?, steps = ?, finished_at = ? WHERE id = ?",
            param(std::string(result)), param(steps), param(clock_.now()), param(checkId), now;
        if (!applied) return;
        IntegrationState after = changeIn(session, key, std::nullopt, [&](IntegrationState s) {
            return integration::checkFinished(std::move(s), checkId, end);
        });
        if (!after.active) return;
        // A replaced key keeps its store, and is asked at once when the old one was refused.
        session << "UPDATE u2035_store SET basic_fingerprint = ? WHERE id = ?",
            param(after.productionBasic.fingerprint), param(after.storeId), now;
        if (end.passed)
            session << "UPDATE u2035_destination SET probe_at = 0 WHERE store_id = ?", param(after.storeId), now;
    });
    if (told_) told_(checkId);
    return applied;
}

std::optional<CheckRow> IntegrationStore::findCheck(const IntegrationKey& key, const std::string& checkId) {
    std::optional<CheckRow> row;
    database_.read([&](Session& session) { row = findCheckIn(session, key, "id", checkId); });
    return row;
}

std::vector<LeftOverCheck> IntegrationStore::runningChecks() {
    std::vector<LeftOverCheck> all;
    database_.read([&](Session& session) {
        std::vector<std::string> ids, organizations, projects;
        session << "SELECT id, organization, project FROM u2035_check WHERE state = 'running' ORDER BY started_at",
            into(ids), into(organizations), into(projects), now;
        all.clear();
        for (std::size_t i = 0; i < ids.size(); ++i) {
            IntegrationKey key{organizations[i], projects[i]};
            if (auto row = findCheckIn(session, key, "id", ids[i])) all.push_back({key, *row});
        }
    });
    return all;
}

IntegrationState IntegrationStore::activate(const IntegrationKey& key, std::optional<std::int64_t> expected,
                                            const StoreWord& word, const std::string& testAddress,
                                            const std::string& login) {
    IntegrationState after;
    std::string newId = common::Uuid::v4();
    database_.write([&](Session& session) {
        std::string id;
        bool isNew = true;
        after = changeIn(session, key, expected, [&](IntegrationState state) {
            // Whether the button may be pressed at all comes before the question about the store.
            integration::continueStage(state, integration::kStages, newId);
            auto chosen = chooseStore(session, key, state, word, testAddress);
            isNew = !chosen;
            id = chosen.value_or(newId);
            return integration::continueStage(std::move(state), integration::kStages, id, {clock_.now(), login});
        });
        openStore(session, key, after, id, isNew, testAddress, clock_.now());
    });
    return after;
}

IntegrationState IntegrationStore::disconnect(const IntegrationKey& key, std::optional<std::int64_t> expected) {
    IntegrationState after;
    database_.write([&](Session& session) { after = disconnectIn(session, key, expected); });
    eraseSecrets(key);
    return after;
}

IntegrationState IntegrationStore::disconnectIn(Session& session, const IntegrationKey& key,
                                                std::optional<std::int64_t> expected) {
    std::string storeId;
    IntegrationState after = changeIn(session, key, expected, [&](IntegrationState state) {
        storeId = state.storeId;
        return integration::disconnect(std::move(state));
    });
    if (!storeId.empty())
        session << "UPDATE u2035_store SET closed_at = ?, version = version + 1 WHERE id = ?", param(clock_.now()),
            param(storeId), now;
    // The row stays with a new version, so that an ETag from before never fits again.
    session << "UPDATE u2035_scope SET scope = ?, version = version + 1 WHERE organization = ? AND project = ?",
        param(toJson(Scope{})), param(key.organization), param(key.project), now;
    return after;
}

void IntegrationStore::eraseSecrets(const IntegrationKey& key) {
    for (const char* name : {kTestBasic, kProductionBasic, kS3SecretKey}) secrets_.erase(secretName(key, name));
}

DeclaredStore IntegrationStore::declareContour(const std::string& organization, const std::string& storeId,
                                               std::optional<std::int64_t> expected, const ContourWord& word) {
    DeclaredStore declared;
    database_.write([&](Session& session) {
        declared = declareContourIn(session, organization, storeId, expected, word, clock_.now());
        IntegrationKey key{organization, declared.row.project};
        IntegrationState state = loadIn(session, key);
        if (!declared.row.isTest() || !state.active || state.storeId != storeId) return;
        disconnectIn(session, key, std::nullopt);
        declared.disconnected = true;
        declared.row = findStoreIn(session, organization, storeId).value();
    });
    if (declared.disconnected) eraseSecrets({organization, declared.row.project});
    return declared;
}

std::vector<StoreRow> IntegrationStore::stores(const IntegrationKey& key) {
    std::vector<StoreRow> rows;
    database_.read([&](Session& session) { rows = storesIn(session, key.organization, key.project); });
    return rows;
}

std::vector<Destination> IntegrationStore::active(const std::string& organization) {
    std::vector<Destination> all;
    database_.read([&](Session& session) {
        std::vector<std::string> organizations, projects, texts;
        std::vector<std::int64_t> versions;
        session << "SELECT organization, project, state, version FROM u2035_integration WHERE active = 1"
                   " AND (organization = ? OR ? = '') ORDER BY organization, project",
            into(organizations), into(projects), into(texts), into(versions), param(organization), param(organization),
            now;
        all.clear();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            IntegrationState state = stateFrom(texts[i], versions[i]);
            all.push_back({organizations[i],
                           projects[i],
                           state.storeId,
                           state.productionEndpoint,
                           {},
                           state.productionEndpointTyped,
                           storageOf(state)});
            const auto store = findStoreIn(session, organizations[i], state.storeId);
            all.back().test = (store && store->isTest()) ||
                              integration::isTestAddress(state.productionEndpoint, {}, state.overrides.test);
        }
    });
    for (auto& destination : all) {
        IntegrationKey key{destination.organization, destination.project};
        if (auto secret = secrets_.get(secretName(key, kProductionBasic))) destination.basicToken = *secret;
        if (!destination.storage) continue;
        if (auto secret = secrets_.get(secretName(key, kS3SecretKey))) destination.storage->secretKey = *secret;
    }
    return all;
}

bool IntegrationStore::isStillActive(const std::string& organization, const std::string& project,
                                     const std::string& storeId) {
    std::int64_t count = 0;
    database_.read([&](Session& session) {
        session << "SELECT COUNT(*) FROM u2035_integration WHERE organization = ? AND project = ? AND store_id = ?"
                   " AND active = 1",
            into(count), param(organization), param(project), param(storeId), now;
    });
    return count == 1;
}

}  // namespace plugin::store
