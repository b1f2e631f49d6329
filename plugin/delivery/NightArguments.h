#pragma once
/// What a night is asked to do. Made from the JSON of POST /runs or of the job's arguments.

#include "host/sdk/Records.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/tables/Pair.h"

#include <cstdint>
#include <string>

namespace plugin::delivery {

struct NightArguments {
    std::string organization;  ///< empty: every organization
    std::int64_t runId = 0;    ///< row queued by the API; 0: made when the run starts
    bool dryRun = false;       ///< plans and counts, keeps nothing, sends nothing
    bool statements = true;
    bool tables = true;
    host::sdk::RecordId flowId = 0;                               ///< 0: every flow in scope
    footprint::Contour contour = footprint::Contour::Production;  ///< Test: tables with test ids, nothing is sent
    tables::PairLimits limits;  ///< of this run's tables; 0: the server's or the profile's

    /// The body of POST /runs: {"dryRun", "only": "tables" | "statements", "flow": id, "contour": "test",
    /// "maxRows", "maxBytes", "archiveBytes"}; "" is {}.
    /// \throws AppError 400 or 422 with all that is wrong.
    static NightArguments fromRequest(const std::string& body);
    /// What `toJobArguments` wrote. \throws AppError.
    static NightArguments fromJob(const std::string& json);
    std::string toJobArguments() const;
    /// As `fromRequest` takes it, for people.
    std::string toRequest() const;
};

}  // namespace plugin::delivery
