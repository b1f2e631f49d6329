#pragma once
/// What this room and the mappings say of errors, in Russian. Kinds of source add theirs (`SourceTexts`).

#include "common/Phrases.h"

namespace host::connections {

const common::Phrasebook& connectionTexts();

/// The phrases themselves, for the book of the whole HTTP side.
const common::Phrasebook::Phrases& connectionPhrases();

}  // namespace host::connections
