#pragma once
/// Checks shown at /health. A check answers quickly and does no network work; it may be called from any thread.

#include <functional>
#include <string>

#include "host/sdk/Registration.h"

namespace host::sdk {
inline namespace abi1 {

struct HealthStatus {
    bool ok = true;
    std::string detail;
};

class HealthRegistry {
public:
    virtual ~HealthRegistry() = default;
    [[nodiscard]] virtual Registration add(const std::string& name, std::function<HealthStatus()> check) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
