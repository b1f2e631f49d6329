#pragma once
/// What this room says of errors, in Russian; for the book of whoever shows them. Thread-safe.

#include "common/Phrases.h"

namespace host::connectors::sql {

const common::Phrasebook::Phrases& sqlPhrases();

}  // namespace host::connectors::sql
