#pragma once
/// What went only to the test contour: accepted by a store that turned out to be it, and told to the production contour
/// in no way: no LRS, no file that was handed over. What may have reached the production contour is not among it: it
/// goes there again with the same bytes anyway. Thread-safe.

#include "host/sdk/Database.h"
#include "host/sdk/Records.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

namespace plugin::store {

struct TestOnlyCount {
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;  ///< 0: the methodist's
    std::string kind;                   ///< of the statement
    std::int64_t records = 0;
};

/// Statement kind → ids of its records.
using TestOnlyRecords = std::map<std::string, std::unordered_set<host::sdk::RecordId>, std::less<>>;

class TestOnlyStore {
public:
    explicit TestOnlyStore(host::sdk::Database& database) : database_(database) {}

    /// In order of flow, learner and kind.
    std::vector<TestOnlyCount> counts(const std::string& organization, const std::string& project);
    TestOnlyRecords records(const std::string& organization, const std::string& project);
    /// Full packages of stage 2, for information: they went to the test contour as they should.
    std::int64_t packageStatements(const std::string& organization, const std::string& project);

private:
    host::sdk::Database& database_;
};

}  // namespace plugin::store
