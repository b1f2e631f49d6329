#pragma once
/// A server around the engine: its database, network and clock are the simulated ones, its records and integrations the
/// world's. The one place that knows what a night is made of. Members stand in order of use.

#include "plugin/delivery/FollowUp.h"
#include "tests/simulation/CrashingDatabase.h"
#include "tests/simulation/CrashingHttp.h"
#include "tests/simulation/MemoryDatabase.h"

#include <cstdint>
#include <memory>
#include <set>
#include <string>

namespace tests::simulation {

/// A wait is over at once, and the clock says that it took its time.
class AdvancingWaiter : public plugin::delivery::Waiter {
public:
    AdvancingWaiter(FakeClock& clock, const Process& process) : clock_(clock), process_(process) {}
    void wait(std::chrono::milliseconds duration, std::stop_token) override {
        process_.mustLive();
        clock_.advance(duration);
    }

private:
    FakeClock& clock_;
    const Process& process_;
};

struct Rig {
    /// `organizations` 0: as many as the seed says.
    explicit Rig(std::uint64_t seed, std::set<std::string> without = {}, int organizations = 0);

    plugin::delivery::NightParts parts();
    /// The process begins, as the module does when it starts. \throws Crash, AppError
    void start();
    /// What of the process is in memory goes.
    void end();
    /// The nightly job: a night of every organization. \throws Crash
    plugin::delivery::NightReport night(const plugin::delivery::NightArguments& arguments, std::stop_token stop);
    /// The job between nights. \throws Crash
    plugin::delivery::NightReport followUp(std::stop_token stop);

    Fate fate;
    Faults faults;
    FakeClock clock;
    Story story;
    Process process;
    World world;
    Oracle oracle;
    MemoryDatabase real;  ///< what is on disk; for looking at it
    CrashingDatabase database;
    CrashingHttp http;
    FakeHostServices host;
    WorldRecords records;
    AdvancingWaiter waiter;
    plugin::store::OutboxStore outbox{database, clock};
    plugin::store::DestinationStore destinations{database, clock};
    plugin::store::CorrectionStore corrections{database, clock};
    plugin::store::RunStore runs{database, clock};
    plugin::store::ArtifactStore artifacts{database, clock};
    plugin::store::ReadinessStore readiness{database};
    plugin::store::TableTemplateStore templates{database, clock};
    plugin::delivery::NightSettings settings{.maxStatements = {},
                                             .maxBytes = {},
                                             .sessions = 1,
                                             .backoff = {},
                                             .storage = {},
                                             .patience = std::chrono::seconds(60),
                                             .organizationsAtOnce = 1};
    std::unique_ptr<plugin::delivery::NightlyRun> nights;  ///< while the process lives
};

}  // namespace tests::simulation
