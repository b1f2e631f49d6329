#include "host/store/FairGate.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

using host::store::FairGate;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kLong{30'000};

void awaitWaiting(const FairGate& gate, std::size_t count) {
    while (gate.waiting() != count) std::this_thread::yield();
}

}  // namespace

TEST(FairGate, letsInAsManyAsItHasPlaces) {
    FairGate gate(2);
    auto first = gate.enter(milliseconds(0));
    auto second = gate.enter(milliseconds(0));

    EXPECT_FALSE(gate.enter(milliseconds(1)));
    first.reset();
    EXPECT_TRUE(gate.enter(milliseconds(0)));
}

TEST(FairGate, servesInOrderOfArrival) {
    FairGate gate(1);
    auto held = gate.enter(milliseconds(0));
    std::vector<int> order;
    std::vector<std::jthread> threads;

    for (int i = 0; i < 5; ++i) {
        threads.emplace_back([&, i] {
            auto pass = gate.enter(kLong);
            order.push_back(i);  // guarded by the gate itself
        });
        awaitWaiting(gate, static_cast<std::size_t>(i) + 1);
    }
    held.reset();
    threads.clear();

    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(FairGate, doesNotLoseAPlaceToOneWhoGaveUp) {
    FairGate gate(1);
    auto held = gate.enter(milliseconds(0));
    std::jthread([&] { EXPECT_FALSE(gate.enter(milliseconds(1))); }).join();
    std::jthread patient([&] { EXPECT_TRUE(gate.enter(kLong)); });
    awaitWaiting(gate, 1);

    held.reset();
    patient.join();

    EXPECT_TRUE(gate.enter(milliseconds(0)));
}
