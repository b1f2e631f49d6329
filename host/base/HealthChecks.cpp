#include "host/base/HealthChecks.h"

#include "common/Json.h"
#include "host/sdk/Error.h"

namespace host::base {

HealthChecks::HealthChecks() : shared_(std::make_shared<Shared>()) {}

sdk::Registration HealthChecks::add(const std::string& name, std::function<sdk::HealthStatus()> check) {
    std::lock_guard lock(shared_->mutex);
    if (!shared_->checks.emplace(name, std::move(check)).second)
        throw sdk::AppError::conflict("health.taken",
                                      "A health check '" + name + "' is there already; name yours otherwise.");
    return sdk::Registration([weak = std::weak_ptr(shared_), name] {
        if (auto alive = weak.lock()) {
            std::lock_guard inner(alive->mutex);
            alive->checks.erase(name);
        }
    });
}

HealthReport HealthChecks::report() const {
    HealthReport report;
    // Held while they run: once a Registration is gone its check is not running either.
    std::lock_guard lock(shared_->mutex);
    for (const auto& [name, check] : shared_->checks) {
        sdk::HealthStatus status;
        try {
            status = check();
        } catch (const sdk::AppError& e) {
            status = {false, e.what()};
        } catch (...) {
            status = {false, "the check itself failed"};
        }
        report.ok = report.ok && status.ok;
        report.lines.push_back({name, std::move(status)});
    }
    return report;
}

std::string HealthReport::json() const {
    common::JsonWriter out;
    out.object().member("status", ok ? "ok" : "failing").key("checks").array();
    for (const Line& line : lines)
        out.object().member("name", line.name).member("ok", line.status.ok).member("detail", line.status.detail).end();
    out.end().end();
    return out.take();
}

}  // namespace host::base
