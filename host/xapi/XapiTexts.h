#pragma once
/// What this room says, in Russian, with what records and mappings say of their fields. Thread-safe.

#include "common/Phrases.h"
#include "host/sdk/Http.h"

namespace host::xapi {

const common::Phrasebook& xapiTexts();

/// A text in the language that was asked for.
std::string said(const sdk::Request& request, const std::string& english);

}  // namespace host::xapi
