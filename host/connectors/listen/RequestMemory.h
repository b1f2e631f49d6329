#pragma once
/// Answers to requests that named themselves (Idempotency-Key), kept for a day, so that a repeat gets the same answer
/// and does nothing. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::connectors {

std::vector<sdk::Migration> broughtMigrations();

class RequestMemory {
public:
    struct Answer {
        std::string bodyHash;
        int status = 0;
        std::string text;
    };

    RequestMemory(sdk::Database& database, const sdk::Clock& clock) : database_(database), clock_(clock) {}

    std::optional<Answer> find(std::int64_t routeId, const std::string& key);
    void keep(std::int64_t routeId, const std::string& key, const Answer& answer);

private:
    sdk::Database& database_;
    const sdk::Clock& clock_;
};

}  // namespace host::connectors
