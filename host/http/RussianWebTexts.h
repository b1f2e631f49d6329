#pragma once
/// What the sources that speak HTTP say of errors, in Russian. Thread-safe.

#include "common/Phrases.h"

namespace host::http {

/// Of answers, paths and pages.
const common::Phrasebook::Phrases& webSourceTexts();
/// Of connections, settings and OData.
const common::Phrasebook::Phrases& webServiceTexts();

}  // namespace host::http
