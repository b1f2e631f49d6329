#include "host/app/Wiring.h"

#include "host/accounts/AccountStore.h"
#include "host/accounts/AccountsApi.h"
#include "host/accounts/OrganizationStore.h"
#include "host/accounts/OrganizationsApi.h"
#include "host/accounts/ParticipationRules.h"
#include "host/alarms/AlarmRoom.h"
#include "host/alarms/AlarmStore.h"
#include "host/app/HostSchema.h"
#include "host/app/StatusApi.h"
#include "host/app/Version.h"
#include "host/base/BaseConfig.h"
#include "host/base/HealthChecks.h"
#include "host/base/JournalApi.h"
#include "host/base/JournalChain.h"
#include "host/base/JournalStore.h"
#include "host/base/Metrics.h"
#include "host/base/SealedSecrets.h"
#include "host/base/SystemClock.h"
#include "host/base/outbound/HttpPool.h"
#include "host/connections/ConnectionTexts.h"
#include "host/connections/ConnectionsApi.h"
#include "host/connectors/brought/BroughtRoom.h"
#include "host/connectors/http/HttpKind.h"
#include "host/connectors/http/WebTexts.h"
#include "host/connectors/odata/ODataKind.h"
#include "host/connectors/sql/SqlKind.h"
#include "host/connectors/sql/SqlTexts.h"
#include "host/http/Dispatcher.h"
#include "host/http/HttpServer.h"
#include "host/http/OpenApi.h"
#include "host/http/RouterImpl.h"
#include "host/mail/OrganizationMail.h"
#include "host/modules/ModulesApi.h"
#include "host/records/FileStore.h"
#include "host/records/NamedRecords.h"
#include "host/records/RecordMigrations.h"
#include "host/records/RecordStore.h"
#include "host/records/RecordsApi.h"
#include "host/schedule/JobScheduler.h"
#include "host/schedule/JobsApi.h"
#include "host/schedule/ScheduleConfig.h"
#include "host/sources/ImportsApi.h"
#include "host/store/DatabaseLock.h"
#include "host/store/Installation.h"
#include "host/web/PageRegistry.h"
#include "host/web/WebPages.h"
#include "host/xapi/XapiRoom.h"

namespace host::app {

base::Config loadConfig(const std::filesystem::path& file, const std::vector<std::string>& options) {
    return base::Config::load(configKeys(), {file, base::ConfigSources::processEnvironment(), options});
}

void prepareModules(modules::ModuleHost& modules, base::Config& config) {
    modules.load();
    for (const auto& reason : modules.refusalsOfRequired()) config.addProblem("modules.required", reason, "");
    const auto errors = modules.configure([&](const std::string& name) { return config.moduleConfig(name); });
    for (const auto& error : errors) config.addProblem(error.pointer, error.reason, error.fix);
}

namespace {

/// Learners' works are the records' room; the folder of a module is given by ModuleServices.
class HostFiles : public sdk::Files {
public:
    HostFiles(const records::FileStore& store, std::filesystem::path folder)
        : store_(store), folder_(std::move(folder)) {}
    std::unique_ptr<std::istream> open(const std::string& organization, const std::string& sha256) override {
        return store_.open(organization, sha256);
    }
    std::filesystem::path moduleFolder() override { return folder_; }

private:
    const records::FileStore& store_;
    std::filesystem::path folder_;
};

using Registrations = std::vector<sdk::Registration>;

void append(Registrations& all, Registrations more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string urlOf(const http::HttpServer& server, const std::string& address) {
    const bool six = address.find(':') != std::string::npos;
    return fmt::format("{}://{}:{}", server.secure() ? "https" : "http", six ? "[" + address + "]" : address,
                       server.port());
}

}  // namespace

/// Members stand in the order they are made; what comes later uses what came before.
struct Server::Rooms {
    Rooms(base::Config& c, ServerSettings s, sdk::Logger& l)
        : config(c), settings(std::move(s)), log(l), modules(settings.modules, log) {}

    void openDatabase();
    void openServices();
    void openConnections();
    void startModules();
    ServerAddresses listen();
    std::vector<std::pair<std::string, std::string>> deadModules() const;

    base::Config& config;
    ServerSettings settings;
    sdk::Logger& log;

    base::SystemClock clock;
    base::MetricsRegistry metrics;
    base::HealthChecks health;
    Readiness readiness;

    std::unique_ptr<store::DatabaseLock> lock;
    std::unique_ptr<store::SqliteDatabase> database;
    std::string installationId;
    std::unique_ptr<base::SecretKey> secretKey;
    std::unique_ptr<base::SealedSecrets> secrets;
    base::HouseLogger journalLog{"lmsd"};
    std::unique_ptr<base::JournalStore> journal;
    base::HouseLogger alarmsLog{"alarms"};
    std::unique_ptr<alarms::AlarmStore> alarms;

    base::HouseLogger httpLog{"http"};
    http::RouterImpl router;
    http::RouterImpl statusRouter;
    web::PageRegistry pages;
    accounts::ParticipationRules participation;
    Registrations registrations;

    std::unique_ptr<accounts::AccountStore> accounts;
    std::unique_ptr<accounts::OrganizationStore> organizations;
    base::HouseLogger scheduleLog{"schedule"};
    std::unique_ptr<schedule::JobScheduler> scheduler;
    bool runsLeft = false;  ///< a run did not end in time
    std::unique_ptr<records::FileStore> fileStore;
    std::unique_ptr<HostFiles> files;
    std::unique_ptr<records::RecordStore> records;
    std::unique_ptr<records::NamedRecords> recordNames;
    std::unique_ptr<records::RecordsApi> recordsApi;
    std::unique_ptr<sources::MappingLibrary> mappings;
    std::unique_ptr<sources::ImportsApi> importsApi;
    base::HouseLogger connectionsLog{"connections"};
    connections::SourceRegistry sourceKinds;
    std::vector<sdk::Registration> ownKinds;
    std::unique_ptr<connections::ConnectionStore> connectionStore;
    std::unique_ptr<connections::RunStore> connectionRunStore;
    std::unique_ptr<connections::CheckStore> connectionChecks;
    std::unique_ptr<connections::SourceSets> sourceSets;
    std::unique_ptr<connections::ConnectionRuns> connectionRuns;
    std::unique_ptr<connections::ConnectionsApi> connectionsApi;
    base::HouseLogger xapiLog{"xapi"};
    std::unique_ptr<xapi::XapiRoom> xapi;
    std::unique_ptr<connectors::BroughtRoom> brought;
    std::unique_ptr<base::HttpPool> outbound;
    base::HouseLogger mailLog{"mail"};
    std::unique_ptr<mail::Mailer> mailer;
    std::unique_ptr<mail::OrganizationMail> organizationMail;

    modules::ModuleHost modules;
    std::unique_ptr<modules::HostParts> parts;
    std::unique_ptr<alarms::AlarmRoom> alarmRoom;

    std::unique_ptr<http::Dispatcher> dispatcher;
    std::unique_ptr<http::Dispatcher> statusDispatcher;
    std::unique_ptr<http::HttpServer> server;
    std::unique_ptr<http::HttpServer> statusServer;
};

void Server::Rooms::openDatabase() {
    std::filesystem::create_directories(settings.database.path.parent_path());
    lock = std::make_unique<store::DatabaseLock>(settings.database.path);
    database = std::make_unique<store::SqliteDatabase>(settings.database, clock);
    migrateHost(*database);
    installationId = store::installationId(*database, clock);
    secretKey = std::make_unique<base::SecretKey>(base::SecretKey::open(*database, base::secretKeyPath(config)));
    secrets = std::make_unique<base::SealedSecrets>(*database, *secretKey, clock);
    secrets->verify();
    journal = std::make_unique<base::JournalStore>(*database, clock);
    alarms = std::make_unique<alarms::AlarmStore>(*database, clock, alarmsLog);
    registrations.push_back(health.add("database", [this] {
        database->read([](Poco::Data::Session&) {});
        return sdk::HealthStatus{};
    }));
    registrations.push_back(metrics.onCollect([this](sdk::Metrics& out) {
        const auto now = database->statistics();
        out.set("database_reads", static_cast<double>(now.reads));
        out.set("database_writes", static_cast<double>(now.writes));
        out.set("database_writes_repeated", static_cast<double>(now.writesRepeated));
        out.set("database_waits_expired", static_cast<double>(now.waitsExpired));
    }));
}

void Server::Rooms::openServices() {
    // Of the checks' details the world outside is told nothing.
    registrations.push_back(registerReadyApi(router, readiness));
    registrations.push_back(registerReadyApi(statusRouter, readiness));
    registrations.push_back(registerHealthApi(statusRouter, health));
    registrations.push_back(registerMetricsApi(statusRouter, metrics));
    append(registrations, base::registerJournalApi(router, *journal));
    append(registrations, web::registerWebPages(router));
    registrations.push_back(web::registerPagesApi(router, pages));
    registrations.push_back(http::registerOpenApi(router, kVersion));
    registrations.push_back(http::registerServerApi(router, kVersion));

    accounts = std::make_unique<accounts::AccountStore>(*database, clock);
    organizations = std::make_unique<accounts::OrganizationStore>(*database, clock);
    append(registrations, accounts::registerAccountsApi(router, *accounts, *journal, {settings.secureCookie}));
    append(registrations, accounts::registerOrganizationsApi(router, *organizations, participation, *journal));
    auto scheduling = schedule::schedulerOptions(config);
    scheduling.metrics = &metrics;
    scheduler = std::make_unique<schedule::JobScheduler>(*database, clock, scheduleLog, scheduling);
    append(registrations, schedule::registerJobsApi(router, *scheduler, *journal));
    registrations.push_back(scheduler->cron(
        {"host.housekeeping", "Removes sessions that have expired, logs the journal's head", "17 3 * * *", "UTC"},
        [this](sdk::TaskContext&) {
            accounts->removeExpired();
            // The log goes elsewhere: what it says can't be hashed anew with the journal.
            const auto head = journal->head();
            journalLog.always("journal", {{"row", std::to_string(head.lastId)}, {"hash", head.hash}});
        }));

    fileStore = std::make_unique<records::FileStore>(settings.filesFolder, settings.filesQuota);
    files = std::make_unique<HostFiles>(*fileStore, settings.modulesFolder);
    records = std::make_unique<records::RecordStore>(*database, clock);
    recordNames = std::make_unique<records::NamedRecords>(*database);
    recordsApi = std::make_unique<records::RecordsApi>(router, *records, *fileStore, *organizations, *journal);
    mappings = std::make_unique<sources::MappingLibrary>(settings.mappingsFolder);
    importsApi =
        std::make_unique<sources::ImportsApi>(router, *records, *mappings, *database, *organizations, *journal, clock,
                                              sources::ImportsApiSettings{.folder = settings.importsFolder});
    settings.outbound.metrics = &metrics;
    outbound = std::make_unique<base::HttpPool>(settings.outbound);
    mailer = std::make_unique<mail::Mailer>(settings.alarms.mail);
    organizationMail =
        std::make_unique<mail::OrganizationMail>(*mailer, settings.organizationSenders, *organizations, clock, mailLog,
                                                 installationId, mail::OrganizationMail::Limits{});
    alarmRoom.reset(new alarms::AlarmRoom(
        {*alarms, *database, *secrets, *mailer, *outbound, router, *organizations, *journal, *scheduler, metrics,
         health, clock, alarmsLog, installationId, settings.database.path.parent_path(), settings.dataFolder,
         [this] { return deadModules(); }},
        settings.alarms));
}

/// Kinds of source of the host itself are added here; modules add theirs when they start.
void Server::Rooms::openConnections() {
    for (const auto* more :
         {&connectors::sql::sqlPhrases(), &connectors::webPhrases(), &connectors::webServicePhrases()})
        connections::addSourcePhrases(*more);
    const std::shared_ptr<connectors::WebTools> web(
        new connectors::WebTools{*outbound, clock, connectors::WebTools::realPause()});
    ownKinds.push_back(sourceKinds.add(std::make_shared<connectors::sql::SqlKind>(settings.sql)));
    ownKinds.push_back(sourceKinds.add(std::make_shared<connectors::HttpKind>(web)));
    ownKinds.push_back(sourceKinds.add(std::make_shared<connectors::ODataKind>(web)));
    connectionStore = std::make_unique<connections::ConnectionStore>(*database, clock);
    connectionRunStore = std::make_unique<connections::RunStore>(*database);
    connectionChecks = std::make_unique<connections::CheckStore>(*database, clock);
    sourceSets = std::make_unique<connections::SourceSets>(settings.setsFolder);
    connectionRuns.reset(new connections::ConnectionRuns({*database, *fileStore, clock, *secrets, sourceKinds,
                                                          *connectionStore, *connectionRunStore, *scheduler, *alarms,
                                                          metrics, connectionsLog, *journal, settings.connectionLogs}));
    connectionsApi.reset(new connections::ConnectionsApi(
        router, {*connectionStore, *connectionRunStore, *connectionChecks, *connectionRuns, sourceKinds, *sourceSets,
                 *secrets, *organizations, *journal, clock}));
    xapi.reset(new xapi::XapiRoom(
        {*database, *fileStore, *organizations, *journal, *scheduler, router, clock, xapiLog, settings.xapiRules}));
    brought.reset(new connectors::BroughtRoom(
        router, {*connectionStore, *connectionRunStore, *connectionRuns, sourceKinds, *database, *secrets,
                 *organizations, *journal, *alarms, connectionsLog, clock, kVersion, settings.brought}));
}

/// Those that are listed and neither run nor are on their way down.
std::vector<std::pair<std::string, std::string>> Server::Rooms::deadModules() const {
    std::vector<std::pair<std::string, std::string>> dead;
    for (const auto& module : modules.list())
        if (module.state == modules::ModuleState::Refused || module.state == modules::ModuleState::Failed)
            dead.emplace_back(module.name, module.reason);
    return dead;
}

void Server::Rooms::startModules() {
    registrations.push_back(modules::registerModulesApi(router, modules));
    parts.reset(new modules::HostParts{
        router,
        *scheduler,
        *database,
        *records,
        *organizations,
        *files,
        *secrets,
        *outbound,
        *journal,
        metrics,
        health,
        *alarms,
        pages,
        *organizationMail,
        participation,
        *recordNames,
        sourceKinds,
        clock,
        installationId,
        settings.modulesFolder,
        [this](const std::string& owner, const std::vector<sdk::Migration>& steps) { database->migrate(owner, steps); },
        [](const std::string& name) {
            return std::make_unique<base::HouseLogger>(name, sdk::LogFields{{"module", name}});
        }});
    modules.start(*parts);
}

ServerAddresses Server::Rooms::listen() {
    statusDispatcher =
        std::make_unique<http::Dispatcher>(statusRouter, nullptr, httpLog, http::Dispatcher::Options{false, 0});
    statusServer = std::make_unique<http::HttpServer>(settings.health, *statusDispatcher, httpLog);
    statusServer->start();
    dispatcher = std::make_unique<http::Dispatcher>(router, accounts.get(), httpLog,
                                                    http::Dispatcher::Options{settings.http.accessLog,
                                                                              settings.http.maxStreams,
                                                                              settings.http.behindProxy,
                                                                              settings.http.corsOrigins,
                                                                              {xapi->door()}});
    server = std::make_unique<http::HttpServer>(settings.http, *dispatcher, httpLog);
    server->start();
    registrations.push_back(metrics.onCollect([this](sdk::Metrics& out) { server->publish(out); }));
    return {urlOf(*server, settings.http.address), urlOf(*statusServer, settings.health.address)};
}

Server::Server(base::Config& config, ServerSettings settings, sdk::Logger& log)
    : rooms_(std::make_unique<Rooms>(config, std::move(settings), log)) {}

Server::~Server() {
    if (isStuck()) static_cast<void>(rooms_.release());
}

ServerAddresses Server::start() {
    prepareModules(rooms_->modules, rooms_->config);
    rooms_->config.throwIfWrong();
    rooms_->openDatabase();
    rooms_->openServices();
    rooms_->openConnections();
    rooms_->startModules();
    auto addresses = rooms_->listen();
    rooms_->connectionRuns->start();
    rooms_->brought->start();
    rooms_->scheduler->start();
    rooms_->alarmRoom->start();
    const auto loaded = rooms_->modules.list();
    const bool complete = std::all_of(loaded.begin(), loaded.end(), [](const modules::ModuleStatus& module) {
        return !module.required || module.state == modules::ModuleState::Started;
    });
    if (!complete) rooms_->log.error("a required module failed to start: the server runs and is not ready", {});
    rooms_->readiness.set(complete);
    return addresses;
}

void Server::stop() noexcept {
    Rooms& r = *rooms_;
    const auto deadline = std::chrono::steady_clock::now() + r.settings.stopDeadline;
    auto left = [&] {
        return std::max(std::chrono::milliseconds(0), std::chrono::duration_cast<std::chrono::milliseconds>(
                                                          deadline - std::chrono::steady_clock::now()));
    };
    r.readiness.set(false);
    if (r.alarmRoom) r.alarmRoom->stopTests();
    if (r.organizationMail) r.organizationMail->stop();
    {
        // Side by side, so that runs and requests in flight have the whole time each.
        std::jthread runs([&r, deadline] {
            if (r.brought) r.brought->stop();
            const bool routesLeft = r.connectionRuns && !r.connectionRuns->stop(deadline);
            if (r.scheduler) r.runsLeft = !r.scheduler->stop(deadline);
            r.runsLeft = r.runsLeft || routesLeft;
        });
        if (r.server) r.server->stop(left());
    }
    r.modules.stop();
    if (r.alarmRoom) r.alarmRoom->stop();
    if (r.statusServer) r.statusServer->stop(std::chrono::milliseconds(1000));
    if (!isStuck()) r.registrations.clear();
}

bool Server::isStuck() const noexcept {
    return rooms_ && (rooms_->runsLeft || rooms_->modules.isAnyStuck());
}

}  // namespace host::app
