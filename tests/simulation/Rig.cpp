#include "tests/simulation/Rig.h"

#include "tests/support/TempDir.h"

#include <stdexcept>

namespace tests::simulation {

using plugin::footprint::ProfileSet;

namespace {

/// The project's profile as it is, and with the policy that cancels by itself.
const ProfileSet& profiles() {
    static const ProfileSet loaded = [] {
        const auto replace = [](std::string& text, const std::string& what, const std::string& with, std::size_t from) {
            const auto at = text.find(what, from);
            if (at == std::string::npos) throw std::runtime_error("the profile has no '" + what + "' any more");
            text.replace(at, what.size(), with);
        };
        TempDir folder;
        auto text = TempDir::read(std::filesystem::path(LMSD_SOURCE_DIR) / "config/profiles/bas.json");
        folder.write("bas.json", text);
        replace(text, R"("value": "hold")", R"("value": "cancel-and-resend")", text.find("\"corrections\""));
        // Without a storage there is no letter to name.
        replace(text, "{sent.letter}", "{sent.letter?}", 0);
        folder.write("bas-resend.json", text);
        return ProfileSet::load(folder.path());
    }();
    return loaded;
}

}  // namespace

Rig::Rig(std::uint64_t seed, std::set<std::string> without, int organizations)
    : fate(seed * 2 + 1),
      faults(seed * 2, std::move(without)),
      world(fate, clock, story, organizations),
      oracle(world, story),
      database(real, process, faults),
      http(world, oracle, process, faults, clock, story),
      host(database),
      records(world),
      waiter(clock, process) {
    for (const auto& org : world.organizations) host.organizations_.add(org.organization);
    host.organizations_.projects_ = world.projects;
}

plugin::delivery::NightParts Rig::parts() {
    return {.records = records,
            .organizations = host.organizations_,
            .database = database,
            .files = host.files_,
            .http = http,
            .clock = clock,
            .logger = host.logger_,
            .metrics = host.metrics_,
            .alarms = host.alarms_,
            .profiles = profiles(),
            .integrations = world,
            .outbox = outbox,
            .destinations = destinations,
            .corrections = corrections,
            .runs = runs,
            .artifacts = artifacts,
            .readiness = readiness,
            .templates = templates,
            .waiter = waiter,
            .installationId = host.installationId_,
            .exportsFolder = host.files_.moduleFolder() / "exports",
            .crashPoint = [this](std::string_view step) {
                process.mustLive();
                if (faults.strikes("crash.at-step", 4)) process.die("at " + std::string(step));
            }};
}

void Rig::start() {
    end();
    process.restart();
    runs.interruptLeftOver();
    nights = std::make_unique<plugin::delivery::NightlyRun>(parts(), settings);
}

void Rig::end() {
    nights.reset();
}

plugin::delivery::NightReport Rig::night(const plugin::delivery::NightArguments& arguments, std::stop_token stop) {
    return nights->run(arguments, "schedule", "", "run", std::move(stop));
}

plugin::delivery::NightReport Rig::followUp(std::stop_token stop) {
    return plugin::delivery::FollowUp(parts(), settings.breaker, *nights).run("run", std::move(stop));
}

}  // namespace tests::simulation
