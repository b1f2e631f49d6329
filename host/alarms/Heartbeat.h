#pragma once
/// The outward dead-man's switch: after each good whole run of one job a service of the administrator's is called, and
/// that service raises the alarm when the calls stay away. It hears of a server that is gone, which no mail of ours can
/// tell. A call that fails is tried again at the next look, for a while.

#include "host/schedule/JobScheduler.h"
#include "host/sdk/OutboundHttp.h"

#include <optional>
#include <stop_token>
#include <string>

namespace host::alarms {

struct HeartbeatSettings {
    std::string job;  ///< "u2035.nightly"; empty: none
    std::string url;
};

class Heartbeat {
public:
    /// A good run that is older says nothing about now.
    static constexpr std::chrono::hours kFresh{6};

    Heartbeat(HeartbeatSettings settings, schedule::JobScheduler& scheduler, sdk::Database& database,
              sdk::OutboundHttp& http, const sdk::Clock& clock, sdk::Logger& logger);
    void look(const std::stop_token& stop);

private:
    std::optional<schedule::Run> latestGood();

    const HeartbeatSettings settings_;
    schedule::JobScheduler& scheduler_;
    sdk::Database& database_;
    sdk::OutboundHttp& http_;
    const sdk::Clock& clock_;
    sdk::Logger& logger_;
    std::string told_;  ///< the run that was told; what the database holds, once it was read
    bool read_ = false;
};

}  // namespace host::alarms
