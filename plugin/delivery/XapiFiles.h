#pragma once
/// A step of a night that is asked for: a project's statements as prepared xAPI files, byte for byte what delivery
/// sends (seed 003, the second way of handing the footprint over).
///
/// For an active LRS integration they are rows of its outbox; without one the flows that don't go by tables are planned
/// into the files' store first. See store/XapiFileStore.h for what becomes of a row that stands in a file.

#include "plugin/delivery/Night.h"
#include "plugin/delivery/XapiFileSet.h"

namespace plugin::delivery {

/// The module's limits with what the run asks for instead.
XapiFileLimits limitsOf(const NightArguments& arguments, XapiFileLimits configured);

/// What one store of the project knows is made known to the other: what was handed over by files is accepted for an
/// LRS, what an LRS has accepted is accepted for the files. Called before planning; tells of what nobody decided.
void shareKnown(const NightParts& parts, Night& night, const ProjectNight& project);

struct WrittenXapi {
    int files = 0;
    std::int64_t statements = 0;
};

/// Writes exports/ORG/RUN/PROJECT/xapi/, whole or not at all; nothing when there is nothing to hand over.
WrittenXapi writeXapiFiles(const NightParts& parts, Night& night, const ProjectNight& project, XapiFileLimits limits);

}  // namespace plugin::delivery
