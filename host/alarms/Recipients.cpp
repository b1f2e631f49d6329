#include "host/alarms/Recipients.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

namespace host::alarms {
namespace {

using Poco::Data::Session;
using namespace Poco::Data::Keywords;

std::string secretName(const std::string& organization) {
    return "host/" + organization + "/alarms/webhook";
}

std::vector<std::string> unjoined(const std::string& text) {
    std::vector<std::string> all;
    for (auto part : common::split(text, '\n'))
        if (!part.empty()) all.emplace_back(part);
    return all;
}

Recipients read(Session& session, const std::string& organization) {
    Recipients found;
    std::string key = organization;
    std::string mails;
    Poco::Data::Statement select(session);
    select << "SELECT mails, webhook, version FROM alarm_recipients WHERE organization = ?", use(key), into(mails),
        into(found.webhook), into(found.version);
    if (select.execute() == 0) return {};
    found.mails = unjoined(mails);
    return found;
}

}  // namespace

RecipientStore::RecipientStore(sdk::Database& database, sdk::Secrets& secrets)
    : database_(database), secrets_(secrets) {}

Recipients RecipientStore::of(const std::string& organization) {
    Recipients found;
    database_.read([&](Session& session) { found = read(session, organization); });
    return found;
}

Recipients RecipientStore::replace(const std::string& organization, const Recipients& wanted,
                                   const std::optional<sdk::SecretString>& secret,
                                   std::optional<std::int64_t> version) {
    Recipients after = wanted;
    database_.write([&](Session& session) {
        const Recipients before = read(session, organization);
        if (version && *version != before.version)
            throw sdk::AppError(412, "changed",
                                "The recipients were changed meanwhile; look at them, and send your change with the "
                                "new ETag.");
        after.version = before.version + 1;
        std::string key = organization;
        std::string mails = fmt::format("{}", fmt::join(after.mails, "\n"));
        session << "INSERT INTO alarm_recipients (organization, mails, webhook, version) VALUES (?, ?, ?, ?)"
                   " ON CONFLICT (organization) DO UPDATE SET mails = excluded.mails, webhook = excluded.webhook,"
                   " version = excluded.version",
            use(key), use(mails), use(after.webhook), use(after.version), now;
    });
    // Behind the row, since a wrong version must not touch it. Between the two calls are unsigned, or signed as before.
    if (after.webhook.empty() || (secret && secret->empty()))
        secrets_.erase(secretName(organization));
    else if (secret)
        secrets_.put(secretName(organization), *secret);
    return after;
}

std::optional<sdk::SecretString> RecipientStore::secretOf(const std::string& organization) {
    return secrets_.get(secretName(organization));
}

std::vector<Target> RecipientStore::targetsOf(const std::string& organization, const Recipients& recipients) {
    std::vector<Target> all;
    for (const auto& mail : recipients.mails) all.push_back({organization, Channel::Mail, mail});
    if (!recipients.webhook.empty()) all.push_back({organization, Channel::Webhook, recipients.webhook});
    return all;
}

std::vector<Target> RecipientStore::targets() {
    std::vector<std::string> organizations;
    std::vector<std::string> mails;
    std::vector<std::string> webhooks;
    database_.read([&](Session& session) {
        session << "SELECT organization, mails, webhook FROM alarm_recipients ORDER BY organization",
            into(organizations), into(mails), into(webhooks), now;
    });
    std::vector<Target> all;
    for (std::size_t i = 0; i < organizations.size(); ++i)
        for (auto& target : targetsOf(organizations[i], {unjoined(mails[i]), webhooks[i], 0}))
            all.push_back(std::move(target));
    return all;
}

}  // namespace host::alarms
