#pragma once
/// What became of a page's records, looked up by record: their statements, and why the last plan could not tell of
/// them.
///
/// Load a page, then find: the memory is a page's, and a flow of many costs what it has, not what the outbox holds. Not
/// thread-safe.

#include "host/sdk/Database.h"
#include "plugin/footprint/Reasons.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace plugin::store {

struct RecordFate {
    std::string state;  ///< as in OutboxStore.h; "accepted" for what was read back as well
    std::int64_t revision = 0;
    std::string digest;
    bool discarded = false;  ///< quarantined, and a person decided not to tell it
};

class RecordFates {
public:
    /// An empty `storeId`: of any store, the ones disconnected since included; the test contour's count for nothing.
    RecordFates(host::sdk::Database& database, std::string storeId)
        : database_(database), storeId_(std::move(storeId)) {}

    /// Forgets what was loaded before.
    void load(const std::string& recordKind, const std::vector<std::int64_t>& ids);
    /// Of a record's statements the one that counts: accepted, else in doubt, else waiting, else refused; of several
    /// the newest revision. What was cancelled doesn't count. Valid until the next load.
    const RecordFate* find(std::int64_t id) const;

private:
    host::sdk::Database& database_;
    std::string storeId_;
    std::unordered_map<std::int64_t, RecordFate> fates_;
};

/// The rows of the list of what can't go that hold for records. A run that still goes on is asked for by its id.
class UnsendableReasons {
public:
    /// `origin` as in UnsendableRow.
    UnsendableReasons(host::sdk::Database& database, std::string origin, std::int64_t runId)
        : database_(database), origin_(std::move(origin)), runId_(runId) {}

    void load(const std::string& recordKind, const std::vector<std::int64_t>& ids);
    /// nullptr: no reason is named for this revision. Valid until the next load.
    const footprint::Refusal* find(std::int64_t id, std::int64_t revision) const;

private:
    struct Named {
        std::int64_t revision = 0;
        footprint::Refusal refusal;
    };
    host::sdk::Database& database_;
    std::string origin_;
    std::int64_t runId_;
    std::unordered_map<std::int64_t, Named> named_;
};

}  // namespace plugin::store
