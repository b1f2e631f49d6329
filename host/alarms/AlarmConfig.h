#pragma once
/// The keys alarms.*.

#include "host/alarms/DiskWatch.h"
#include "host/alarms/Heartbeat.h"
#include "host/alarms/JobWatch.h"
#include "host/alarms/Messages.h"
#include "host/base/Config.h"
#include "host/mail/Mailer.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace host::alarms {

struct AlarmSettings {
    mail::MailSettings mail;
    std::vector<std::string> mailTo;  ///< told of every alarm
    std::string webhookUrl;
    std::function<std::optional<sdk::SecretString>()> webhookSecret;  ///< may throw AppError
    JobLimits jobs;
    DiskLimit disk;
    HeartbeatSettings heartbeat;
    std::chrono::milliseconds keep{};  ///< alarms that are over

    std::vector<Target> serverTargets() const;
};

std::vector<base::ConfigKey> alarmConfigKeys();

/// "5%, 1GB"; nullopt when it is neither.
std::optional<DiskLimit> parseDiskLimit(const std::vector<std::string>& parts);

/// What can't be read as it should is added to the problems of `config`, which must outlive what is returned.
AlarmSettings alarmSettings(base::Config& config);

}  // namespace host::alarms
