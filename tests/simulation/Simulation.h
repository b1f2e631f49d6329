#pragma once
/// One seed: a world, an engine that dies and is started again, days of trouble, then calm nights until nothing moves.
///
/// The product's code runs unchanged: its database and its network are the crashing ones, `Records`, `Integrations` and
/// clock are the world's. With `sessions` 1 everything is on one thread and a seed replays exactly.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tests::simulation {

/// Faults put into the engine on purpose, to see the oracle find them.
enum class Plant {
    None,
    AcceptedBeforePost,    ///< the commit of "accepted" moved before the POST
    LostIsDelivered,       ///< an answer that never came counts as a yes
    InterruptedForgotten,  ///< what a dead process left in the middle is not looked at again
    InterruptedIsUnsent,   ///< what a dead process left in the middle counts as never sent
    FreshIdOnRetry,        ///< a retry goes under a new id
    FreshBytesOnRetry,     ///< a retry is rendered anew
    DependenciesIgnored,   ///< learners' statements don't wait for the methodist's
    RefusedIsDelivered     ///< what the LRS refused counts as delivered
};
const char* toString(Plant plant);

struct Options {
    std::uint64_t seed = 1;
    int days = 0;  ///< 0: as the seed says
    int sessions = 1;
    std::set<std::string> without;  ///< faults that don't happen
    Plant plant = Plant::None;
};

struct Outcome {
    std::vector<std::string> violations;
    std::string story;  ///< the last events, when something is wrong
    std::map<std::string, std::int64_t> faults;
    std::int64_t nights = 0;
    std::int64_t crashes = 0;
    std::int64_t posts = 0;
    std::int64_t statements = 0;  ///< in all stores at the end
    int days = 0;
};

Outcome simulate(const Options& options);

/// The same seed with fewer days and fewer kinds of faults, as long as it goes wrong.
Options shrink(const Options& failing);
/// "SIMULATION_SEED=7 SIMULATION_DAYS=2 …": what replays it.
std::string replay(const Options& options);

}  // namespace tests::simulation
