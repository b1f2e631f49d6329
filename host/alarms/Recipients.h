#pragma once
/// Whom an organization has told of its alarms: mail addresses and a webhook. The webhook's secret lies among the
/// sealed secrets. Thread-safe; database and secrets must outlive it.

#include "host/alarms/Messages.h"
#include "host/sdk/Secrets.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host::alarms {

struct Recipients {
    std::vector<std::string> mails;
    std::string webhook;       ///< https address; empty: none
    std::int64_t version = 0;  ///< 0: never set
};

class RecipientStore {
public:
    RecipientStore(sdk::Database& database, sdk::Secrets& secrets);

    Recipients of(const std::string& organization);
    /// `secret`: nullopt keeps what there is, empty removes it; without a webhook there is none. AppError 412 "changed"
    /// when `version` is given and is not the current one.
    Recipients replace(const std::string& organization, const Recipients& wanted,
                       const std::optional<sdk::SecretString>& secret, std::optional<std::int64_t> version);
    std::optional<sdk::SecretString> secretOf(const std::string& organization);

    /// Of every organization.
    std::vector<Target> targets();
    static std::vector<Target> targetsOf(const std::string& organization, const Recipients& recipients);

private:
    sdk::Database& database_;
    sdk::Secrets& secrets_;
};

}  // namespace host::alarms
