#pragma once
/// REST of the schedule, for the server's administrator: GET /api/v1/jobs, GET and POST /api/v1/jobs/{job}/runs,
/// GET /api/v1/jobs/{job}/runs/{run}.

#include "host/schedule/JobScheduler.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"

#include <vector>

namespace host::schedule {

/// `scheduler` and `journal` must outlive the registrations.
[[nodiscard]] std::vector<sdk::Registration> registerJobsApi(sdk::Router& router, JobScheduler& scheduler,
                                                             sdk::Journal& journal);

}  // namespace host::schedule
