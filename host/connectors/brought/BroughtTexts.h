#pragma once
/// What this room says of errors, in Russian.

#include "common/Phrases.h"

namespace host::connectors {

const common::Phrasebook::Phrases& broughtPhrases();

}  // namespace host::connectors
