#include "tests/simulation/Simulation.h"

#include "common/Uuid.h"
#include "plugin/delivery/NightlyRun.h"
#include "tests/simulation/Exports.h"
#include "tests/simulation/MemoryDatabase.h"
#include "tests/support/TempDir.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <optional>

namespace tests::simulation {

using namespace Poco::Data::Keywords;
using plugin::delivery::NightArguments;
using plugin::footprint::ProfileSet;
using Poco::Data::Session;

namespace {

constexpr int kCalmNights = 10;  ///< a cancellation and what it sets free take a night each

/// The project's profile as it is, and with the policy that cancels by itself.
const ProfileSet& profiles() {
    static const ProfileSet loaded = [] {
        TempDir folder;
        const auto source = std::filesystem::path(LMSD_SOURCE_DIR) / "config/profiles/bas.json";
        auto text = TempDir::read(source);
        folder.write("bas.json", text);
        const std::string hold = R"("value": "hold",)";
        const auto at = text.find(hold, text.find("\"corrections\""));
        if (at == std::string::npos)
            throw std::runtime_error("the profile's policy of corrections is not where it was");
        text.replace(at, hold.size(), R"("value": "cancel-and-resend",)");
        // Without a storage there is no letter to name.
        const std::string letter = "{sent.letter}";
        text.insert(text.find(letter) + letter.size() - 1, "?");
        folder.write("bas-resend.json", text);
        return ProfileSet::load(folder.path());
    }();
    return loaded;
}

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

void run(Session& session, const char* sql) {
    session << sql, now;
}

/// What each plant does inside a transaction of the engine's.
std::function<void(Session&)> plantIn(Plant plant) {
    switch (plant) {
        case Plant::AcceptedBeforePost:
            return [](Session& s) { run(s, "UPDATE u2035_outbox SET state = 'accepted' WHERE state = 'sending'"); };
        case Plant::LostIsDelivered:
            return [](Session& s) {
                run(s, "UPDATE u2035_outbox SET state = 'accepted' WHERE state = 'in_doubt' AND next_at <> 0");
            };
        case Plant::InterruptedForgotten:
            return [](Session& s) {
                run(s, "UPDATE u2035_outbox SET state = 'sending' WHERE state = 'in_doubt' AND next_at = 0");
            };
        case Plant::InterruptedIsUnsent:
            return [](Session& s) {
                run(s, "UPDATE u2035_outbox SET state = 'waiting' WHERE state = 'in_doubt' AND next_at = 0");
            };
        case Plant::FreshBytesOnRetry:
            return [](Session& s) {
                run(s,
                    "UPDATE u2035_statement SET bytes = replace(bytes, '\"version\":\"1.0.3\"', "
                    "'\"version\":\"1.0.0\"')"
                    " WHERE seq IN (SELECT seq FROM u2035_outbox WHERE state = 'in_doubt')");
            };
        case Plant::DependenciesIgnored:
            return [](Session& s) { run(s, "UPDATE u2035_outbox SET depends_on = '' WHERE learner_id <> 0"); };
        case Plant::RefusedIsDelivered:
            return [](Session& s) { run(s, "UPDATE u2035_outbox SET state = 'accepted' WHERE state = 'quarantined'"); };
        default:
            return {};
    }
}

/// Under a new id what was sent before.
std::string renamed(std::string_view body, bool again) {
    std::string text(body);
    if (!again) return text;
    for (const auto& told : Told::parse(body)) {
        const auto at = text.find("\"id\":\"" + told.id);
        if (at != std::string::npos) text.replace(at + 6, told.id.size(), common::Uuid::v5(told.id, "again"));
    }
    return text;
}

class Run {
public:
    explicit Run(const Options& options)
        : options_(options),
          fate_(options.seed * 2 + 1),
          faults_(options.seed * 2, options.without),
          world_(fate_, clock_, story_),
          oracle_(world_, story_),
          database_(real_, process_, faults_),
          http_(world_, oracle_, process_, faults_, clock_, story_),
          host_(database_),
          records_(world_),
          waiter_(clock_, process_) {
        world_.disconnectsNow = [this] { return faults_.strikes("disconnect", 4); };
        database_.plant = plantIn(options.plant);
        if (options.plant == Plant::FreshIdOnRetry) http_.plant = renamed;
        http_.strict = options.sessions == 1;
        http_.onPost = [this] {
            if (faults_.strikes("stop", 4)) stop_.request_stop();
        };
        for (const auto& org : world_.organizations) host_.organizations_.add(org.organization);
        host_.organizations_.projects_ = world_.projects;
        settings_.sessions = options.sessions;
        settings_.maxStatements = static_cast<std::size_t>(fate_.between(2, 12));
        if (fate_.perMille(300)) settings_.maxBytes = static_cast<std::size_t>(fate_.between(1'500, 12'000));
        settings_.retryBudget = std::chrono::seconds(fate_.between(10, 400));
        settings_.keepExports = 2;
        manyChanges_ = fate_.perMille(500);
        writesTables_ = fate_.perMille(60);
        const auto drawn = static_cast<int>(fate_.between(1, 4));
        days_ = options.days > 0 ? options.days : drawn;
    }

    Outcome go() {
        try {
            for (int day = 0; day < days_ && oracle_.clean(); ++day) {
                if (day > 0) world_.live(manyChanges_);
                nights(fate_.perMille(250) ? 2 : 1);
                clock_.advance(std::chrono::minutes(fate_.between(12 * 60, 36 * 60)));
            }
            if (oracle_.clean()) calm();
        } catch (const std::exception& error) {
            oracle_.violation(std::string("an error ends the run: ") + error.what());
        }
        Outcome outcome;
        outcome.violations = oracle_.violations();
        if (!outcome.violations.empty()) outcome.story = story_.text(60);
        outcome.faults = faults_.counts();
        outcome.nights = nights_;
        outcome.crashes = crashes_;
        outcome.posts = http_.posts();
        outcome.days = days_;
        for (const auto& [name, store] : world_.locker.stores())
            outcome.statements += static_cast<std::int64_t>(store.statements.size());
        return outcome;
    }

private:
    plugin::delivery::NightParts parts() {
        return {.records = records_,
                .organizations = host_.organizations_,
                .database = database_,
                .files = host_.files_,
                .http = http_,
                .clock = clock_,
                .logger = host_.logger_,
                .metrics = host_.metrics_,
                .profiles = profiles(),
                .integrations = world_,
                .outbox = outbox_,
                .corrections = corrections_,
                .runs = runs_,
                .artifacts = artifacts_,
                .readiness = readiness_,
                .templates = templates_,
                .waiter = waiter_,
                .installationId = host_.installationId_,
                .exportsFolder = host_.files_.moduleFolder() / "exports",
                .crashPoint = [this](std::string_view step) {
                    process_.mustLive();
                    if (faults_.strikes("crash.at-step", 4)) process_.die("at " + std::string(step));
                }};
    }

    /// As the module does when it starts.
    void start() {
        process_.restart();
        runs_.interruptLeftOver();
    }

    /// Nights of one day, and what comes after a crash: the server starts again, at once or hours later.
    void nights(int count) {
        for (int i = 0; i < count && oracle_.clean(); ++i) {
            for (int tries = 0; !night() && tries < 4 && oracle_.clean(); ++tries) {
                if (fate_.perMille(500)) clock_.advance(std::chrono::minutes(fate_.between(1, 600)));
                if (fate_.perMille(150))
                    clock_.set(clock_.now() - fate_.between(1, 90) * 60'000'000);  // somebody sets it back
            }
            clock_.advance(std::chrono::minutes(fate_.between(1, 90)));
        }
    }

    /// False when the process died.
    bool night() {
        ++nights_;
        oracle_.beginStep(++step_);
        story_.tell(fmt::format("night {} begins, day {}", step_, clock_.now() / 86'400'000'000 - 20'000));
        http_.beginNight();
        stop_ = std::stop_source();
        bool alive = true;
        NightArguments arguments;
        arguments.tables = writesTables_;
        try {
            start();
            plugin::delivery::NightlyRun(parts(), settings_).run(arguments, "schedule", "", "run", stop_.get_token());
        } catch (const Crash& crash) {
            alive = false;
            ++crashes_;
            story_.tell("CRASH " + crash.where);
        } catch (const host::sdk::AppError& error) {
            story_.tell(std::string("the night ends with an error: ") + error.what());
        }
        if (!alive || database_.failures() > 0) oracle_.trouble();
        process_.restart();
        inspect(alive);
        return alive;
    }

    /// By the real database: nothing of the inspection may fail.
    void inspect(bool alive) {
        plugin::store::OutboxStore outbox(real_, clock_);
        plugin::store::RunStore runs(real_, clock_);
        oracle_.afterNight(outbox);
        if (auto wrong = wrongExport(host_.files_.moduleFolder() / "exports"); !wrong.empty()) oracle_.violation(wrong);
        if (stop_.stop_requested()) oracle_.trouble();
        for (const auto& org : world_.organizations) {
            const auto newest = runs.list(org.organization.id, 0, 1);
            if (newest.empty()) continue;
            const bool fresh = newest[0].id > lastRun_[org.organization.id];
            if (fresh && newest[0].state == "failed") oracle_.trouble();
            if (fresh && alive && newest[0].state != "queued")
                oracle_.figures(org.organization.id, newest[0], http_.traffic(org.binding.lrsStore));
            lastRun_[org.organization.id] = newest[0].id;
        }
    }

    /// Trouble is over: before long a night must find nothing left to send.
    void calm() {
        faults_.calm();
        world_.heal(fate_.perMille(700));
        for (int i = 0; i < kCalmNights && oracle_.clean(); ++i) {
            clock_.advance(std::chrono::hours(24));
            const auto before = http_.posts();
            if (!night()) return oracle_.violation("a night of the calm died");
            const auto open = real_.number(
                "SELECT COUNT(*) FROM u2035_outbox o WHERE o.state IN ('sending', 'in_doubt') AND o.store_id IN (" +
                activeStores() + ")");
            if (http_.posts() != before || open != 0) continue;
            plugin::store::OutboxStore outbox(real_, clock_);
            plugin::store::RunStore runs(real_, clock_);
            auto asked = parts();
            return oracle_.atTheEnd(asked);
        }
        if (oracle_.clean()) oracle_.violation(fmt::format("after {} calm nights it still sends", kCalmNights));
    }

    std::string activeStores() {
        std::string list;
        for (const auto& org : world_.organizations) list += (list.empty() ? "'" : ", '") + org.binding.storeId + "'";
        return list;
    }

    const Options options_;
    Fate fate_;
    Faults faults_;
    FakeClock clock_;
    Story story_;
    Process process_;
    World world_;
    Oracle oracle_;
    MemoryDatabase real_;
    CrashingDatabase database_;
    CrashingHttp http_;
    FakeHostServices host_;
    WorldRecords records_;
    AdvancingWaiter waiter_;
    plugin::store::OutboxStore outbox_{database_, clock_};
    plugin::store::CorrectionStore corrections_{database_, clock_};
    plugin::store::RunStore runs_{database_, clock_};
    plugin::store::ArtifactStore artifacts_{database_, clock_};
    plugin::store::ReadinessStore readiness_{database_};
    plugin::store::TableTemplateStore templates_{database_, clock_};
    plugin::delivery::NightSettings settings_{.maxStatements = {},
                                              .maxBytes = {},
                                              .sessions = 1,
                                              .backoff = {},
                                              .storage = {},
                                              .retryBudget = std::chrono::seconds(60)};
    std::stop_source stop_;
    std::map<std::string, std::int64_t> lastRun_;
    bool manyChanges_ = false;
    bool writesTables_ = false;
    int days_ = 0;
    int step_ = 0;
    std::int64_t nights_ = 0;
    std::int64_t crashes_ = 0;
};

}  // namespace

const char* toString(Plant plant) {
    switch (plant) {
        case Plant::None:
            return "none";
        case Plant::AcceptedBeforePost:
            return "accepted-before-post";
        case Plant::LostIsDelivered:
            return "lost-is-delivered";
        case Plant::InterruptedForgotten:
            return "interrupted-forgotten";
        case Plant::InterruptedIsUnsent:
            return "interrupted-is-unsent";
        case Plant::FreshIdOnRetry:
            return "fresh-id-on-retry";
        case Plant::FreshBytesOnRetry:
            return "fresh-bytes-on-retry";
        case Plant::DependenciesIgnored:
            return "dependencies-ignored";
        case Plant::RefusedIsDelivered:
            return "refused-is-delivered";
    }
    return "none";
}

Outcome simulate(const Options& options) {
    return Run(options).go();
}

Options shrink(const Options& failing) {
    auto smallest = failing;
    const auto fails = [](const Options& options) { return !simulate(options).violations.empty(); };
    const auto first = simulate(failing);
    if (first.violations.empty()) return failing;
    for (int days = 1; days < first.days; ++days) {
        auto fewer = smallest;
        fewer.days = days;
        if (!fails(fewer)) continue;
        smallest = fewer;
        break;
    }
    for (const auto& [name, times] : simulate(smallest).faults) {
        auto fewer = smallest;
        fewer.without.insert(name);
        if (fails(fewer)) smallest = fewer;
    }
    return smallest;
}

std::string replay(const Options& options) {
    std::string text = fmt::format("SIMULATION_SEED={}", options.seed);
    if (options.days > 0) text += fmt::format(" SIMULATION_DAYS={}", options.days);
    if (options.sessions != 1) text += fmt::format(" SIMULATION_SESSIONS={}", options.sessions);
    if (!options.without.empty()) text += fmt::format(" SIMULATION_WITHOUT={}", fmt::join(options.without, ","));
    return text + " ctest --test-dir build/dev -R '^simulation$' --output-on-failure";
}

}  // namespace tests::simulation
