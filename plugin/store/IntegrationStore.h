#pragma once
/// The wizard's state, checks, stores and scope in the database, one row per organisation and project.
///
/// Every change is one write transaction: load, compare the version, apply the command (a pure function), save with the
/// next version. Secrets stand in sdk::Secrets under `ORGANIZATION/PROJECT/NAME`, never in a table. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Secrets.h"
#include "plugin/integration/IntegrationState.h"
#include "plugin/store/Integrations.h"
#include "plugin/store/StoreChoice.h"
#include "plugin/store/StoreRegistry.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace plugin::store {

/// Names in sdk::Secrets.
inline constexpr const char* kTestBasic = "test-basic";
inline constexpr const char* kProductionBasic = "production-basic";
inline constexpr const char* kS3SecretKey = "s3-secret-key";
inline std::string secretName(const IntegrationKey& key, const char* name) {
    return key.organization + "/" + key.project + "/" + name;
}

struct CheckRow {
    std::string id;
    int stage = 0;
    std::string purpose;       ///< "stage", "replace-basic", "replace-storage"
    std::string state;         ///< "running", "passed", "failed"
    std::string steps = "[]";  ///< JSON array, as far as they are done
    std::string requestedBy;
    std::string idempotencyKey;  ///< may be empty
    std::string fieldsFingerprint;
    host::sdk::Micros startedAt = 0;
    host::sdk::Micros deadline = 0;
    std::optional<host::sdk::Micros> finishedAt;
};

struct StartedCheck {
    integration::IntegrationState state;
    std::string checkId;
    bool replayed = false;  ///< the Idempotency-Key was known: this is its check, nothing was started
};

struct LeftOverCheck {
    IntegrationKey key;
    CheckRow check;
};

class IntegrationStore : public Integrations {
public:
    using Command = std::function<integration::IntegrationState(integration::IntegrationState)>;

    IntegrationStore(host::sdk::Database& database, host::sdk::Secrets& secrets, const host::sdk::Clock& clock)
        : database_(database), secrets_(secrets), clock_(clock) {}

    /// Called after a check has got further or has ended, from the thread that changed it. Set before there is one.
    void onCheckChange(std::function<void(const std::string& checkId)> told) { told_ = std::move(told); }

    /// Version 0 and empty when there is no row.
    integration::IntegrationState load(const IntegrationKey& key);
    /// project → state, of those that have a row.
    std::map<std::string, integration::IntegrationState> loadAll(const std::string& organization);

    /// \throws AppError 412 "precondition-failed" when `expected` isn't the version; what the command throws.
    integration::IntegrationState change(const IntegrationKey& key, std::optional<std::int64_t> expected,
                                         const Command& command);

    /// A known Idempotency-Key gives its check back before anything is compared. \throws also AppError 422
    /// "idempotency-key.reused" when it was used with other fields.
    StartedCheck startCheck(const IntegrationKey& key, std::optional<std::int64_t> expected, const CheckRow& check,
                            const integration::Candidate& candidate);
    void saveSteps(const std::string& checkId, const std::string& steps);
    /// Ends the check's row and applies it to the state when it is still the running one; false when it isn't.
    bool finishCheck(const IntegrationKey& key, const std::string& checkId, const std::string& steps,
                     const integration::CheckEnd& end);
    std::optional<CheckRow> findCheck(const IntegrationKey& key, const std::string& checkId);
    /// Those that an earlier process left running.
    std::vector<LeftOverCheck> runningChecks();

    /// «Все отлично», pressed by `login`. Which store it is: see StoreChoice.h. `testAddress`: the test contour's, by
    /// the profile. \throws AppError 409 when a person's word is needed or can't be taken; its `current` lists the
    /// stores.
    integration::IntegrationState activate(const IntegrationKey& key, std::optional<std::int64_t> expected,
                                           const StoreWord& word, const std::string& testAddress,
                                           const std::string& login = {});
    /// Sealed by the last success; for a check that is to use it again. `name`: kTestBasic and the like.
    std::optional<host::sdk::SecretString> secret(const IntegrationKey& key, const char* name) {
        return secrets_.get(secretName(key, name));
    }
    /// Wipes state, scope and, after the commit, the secrets; the store's row stays, closed.
    integration::IntegrationState disconnect(const IntegrationKey& key, std::optional<std::int64_t> expected);
    /// Newest first, of both contours.
    std::vector<StoreRow> stores(const IntegrationKey& key);
    /// A person's word that a store is of another contour than it was taken for. An active integration whose store
    /// turns out to be the test contour is disconnected in the same transaction. \throws what StoreRegistry.h says.
    DeclaredStore declareContour(const std::string& organization, const std::string& storeId,
                                 std::optional<std::int64_t> expected, const ContourWord& word);

    std::vector<Destination> active(const std::string& organization) override;
    bool isStillActive(const std::string& organization, const std::string& project,
                       const std::string& storeId) override;
    Scope scope(const std::string& organization, const std::string& project) override;
    /// \throws AppError 412 "precondition-failed".
    Scope saveScope(const IntegrationKey& key, std::optional<std::int64_t> expected, Scope scope);

private:
    integration::IntegrationState disconnectIn(Poco::Data::Session& session, const IntegrationKey& key,
                                               std::optional<std::int64_t> expected);
    void eraseSecrets(const IntegrationKey& key);
    integration::IntegrationState changeIn(Poco::Data::Session& session, const IntegrationKey& key,
                                           std::optional<std::int64_t> expected, const Command& command);

    host::sdk::Database& database_;
    host::sdk::Secrets& secrets_;
    const host::sdk::Clock& clock_;
    std::function<void(const std::string&)> told_;
};

/// A scope as JSON, for REST and the table, and back (names as in Scope; `version` isn't part of it).
std::string toJson(const Scope& scope);
Scope scopeFromJson(const std::string& text);

}  // namespace plugin::store
