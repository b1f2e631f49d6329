#pragma once
/// Secrets in memory, in clear.

#include "host/sdk/Secrets.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace tests {

class FakeSecrets : public host::sdk::Secrets {
public:
    std::optional<host::sdk::SecretString> get(const std::string& name) override {
        std::lock_guard lock(mutex_);
        auto it = values_.find(name);
        if (it == values_.end()) return std::nullopt;
        return host::sdk::SecretString(it->second);
    }
    void put(const std::string& name, const host::sdk::SecretString& value) override {
        std::lock_guard lock(mutex_);
        values_[name] = value.reveal();
    }
    void erase(const std::string& name) override {
        std::lock_guard lock(mutex_);
        values_.erase(name);
    }
    /// What is kept: name → value in clear.
    std::map<std::string, std::string> all() const {
        std::lock_guard lock(mutex_);
        return values_;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::string> values_;
};

}  // namespace tests
