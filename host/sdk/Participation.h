#pragma once
/// Whom a project is open to beyond the list of an organization's projects: a flag on the organization's edit page, offered
/// on some tariffs. A module tells the rule, the platform offers the flag and knows nothing of what it is for. Thread-safe.

#include <string>
#include <vector>

#include "host/sdk/Registration.h"

namespace host::sdk {
inline namespace abi1 {

struct ParticipationRule {
    std::string profile;               ///< of every project that uses this profile: Project::profile
    std::string flag;                  ///< one of Organization::participation: "bas"
    std::string title;                 ///< beside the flag: «Участник проекта Кадры для БАС»
    std::vector<std::string> tariffs;  ///< on which it is offered; empty: on any
};

class Participation {
public:
    virtual ~Participation() = default;

    /// In force until the handle goes. AppError 409 "participation.taken" when the profile has a rule, 500
    /// "participation.invalid" naming the field that a rule can't have.
    [[nodiscard]] virtual Registration add(const ParticipationRule& rule) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
