#pragma once
/// The last step of a night: would University 2035 accept the learners, as far as this night has come.
///
/// It tells nobody anything and sends nothing; every flow is replaced as a whole or stays as it was.

#include "plugin/delivery/Night.h"

#include <vector>

namespace plugin::delivery {

/// Judges the project's flows. Those judged, and those that were not because the run was stopped, are added to `kept`.
void judgeReadiness(const NightParts& parts, Night& night, const ProjectNight& project,
                    std::vector<host::sdk::RecordId>& kept);

}  // namespace plugin::delivery
