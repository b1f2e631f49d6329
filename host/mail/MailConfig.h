#pragma once
/// The keys mail.*: as whom an organization may send. The mail server itself is that of the alarms.

#include "host/base/Config.h"

#include <string>
#include <vector>

namespace host::mail {

/// An address or a domain that the mail server may send as, for every organization or for one.
struct SenderRule {
    std::string organization;  ///< empty: any
    std::string address;       ///< in lower case: "office@example.org", or "@example.org" for all of a domain

    bool allows(const std::string& asking, const std::string& sender) const;
};

std::vector<base::ConfigKey> mailConfigKeys();

/// What can't be read as it should is added to the problems of `config`.
std::vector<SenderRule> senderRules(base::Config& config);

}  // namespace host::mail
