#include "plugin/delivery/FlowRecords.h"

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace plugin::delivery {

namespace {

/// The page's records of one learner; the page itself when every learner is asked for.
template <class Record>
class OfLearner {
public:
    explicit OfLearner(host::sdk::RecordId learnerId) : learnerId_(learnerId) {}
    std::span<const Record> operator()(std::span<const Record> page) {
        if (learnerId_ == 0) return page;
        chosen_.clear();
        std::copy_if(page.begin(), page.end(), std::back_inserter(chosen_),
                     [this](const Record& record) { return record.learnerId == learnerId_; });
        return chosen_;
    }

private:
    host::sdk::RecordId learnerId_;
    std::vector<Record> chosen_;
};

}  // namespace

void feedPlanner(host::sdk::Records& records, const RecordsAsked& asked, footprint::FlowPlanner& planner,
                 const std::function<bool()>& goOn, const ResultsPage& before) {
    const auto pages = [&]<class Record>(auto read, void (footprint::FlowPlanner::*add)(std::span<const Record>)) {
        if (!goOn()) return;
        OfLearner<Record> chosen(asked.learnerId);
        (records.*read)(asked.organization, asked.flowId, 0, [&](std::span<const Record> page) {
            const auto some = chosen(page);
            if constexpr (std::is_same_v<Record, host::sdk::Result>)
                if (before) before(some);
            (planner.*add)(some);
            return goOn();
        });
    };
    planner.structure();
    pages(&host::sdk::Records::results, &footprint::FlowPlanner::results);
    pages(&host::sdk::Records::views, &footprint::FlowPlanner::views);
    pages(&host::sdk::Records::openings, &footprint::FlowPlanner::openings);
    pages(&host::sdk::Records::reflections, &footprint::FlowPlanner::reflections);
}

}  // namespace plugin::delivery
