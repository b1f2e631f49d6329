#pragma once
/// The checks behind /health. Thread-safe. A check that throws is a check that failed.

#include "host/sdk/Health.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace host::base {

struct HealthReport {
    struct Line {
        std::string name;
        sdk::HealthStatus status;
    };
    bool ok = true;           ///< all are
    std::vector<Line> lines;  ///< by name

    /// {"status":"ok"|"failing","checks":[{"name","ok","detail"}]}
    std::string json() const;
};

class HealthChecks : public sdk::HealthRegistry {
public:
    HealthChecks();
    /// AppError 409 "health.taken" when the name is.
    [[nodiscard]] sdk::Registration add(const std::string& name, std::function<sdk::HealthStatus()> check) override;
    HealthReport report() const;

private:
    struct Shared {
        std::mutex mutex;
        std::map<std::string, std::function<sdk::HealthStatus()>> checks;
    };
    std::shared_ptr<Shared> shared_;  ///< shared, since a Registration may outlive the registry
};

}  // namespace host::base
