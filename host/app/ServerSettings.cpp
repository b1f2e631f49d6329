#include "host/app/ServerSettings.h"

#include "host/base/BaseConfig.h"
#include "host/connections/SourceSets.h"
#include "host/schedule/ScheduleConfig.h"
#include "host/sources/CsvMapping.h"
#include "host/store/StoreConfig.h"
#include "host/xapi/RuleSet.h"

namespace host::app {

namespace {

using base::Config;
using base::ConfigKey;
using base::ConfigType;

constexpr const char* kXapiRules = "/usr/share/lmsd/xapi";
constexpr const char* kMappings = "/usr/share/lmsd/mappings";
constexpr const char* kSets = "/usr/share/lmsd/sources";
constexpr std::int64_t kHour = 3'600'000;

std::vector<ConfigKey> httpKeys() {
    return {
        {"http.address", ConfigType::Text, "127.0.0.1", "address to listen on; others than loopback need TLS"},
        {"http.port", ConfigType::Integer, "8080", "port to listen on; 0 takes a free one", false, 0, 65535},
        {"http.allow_plain_remote", ConfigType::Boolean, "false", "plain HTTP on other addresses than loopback"},
        {"http.certificate_file", ConfigType::Path, "", "certificate with its chain, PEM; TLS when set"},
        {"http.private_key_file", ConfigType::Path, "", "private key of the certificate, PEM"},
        {"http.threads", ConfigType::Integer, "16", "requests answered at once", false, 1, 1024},
        {"http.max_streams", ConfigType::Integer, "6", "server-sent event streams at once", false, 0, 1023},
        {"http.max_connections", ConfigType::Integer, "4096", "connections in all", false, 1, 1'000'000},
        {"http.max_connections_per_address", ConfigType::Integer, "512", "connections of one client address", false, 1,
         1'000'000},
        {"http.head_timeout", ConfigType::Duration, "10s", "from a request's first byte to the end of its head", false,
         1, kHour},
        {"http.keep_alive_timeout", ConfigType::Duration, "15s", "an idle connection is closed after it", false, 1,
         kHour},
        {"http.body_timeout", ConfigType::Duration, "60s", "a body must have come whole within it", false, 1, kHour},
        {"http.stall_timeout", ConfigType::Duration, "15s", "a connection without a byte either way is closed", false,
         1, kHour},
        {"http.access_log", ConfigType::Boolean, "true", "a log line for every request"},
        {"http.cors_origins", ConfigType::List, "",
         "pages of these origins may ask with a bearer token, as in https://app.example.org; never with a cookie"},
        {"http.behind_tls_proxy", ConfigType::Boolean, "false",
         "a proxy on this machine speaks TLS: cookies go over TLS only, X-Forwarded-For names the client"},
        {"health.address", ConfigType::Text, "127.0.0.1", "address of /health and /metrics, plain HTTP"},
        {"health.port", ConfigType::Integer, "8081", "port of /health and /metrics; 0 takes a free one", false, 0,
         65535},
    };
}

std::vector<ConfigKey> serverKeys() {
    return {
        {"data.directory", ConfigType::Path, "", "files and exports; the folder of the database when not set"},
        {"records.mappings", ConfigType::Path, kMappings, "folder of the mappings of CSV imports"},
        {"sources.sets", ConfigType::Path, kSets, "folder of the ready-made sets of routes"},
        {"sources.xapi_rules", ConfigType::Path, kXapiRules, "folder of the ready-made rules for xAPI statements"},
        {"connections.folders", ConfigType::List, "",
         "folders in which each organization may have watched ones, in a folder of its id; absolute paths"},
        {"connections.folder_interval", ConfigType::Duration, "15s", "watched folders are looked at so often", false, 1,
         kHour},
        {"connections.max_upload", ConfigType::Bytes, "1GB", "a file that is uploaded to a route"},
        {"records.files_quota", ConfigType::Bytes, "0B", "how much one organization's files may take; 0B for any"},
        {"modules.directory", ConfigType::Path, "/usr/lib/lmsd/modules", "where modules are installed"},
        {"modules.load", ConfigType::List, "", "modules to load, in this order: u2035"},
        {"modules.required", ConfigType::List, "", "modules without which the server does not start"},
        {"modules.sha256", ConfigType::List, "",
         "files that may be loaded, as NAME:SHA256; others are loaded unchecked"},
        {"modules.stop_timeout", ConfigType::Duration, "10s", "a module that does not stop in time is given up", false,
         1, kHour},
        {"outbound.ca_file", ConfigType::Path, "", "certificate authorities to trust besides the system's, PEM"},
        {"outbound.connections_per_host", ConfigType::Integer, "16", "connections to one server at once", false, 1,
         256},
        {"outbound.allow_http", ConfigType::Boolean, "false", "addresses typed by people may be plain http"},
        {"outbound.allow_private_addresses", ConfigType::Boolean, "false",
         "addresses typed by people may lead to loopback and private networks"},
        {"server.stop_timeout", ConfigType::Duration, "30s", "runs and requests in flight may end within it", false, 1,
         kHour},
        {"server.core_dumps", ConfigType::Boolean, "false",
         "a crash may leave a core dump, and a debugger may attach: both show secrets in memory"},
    };
}

/// "http.port: why; what to do" of HttpSettings::errors, as a problem of that key.
void addHttpErrors(Config& config, const http::HttpSettings& settings) {
    for (const std::string& line : settings.errors()) {
        const auto colon = line.find(": ");
        const auto fix = line.find("; ");
        const bool split = fix != std::string::npos && fix > colon;
        config.addProblem(line.substr(0, colon), line.substr(colon + 2, split ? fix - colon - 2 : fix),
                          split ? line.substr(fix + 2) : "");
    }
}

http::HttpSettings readHttp(const Config& config) {
    http::HttpSettings http;
    http.address = config.text("http.address");
    http.port = static_cast<std::uint16_t>(config.integer("http.port"));
    http.allowPlainRemote = config.boolean("http.allow_plain_remote");
    http.certificateFile = config.path("http.certificate_file").string();
    http.privateKeyFile = config.path("http.private_key_file").string();
    http.threads = static_cast<unsigned>(config.integer("http.threads"));
    http.maxStreams = static_cast<unsigned>(config.integer("http.max_streams"));
    http.maxConnections = static_cast<std::size_t>(config.integer("http.max_connections"));
    http.maxConnectionsPerAddress = static_cast<std::size_t>(config.integer("http.max_connections_per_address"));
    http.headTimeout = config.duration("http.head_timeout");
    http.keepAliveTimeout = config.duration("http.keep_alive_timeout");
    http.bodyTimeout = config.duration("http.body_timeout");
    http.stallTimeout = config.duration("http.stall_timeout");
    http.accessLog = config.boolean("http.access_log");
    http.corsOrigins = config.list("http.cors_origins");
    return http;
}

http::HttpSettings readHealth(const Config& config) {
    http::HttpSettings health;
    health.address = config.text("health.address");
    health.port = static_cast<std::uint16_t>(config.integer("health.port"));
    health.allowPlainRemote = true;  // it shows states and counts only, and monitoring may stand elsewhere
    health.threads = 2;
    health.maxStreams = 0;
    health.maxConnections = 64;
    health.maxConnectionsPerAddress = 32;
    health.accessLog = false;
    return health;
}

/// Mappings are part of the configuration: all that is wrong with them is told with the rest, before anything starts.
void checkMappings(Config& config) {
    const auto folder = config.path("records.mappings");
    try {
        if (std::filesystem::is_directory(folder))
            sources::MappingLibrary{folder};
        else if (folder != kMappings)
            config.addProblem("records.mappings", fmt::format("'{}' is no folder", folder.string()),
                              "name the folder of the mappings, as in /usr/share/lmsd/mappings");
    } catch (const sdk::AppError& error) {
        if (error.errors().empty()) config.addProblem("records.mappings", error.what(), "correct the file");
        for (const auto& one : error.errors())
            config.addProblem("records.mappings", one.pointer + " " + one.reason, one.fix);
    }
}

/// So are the sets of routes.
void checkSets(Config& config) {
    const auto folder = config.path("sources.sets");
    try {
        if (std::filesystem::is_directory(folder))
            connections::SourceSets{folder};
        else if (folder != kSets)
            config.addProblem("sources.sets", fmt::format("'{}' is no folder", folder.string()),
                              "name the folder of the sets, as in /usr/share/lmsd/sources");
    } catch (const sdk::AppError& error) {
        for (const auto& one : error.errors())
            config.addProblem("sources.sets", one.pointer + " " + one.reason, one.fix);
    }
}

/// And the rules of xAPI.
void checkXapiRules(Config& config) {
    const auto folder = config.path("sources.xapi_rules");
    try {
        if (std::filesystem::is_directory(folder))
            xapi::RuleLibrary{folder};
        else if (folder != kXapiRules)
            config.addProblem("sources.xapi_rules", fmt::format("'{}' is no folder", folder.string()),
                              "name the folder of the rules, as in /usr/share/lmsd/xapi");
    } catch (const sdk::AppError& error) {
        for (const auto& one : error.errors())
            config.addProblem("sources.xapi_rules", one.pointer + " " + one.reason, one.fix);
    }
}

modules::ModulesSettings readModules(Config& config) {
    modules::ModulesSettings settings;
    settings.directory = config.path("modules.directory");
    settings.deadlines.stop = config.duration("modules.stop_timeout");
    for (const auto& name : config.list("modules.load")) {
        const bool twice = std::any_of(settings.modules.begin(), settings.modules.end(),
                                       [&](const auto& one) { return one.name == name; });
        if (twice)
            config.addProblem("modules.load", fmt::format("lists '{}' twice", name), "list it once");
        else
            settings.modules.push_back({name, false, std::nullopt});
    }
    std::vector<std::string> names;
    for (const auto& one : settings.modules) names.push_back(one.name);
    for (const auto& key : config.keysOfOtherModules(names))
        config.addProblem(key, "is a key of a module that 'modules.load' does not list",
                          "list the module there, or remove the key");
    auto request = [&](const char* key, const std::string& name) -> modules::ModuleRequest* {
        for (auto& one : settings.modules)
            if (one.name == name) return &one;
        config.addProblem(key, fmt::format("names '{}', which 'modules.load' does not list", name),
                          "add it there, or remove it here");
        return nullptr;
    };
    for (const auto& name : config.list("modules.required"))
        if (auto* module = request("modules.required", name)) module->required = true;
    for (const auto& entry : config.list("modules.sha256")) {
        const auto colon = entry.find(':');
        const std::string hex = colon == std::string::npos ? "" : entry.substr(colon + 1);
        const bool good = hex.size() == 64 && hex.find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!good)
            config.addProblem("modules.sha256", fmt::format("has '{}', which is not NAME:SHA256", entry),
                              "write the module's name, a colon and what 'sha256sum' prints for its file");
        else if (auto* module = request("modules.sha256", entry.substr(0, colon)))
            module->sha256 = hex;
    }
    return settings;
}

}  // namespace

std::vector<ConfigKey> configKeys() {
    std::vector<ConfigKey> all;
    for (auto keys : {base::baseConfigKeys(), schedule::scheduleConfigKeys(), httpKeys(), serverKeys(),
                      alarms::alarmConfigKeys(), mail::mailConfigKeys(), connectors::sql::sqlConfigKeys()})
        all.insert(all.end(), std::make_move_iterator(keys.begin()), std::make_move_iterator(keys.end()));
    return all;
}

ServerSettings readSettings(Config& config) {
    ServerSettings settings;
    settings.http = readHttp(config);
    settings.health = readHealth(config);
    settings.http.behindProxy = config.boolean("http.behind_tls_proxy");
    settings.secureCookie = settings.http.tls() || config.boolean("http.behind_tls_proxy");
    addHttpErrors(config, settings.http);
    settings.database = store::sqliteOptions(config);
    checkMappings(config);
    checkSets(config);
    checkXapiRules(config);
    settings.modules = readModules(config);
    settings.outbound.caFile = config.path("outbound.ca_file").string();
    settings.outbound.connectionsPerHost = static_cast<std::size_t>(config.integer("outbound.connections_per_host"));
    settings.outbound.guard.allowHttp = config.boolean("outbound.allow_http");
    settings.outbound.guard.allowPrivateAddresses = config.boolean("outbound.allow_private_addresses");
    settings.sql = connectors::sql::sqlSettings(config, settings.outbound.guard, settings.outbound.caFile);
    std::filesystem::path data = config.path("data.directory");
    if (data.empty()) data = settings.database.path.parent_path();
    settings.alarms = alarms::alarmSettings(config);
    settings.organizationSenders = mail::senderRules(config);
    settings.dataFolder = data;
    settings.mappingsFolder = config.path("records.mappings");
    settings.setsFolder = config.path("sources.sets");
    settings.xapiRules = config.path("sources.xapi_rules");
    settings.connectionLogs = data / "connections";
    settings.brought.uploads = data / "uploads";
    settings.brought.folderInterval = config.duration("connections.folder_interval");
    settings.brought.maxUpload = config.bytes("connections.max_upload");
    for (const auto& folder : config.list("connections.folders")) {
        if (std::filesystem::path(folder).is_absolute())
            settings.brought.folders.emplace_back(folder);
        else
            config.addProblem("connections.folders", fmt::format("has '{}', which is no absolute path", folder),
                              "begin it with /");
    }
    settings.importsFolder = data / "imports";
    settings.filesFolder = data / "files";
    settings.filesQuota = config.bytes("records.files_quota");
    settings.modulesFolder = data / "modules";
    settings.stopDeadline = config.duration("server.stop_timeout");
    settings.coreDumps = config.boolean("server.core_dumps");
    return settings;
}

}  // namespace host::app
