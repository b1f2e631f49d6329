#include "host/alarms/AlarmConfig.h"

#include "host/mail/MailText.h"

#include <fmt/format.h>

#include <charconv>

namespace host::alarms {
namespace {

using base::ConfigType;
using mail::isMailAddress;
using mail::MailSettings;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 86'400'000;

MailSettings::Security securityOf(const std::string& text) {
    if (text == "tls") return MailSettings::Security::Tls;
    return text == "plain" ? MailSettings::Security::Plain : MailSettings::Security::StartTls;
}

void checkMail(base::Config& config, const AlarmSettings& settings) {
    for (const auto& address : settings.mailTo)
        if (!isMailAddress(address))
            config.addProblem("alarms.mail.to", fmt::format("has '{}', which is no mail address", address),
                              "write user@example.org, several between commas");
    if (settings.mail.host.empty()) {
        if (!settings.mailTo.empty())
            config.addProblem("alarms.mail.to", "is set without a mail server", "set alarms.mail.server as well");
        return;
    }
    if (!isMailAddress(settings.mail.from))
        config.addProblem("alarms.mail.from", "is no mail address", "write the sender, as in lmsd@example.org");
    if (!settings.mail.user.empty() && !config.isSet("alarms.mail.password"))
        config.addProblem("alarms.mail.password", "is not set, and alarms.mail.user is",
                          "name the file with the password: file:/etc/lmsd/mail.password");
}

bool isHttps(const std::string& url) {
    return url.starts_with("https://");
}

}  // namespace

std::vector<base::ConfigKey> alarmConfigKeys() {
    return {
        {"alarms.mail.server", ConfigType::Text, "", "mail server that alarms go through; none: no mail"},
        {"alarms.mail.port", ConfigType::Integer, "587", "its port: 587 with starttls, 465 with tls", false, 1, 65535},
        {"alarms.mail.security",
         ConfigType::Choice,
         "starttls",
         "starttls, tls from the first byte, or plain, which goes to this machine only",
         false,
         {},
         {},
         {"starttls", "tls", "plain"}},
        {"alarms.mail.user", ConfigType::Text, "", "user name for AUTH; none: no AUTH"},
        {"alarms.mail.password", ConfigType::Text, "", "password for AUTH: file:/path, env:NAME or credential:NAME",
         true},
        {"alarms.mail.from", ConfigType::Text, "", "sender of alarms"},
        {"alarms.mail.to", ConfigType::List, "", "who is told of every alarm of the server and its organizations"},
        {"alarms.webhook.url", ConfigType::Text, "", "https address that every alarm is posted to as JSON"},
        {"alarms.webhook.secret", ConfigType::Text, "",
         "key of the header X-Lmsd-Signature: file:/path, env:NAME or credential:NAME", true},
        {"alarms.job_overdue", ConfigType::Duration, "30m", "a job that has not begun this long after its time", false,
         kMinute, 7 * kDay},
        {"alarms.job_longest", ConfigType::Duration, "12h", "a run that goes on for longer", false, kMinute, 30 * kDay},
        {"alarms.disk_free", ConfigType::List, "5%, 1GB",
         "a disk is nearly full with less free: a share, a size, or both, of which the smaller counts"},
        {"alarms.heartbeat.job", ConfigType::Text, "", "job after whose good runs the address below is called"},
        {"alarms.heartbeat.url", ConfigType::Text, "",
         "https address of a service that raises the alarm when the calls stay away"},
        {"alarms.keep", ConfigType::Duration, "400d", "how long alarms that are over are kept", false, kDay},
    };
}

std::optional<DiskLimit> parseDiskLimit(const std::vector<std::string>& parts) {
    if (parts.empty() || parts.size() > 2) return std::nullopt;
    DiskLimit limit{100, UINT64_MAX};
    for (const std::string& part : parts) {
        if (part.ends_with('%')) {
            const char* end = part.data() + part.size() - 1;
            const auto [stop, error] = std::from_chars(part.data(), end, limit.percent);
            if (error != std::errc() || stop != end || !(limit.percent > 0 && limit.percent < 100)) return std::nullopt;
        } else {
            const auto bytes = base::parseBytes(part);
            if (!bytes || *bytes <= 0) return std::nullopt;
            limit.bytes = static_cast<std::uint64_t>(*bytes);
        }
    }
    return limit;
}

AlarmSettings alarmSettings(base::Config& config) {
    AlarmSettings settings;
    settings.mail.host = config.text("alarms.mail.server");
    settings.mail.port = static_cast<std::uint16_t>(config.integer("alarms.mail.port"));
    settings.mail.security = securityOf(config.text("alarms.mail.security"));
    settings.mail.user = config.text("alarms.mail.user");
    settings.mail.password = [&config] { return config.secret("alarms.mail.password"); };
    settings.mail.from = config.text("alarms.mail.from");
    settings.mail.caFile = config.path("outbound.ca_file").string();
    settings.mailTo = config.list("alarms.mail.to");
    settings.webhookUrl = config.text("alarms.webhook.url");
    settings.webhookSecret = [&config] { return config.secret("alarms.webhook.secret"); };
    settings.jobs = {config.duration("alarms.job_overdue"), config.duration("alarms.job_longest")};
    settings.heartbeat = {config.text("alarms.heartbeat.job"), config.text("alarms.heartbeat.url")};
    settings.keep = config.duration("alarms.keep");
    checkMail(config, settings);
    const bool anyHttp = config.boolean("outbound.allow_http");
    for (const char* key : {"alarms.webhook.url", "alarms.heartbeat.url"})
        if (const auto url = config.text(key);
            !url.empty() && !isHttps(url) && !(anyHttp && url.starts_with("http://")))
            config.addProblem(key, "is no https address", "write it whole, as in https://hooks.example.org/lmsd");
    if (settings.heartbeat.job.empty() != settings.heartbeat.url.empty())
        config.addProblem(settings.heartbeat.job.empty() ? "alarms.heartbeat.job" : "alarms.heartbeat.url",
                          "is not set, and the other of the two is", "set both, or none");
    if (const auto limit = parseDiskLimit(config.list("alarms.disk_free")))
        settings.disk = *limit;
    else
        config.addProblem("alarms.disk_free", "is neither a share nor a size", "write 5%, 1GB, or both: 5%, 1GB");
    return settings;
}

std::vector<Target> AlarmSettings::serverTargets() const {
    std::vector<Target> all;
    for (const auto& address : mailTo) all.push_back({"", Channel::Mail, address});
    if (!webhookUrl.empty()) all.push_back({"", Channel::Webhook, webhookUrl});
    return all;
}

}  // namespace host::alarms
