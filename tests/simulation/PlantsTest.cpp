// The oracle is worth what it finds: each fault below is put into the engine on purpose, and must be caught.

#include "tests/simulation/Simulation.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tests::simulation;

namespace {

class Planted : public testing::TestWithParam<Plant> {};

TEST_P(Planted, isCaughtByTheOracle) {
    constexpr std::uint64_t kMost = 200;
    for (std::uint64_t seed = 1; seed <= kMost; ++seed) {
        Options options;
        options.seed = seed;
        options.plant = GetParam();
        const auto outcome = simulate(options);
        if (outcome.violations.empty()) continue;
        fmt::print("{}: caught at seed {}: {}\n", toString(GetParam()), seed, outcome.violations[0]);
        options.plant = Plant::None;
        EXPECT_TRUE(simulate(options).violations.empty()) << "it is the plant that was caught";
        return;
    }
    ADD_FAILURE() << toString(GetParam()) << " is not caught by " << kMost << " seeds";
}

INSTANTIATE_TEST_SUITE_P(Plants, Planted,
                         testing::Values(Plant::AcceptedBeforePost, Plant::LostIsDelivered, Plant::InterruptedForgotten,
                                         Plant::InterruptedIsUnsent, Plant::FreshIdOnRetry, Plant::FreshBytesOnRetry,
                                         Plant::DependenciesIgnored, Plant::RefusedIsDelivered),
                         [](const auto& plant) {
                             std::string name = toString(plant.param);
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
