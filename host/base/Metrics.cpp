#include "host/base/Metrics.h"

#include "common/Json.h"

#include <cmath>

namespace host::base {
namespace {

constexpr std::size_t kMaxLabelSets = 1000;

std::string validName(std::string_view name) {
    std::string out;
    for (char c : name) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        bool digit = c >= '0' && c <= '9';
        out += letter || (digit && !out.empty()) ? c : '_';
    }
    return out;
}

void appendEscaped(std::string& out, std::string_view text, bool label) {
    for (char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '"' && label)
            out += "\\\"";
        else
            out += c;
    }
}

/// Sorted, so that the order of the caller makes no new sample.
std::string renderLabels(sdk::MetricLabels labels) {
    if (labels.empty()) return {};
    std::sort(labels.begin(), labels.end());
    std::string out = "{";
    for (const auto& [name, value] : labels) {
        if (out.size() > 1) out += ',';
        out += validName(name) + "=\"";
        appendEscaped(out, value, true);
        out += '"';
    }
    return out + '}';
}

void appendValue(std::string& out, double value) {
    if (std::isnan(value))
        out += "NaN";
    else if (std::isinf(value))
        out += value > 0 ? "+Inf" : "-Inf";
    else
        common::appendJsonNumber(out, value);
}

}  // namespace

MetricsRegistry::MetricsRegistry() : collectors_(std::make_shared<CollectorList>()) {}

void MetricsRegistry::add(std::string_view name, double value, const sdk::MetricLabels& labels) noexcept {
    record(name, value, labels, Kind::Counter);
}

void MetricsRegistry::set(std::string_view name, double value, const sdk::MetricLabels& labels) noexcept {
    record(name, value, labels, Kind::Gauge);
}

void MetricsRegistry::record(std::string_view name, double value, const sdk::MetricLabels& labels, Kind kind) noexcept {
    try {
        std::string whole = "lmsd_" + validName(name);
        std::string rendered = renderLabels(labels);
        std::lock_guard lock(mutex_);
        Family& family = families_[whole];
        bool fresh = family.samples.find(rendered) == family.samples.end();
        bool misused = (family.kind != Kind::Unknown && family.kind != kind) ||
                       (kind == Kind::Counter && !(value >= 0)) || (fresh && family.samples.size() >= kMaxLabelSets);
        if (misused) {
            ++refused_;
            return;
        }
        family.kind = kind;
        double& sample = family.samples[rendered];
        sample = kind == Kind::Counter ? sample + value : value;
    } catch (...) {
        // Out of memory: a lost count must not end the work it counts.
    }
}

void MetricsRegistry::describe(const std::string& name, const std::string& help) {
    std::lock_guard lock(mutex_);
    families_["lmsd_" + validName(name)].help = help;
}

sdk::Registration MetricsRegistry::onCollect(std::function<void(sdk::Metrics&)> collect) {
    std::lock_guard lock(collectors_->mutex);
    int id = collectors_->next++;
    collectors_->all.emplace(id, std::move(collect));
    return sdk::Registration([list = std::weak_ptr(collectors_), id] {
        if (auto alive = list.lock()) {
            std::lock_guard inner(alive->mutex);
            alive->all.erase(id);
        }
    });
}

std::string MetricsRegistry::exposition() {
    {
        // Held while they run: once a Registration is gone its collector is not running either.
        std::lock_guard lock(collectors_->mutex);
        for (auto& [id, collect] : collectors_->all) try {
                collect(*this);
            } catch (...) {
                std::lock_guard counting(mutex_);
                ++refused_;
            }
    }
    std::lock_guard lock(mutex_);
    std::string out;
    for (const auto& [name, family] : families_) {
        if (family.samples.empty()) continue;
        if (!family.help.empty()) {
            out += "# HELP " + name + ' ';
            appendEscaped(out, family.help, false);
            out += '\n';
        }
        out += "# TYPE " + name + (family.kind == Kind::Counter ? " counter\n" : " gauge\n");
        for (const auto& [labels, value] : family.samples) {
            out += name + labels + ' ';
            appendValue(out, value);
            out += '\n';
        }
    }
    out += "# TYPE lmsd_metrics_refused_total counter\nlmsd_metrics_refused_total ";
    appendValue(out, refused_);
    out += '\n';
    return out;
}

}  // namespace host::base
