#pragma once
/// lmsd's configuration as plain values: the keys of every room of the host in one list, read once.

#include "host/alarms/AlarmConfig.h"
#include "host/base/Config.h"
#include "host/base/outbound/HttpPool.h"
#include "host/connectors/brought/BroughtRoom.h"
#include "host/connectors/sql/SqlConfig.h"
#include "host/http/Settings.h"
#include "host/mail/MailConfig.h"
#include "host/modules/ModuleHost.h"
#include "host/store/SqliteDatabase.h"

#include <chrono>
#include <filesystem>
#include <vector>

namespace host::app {

struct ServerSettings {
    http::HttpSettings http;
    http::HttpSettings health;  ///< /health and /metrics: a listener and threads of its own
    bool secureCookie = false;  ///< people reach the server over TLS only: by itself, or by the proxy before it
    store::SqliteOptions database;
    base::HttpPoolSettings outbound;
    connectors::sql::SqlSettings sql;
    modules::ModulesSettings modules;
    alarms::AlarmSettings alarms;
    std::vector<mail::SenderRule> organizationSenders;
    std::filesystem::path dataFolder;      ///< what is not in the database lies in it
    std::filesystem::path filesFolder;     ///< learners' works
    std::uint64_t filesQuota = 0;          ///< bytes of one organization's; 0 for any
    std::filesystem::path importsFolder;   ///< error reports of imports
    std::filesystem::path mappingsFolder;  ///< how columns of CSV files become records
    std::filesystem::path setsFolder;      ///< ready-made sets of routes
    std::filesystem::path xapiRules;       ///< ready-made rules for statements
    connectors::BroughtSettings brought;   ///< what is sent to the server, and its watched folders
    std::filesystem::path connectionLogs;  ///< logs of the runs of routes
    std::filesystem::path modulesFolder;   ///< what modules write
    std::chrono::milliseconds stopDeadline{};
    bool coreDumps = false;
};

/// The keys of the whole server.
std::vector<base::ConfigKey> configKeys();

/// What can't be read as it should is added to the problems of `config`.
ServerSettings readSettings(base::Config& config);

}  // namespace host::app
