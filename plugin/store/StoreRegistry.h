#pragma once
/// The stores that deliveries are remembered for: their contour, what each was told, and a person's word about them.
///
/// A store is of the production contour unless its address was the test one when it was opened, or a person has said
/// since that it was the test contour in truth. What such a store has accepted counts as told to nobody. A store is
/// never removed. Thread-safe; times are microseconds UTC.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/integration/Contours.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace plugin::store {

/// Columns that say why a store is of its contour, and its version for If-Match.
std::vector<std::pair<std::string, std::string>> storeMigrations();

struct StoreRow {
    std::string id;
    std::string organization;
    std::string project;
    std::string contour;        ///< "production" or "test"
    std::string contourSource;  ///< "address" or "declared"
    std::string comment;        ///< of the person who declared it
    std::string declaredBy;
    std::optional<host::sdk::Micros> declaredAt;
    std::string endpoint;
    std::string basicFingerprint;
    host::sdk::Micros createdAt = 0;
    std::optional<host::sdk::Micros> closedAt;
    std::int64_t version = 0;

    bool isTest() const { return contour == integration::kTestContour; }
    bool isDeclared() const { return contourSource == "declared"; }
};

/// Rows of the outbox of one store, by what became of them.
struct StoreCounts {
    std::int64_t accepted = 0;
    std::int64_t confirmed = 0;  ///< read back as well
    std::int64_t inDoubt = 0;    ///< on its way included
    std::int64_t waiting = 0;
    std::int64_t quarantined = 0;
    std::int64_t withdrawn = 0;
};

/// A person's word about a store's contour.
struct ContourWord {
    std::string contour;
    std::string comment;
    std::string by;
};

struct DeclaredStore {
    StoreRow row;
    std::int64_t takenBack = 0;  ///< rows that other stores had taken over from it as told, and that are due again
    bool disconnected = false;   ///< it was an active integration's
};

class StoreRegistry {
public:
    explicit StoreRegistry(host::sdk::Database& database) : database_(database) {}

    /// Newest first; `project` empty: of every project. `after`: (created_at, id) of the last row of the page before.
    std::vector<StoreRow> list(const std::string& organization, const std::string& project,
                               const std::optional<std::pair<host::sdk::Micros, std::string>>& after,
                               std::size_t limit);
    std::optional<StoreRow> find(const std::string& organization, const std::string& id);
    StoreCounts counts(const std::string& id);
    /// Statements that the store's LRS itself has accepted, some of the newest and of the oldest: at most `limit`. To
    /// be read back.
    std::vector<std::string> knownIds(const std::string& id, std::size_t limit);

private:
    host::sdk::Database& database_;
};

// For callers that are in a transaction already.

/// Newest first.
std::vector<StoreRow> storesIn(Poco::Data::Session& session, const std::string& organization,
                               const std::string& project);
std::optional<StoreRow> findStoreIn(Poco::Data::Session& session, const std::string& organization,
                                    const std::string& id);
StoreCounts countsIn(Poco::Data::Session& session, const std::string& id);
/// How many statements of the project are told or may be told by an LRS, of whatever contour: as many become due again
/// for a new store, unless their records are gone since.
std::int64_t dueAgainIn(Poco::Data::Session& session, const std::string& organization, const std::string& project);
/// \throws AppError 404; 412 "precondition-failed"; 409 "store.contour-unchanged", "store.test-by-address".
DeclaredStore declareContourIn(Poco::Data::Session& session, const std::string& organization, const std::string& id,
                               std::optional<std::int64_t> expected, const ContourWord& word, host::sdk::Micros at);

}  // namespace plugin::store
