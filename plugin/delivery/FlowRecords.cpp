#include "plugin/delivery/FlowRecords.h"

#include <algorithm>
#include <iterator>

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
                 const std::function<bool()>& goOn) {
    planner.structure();
    OfLearner<host::sdk::Result> results(asked.learnerId);
    OfLearner<host::sdk::View> views(asked.learnerId);
    if (goOn())
        records.results(asked.organization, asked.flowId, 0, [&](std::span<const host::sdk::Result> page) {
            planner.results(results(page));
            return goOn();
        });
    if (goOn())
        records.views(asked.organization, asked.flowId, 0, [&](std::span<const host::sdk::View> page) {
            planner.views(views(page));
            return goOn();
        });
}

}  // namespace plugin::delivery
