#pragma once
/// Makes a kind of statement out of a statement that University 2035 shows as an example: values whose place the given
/// profiles know are proposed as placeholders, the rest is listed for a person to decide. Knows no IRI of its own:
/// everything it proposes stands in a profile. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace plugin::footprint {

/// A value that was replaced, and by what.
struct ProposedPlace {
    std::string pointer;
    std::string example;   ///< JSON, as pasted
    std::string proposal;  ///< JSON: "{learner.untiId}", {"$if": …}
    std::string like;      ///< "bas: learner.grade"
};

/// A value that stays as it was pasted and that no profile has at this place.
struct UnknownPlace {
    std::string pointer;
    std::string example;
    std::string note;
};

struct Suggestion {
    std::string kind;  ///< one entry of a profile's "statements", pretty JSON, to be edited
    std::string like;  ///< the known kind that it resembles most; empty: none
    std::vector<ProposedPlace> proposed;
    std::vector<UnknownPlace> unknown;
};

struct ProfileText {
    std::string name;
    std::string text;
};

/// `statement`: a JSON object, or an array whose first one is taken.
/// \throws AppError 422 "suggestion.not-a-statement".
Suggestion suggestKind(std::string_view statement, const std::vector<ProfileText>& profiles);

}  // namespace plugin::footprint
