#pragma once
/// Between nights: destinations that rest are asked again, and what is due and did not go goes — after an outage, a
/// replaced key, a server that died in its night, or a night that left old records behind. The probe is a POST of no
/// statements, which asks for credential, address and right to write and changes nothing; when it is answered the
/// organization has a night of statements only. `run` is called once at a time, also while the nightly job goes on.

#include "plugin/delivery/NightlyRun.h"

namespace plugin::delivery {

class FollowUp {
public:
    FollowUp(NightParts parts, BreakerSettings breaker, NightlyRun& nights)
        : parts_(std::move(parts)), breaker_(breaker), nights_(nights) {}

    /// Counts "probes" and "reopened" beside those of the nights.
    NightReport run(const std::string& hostRun, std::stop_token stop);

private:
    bool answers(const store::Destination& destination, Breaker& breaker, NightReport& report, std::stop_token stop);
    void forgetDisconnected(const std::vector<store::Destination>& active);
    Breaker breakerOf(const store::Target& target) {
        const auto project = parts_.organizations.project(target.project);
        return {{parts_.destinations, parts_.alarms, parts_.clock, parts_.logger, project ? project->title : ""},
                target,
                breaker_};
    }

    NightParts parts_;
    BreakerSettings breaker_;
    NightlyRun& nights_;
};

}  // namespace plugin::delivery
