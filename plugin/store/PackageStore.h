#pragma once
/// Full packages: every statement of one learner, sent to a project's test contour, and what the LRS answered.
///
/// What went there is remembered per test store (endpoint and Basic), so that a repetition sends the same bytes; it
/// stands apart from the outbox, and nothing of it is ever taken for a delivery. A store's statements are of a
/// generation: when facts, profile or a voiding make the same bytes impossible, the next generation has ids of its own.
/// Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/footprint/Footprint.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

struct PackageRow {
    std::string id;           ///< UUID
    std::int64_t number = 0;  ///< in order of beginning
    std::string organization;
    std::string project;
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
    std::string methodist;  ///< unti_id of the test contour; empty: none was given
    std::string learner;    ///< the same
    std::string storeId;
    std::int64_t generation = 1;
    std::string endpoint;
    std::string profileVersion;
    std::string state;  ///< "running", "done", "incomplete", "failed", "voiding", "voided", "void-incomplete"
    std::string requestedBy;
    std::string idempotencyKey;  ///< may be empty
    std::string fields;          ///< what was asked, for a repeated key
    host::sdk::Micros createdAt = 0;
    std::optional<host::sdk::Micros> finishedAt;
    std::string message;
    std::vector<footprint::Unsendable> unsent;
};

struct TestStatement {
    std::string statementId;
    std::string kind;
    footprint::RecordRef record;
    host::sdk::RecordId learnerId = 0;
    std::string dependsOn;
    std::string digest;
    std::string profileVersion;
    std::string bytes;
    std::string state = "waiting";  ///< "waiting", "in_doubt", "accepted", "refused", "blocked"
    int status = 0;
    std::string message;
    std::string errorId;
    std::string voidId;
    std::string voidBytes;
    std::string voidState;  ///< empty: nobody asked; else as `state`
    std::string voidMessage;
};

class PackageStore {
public:
    PackageStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// A new row in state "running"; a known Idempotency-Key gives its package back with `replayed`.
    /// \throws AppError 409 "package.running"; 422 "idempotency-key.reused" when it was used with other fields.
    struct Begun {
        PackageRow row;
        bool replayed = false;
    };
    Begun begin(PackageRow row);
    /// A package that has ended goes on as "voiding". \throws AppError 409 "package.running".
    void beginVoiding(const PackageRow& row);
    /// Ends packages that an earlier process left. Returns how many.
    std::int64_t failLeftOver();

    std::optional<PackageRow> find(const std::string& organization, const std::string& project, const std::string& id);
    /// Newest first; `before` 0 from the start.
    std::vector<PackageRow> list(const std::string& organization, const std::string& project, std::int64_t before,
                                 std::size_t limit);

    /// Of the last package to the store; 1 when there was none.
    std::int64_t generation(const std::string& storeId);
    std::map<std::string, TestStatement> remembered(const std::string& storeId, const std::vector<std::string>& ids);
    /// Keeps statements and their order; what is there already gets what is given.
    void plan(const std::string& packageId, const std::string& storeId, std::int64_t generation,
              const std::vector<TestStatement>& statements);
    /// In the package's order.
    std::vector<TestStatement> statements(const PackageRow& row);
    void saveState(const std::string& storeId, const std::vector<TestStatement>& statements);
    void finish(const PackageRow& row);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
