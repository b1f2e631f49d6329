#pragma once
/// What the quarantine says to people: causes, verdicts and what will become of a row, in Russian or English. Pure.

#include "plugin/api/SourceRecords.h"
#include "plugin/store/QuarantineStore.h"

#include <string>
#include <string_view>
#include <vector>

namespace plugin::api {

/// One kind of cause, by refusalCause(): a short title, what it means, what to do.
struct CauseText {
    std::string title;
    std::string meaning;
    std::string fix;
};
/// Never fails: what is not known is told as "other".
CauseText causeText(std::string_view cause, bool russian);
/// All codes, for a filter's choices.
std::vector<std::string_view> causes();

/// What will become of the row, given how its record stands; empty: nothing by itself.
std::string outlook(const store::QuarantineRow& row, SourceState source, bool russian);

/// The sentence of a verdict on a row that a person asked about.
std::string verdictText(std::string_view verdict, bool russian);

}  // namespace plugin::api
