#pragma once
/// This room as the server sees it: the alarms' own services, routes, watches and the two threads that look at the
/// clock. `start` and `stop` are called once, from one thread; everything given must outlive it.

#include "host/alarms/AlarmConfig.h"
#include "host/base/HealthChecks.h"
#include "host/base/Metrics.h"
#include "host/sdk/Http.h"
#include "host/sdk/Journal.h"
#include "host/sdk/Organizations.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace host::alarms {

class AlarmRoom {
public:
    struct Parts {
        AlarmStore& store;
        sdk::Database& database;
        sdk::Secrets& secrets;
        mail::Mailer& mailer;
        sdk::OutboundHttp& http;
        sdk::Router& router;
        sdk::Organizations& organizations;
        sdk::Journal& journal;
        schedule::JobScheduler& scheduler;
        base::MetricsRegistry& metrics;
        base::HealthChecks& health;
        const sdk::Clock& clock;
        sdk::Logger& logger;
        std::string installationId;
        std::filesystem::path databaseFolder;
        std::filesystem::path dataFolder;
        /// Modules that are to run and do not, each with why; jobs of theirs are not gone on purpose.
        std::function<std::vector<std::pair<std::string, std::string>>()> deadModules;
    };

    AlarmRoom(Parts parts, AlarmSettings settings);
    ~AlarmRoom();

    /// From here on it looks at the clock; jobs and modules are registered by now.
    void start();
    /// Breaks off tests that a request waits for; call it before the listener is stopped.
    void stopTests() noexcept;
    /// Breaks off what is being sent and waits for it.
    void stop() noexcept;

private:
    struct Rooms;
    std::unique_ptr<Rooms> rooms_;
};

}  // namespace host::alarms
