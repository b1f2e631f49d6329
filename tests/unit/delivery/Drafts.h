#pragma once
/// Statements and a database for tests of the delivery room.

#include "common/Uuid.h"
#include "host/store/ModuleDatabase.h"
#include "plugin/store/CorrectionStore.h"
#include "plugin/store/ModuleMigrations.h"
#include "plugin/store/OutboxStore.h"
#include "tests/support/TestDatabase.h"

namespace tests {

struct OutboxDatabase : TestDatabase {
    OutboxDatabase() { host::store::ModuleDatabase(database, "u2035").migrate(plugin::store::moduleMigrations()); }
};

inline std::string idOf(const std::string& name) {
    return common::Uuid::v5(common::Uuid::kNamespaceDns, name);
}

inline std::string bytesOf(const std::string& id, const std::string& more = "") {
    return R"({"id":")" + id + R"(","actor":{"account":{"name":"1"}},"verb":{"id":"v"},"object":{"id":"o"},"x":")" +
           more + R"("})";
}

/// A learner's statement on result `record`.
inline plugin::footprint::StatementDraft aGrade(std::int64_t record, const std::string& dependsOn = "",
                                                std::int64_t revision = 1) {
    plugin::footprint::StatementDraft draft;
    draft.statementId = idOf("grade-" + std::to_string(record) + "-" + std::to_string(revision));
    draft.kind = "learner.grade";
    draft.rank = 20;
    draft.record = {"result", record, revision};
    draft.flowId = 7;
    draft.learnerId = 1'000 + record;
    draft.dependsOn = dependsOn;
    draft.bytes = bytesOf(draft.statementId);
    draft.timestamp = 1'700'000'000'000'000;
    return draft;
}

inline plugin::footprint::StatementDraft anElement(std::int64_t record, int rank = 5) {
    plugin::footprint::StatementDraft draft;
    draft.statementId = idOf("element-" + std::to_string(record));
    draft.kind = "methodist.assessment";
    draft.rank = rank;
    draft.record = {"element", record, 1};
    draft.flowId = 7;
    draft.digest = "d" + std::to_string(record);
    draft.bytes = bytesOf(draft.statementId);
    draft.timestamp = 1'700'000'000'000'000;
    return draft;
}

inline const plugin::store::Target kTarget{"11111111-1111-4111-8111-111111111111", "demo", "bas"};

}  // namespace tests
