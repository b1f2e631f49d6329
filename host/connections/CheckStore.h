#pragma once
/// The latest check of each connection: when, by whom, and what it found, in words without secrets. It outlives the
/// server, and is marked outdated when something of what it looked at was changed since it began (the connection's
/// `checkEpoch`). Thread-safe.

#include "host/connections/ConnectionStore.h"
#include "host/connections/Diagnosis.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace host::connections {

struct CheckResult {
    std::vector<Diagnosis> diagnoses;  ///< empty: all is right
    /// The first step that did not go well: "enabled", "kind", "settings", "connect", "sign-in", "rights", "read",
    /// "routes"; empty when all is right.
    std::string failedAt;
};

struct LastCheck {
    sdk::Micros at = 0;
    std::string by;
    CheckResult result;
    bool outdated = false;
};

class CheckStore {
public:
    CheckStore(sdk::Database& database, const sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// `connection` as it was when the check began. Nothing is kept of one that is gone meanwhile.
    LastCheck keep(const Connection& connection, CheckResult result, const std::string& by);
    std::optional<LastCheck> of(std::int64_t connectionId);
    /// By id of connection; those that were never checked are not in it.
    std::map<std::int64_t, LastCheck> ofOrganization(const std::string& organization);

private:
    std::map<std::int64_t, LastCheck> select(const std::string& condition, std::vector<std::string> texts,
                                             std::optional<std::int64_t> number);
    sdk::Database& database_;
    const sdk::Clock& clock_;
};

/// `{at, by, ok, outdated, failedAt, diagnoses}`; null for nullopt.
void writeCheck(common::JsonWriter& json, const std::optional<LastCheck>& check, const std::string& language);

}  // namespace host::connections
