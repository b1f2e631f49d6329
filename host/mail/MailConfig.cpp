#include "host/mail/MailConfig.h"

#include "common/Text.h"
#include "host/mail/MailText.h"

#include <fmt/format.h>

namespace host::mail {
namespace {

constexpr const char* kSenders = "mail.organization_senders";

}  // namespace

bool SenderRule::allows(const std::string& asking, const std::string& sender) const {
    if (!organization.empty() && organization != asking) return false;
    const std::string lower = common::toLowerAscii(sender);
    // With the @ a domain is compared whole: example.org is neither mail.example.org nor notexample.org.
    return address.starts_with('@') ? lower.ends_with(address) : lower == address;
}

std::vector<base::ConfigKey> mailConfigKeys() {
    return {{kSenders, base::ConfigType::List, "",
             "corporate addresses that organizations may send letters as through alarms.mail.server: addresses or "
             "@domains, for one organization as ORGANIZATION:ADDRESS"}};
}

std::vector<SenderRule> senderRules(base::Config& config) {
    std::vector<SenderRule> rules;
    for (const auto& entry : config.list(kSenders)) {
        const auto colon = entry.find(':');
        SenderRule rule;
        if (colon != std::string::npos) rule.organization = entry.substr(0, colon);
        rule.address = common::toLowerAscii(entry.substr(colon == std::string::npos ? 0 : colon + 1));
        const bool domain = rule.address.starts_with('@') && isMailDomain(std::string_view(rule.address).substr(1));
        if (colon == 0 || !(domain || isMailAddress(rule.address)))
            config.addProblem(kSenders, fmt::format("has '{}', which is neither a mail address nor a domain", entry),
                              "write office@example.org, @example.org or ORGANIZATION:office@example.org");
        else
            rules.push_back(std::move(rule));
    }
    if (!rules.empty() && !config.isSet("alarms.mail.server"))
        config.addProblem(kSenders, "is set without a mail server", "set alarms.mail.server as well");
    return rules;
}

}  // namespace host::mail
