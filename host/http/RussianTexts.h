#pragma once
/// What the host says of errors, for those who asked for Russian. Thread-safe.

#include "common/Phrases.h"

namespace host::http {

const common::Phrasebook& russianTexts();

}  // namespace host::http
