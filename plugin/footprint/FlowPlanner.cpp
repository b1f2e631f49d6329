#include "plugin/footprint/FlowPlanner.h"

#include "plugin/footprint/LearnerPlanner.h"
#include "plugin/footprint/PersonDigest.h"

#include <stdexcept>

namespace plugin::footprint {

using namespace host::sdk;

bool isOfPerson(const std::string& digest, std::string_view untiId) {
    return digest.empty() || digest.starts_with(personPart(untiId));
}

struct FlowPlanner::Impl {
    Impl(const PlanInput& input, PlanSink& sink)
        : planning(input, sink), methodist(planning), learners(planning, methodist) {}

    template <class Record>
    void add(std::span<const Record> records) {
        if (!methodist.planned())
            throw std::logic_error("FlowPlanner: structure() comes first, learners' statements refer to it.");
        for (const Record& record : records) learners.add(record);
        planning.counts.filesLeftOut = planning.drafter.filesLeftOut();
    }

    Planning planning;
    StructurePlanner methodist;
    LearnerPlanner learners;
};

FlowPlanner::FlowPlanner(const PlanInput& input, PlanSink& sink) : impl_(std::make_unique<Impl>(input, sink)) {}
FlowPlanner::~FlowPlanner() = default;

void FlowPlanner::structure() {
    impl_->methodist.plan();
}
void FlowPlanner::results(std::span<const Result> results) {
    impl_->add(results);
}
void FlowPlanner::views(std::span<const View> views) {
    impl_->add(views);
}
void FlowPlanner::openings(std::span<const Opening> openings) {
    impl_->add(openings);
}
void FlowPlanner::reflections(std::span<const Reflection> reflections) {
    impl_->add(reflections);
}
const PlanCounts& FlowPlanner::counts() const noexcept {
    return impl_->planning.counts;
}

}  // namespace plugin::footprint
