#pragma once
/// The receipts of one destination's night.

#include "plugin/delivery/Night.h"
#include "plugin/store/ReceiptStore.h"

#include <map>

namespace plugin::delivery {

/// Flow → the last POST that its receipts tell.
using FlowBatches = std::map<std::int64_t, std::int64_t>;

/// One for each flow with news; where no flow has any, one of the store as a whole, so that the chain shows that the
/// night was there and had nothing to tell.
void writeReceipts(const NightParts& parts, Night& night, const ProjectNight& project, store::ReceiptStore& receipts,
                   const FlowBatches& covered, const std::map<std::int64_t, store::ReadFacts>& read);

}  // namespace plugin::delivery
