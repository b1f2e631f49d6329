#pragma once
/// What the sources that speak HTTP say of errors, in Russian. Thread-safe.

#include "common/Phrases.h"

namespace host::connectors {

/// Of answers, paths and pages.
const common::Phrasebook::Phrases& webPhrases();
/// Of connections, settings and OData.
const common::Phrasebook::Phrases& webServicePhrases();

}  // namespace host::connectors
