#pragma once
/// Which of a flow's accepted statements are read back tonight. Pure.

#include "plugin/delivery/ReadBack.h"
#include "plugin/store/ReadingStore.h"

#include <cstdint>
#include <vector>

namespace plugin::delivery {

struct ReadChoice {
    std::vector<std::int64_t> chosen;
    std::vector<std::int64_t> rest;  ///< read as well when something of the chosen is missing
    std::int64_t of = 0;             ///< statements that nothing is known of yet
};

/// `covered`: the last POST that an earlier night's receipt tells; what came after it is this night's.
/// The same seed chooses the same.
ReadChoice choose(const std::vector<store::Readable>& rows, std::int64_t covered, const ReadBackSettings& settings,
                  std::uint64_t seed);

}  // namespace plugin::delivery
