#pragma once
/// Counters and gauges as Prometheus text (exposition format 0.0.4). Names get the prefix "lmsd_". Thread-safe; adding
/// and setting never throw: what is misused (a counter set as a gauge, more than 1,000 label sets of one name) is left
/// out and counted in lmsd_metrics_refused_total.

#include "host/sdk/Metrics.h"
#include "host/sdk/Registration.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace host::base {

class MetricsRegistry : public sdk::Metrics {
public:
    MetricsRegistry();

    void add(std::string_view name, double value, const sdk::MetricLabels& labels = {}) noexcept override;
    void set(std::string_view name, double value, const sdk::MetricLabels& labels = {}) noexcept override;

    /// The HELP line of a name.
    void describe(const std::string& name, const std::string& help);
    /// Called before each exposition, to set gauges that are cheaper to read than to keep.
    [[nodiscard]] sdk::Registration onCollect(std::function<void(sdk::Metrics&)> collect);

    std::string exposition();
    static constexpr const char* kContentType = "text/plain; version=0.0.4; charset=utf-8";

private:
    enum class Kind { Unknown, Counter, Gauge };
    struct Family {
        Kind kind = Kind::Unknown;
        std::string help;
        std::map<std::string, double> samples;  ///< rendered labels → value
    };
    using Collectors = std::map<int, std::function<void(sdk::Metrics&)>>;
    struct CollectorList {
        std::mutex mutex;
        Collectors all;
        int next = 0;
    };

    void record(std::string_view name, double value, const sdk::MetricLabels& labels, Kind kind) noexcept;

    std::mutex mutex_;
    std::map<std::string, Family> families_;
    double refused_ = 0;
    std::shared_ptr<CollectorList> collectors_;  ///< shared, since a Registration may outlive the registry
};

}  // namespace host::base
