#pragma once
/// What a list of records without a counterpart is narrowed to, by a query or a body. Pure functions.

#include "common/JsonReader.h"
#include "plugin/api/MatchApi.h"

#include <string>
#include <vector>

namespace plugin::api {

struct Narrowing {
    std::string q;
    std::string reason;    ///< of the first suggestion; "none": without one
    std::string sureness;  ///< "sure", "likely" or "check"
    bool rejected = false;
};

/// \throws AppError 400 naming the parameter.
Narrowing narrowingOf(const host::sdk::Request& request);
/// The same of a body's object; what is wrong is collected there.
Narrowing narrowingOf(common::JsonReader& in);

void narrow(const Narrowing& narrowing, std::vector<MatchApi::Lacking>& all);

/// What many at once may take of a record: its one suggestion when nothing else fits on either side and it isn't an
/// e-mail, which is nobody's proof; else nullptr. As the page's `bulkOf` (plugin/web/src/matching/suggest.ts).
const identities::Suggestion* takenAtOnce(const MatchApi::Lacking& one);

}  // namespace plugin::api
