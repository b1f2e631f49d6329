#pragma once
/// What the pages need to know of the fields that kinds over HTTP have in common, of "http" and of "odata". Pure.

#include "host/connections/KindFacts.h"

namespace host::connectors {

/// Of WebSettings::fields.
connections::FactsOfFields webFieldFacts();

}  // namespace host::connectors
