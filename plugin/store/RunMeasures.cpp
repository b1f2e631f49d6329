#include "plugin/store/RunMeasures.h"

#include <algorithm>
#include <chrono>

namespace plugin::store {

void RunMeasures::expect(std::int64_t run, std::int64_t total) {
    const auto now = clock_.steadyNow();
    const std::lock_guard lock(mutex_);
    runs_[run] = {0, std::max<std::int64_t>(total, 0), now, now};
}

bool RunMeasures::advance(std::int64_t run, std::int64_t done) {
    const auto now = clock_.steadyNow();
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(run);
    if (found == runs_.end() || done <= 0) return false;
    auto& one = found->second;
    one.done += done;
    // What came meanwhile is done as well: nobody is shown more than all of it.
    one.total = std::max(one.total, one.done);
    if (one.done < one.total && now - one.told < std::chrono::seconds(1)) return false;
    one.told = now;
    return true;
}

void RunMeasures::forget(std::int64_t run) {
    const std::lock_guard lock(mutex_);
    runs_.erase(run);
}

std::optional<RunMeasure> RunMeasures::of(std::int64_t run) const {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(run);
    if (found == runs_.end() || found->second.total == 0) return std::nullopt;
    const auto& one = found->second;
    RunMeasure measure{one.done, one.total, std::nullopt};
    if (one.done > 0) {
        const std::chrono::duration<double> took = clock_.steadyNow() - one.since;
        const auto left = static_cast<double>(one.total - one.done) / static_cast<double>(one.done);
        measure.remainingSeconds = std::chrono::ceil<std::chrono::seconds>(took * left).count();
    }
    return measure;
}

}  // namespace plugin::store
