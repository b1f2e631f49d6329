#pragma once
/// Finds what is due of one flow for one store, renders and checks it, and names what can't go and why.
///
/// Pure: records, what is known and the time are given. Use: construct, `structure()` once and first, then learners'
/// records page by page in any number and order of kinds. The referenced input must outlive the planner. Not
/// thread-safe; one per flow.
///
/// A record that changed after it was sent is held, or its statement is cancelled (`PlanCounts::cancellations`): then a
/// plan made after the store has accepted the cancellation tells the record anew, under another id.

#include "plugin/footprint/PlanInput.h"

#include <memory>
#include <span>

namespace plugin::footprint {

class FlowPlanner {
public:
    FlowPlanner(const PlanInput& input, PlanSink& sink);
    ~FlowPlanner();
    FlowPlanner(const FlowPlanner&) = delete;
    FlowPlanner& operator=(const FlowPlanner&) = delete;

    void structure();
    void results(std::span<const host::sdk::Result> results);
    void views(std::span<const host::sdk::View> views);
    void openings(std::span<const host::sdk::Opening> openings);
    void reflections(std::span<const host::sdk::Reflection> reflections);
    const PlanCounts& counts() const noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plugin::footprint
