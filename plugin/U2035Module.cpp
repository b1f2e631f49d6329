#include "plugin/U2035Module.h"

#include "common/Rfc3339.h"
#include "plugin/api/ArtifactsApi.h"
#include "plugin/api/CheckRunner.h"
#include "plugin/api/CorrectionsApi.h"
#include "plugin/api/DestinationsApi.h"
#include "plugin/api/ExportsApi.h"
#include "plugin/api/HandoverApi.h"
#include "plugin/api/JournalTexts.h"
#include "plugin/api/MatchApi.h"
#include "plugin/api/PackageApi.h"
#include "plugin/api/PreviewApi.h"
#include "plugin/api/ProfilesApi.h"
#include "plugin/api/QuarantineApi.h"
#include "plugin/api/ReadinessApi.h"
#include "plugin/api/ReceiptsApi.h"
#include "plugin/api/RecordWayApi.h"
#include "plugin/api/ReflectionsApi.h"
#include "plugin/api/ResendApi.h"
#include "plugin/api/RunsApi.h"
#include "plugin/api/RussianTexts.h"
#include "plugin/api/SsoApi.h"
#include "plugin/api/SsoPages.h"
#include "plugin/api/StatementsApi.h"
#include "plugin/api/StoresApi.h"
#include "plugin/api/TablesApi.h"
#include "plugin/api/UnsendableApi.h"
#include "plugin/api/UntiIdsApi.h"
#include "plugin/api/WizardApi.h"
#include "plugin/delivery/FollowUp.h"
#include "plugin/delivery/ReadinessWiring.h"
#include "plugin/store/ArtifactStore.h"
#include "plugin/store/IntegrationStore.h"
#include "plugin/store/ModuleMigrations.h"
#include "plugin/web/ModulePages.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

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

std::function<std::optional<integration::ProjectFacts>(const host::sdk::Project&)> factsLookup(
    const footprint::ProfileSet& profiles) {
    return [&profiles](const host::sdk::Project& project) -> std::optional<integration::ProjectFacts> {
        const auto* profile = profiles.find(project.profile);
        if (profile == nullptr) return std::nullopt;
        return factsOf(project, *profile);
    };
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
          router(s.router()),
          journal(s.journal()),
          exports(s.files().moduleFolder() / "exports"),
          streams(changes, s.clock()),
          integrations(s.database(), s.secrets(), s.clock()),
          stores(s.database()),
          outbox(s.database(), s.clock()),
          destinations(s.database(), s.clock()),
          corrections(s.database(), s.clock()),
          runs(s.database(), s.clock()),
          artifacts(s.database(), s.clock()),
          reflections(s.database(), s.clock()),
          reflectionSettings(settings.night.reflections),
          readiness(s.database()),
          templates(s.database(), s.clock()),
          night(nightParts(s, settings, profiles), settings.night),
          followUp(nightParts(s, settings, profiles), settings.night.breaker, night),
          letterStore(s.database(), s.clock()),
          ssoStore(s.database(), s.clock()),
          checks({s.outboundHttp(), s.scheduler(), s.secrets(), journal, s.logger(), s.clock(), integrations}),
          wizard({router, s.organizations(), s.records(), journal, s.clock(), integrations, stores, checks, letters,
                  streams, s.mail(), letterStore, ssoStore},
                 {factsLookup(profiles), settings.replaceKeys, settings.night.storage}),
          packages(s.database(), s.clock()),
          packageRunner({s.records(), s.organizations(), s.files(), s.outboundHttp(), s.clock(), s.logger(), profiles,
                         integrations, packages, waiter, settings.night.backoff},
                        s.scheduler()),
          packageApi({router, s.organizations(), s.records(), s.secrets(), journal, integrations, packages,
                      packageRunner, s.installationId(), factsLookup(profiles)}),
          runsApi(runs, s.scheduler(), journal, streams,
                  [this](const auto& arguments, const auto& who) { return night.hand(arguments, who); }),
          destinationsApi(destinations, outbox, integrations),
          readings(s.database(), s.clock()),
          statementsApi(outbox, readings, s.recordNames()),
          unsendableApi(runs, corrections, s.recordNames()),
          correctionsApi(corrections, s.records(), s.recordNames(), journal),
          uploads(s.database(), s.clock()),
          exportsApi(runs, uploads, journal, s.clock(), exports),
          artifactsApi(artifacts, s.recordNames()),
          untiImports(s.database(), s.clock()),
          untiIdsApi(untiImports, s.records(), journal),
          matches(s.database(), s.clock()),
          matchApi(matches, untiImports, s.records(), journal, s.files().moduleFolder() / "scratch"),
          ssoJoining(ssoStore, s.records(), journal),
          ssoApi({ssoStore, s.records(), s.recordNames(), s.secrets(), journal, s.clock(), ssoJoining}),
          ssoPages({ssoStore, s.records(), s.organizations(), s.secrets(), s.outboundHttp(), s.logger(), s.clock(),
                    ssoJoining, settings.ssoTimeout}),
          reflectionsApi(reflections, s.records(), s.recordNames(), journal),
          xapiFiles(s.database(), s.clock()),
          handoverApi(runs, xapiFiles, journal, s.installationId()),
          preview{s.records(), s.organizations(), s.database(), s.clock(), profiles, integrations, s.installationId()},
          previewApi(preview),
          profilesApi(preview, settings.profiles),
          storesApi(stores, checks, journal),
          resendApi(preview, runs, runsApi, journal),
          readinessApi(readiness, s.records()),
          tablesApi({s.organizations(), journal, profiles, templates}),
          quarantine(s.database(), s.clock()),
          ways(s.database()),
          quarantineApi({quarantine, outbox, ways, integrations, s.records(), s.recordNames(), journal}),
          recordWayApi(ways, reflections, integrations, s.records(), readings),
          receipts(s.database()),
          receiptsApi(receipts) {}

    delivery::NightParts nightParts(host::sdk::HostServices& s, const ModuleSettings& settings,
                                    const footprint::ProfileSet& profiles) {
        return {.records = s.records(),
                .organizations = s.organizations(),
                .database = s.database(),
                .files = s.files(),
                .http = s.outboundHttp(),
                .clock = s.clock(),
                .logger = s.logger(),
                .metrics = s.metrics(),
                .alarms = s.alarms(),
                .profiles = profiles,
                .integrations = integrations,
                .outbox = outbox,
                .destinations = destinations,
                .corrections = corrections,
                .runs = runs,
                .artifacts = artifacts,
                .reflections = &reflections,
                .readiness = readiness,
                .templates = templates,
                .waiter = waiter,
                .installationId = s.installationId(),
                .exportsFolder = exports,
                .tableLimits = settings.tableLimits,
                .readinessSources =
                    delivery::readinessSources(reflections, artifacts, integrations, settings.night.storage)};
    }

    void runNight(host::sdk::TaskContext& context) {
        auto arguments = delivery::NightArguments::fromJob(context.arguments());
        services.logger().info("A night began", {{"run", context.runId()}, {"trigger", context.trigger()}});
        auto report = night.run(arguments, context.trigger(), context.requestedBy(), context.runId(), context.stop());
        tell(context, report);
    }

    void runFollowUp(host::sdk::TaskContext& context) { tell(context, followUp.run(context.runId(), context.stop())); }

    static void tell(host::sdk::TaskContext& context, const delivery::NightReport& report) {
        context.count("organizations", report.organizations);
        for (const auto& [name, value] : report.counts) context.count(name, value);
        if (!report.failed.empty())
            throw AppError(500, "night.failed",
                           fmt::format("The night failed for: {}", fmt::join(report.failed, "; ")));
    }

    host::sdk::HealthStatus health() {
        auto last = runs.lastFinished();
        auto resting = destinations.list("").size();
        return {true, fmt::format("last night: {}; resting destinations: {}",
                                  last ? common::Rfc3339::utc(*last) : "none yet", resting)};
    }

    void serve(std::vector<host::sdk::Registration> more) {
        std::move(more.begin(), more.end(), std::back_inserter(routes));
    }

    /// A dictionary that is not there stops nothing: only the check that needs it is left out.
    host::sdk::HealthStatus reflectionsHealth() {
        auto missing = delivery::missingDictionaries(reflectionSettings);
        if (missing.empty()) return {true, "dictionaries: all there"};
        return {true, fmt::format("without a dictionary, words are not looked up: {}", fmt::join(missing, ", "))};
    }

    void open(const ModuleSettings& settings, const footprint::ProfileSet& profiles) {
        runs.onChange(
            [this](std::int64_t run) { run == 0 ? changes.ringAll() : changes.ring(api::RunsApi::topicOf(run)); });
        integrations.onCheckChange([this](const auto& check) { changes.ring(api::WizardApi::topicOf(check)); });
        runs.interruptLeftOver();
        letterStore.doubtLeftOver();
        quarantine.groupOlder();
        wizard.registerRoutes();
        packageApi.registerRoutes();
        serve(runsApi.addTo(router));
        serve(destinationsApi.addTo(router));
        serve(statementsApi.addTo(router));
        serve(unsendableApi.addTo(router));
        serve(correctionsApi.addTo(router));
        serve(exportsApi.addTo(router));
        serve(artifactsApi.addTo(router));
        serve(untiIdsApi.addTo(router));
        serve(matchApi.addTo(router));
        serve(ssoApi.addTo(router));
        serve(ssoPages.addTo(router));
        serve(reflectionsApi.addTo(router));
        serve(handoverApi.addTo(router));
        serve(previewApi.addTo(router));
        serve(profilesApi.addTo(router));
        serve(storesApi.addTo(router));
        serve(resendApi.addTo(router));
        serve(readinessApi.addTo(router));
        serve(tablesApi.addTo(router));
        serve(quarantineApi.addTo(router));
        serve(recordWayApi.addTo(router));
        serve(receiptsApi.addTo(router));
        serve(web::registerPages(services.pages(), router));
        for (const auto& profile : profiles.all())
            if (const auto& rule = profile->participation)
                routes.push_back(services.participation().add({profile->name, rule->flag, rule->title, rule->tariffs}));
        healthCheck = services.health().add("delivery", [this] { return health(); });
        reflectionsCheck = services.health().add("reflections", [this] { return reflectionsHealth(); });
        job = services.scheduler().cron({.name = api::kNightlyJob,
                                         .title = "Ночная передача цифрового следа в Университет 20.35",
                                         .expression = settings.schedule,
                                         .timeZone = settings.timeZone},
                                        [this](host::sdk::TaskContext& context) { runNight(context); });
        followUpJob = services.scheduler().cron({.name = api::kFollowUpJob,
                                                 .title = "Между ночами: досылка того, что не ушло",
                                                 .expression = settings.followUp,
                                                 .timeZone = settings.timeZone},
                                                [this](host::sdk::TaskContext& context) { runFollowUp(context); });
    }

    host::sdk::HostServices& services;
    api::RussianRouter router;
    api::WordedJournal journal;
    std::filesystem::path exports;
    api::Changes changes;
    api::StateStreams streams;
    store::IntegrationStore integrations;
    store::StoreRegistry stores;
    store::OutboxStore outbox;
    store::DestinationStore destinations;
    store::CorrectionStore corrections;
    store::RunStore runs;
    store::ArtifactStore artifacts;
    store::ReflectionStore reflections;
    delivery::ReflectionSettings reflectionSettings;
    store::ReadinessStore readiness;
    store::TableTemplateStore templates;
    delivery::ThreadWaiter waiter;
    delivery::NightlyRun night;
    delivery::FollowUp followUp;
    store::LetterStore letterStore;
    store::SsoStore ssoStore;
    api::CheckRunner checks;
    api::WizardApi wizard;
    store::PackageStore packages;
    api::PackageRunner packageRunner;
    api::PackageApi packageApi;
    api::RunsApi runsApi;
    api::DestinationsApi destinationsApi;
    store::ReadingStore readings;
    api::StatementsApi statementsApi;
    api::UnsendableApi unsendableApi;
    api::CorrectionsApi correctionsApi;
    store::UploadStore uploads;
    api::ExportsApi exportsApi;
    api::ArtifactsApi artifactsApi;
    store::UntiImportStore untiImports;
    api::UntiIdsApi untiIdsApi;
    store::MatchStore matches;
    api::MatchApi matchApi;
    api::SsoJoining ssoJoining;
    api::SsoApi ssoApi;
    api::SsoPages ssoPages;
    api::ReflectionsApi reflectionsApi;
    store::XapiFileStore xapiFiles;
    api::HandoverApi handoverApi;
    delivery::PreviewParts preview;
    api::PreviewApi previewApi;
    api::ProfilesApi profilesApi;
    api::StoresApi storesApi;
    api::ResendApi resendApi;
    api::ReadinessApi readinessApi;
    api::TablesApi tablesApi;
    store::QuarantineStore quarantine;
    store::RecordWayStore ways;
    api::QuarantineApi quarantineApi;
    api::RecordWayApi recordWayApi;
    store::ReceiptStore receipts;
    api::ReceiptsApi receiptsApi;
    std::vector<host::sdk::Registration> routes;
    host::sdk::Registration healthCheck, reflectionsCheck;
    host::sdk::Registration job, followUpJob;
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
    services.database().migrate(store::moduleMigrations());
    rooms_ = std::make_unique<Rooms>(services, settings_, *profiles_, *letters_);
    rooms_->open(settings_, *profiles_);
}

void U2035Module::stop(std::chrono::steady_clock::time_point) noexcept {
    rooms_.reset();
}

}  // namespace plugin

HOST_MODULE("u2035", "0.1.0", plugin::U2035Module)
