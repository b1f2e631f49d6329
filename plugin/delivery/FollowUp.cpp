#include "plugin/delivery/FollowUp.h"

#include "plugin/delivery/ContourGuard.h"
#include "plugin/delivery/StoreAlarms.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::delivery {

NightReport FollowUp::run(const std::string& hostRun, std::stop_token stop) {
    NightReport report;
    const auto active = parts_.integrations.active("");
    forgetDisconnected(active);
    std::vector<std::string> organizations;
    for (const auto& destination : active) {
        if (stop.stop_requested()) return report;
        // Its own night looks after it.
        if (nights_.isBusy(destination.organization)) continue;
        // Without a profile nobody can plan for it; its own night says so.
        const auto project = parts_.organizations.project(destination.project);
        if (!project || parts_.profiles.find(project->profile) == nullptr) continue;
        if (!contourProblem(destination, parts_.organizations, parts_.profiles).empty()) continue;
        auto breaker = breakerOf({destination.storeId, destination.organization, destination.project});
        if (breaker.restsUntil() || !answers(destination, breaker, report, stop)) continue;
        if (!parts_.outbox.isAnyDue(destination.storeId, parts_.clock.now())) {
            breaker.answered();
            continue;
        }
        if (organizations.empty() || organizations.back() != destination.organization)
            organizations.push_back(destination.organization);
    }
    std::sort(organizations.begin(), organizations.end());
    organizations.erase(std::unique(organizations.begin(), organizations.end()), organizations.end());
    auto nights = nights_.followUp(organizations, hostRun, stop);
    for (const auto& [name, value] : report.counts) nights.counts[name] += value;
    return nights;
}

/// True when it doesn't rest, or answers as one that is open again; the night's own probe closes the breaker.
bool FollowUp::answers(const store::Destination& destination, Breaker& breaker, NightReport& report,
                       std::stop_token stop) {
    if (!breaker.resting()) return true;
    ++report.counts["probes"];
    auto client = clientOf(parts_.http, destination, std::chrono::seconds(15));
    const auto outcome = client.post({}, {}, stop);
    if (stop.stop_requested()) return false;
    using Class = lrs::PostOutcome::Class;
    // One that refuses the form of the probe answers: the night's probe of one statement decides.
    if (outcome.outcome == Class::Accepted || outcome.outcome == Class::Data || outcome.outcome == Class::TooLarge) {
        ++report.counts["reopened"];
        parts_.destinations.probeNow(destination.storeId);
        return true;
    }
    const bool silent = outcome.outcome == Class::Transient || outcome.outcome == Class::InDoubt;
    breaker.failed(silent ? store::Rest::Silent : store::Rest::Refused, outcome.status,
                   outcome.status == 0 ? outcome.message : fmt::format("HTTP {}: {}", outcome.status, outcome.message),
                   outcome.retryAfter);
    return false;
}

/// «Отключить» ends the rest of a destination, and the alarms of its store with it.
void FollowUp::forgetDisconnected(const std::vector<store::Destination>& active) {
    for (const auto& row : parts_.destinations.list("")) {
        const bool there = std::any_of(active.begin(), active.end(),
                                       [&](const auto& one) { return one.storeId == row.target.storeId; });
        if (!there) breakerOf(row.target).answered();
    }
    for (const auto& store : parts_.destinations.closedStores()) clearAlarmsOf(parts_.alarms, store);
}

}  // namespace plugin::delivery
