#include "host/schedule/ScheduleConfig.h"

namespace host::schedule {

using base::ConfigType;

std::vector<base::ConfigKey> scheduleConfigKeys() {
    return {
        {"schedule.job_threads", ConfigType::Integer, "4", "jobs that run at a time", false, 1, 64},
        {"schedule.background_threads", ConfigType::Integer, "4", "pieces of background work at a time", false, 1, 64},
        {"schedule.background_queue", ConfigType::Integer, "64", "pieces of background work that may wait", false, 0,
         10'000},
        {"schedule.misfire_grace", ConfigType::Duration, "12h",
         "a job whose time was missed less than this long ago runs once at the start", false, 0},
        {"schedule.keep_history", ConfigType::Duration, "400d", "how long the history of runs is kept", false,
         86'400'000},
    };
}

SchedulerOptions schedulerOptions(const base::Config& config) {
    SchedulerOptions options;
    options.jobThreads = static_cast<std::size_t>(config.integer("schedule.job_threads"));
    options.backgroundThreads = static_cast<std::size_t>(config.integer("schedule.background_threads"));
    options.backgroundQueue = static_cast<std::size_t>(config.integer("schedule.background_queue"));
    options.misfireGrace = config.duration("schedule.misfire_grace");
    options.keepHistory = config.duration("schedule.keep_history");
    return options;
}

}  // namespace host::schedule
