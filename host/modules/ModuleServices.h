#pragma once
/// The host's services as one module gets them: names are prefixed with the module's name, and everything it registers
/// is remembered, so that the host takes it all back when the module fails or stops. Thread-safe.

#include "host/sdk/HostServices.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace host::modules {

/// What the host itself has; lives longer than every module.
struct HostParts {
    sdk::Router& router;
    sdk::Scheduler& scheduler;
    sdk::Database& database;
    sdk::Records& records;
    sdk::Organizations& organizations;
    sdk::Files& files;
    sdk::Secrets& secrets;
    sdk::OutboundHttp& outboundHttp;
    sdk::Journal& journal;
    sdk::Metrics& metrics;
    sdk::HealthRegistry& health;
    sdk::Alarms& alarms;
    sdk::Pages& pages;
    sdk::Mail& mail;
    sdk::Participation& participation;
    sdk::RecordNames& recordNames;
    sdk::Sources& sources;
    const sdk::Clock& clock;
    std::string installationId;
    std::filesystem::path modulesFolder;  ///< each module gets a folder of its own in it
    std::function<void(const std::string& owner, const std::vector<sdk::Migration>&)> migrate;
    std::function<std::unique_ptr<sdk::Logger>(const std::string& name)> logger;
};

/// What one module has registered and what of it is running now.
class ModuleRegistrations;

class ModuleServices : public sdk::HostServices {
public:
    ModuleServices(HostParts& host, const std::string& moduleName);
    ~ModuleServices() override;

    /// Takes back routes, jobs and health checks, asks the module's runs to end and waits for them.
    /// \returns false when something of the module still runs at the deadline: its object must then stay alive.
    bool takeBack(std::chrono::steady_clock::time_point deadline) noexcept;

    /// How many registrations are in force (tests, and the state shown to people).
    std::size_t registrationCount() const;

    sdk::Router& router() override;
    sdk::Scheduler& scheduler() override;
    sdk::Database& database() override;
    sdk::Records& records() override;
    sdk::Organizations& organizations() override;
    sdk::Files& files() override;
    sdk::Secrets& secrets() override;
    sdk::OutboundHttp& outboundHttp() override;
    sdk::Journal& journal() override;
    sdk::Logger& logger() override;
    sdk::Metrics& metrics() override;
    sdk::HealthRegistry& health() override;
    const sdk::Clock& clock() override;
    const std::string& installationId() override;
    sdk::Alarms& alarms() override;
    sdk::Pages& pages() override;
    sdk::Mail& mail() override;
    sdk::Participation& participation() override;
    sdk::RecordNames& recordNames() override;
    sdk::Sources& sources() override;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace host::modules
