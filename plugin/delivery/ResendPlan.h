#pragma once
/// «Переотправить в промышленный контур»: what went only to the test contour, and how much of it the production contour
/// can be told now. Plans as a night would, keeps nothing and sends nothing. Thread-safe.

#include "plugin/delivery/Preview.h"
#include "plugin/store/TestOnlyStore.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace plugin::delivery {

struct ResendCounts {
    std::int64_t testOnly = 0;                   ///< records accepted by the test contour only
    std::int64_t canGo = 0;                      ///< of those, by the profile's rules; their files go before them
    std::map<std::string, std::int64_t> cannot;  ///< code as on the list of the unsendable → records
    std::int64_t notPlanned = 0;  ///< deleted, out of scope, not final any more, or of a flow that goes by tables now
    void add(const ResendCounts& more);
};

struct ResendPlan {
    std::vector<store::TestOnlyCount> counts;
    std::int64_t total = 0;                      ///< of `counts`
    std::map<std::string, ResendCounts> byKind;  ///< of statements
    std::map<host::sdk::RecordId, ResendCounts> byFlow;
    std::map<host::sdk::RecordId, std::int64_t> byLearner;  ///< accepted by the test contour only; 0: the methodist's
    bool complete = true;  ///< every flow was planned; else time was over, and `canGo`, `cannot` are of a part
};

/// `limit`: no page of records is begun later than this. \throws AppError 409 "project.no-profile".
ResendPlan planResend(const PreviewParts& parts, const std::string& organization, const std::string& project,
                      std::chrono::milliseconds limit);

}  // namespace plugin::delivery
