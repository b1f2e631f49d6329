#pragma once
/// What is told of connections, runs and rows, in Russian: diagnoses and trials. What is refused over HTTP is in the
/// book of that side.

#include "common/Phrases.h"

namespace host::connections {

/// What a kind of source says of its errors. When the server is put together, before anything is told: not
/// thread-safe, and later phrases are not heard.
void addSourcePhrases(const common::Phrasebook::Phrases& more);

/// Thread-safe.
const common::Phrasebook& connectionTexts();

}  // namespace host::connections
