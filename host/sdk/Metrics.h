#pragma once
/// Counters and gauges, shown as Prometheus text at /metrics. Names are prefixed with the module's name by the host.
/// Thread-safe; never throws.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host::sdk {
inline namespace abi1 {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

class Metrics {
public:
    virtual ~Metrics() = default;
    virtual void add(std::string_view name, double value, const MetricLabels& labels = {}) noexcept = 0;  ///< counter
    virtual void set(std::string_view name, double value, const MetricLabels& labels = {}) noexcept = 0;  ///< gauge
};

}  // namespace abi1
}  // namespace host::sdk
