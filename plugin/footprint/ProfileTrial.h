#pragma once
/// A changed profile tried before it serves: checked wholly, rendered on the sample flow. Pure; changes nothing.

#include "host/sdk/Error.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/footprint/Profile.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::footprint {

struct ProfileTrial {
    std::shared_ptr<const Profile> profile;  ///< null when there are errors
    std::vector<host::sdk::FieldError> errors;
    std::vector<std::string> warnings;       ///< Russian sentences
    std::vector<StatementDraft> statements;  ///< of the sample flow
    std::vector<Unsendable> unsendable;      ///< of the sample flow
};

/// `kind`: shows this kind's statements only; empty: every kind's.
ProfileTrial tryProfile(const std::string& fileName, std::string_view text, const std::string& kind = {});

/// The profile's text with one kind of statement put into its place: instead of the one of the same name, else behind
/// the others of its part (structure before learners). \throws AppError 422 when either is not such JSON.
struct ProfileWithKind {
    std::string text;
    std::string kind;  ///< its name
};
ProfileWithKind withKind(std::string_view profileText, std::string_view kindText);

}  // namespace plugin::footprint
