// The delivery engine against a lying world, a thousand seeds: nothing lost, nothing twice, nobody in who doesn't
// belong.
//
// SIMULATION_SEED replays one seed (with SIMULATION_DAYS, SIMULATION_WITHOUT and SIMULATION_SESSIONS, as a failure
// prints them); LMSD_SIMULATION_SEEDS says how many; LMSD_FULL=1 asks for ten thousand.

#include "tests/simulation/Simulation.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <thread>

using namespace tests::simulation;

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::uint64_t seedsAsked(std::uint64_t usual, [[maybe_unused]] std::uint64_t full) {
    if (const auto text = environment("LMSD_SIMULATION_SEEDS"); !text.empty()) return std::stoull(text);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return usual / 10;  // a sanitizer looks for other faults, in the same lines
#else
    return environment("LMSD_FULL") == "1" ? full : usual;
#endif
}

void expectClean(const Options& options, const Outcome& outcome) {
    if (outcome.violations.empty()) return;
    if (options.sessions != 1) {
        ADD_FAILURE() << outcome.violations[0]
                      << "\nwith several sessions a seed is likely, not certain, to replay:\n  " << replay(options)
                      << "\nwhat came before:\n"
                      << outcome.story;
        return;
    }
    const auto small = shrink(options);
    const auto again = simulate(small);
    const auto& shown = again.violations.empty() ? outcome : again;
    ADD_FAILURE() << shown.violations[0] << "\nreplay with\n  " << replay(options) << "\nor, made smaller,\n  "
                  << replay(small) << "\nwhat came before:\n"
                  << shown.story;
}

/// Seeds one by one on every core; each is on its own.
struct Campaign {
    void run(std::uint64_t first, std::uint64_t count, int sessions) {
        const auto started = std::chrono::steady_clock::now();
        std::atomic<std::uint64_t> next{first};
        {
            std::vector<std::jthread> workers;
            for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
                workers.emplace_back([&] {
                    for (auto seed = next++; seed < first + count && failures < 3; seed = next++) {
                        Options options;
                        options.seed = seed;
                        options.sessions = sessions;
                        // Between two batches that are under way nobody can say which of them came too late.
                        if (sessions != 1) options.without.insert("disconnect");
                        add(options, simulate(options));
                    }
                });
        }
        seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        for (const auto& [options, outcome] : failed) expectClean(options, outcome);
    }

    void add(const Options& options, const Outcome& outcome) {
        std::lock_guard lock(mutex);
        ++seeds;
        nights += outcome.nights;
        crashes += outcome.crashes;
        posts += outcome.posts;
        statements += outcome.statements;
        for (const auto& [name, times] : outcome.faults) faults[name] += times;
        if (outcome.violations.empty()) return;
        ++failures;
        failed.emplace_back(options, outcome);
    }

    std::string text() const {
        std::string out = fmt::format(
            "{} seeds in {:.1f} s ({:.0f} a second): {} nights, {} crashes, {} POSTs, {} statements delivered\nfaults:",
            seeds, seconds, static_cast<double>(seeds) / seconds, nights, crashes, posts, statements);
        for (const auto& [name, times] : faults) out += fmt::format(" {} {}", name, times);
        return out;
    }

    std::mutex mutex;
    std::atomic<int> failures{0};
    std::vector<std::pair<Options, Outcome>> failed;
    std::map<std::string, std::int64_t> faults;
    std::int64_t seeds = 0, nights = 0, crashes = 0, posts = 0, statements = 0;
    double seconds = 0;
};

TEST(Simulation, nothingIsLostNothingIsToldTwiceWhateverDies) {
    if (const auto seed = environment("SIMULATION_SEED"); !seed.empty()) {
        Options options;
        options.seed = std::stoull(seed);
        if (const auto days = environment("SIMULATION_DAYS"); !days.empty()) options.days = std::stoi(days);
        if (const auto sessions = environment("SIMULATION_SESSIONS"); !sessions.empty())
            options.sessions = std::stoi(sessions);
        std::istringstream without(environment("SIMULATION_WITHOUT"));
        for (std::string name; std::getline(without, name, ',');) options.without.insert(name);
        const auto outcome = simulate(options);
        for (const auto& violation : outcome.violations) ADD_FAILURE() << violation << "\n" << outcome.story;
        return;
    }
    Campaign campaign;
    campaign.run(1, seedsAsked(1'000, 10'000), 1);
    std::puts(campaign.text().c_str());

    EXPECT_GT(campaign.crashes, campaign.seeds / 2) << "a campaign without crashes proves nothing";
    EXPECT_GT(campaign.statements, campaign.seeds * 20);
}

TEST(Simulation, severalBatchesAtATimeKeepTheSamePromises) {
    if (!environment("SIMULATION_SEED").empty()) GTEST_SKIP() << "one seed is replayed";
    Campaign campaign;
    campaign.run(100'001, seedsAsked(1'000, 10'000) / 10, 3);
    std::puts(campaign.text().c_str());

    EXPECT_GT(campaign.crashes, campaign.seeds / 2);
}

TEST(Simulation, theSameSeedIsTheSameStory) {
    Options options;
    options.seed = 7;
    const auto one = simulate(options), other = simulate(options);

    EXPECT_EQ(one.faults, other.faults);
    EXPECT_EQ(one.nights, other.nights);
    EXPECT_EQ(one.posts, other.posts);
    EXPECT_EQ(one.statements, other.statements);
}

}  // namespace
