#pragma once
/// Step one of a night: what is due of a project's flows goes into the outbox, what can't go onto the list.

#include "plugin/delivery/Night.h"

namespace plugin::delivery {

/// Under which origin a project's planning lists what can't go: files have a list of their own.
const char* statementsOrigin(const ProjectNight& project);

/// Idempotent: ids are deterministic and the outbox keeps what it has, so a plan cut short is simply made again.
/// Streams page by page; memory doesn't grow with the number of results.
void planStatements(const NightParts& parts, Night& night, const ProjectNight& project,
                    const footprint::ReflectionVerdictLookup& verdicts = {});

/// Before the plan: cancellations that a person or the profile asks for go into the outbox alone, so that what they
/// cancel is planned anew once the store has accepted them. Returns how many there are.
std::int64_t planCancellations(const NightParts& parts, Night& night, const ProjectNight& project);

/// After sending: lists what the LRS refused, with a person's word where it was discarded, and what waits for a refused
/// statement of the methodist.
void listStuck(const NightParts& parts, Night& night, const ProjectNight& project);

}  // namespace plugin::delivery
