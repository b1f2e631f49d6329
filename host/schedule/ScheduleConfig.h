#pragma once
/// The keys schedule.*.

#include "host/base/Config.h"
#include "host/schedule/JobScheduler.h"

#include <vector>

namespace host::schedule {

std::vector<base::ConfigKey> scheduleConfigKeys();
SchedulerOptions schedulerOptions(const base::Config& config);

}  // namespace host::schedule
