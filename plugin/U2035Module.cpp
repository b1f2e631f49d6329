#include "plugin/U2035Module.h"

#include "common/Rfc3339.h"
#include "plugin/api/CheckRunner.h"
#include "plugin/api/ExportsApi.h"
#include "plugin/api/RunsApi.h"
#include "plugin/api/StatementsApi.h"
#include "plugin/api/TablesApi.h"
#include "plugin/api/UnsendableApi.h"
#include "plugin/api/WizardApi.h"
#include "plugin/store/DeliveryMigrations.h"
#include "plugin/store/IntegrationMigrations.h"
#include "plugin/store/IntegrationStore.h"
#include "plugin/store/Migrations.h"
#include "plugin/store/TableTemplateMigrations.h"

#include <fmt/format.h>

#include <fstream>

namespace plugin {

using host::sdk::AppError;
using host::sdk::FieldError;

namespace {

integration::S3Requirement requirementOf(footprint::StorageNeed need) {
    switch (need) {
        case footprint::StorageNeed::Required:
            return integration::S3Requirement::Required;
        case footprint::StorageNeed::None:
            return integration::S3Requirement::None;
        case footprint::StorageNeed::Optional:
            break;
    }
    return integration::S3Requirement::Optional;
}

integration::ProjectFacts factsOf(const host::sdk::Project& project, const footprint::Profile& profile) {
    integration::ProjectFacts facts;
    facts.project = project.id;
    facts.title = project.title.empty() ? profile.title : project.title;
    facts.profile = profile.name;
    facts.testEndpoint = profile.testEndpoint;
    facts.productionEndpoint = profile.productionEndpoint.value_or("");
    facts.s3 = requirementOf(profile.storage);
    facts.guidPointer = profile.guidPointer;
    if (auto letter = profile.letters.find("production-access"); letter != profile.letters.end())
        facts.guidInProductionLetter = letter->second.guid;
    facts.defaultChannel = toString(profile.policies.channel);
    if (profile.participation) {
        facts.participationFlag = profile.participation->flag;
        facts.participationTitle = profile.participation->title;
        facts.participationTariffs = profile.participation->tariffs;
    }
    return facts;
}

std::map<std::string, std::string> readLetters(const std::filesystem::path& directory,
                                               std::vector<FieldError>& errors) {
    std::map<std::string, std::string> templates;
    std::error_code unknown;
    if (!std::filesystem::is_directory(directory, unknown)) {
        errors.push_back({"letters_directory", fmt::format("'{}' is no folder", directory.string()),
                          "Point it to the folder with the module's letters."});
        return templates;
    }
    for (const auto& kind : integration::Letters::kinds()) {
        std::ifstream in(directory / (kind + ".mustache"), std::ios::binary);
        if (!in) {
            errors.push_back({"letters_directory", fmt::format("has no readable letter '{}.mustache'", kind),
                              "Point it to the folder with the module's letters."});
            continue;
        }
        templates[kind] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return templates;
}

void addErrors(const AppError& error, const std::string& key, std::vector<FieldError>& errors) {
    if (error.errors().empty()) errors.push_back({key, error.what(), ""});
    for (const auto& one : error.errors()) errors.push_back({key + " (" + one.pointer + ")", one.reason, one.fix});
}

}  // namespace

/// Everything that lives from start to stop, in order of use: what stands later uses what stands before.
struct U2035Module::Rooms {
    Rooms(host::sdk::HostServices& s, const ModuleSettings& settings, const footprint::ProfileSet& profiles,
          const integration::Letters& letters)
        : services(s),
          exports(s.files().moduleFolder() / "exports"),
          integrations(s.database(), s.secrets(), s.clock()),
          outbox(s.database(), s.clock()),
          runs(s.database(), s.clock()),
          templates(s.database(), s.clock()),
          night({.records = s.records(),
                 .organizations = s.organizations(),
                 .database = s.database(),
                 .files = s.files(),
                 .http = s.outboundHttp(),
                 .clock = s.clock(),
                 .logger = s.logger(),
                 .metrics = s.metrics(),
                 .profiles = profiles,
                 .integrations = integrations,
                 .outbox = outbox,
                 .runs = runs,
                 .templates = templates,
                 .waiter = waiter,
                 .installationId = s.installationId(),
                 .exportsFolder = exports,
                 .tableLimits = settings.tableLimits},
                settings.night),
          checks({s.outboundHttp(), s.scheduler(), s.secrets(), s.journal(), s.logger(), s.clock(), integrations}),
          wizard({s.router(), s.organizations(), s.records(), s.journal(), s.clock(), integrations, checks, letters},
                 {[&profiles](const host::sdk::Project& project) -> std::optional<integration::ProjectFacts> {
                      const auto* profile = profiles.find(project.profile);
                      if (profile == nullptr) return std::nullopt;
                      return factsOf(project, *profile);
                  },
                  settings.replaceKeys}),
          runsApi(runs, s.scheduler(), s.journal()),
          statementsApi(outbox),
          unsendableApi(runs, s.records()),
          exportsApi(runs, s.journal(), s.clock(), exports),
          tablesApi({s.organizations(), s.journal(), profiles, templates}) {}

    void runNight(host::sdk::TaskContext& context) {
        auto arguments = delivery::NightArguments::fromJob(context.arguments());
        auto report = night.run(arguments, context.trigger(), context.requestedBy(), context.runId(), context.stop());
        context.count("organizations", report.organizations);
        for (const auto& [name, value] : report.counts) context.count(name, value);
        if (!report.failed.empty())
            throw AppError(500, "night.failed",
                           fmt::format("The night failed for: {}", fmt::join(report.failed, "; ")));
    }

    host::sdk::HealthStatus health() {
        auto last = runs.lastFinished();
        auto paused = outbox.pausedCount();
        return {true, fmt::format("last night: {}; paused destinations: {}",
                                  last ? common::Rfc3339::utc(*last) : "none yet", paused)};
    }

    void open(const ModuleSettings& settings) {
        runs.interruptLeftOver();
        wizard.registerRoutes();
        runsRoutes = runsApi.addTo(services.router());
        statementsRoutes = statementsApi.addTo(services.router());
        unsendableRoutes = unsendableApi.addTo(services.router());
        exportsRoutes = exportsApi.addTo(services.router());
        tablesRoutes = tablesApi.addTo(services.router());
        healthCheck = services.health().add("delivery", [this] { return health(); });
        job = services.scheduler().cron({.name = api::kNightlyJob,
                                         .title = "Ночная передача цифрового следа в Университет 2035",
                                         .expression = settings.schedule,
                                         .timeZone = settings.timeZone},
                                        [this](host::sdk::TaskContext& context) { runNight(context); });
    }

    host::sdk::HostServices& services;
    std::filesystem::path exports;
    store::IntegrationStore integrations;
    store::OutboxStore outbox;
    store::RunStore runs;
    store::TableTemplateStore templates;
    delivery::ThreadWaiter waiter;
    delivery::NightlyRun night;
    api::CheckRunner checks;
    api::WizardApi wizard;
    api::RunsApi runsApi;
    api::StatementsApi statementsApi;
    api::UnsendableApi unsendableApi;
    api::ExportsApi exportsApi;
    api::TablesApi tablesApi;
    std::vector<host::sdk::Registration> runsRoutes, statementsRoutes, unsendableRoutes, exportsRoutes, tablesRoutes;
    host::sdk::Registration healthCheck;
    host::sdk::Registration job;
};

U2035Module::U2035Module() = default;
U2035Module::~U2035Module() = default;

std::vector<FieldError> U2035Module::configure(const host::sdk::ModuleConfig& config) {
    std::vector<FieldError> errors;
    settings_ = ModuleSettings::parse(config, errors);
    try {
        profiles_ = footprint::ProfileSet::load(settings_.profiles);
    } catch (const AppError& error) {
        addErrors(error, "profiles_directory", errors);
    }
    auto templates = readLetters(settings_.letters, errors);
    if (templates.size() == integration::Letters::kinds().size()) {
        try {
            letters_.emplace(templates);
        } catch (const AppError& error) {
            addErrors(error, "letters_directory", errors);
        }
    }
    return errors;
}

void U2035Module::start(host::sdk::HostServices& services) {
    services.database().migrate(store::numbered(
        {store::integrationMigrations(), store::deliveryMigrations(), store::tableTemplateMigrations()}));
    rooms_ = std::make_unique<Rooms>(services, settings_, *profiles_, *letters_);
    rooms_->open(settings_);
}

void U2035Module::stop(std::chrono::steady_clock::time_point) noexcept {
    rooms_.reset();
}

}  // namespace plugin

HOST_MODULE("u2035", "0.1.0", plugin::U2035Module)
