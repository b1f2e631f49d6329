#pragma once
/// Reads accepted statements back by their ids after the sending, and writes the night's receipts.
///
/// Found equal: confirmed. Not there: due again with the same bytes, at once only in the sense that the next night
/// sends it; what this night sent is asked for once more after a pause first, since an LRS may show it late. Found
/// otherwise than it was sent, or voided by somebody else: never sent again, listed for a person. A store that doesn't
/// let its credential read, or that falls silent, fails nothing: the receipt says so, and nothing counts as missing.
///
/// A sample is of each flow's statements of this night, a fifth of it of earlier ones, spread over the kinds, and the
/// same for the same run; when something of it is missing, the whole flow is read. What was confirmed is looked at
/// again when the sample has room, so that a store that lost everything is noticed.

#include "plugin/delivery/Night.h"

#include <chrono>
#include <cstddef>

namespace plugin::delivery {

struct ReadBackSettings {
    enum class Mode { None, Sample, Whole } mode = Mode::Sample;
    std::size_t sample = 50;           ///< statements of a flow and night; of confirmed ones in Whole
    std::chrono::seconds budget{600};  ///< of a store and night
    std::chrono::seconds pause{30};    ///< before what was just sent is asked for again
    int lanes = 4;                     ///< requests at a time; never more than the sending's
    std::chrono::milliseconds timeout{30'000};
};

/// For a destination that has been sent to. Counts into the night, raises one alarm; throws only for a failed database.
/// A follow-up between nights reads nothing.
void confirmDelivered(const NightParts& parts, Night& night, const ProjectNight& project,
                      const ReadBackSettings& settings);

}  // namespace plugin::delivery
