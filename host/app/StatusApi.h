#pragma once
/// GET /health (every check), /health/ready (may requests be sent here) and /metrics. Open to whoever reaches the
/// listener: states and counts only, no reason, path or name of a person.

#include "host/base/HealthChecks.h"
#include "host/base/Metrics.h"
#include "host/sdk/Http.h"

#include <atomic>

namespace host::app {

/// Whether requests should come here. Thread-safe.
class Readiness {
public:
    void set(bool ready) noexcept { ready_ = ready; }
    bool isReady() const noexcept { return ready_; }

private:
    std::atomic<bool> ready_{false};
};

/// All must outlive the registrations.
[[nodiscard]] sdk::Registration registerHealthApi(sdk::Router& router, const base::HealthChecks& health);
[[nodiscard]] sdk::Registration registerReadyApi(sdk::Router& router, const Readiness& readiness);
[[nodiscard]] sdk::Registration registerMetricsApi(sdk::Router& router, base::MetricsRegistry& metrics);

}  // namespace host::app
