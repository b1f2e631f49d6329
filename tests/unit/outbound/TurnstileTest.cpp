#include "host/base/outbound/Turnstile.h"
#include "host/sdk/OutboundHttp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <vector>

using host::base::outbound::Turnstile;
using host::sdk::OutboundError;

namespace {

const auto kFar = std::chrono::steady_clock::now() + std::chrono::minutes(5);

void waitForQueue(const Turnstile& turnstile, std::size_t length) {
    while (turnstile.waiting() != length) std::this_thread::yield();
}

}  // namespace

TEST(Turnstile, letsThemThroughInTheOrderTheyCame) {
    Turnstile turnstile(1);
    std::vector<int> order;
    std::vector<std::jthread> threads;
    std::optional<Turnstile::Turn> held(std::in_place, turnstile, kFar, std::stop_token());
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&turnstile, &order, i] {
            const Turnstile::Turn turn(turnstile, kFar, {});
            order.push_back(i);  // one at a time: the turn is the lock
        });
        waitForQueue(turnstile, static_cast<std::size_t>(i) + 1);
    }

    held.reset();
    threads.clear();

    EXPECT_THAT(order, testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

TEST(Turnstile, doesNotLetOneThatGaveUpHoldTheOthers) {
    Turnstile turnstile(1);
    std::optional<Turnstile::Turn> held(std::in_place, turnstile, kFar, std::stop_token());
    std::stop_source stop;
    bool cancelled = false, passed = false;
    std::jthread first([&] {
        try {
            const Turnstile::Turn turn(turnstile, kFar, stop.get_token());
        } catch (const OutboundError& error) {
            cancelled = error.kind() == OutboundError::Kind::Cancelled;
        }
    });
    waitForQueue(turnstile, 1);
    std::jthread second([&] {
        const Turnstile::Turn turn(turnstile, kFar, {});
        passed = true;
    });
    waitForQueue(turnstile, 2);

    stop.request_stop();
    first.join();
    held.reset();
    second.join();

    EXPECT_TRUE(cancelled);
    EXPECT_TRUE(passed);
}

TEST(Turnstile, givesUpAtTheDeadline) {
    Turnstile turnstile(1);
    const Turnstile::Turn held(turnstile, kFar, {});

    try {
        const Turnstile::Turn turn(turnstile, std::chrono::steady_clock::now(), {});
        FAIL() << "there were two turns";
    } catch (const OutboundError& error) {
        EXPECT_EQ(error.kind(), OutboundError::Kind::Timeout);
        EXPECT_FALSE(error.requestSent());
    }
}
