#pragma once
/// A project's integration and what its stores were told, in a real database.

#include "common/Uuid.h"
#include "plugin/store/IntegrationStore.h"
#include "plugin/store/ModuleMigrations.h"
#include "plugin/store/OutboxStore.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tests {

inline const std::string kTestAddress = "https://test.example.org/data/xAPI/";

inline std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const host::sdk::AppError& e) {
        return e.code();
    }
    return "ok";
}

struct StoreWorld {
    StoreWorld() { database->migrate("u2035", plugin::store::moduleMigrations()); }

    plugin::store::CheckRow check(const std::string& id, int stage, const std::string& basic) {
        plugin::store::CheckRow row;
        row.id = id;
        row.stage = stage;
        row.purpose = "stage";
        row.requestedBy = "anna";
        row.fieldsFingerprint = "fields of " + basic;
        row.startedAt = clock.now();
        row.deadline = clock.now() + 60'000'000;
        return row;
    }
    plugin::integration::Candidate candidate(const std::string& basic,
                                             const std::string& endpoint = "https://lrs.example.org") {
        plugin::integration::Candidate c;
        c.basic = {"abcd", basic};
        c.endpoint = endpoint;
        c.fieldsFingerprint = "fields of " + basic;
        return c;
    }
    void pass(int stage, const std::string& basic, const std::string& endpoint = "https://lrs.example.org",
              std::vector<plugin::integration::StoreEvidence> evidence = {}) {
        std::string id = "check-" + std::to_string(++checks);
        integrations.startCheck(key, {}, check(id, stage, basic), candidate(basic, endpoint));
        integrations.finishCheck(key, id, "[]", {true, "guid-1", "", std::move(evidence)});
    }
    /// Up to the button «Все отлично».
    void setUp(const std::string& basic, const std::string& endpoint = "https://lrs.example.org",
               std::vector<plugin::integration::StoreEvidence> evidence = {}) {
        using plugin::integration::IntegrationState;
        integrations.change(key, {}, plugin::integration::open);
        integrations.change(key, {}, [](IntegrationState s) { return continueStage(std::move(s), 1); });
        pass(2, "test");
        integrations.change(key, {}, [](IntegrationState s) { return continueStage(std::move(s), 2); });
        integrations.change(key, {}, [](IntegrationState s) { return continueStage(std::move(s), 3); });
        secrets.put("demo/bas/production-basic", host::sdk::SecretString("token of " + basic));
        pass(4, basic, endpoint, std::move(evidence));
    }

    /// `accepted` rows, one in doubt and one that waits, of records from `from` on.
    void deliver(const std::string& storeId, int accepted, std::int64_t from = 1) {
        plugin::store::OutboxStore outbox(database, clock);
        std::vector<plugin::footprint::StatementDraft> drafts;
        for (std::int64_t i = from; i < from + accepted + 2; ++i) {
            plugin::footprint::StatementDraft draft;
            draft.statementId = common::Uuid::v5(common::Uuid::kNamespaceDns, "grade-" + std::to_string(i));
            draft.kind = "learner.grade";
            draft.rank = 20;
            draft.record = {"result", i, 1};
            draft.flowId = 7;
            draft.learnerId = 1'000 + i;
            draft.bytes = R"({"id":")" + draft.statementId + "\"}";
            drafts.push_back(std::move(draft));
        }
        const plugin::store::Target target{storeId, "demo", "bas"};
        outbox.add(target, "bas", "bas@1", 1, drafts);
        std::vector<std::int64_t> seqs, told;
        for (const auto& row : outbox.due(storeId, plugin::store::DueKind::Learners, clock.now(), {}, 100))
            seqs.push_back(row.seq);
        seqs.resize(static_cast<std::size_t>(accepted) + 1);
        told.assign(seqs.begin(), seqs.end() - 1);
        plugin::store::BatchResult result;
        result.batchId = outbox.startBatch(storeId, 1, seqs, 100);
        result.outcome = "accepted";
        result.status = 200;
        result.accepted = told;
        result.inDoubt = {seqs.back()};
        outbox.finishBatch(result);
    }
    /// In order of seq.
    std::string states(const std::string& storeId) {
        std::vector<std::string> all;
        database->read([&](Poco::Data::Session& session) {
            auto store = storeId;
            all.clear();
            session << "SELECT state FROM u2035_outbox WHERE store_id = ? ORDER BY seq",
                Poco::Data::Keywords::into(all), Poco::Data::Keywords::use(store), Poco::Data::Keywords::now;
        });
        std::string text;
        for (const auto& one : all) text += one + " ";
        return text;
    }

    TestDatabase database;
    FakeClock clock;
    FakeSecrets secrets;
    plugin::store::IntegrationStore integrations{database, secrets, clock};
    plugin::store::IntegrationKey key{"demo", "bas"};
    int checks = 0;
};

}  // namespace tests
