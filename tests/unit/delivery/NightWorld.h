#pragma once
/// One organization with the sample flow, a real database, a simulated LRS and the real night between them.

#include "host/sdk/Error.h"
#include "plugin/delivery/NightlyRun.h"
#include "plugin/footprint/SampleFlow.h"
#include "tests/support/FakeHost.h"
#include "tests/support/SimulatedLrs.h"
#include "tests/unit/delivery/Drafts.h"

namespace tests {

class FakeIntegrations : public plugin::store::Integrations {
public:
    std::vector<plugin::store::Destination> active(const std::string& organization) override {
        std::vector<plugin::store::Destination> out;
        for (const auto& one : active_)
            if (organization.empty() || one.organization == organization) out.push_back(one);
        return out;
    }
    bool isStillActive(const std::string&, const std::string&, const std::string&) override { return stillActive_; }
    plugin::store::Scope scope(const std::string&, const std::string&) override { return scope_; }

    std::vector<plugin::store::Destination> active_;
    bool stillActive_ = true;
    plugin::store::Scope scope_;
};

class InstantWaiter : public plugin::delivery::Waiter {
public:
    explicit InstantWaiter(FakeClock& clock) : clock_(clock) {}
    void wait(std::chrono::milliseconds duration, std::stop_token) override { clock_.advance(duration); }

private:
    FakeClock& clock_;
};

struct Crash : std::runtime_error {
    Crash() : std::runtime_error("crash") {}
};

struct NightWorld {
    NightWorld() {
        // Files need a storage; what goes with one is tested where there is one.
        for (auto& element : sample.structure.elements) element.fileIds.clear();
        for (auto& result : sample.results)
            if (result.elementId != 46) result.fileIds.clear();
        host.clock_.set(sample.now);
        db.clock.set(sample.now);
        add(sample.organization);
        host.organizations_.projects_ = {sample.project};
        host.records_.programmes_ = {sample.structure.programme};
        host.records_.flows_ = {sample.structure.flow};
        host.records_.structures_ = {sample.structure};
        host.records_.learners_ = sample.learners;
        for (const auto& learner : sample.learners) {
            host::sdk::Enrollment enrollment;
            enrollment.id = learner.id;
            enrollment.learnerId = learner.id;
            enrollment.flowId = sample.structure.flow.id;
            host.records_.enrollments_.push_back(enrollment);
        }
        host.records_.results_ = sample.results;
        host.records_.views_ = sample.views;
        host.records_.openings_ = sample.openings;
        host.records_.reflections_ = sample.reflections;
    }

    void add(const host::sdk::Organization& organization) { host.organizations_.add(organization); }

    /// Completes the wizard, so to say.
    void connect(const std::string& endpoint = "https://lrs.example.org/data/xAPI",
                 const std::string& basic = "a2V5OnNlY3JldA==") {
        plugin::store::Destination destination;
        destination.organization = sample.organization.id;
        destination.project = sample.project.id;
        destination.storeId = "11111111-1111-4111-8111-111111111111";
        destination.endpoint = endpoint;
        destination.basicToken = host::sdk::SecretString(basic);
        integrations.active_ = {destination};
    }

    plugin::delivery::NightParts parts() {
        return {.records = host.records_,
                .organizations = host.organizations_,
                .database = db.database,
                .files = host.files_,
                .http = *http,
                .clock = db.clock,
                .logger = host.logger_,
                .metrics = host.metrics_,
                .alarms = host.alarms_,
                .profiles = profiles,
                .integrations = integrations,
                .outbox = outbox,
                .destinations = destinations,
                .corrections = corrections,
                .runs = runs,
                .artifacts = artifacts,
                .readiness = readiness,
                .templates = templates,
                .waiter = waiter,
                .installationId = sample.installationId,
                .exportsFolder = host.files_.moduleFolder() / "exports",
                .readinessSources = readinessSources,
                .crashPoint = [this](std::string_view step) {
                    if (atStep) atStep(step);
                    if (step == crashAt) throw Crash();
                }};
    }
    plugin::delivery::NightlyRun night() { return plugin::delivery::NightlyRun(parts(), settings); }

    plugin::delivery::NightReport run(plugin::delivery::NightArguments arguments = {}) {
        return night().run(arguments, "schedule", "", "host-run", stop.get_token());
    }

    std::int64_t inState(const std::string& state) {
        return db.number("SELECT COUNT(*) FROM u2035_outbox WHERE state = '" + state + "'");
    }
    plugin::store::RunRow lastRun() { return runs.list(sample.organization.id, 0, 1).at(0); }

    OutboxDatabase db;
    FakeHostServices host{db.database};
    plugin::footprint::SampleFlow sample = plugin::footprint::SampleFlow::make();
    plugin::footprint::ProfileSet profiles =
        plugin::footprint::ProfileSet::load(std::filesystem::path(LMSD_SOURCE_DIR) / "config/profiles");
    FakeIntegrations integrations;
    plugin::store::OutboxStore outbox{db, db.clock};
    plugin::store::DestinationStore destinations{db, db.clock};
    plugin::store::CorrectionStore corrections{db, db.clock};
    plugin::store::RunStore runs{db, db.clock};
    plugin::store::ArtifactStore artifacts{db, db.clock};
    plugin::store::ReadinessStore readiness{db};
    plugin::delivery::ReadinessSources readinessSources;
    plugin::store::TableTemplateStore templates{db, db.clock};
    SimulatedLrs lrs;
    host::sdk::OutboundHttp* http = &lrs;  ///< or a real one
    InstantWaiter waiter{db.clock};
    plugin::delivery::NightSettings settings{.maxStatements = {},
                                             .maxBytes = {},
                                             .sessions = 1,
                                             .backoff = {},
                                             .storage = {},
                                             .patience = std::chrono::seconds(60),
                                             .organizationsAtOnce = 1,
                                             .readBack = {.mode = plugin::delivery::ReadBackSettings::Mode::None}};
    std::string crashAt;
    std::function<void(std::string_view)> atStep;  ///< looks at the world in the middle of a night
    std::stop_source stop;
};

}  // namespace tests
