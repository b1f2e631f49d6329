#pragma once
/// Metrics in memory.

#include "host/sdk/Metrics.h"

#include <map>
#include <mutex>
#include <string>

namespace tests {

class FakeMetrics : public host::sdk::Metrics {
public:
    void add(std::string_view name, double value, const host::sdk::MetricLabels&) noexcept override {
        std::lock_guard lock(mutex_);
        values_[std::string(name)] += value;
    }
    void set(std::string_view name, double value, const host::sdk::MetricLabels&) noexcept override {
        std::lock_guard lock(mutex_);
        values_[std::string(name)] = value;
    }
    /// Sum over all labels.
    double value(const std::string& name) const {
        std::lock_guard lock(mutex_);
        auto it = values_.find(name);
        return it == values_.end() ? 0.0 : it->second;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, double> values_;
};

}  // namespace tests
