#pragma once
/// Before a night's planning: the reflections of the flows in scope are checked, the verdicts kept for people, and the
/// planner gets a look-up of what may go.
///
/// A copy is looked for among all flows of the programme, whatever this night covers. Texts are streamed twice and
/// never kept (once to compare, once for the fragments of the evidence); see reflections::Corpus for the memory.

#include "plugin/delivery/Night.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/store/ReflectionStore.h"

#include <filesystem>
#include <string>
#include <vector>

namespace plugin::delivery {

/// Where hunspell's dictionaries are, without ".aff" and ".dic". An empty English one: none is used.
struct ReflectionSettings {
    std::filesystem::path russian = "/usr/share/hunspell/ru_RU";
    std::filesystem::path english = "/usr/share/hunspell/en_US";
};

/// Which of them can't be read, for the health check; empty when all are there.
std::vector<std::string> missingDictionaries(const ReflectionSettings& settings);

/// Counts `reflections.checked`, `.flagged`, `.borderline`, `.held` and, near their flow's end,
/// `reflectionsHeldNearEnd` with a warning in the log. A dry run checks and counts but keeps no verdicts. The look-up
/// owns what it needs; asked of a reflection or revision that was not checked it holds (or marks, as the policy is):
/// nothing goes unseen.
footprint::ReflectionVerdictLookup checkReflections(const NightParts& parts, store::ReflectionStore& store,
                                                    const ReflectionSettings& settings, Night& night,
                                                    const ProjectNight& project);

}  // namespace plugin::delivery
