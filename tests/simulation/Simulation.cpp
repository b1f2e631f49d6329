#include "tests/simulation/Simulation.h"

#include "common/Uuid.h"
#include "tests/simulation/Exports.h"
#include "tests/simulation/Rig.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <optional>

namespace tests::simulation {

using namespace Poco::Data::Keywords;
using plugin::delivery::NightArguments;
using Poco::Data::Session;

namespace {

constexpr int kCalmNights = 10;  ///< a cancellation and what it sets free take a night each

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

class Run : private Rig {
public:
    explicit Run(const Options& options) : Rig(options.seed, options.without), options_(options) {
        world.disconnectsNow = [this] { return faults.strikes("disconnect", 4); };
        database.plant = plantIn(options.plant);
        if (options.plant == Plant::FreshIdOnRetry) http.plant = renamed;
        http.strict = options.sessions == 1;
        oracle.sessions = options.sessions;
        http.onPost = [this] {
            if (faults.strikes("stop", 4)) stop_.request_stop();
        };
        settings.sessions = options.sessions;
        settings.maxStatements = static_cast<std::size_t>(fate.between(2, 12));
        if (fate.perMille(300)) settings.maxBytes = static_cast<std::size_t>(fate.between(1'500, 12'000));
        settings.patience = std::chrono::seconds(fate.between(10, 300));
        if (fate.perMille(500)) settings.oldAfter = std::chrono::hours(24 * 10'000);  // everything is fresh
        settings.oldBudget = std::chrono::seconds(fate.between(1, 3'600));
        settings.keepExports = 2;
        manyChanges_ = fate.perMille(500);
        writesTables_ = fate.perMille(60);
        const auto drawn = static_cast<int>(fate.between(1, 4));
        days_ = options.days > 0 ? options.days : drawn;
    }

    Outcome go() {
        try {
            for (int day = 0; day < days_ && oracle.clean(); ++day) {
                if (day > 0) world.live(manyChanges_);
                nights(fate.perMille(250) ? 2 : 1);
                clock.advance(std::chrono::minutes(fate.between(12 * 60, 36 * 60)));
            }
            if (oracle.clean()) calm();
        } catch (const std::exception& error) {
            oracle.violation(std::string("an error ends the run: ") + error.what());
        }
        Outcome outcome;
        outcome.violations = oracle.violations();
        if (!outcome.violations.empty()) outcome.story = story.text(60);
        outcome.faults = faults.counts();
        outcome.nights = nights_;
        outcome.crashes = crashes_;
        outcome.posts = http.posts();
        outcome.days = days_;
        for (const auto& [name, store] : world.locker.stores())
            outcome.statements += static_cast<std::int64_t>(store.statements.size());
        return outcome;
    }

private:
    enum class Job { Night, FollowUp };

    /// Nights of one day, the follow-ups behind each, and what comes after a crash: the server starts again, at once or
    /// hours later.
    void nights(int count) {
        for (int i = 0; i < count && oracle.clean(); ++i) {
            for (int tries = 0; !work(Job::Night) && tries < 4 && oracle.clean(); ++tries) rest();
            for (auto n = fate.upTo(2); n > 0 && oracle.clean(); --n) {
                clock.advance(std::chrono::minutes(fate.between(5, 90)));
                if (!work(Job::FollowUp)) rest();
            }
            clock.advance(std::chrono::minutes(fate.between(1, 90)));
        }
    }

    void rest() {
        if (fate.perMille(500)) clock.advance(std::chrono::minutes(fate.between(1, 600)));
        if (fate.perMille(150)) clock.set(clock.now() - fate.between(1, 90) * 60'000'000);  // somebody sets it back
    }

    /// False when the process died.
    bool work(Job job) {
        ++nights_;
        oracle.beginStep(++step_);
        story.tell(fmt::format("{} {} begins, day {}", job == Job::Night ? "night" : "follow-up", step_,
                               clock.now() / 86'400'000'000 - 20'000));
        http.beginNight();
        stop_ = std::stop_source();
        bool alive = true;
        NightArguments arguments;
        arguments.tables = writesTables_;
        try {
            if (Rig::nights == nullptr) start();
            if (job == Job::Night)
                Rig::night(arguments, stop_.get_token());
            else
                Rig::followUp(stop_.get_token());
        } catch (const Crash& crash) {
            alive = false;
            ++crashes_;
            story.tell("CRASH " + crash.where);
        } catch (const host::sdk::AppError& error) {
            story.tell(std::string("it ends with an error: ") + error.what());
        }
        if (!alive || database.failures() > 0) oracle.trouble();
        // A dead process leaves nothing, and of the living some are stopped in an orderly way.
        if (!alive || stop_.stop_requested()) end();
        process.restart();
        inspect(alive);
        return alive;
    }

    /// By the real database: nothing of the inspection may fail.
    void inspect(bool alive) {
        plugin::store::OutboxStore frozen(real, clock);
        plugin::store::RunStore history(real, clock);
        oracle.afterNight(frozen);
        if (auto wrong = wrongExport(host.files_.moduleFolder() / "exports"); !wrong.empty()) oracle.violation(wrong);
        if (stop_.stop_requested()) oracle.trouble();
        for (const auto& org : world.organizations) {
            const auto newest = history.list(org.organization.id, 0, 1);
            if (newest.empty()) continue;
            const bool fresh = newest[0].id > lastRun_[org.organization.id];
            if (fresh && newest[0].state == "failed") oracle.trouble();
            if (fresh && alive && newest[0].state != "queued")
                oracle.figures(org.organization.id, newest[0], http.traffic(org.binding.lrsStore));
            lastRun_[org.organization.id] = newest[0].id;
        }
    }

    /// Trouble is over: before long a night must find nothing left to send.
    void calm() {
        faults.calm();
        world.heal(fate.perMille(700));
        for (int i = 0; i < kCalmNights && oracle.clean(); ++i) {
            clock.advance(std::chrono::hours(24));
            const auto before = http.posts();
            if (!work(Job::Night)) return oracle.violation("a night of the calm died");
            const auto open = real.number(
                "SELECT COUNT(*) FROM u2035_outbox o WHERE o.state IN ('sending', 'in_doubt') AND o.store_id IN (" +
                activeStores() + ")");
            if (http.posts() != before || open != 0) continue;
            return oracle.atTheEnd(parts());
        }
        if (oracle.clean()) oracle.violation(fmt::format("after {} calm nights it still sends", kCalmNights));
    }

    std::string activeStores() {
        std::string list;
        for (const auto& org : world.organizations) list += (list.empty() ? "'" : ", '") + org.binding.storeId + "'";
        return list;
    }

    const Options options_;
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
