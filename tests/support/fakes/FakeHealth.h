#pragma once
/// Health checks, to be called by the test.

#include "host/sdk/Health.h"

#include <functional>
#include <map>
#include <string>

namespace tests {

class FakeHealth : public host::sdk::HealthRegistry {
public:
    [[nodiscard]] host::sdk::Registration add(const std::string& name,
                                              std::function<host::sdk::HealthStatus()> check) override {
        checks_[name] = std::move(check);
        return host::sdk::Registration([this, name] { checks_.erase(name); });
    }
    std::map<std::string, std::function<host::sdk::HealthStatus()>> checks_;
};

}  // namespace tests
