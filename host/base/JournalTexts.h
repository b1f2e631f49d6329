#pragma once
/// What a row of the journal says in words. The host knows its own actions; a module gives the words with the row, as
/// the member "text": {"ru": …, "en": …} of its details, so that the row says later what it said on the day. Pure.

#include "host/sdk/Journal.h"

#include <string>

namespace host::base {

struct JournalWords {
    std::string text;     ///< empty: nobody said it in words
    std::string details;  ///< JSON object, without the words
};

JournalWords wordsOf(const sdk::JournalEntry& entry, bool russian);

}  // namespace host::base
