#include "host/schedule/WorkerPool.h"

#include <gtest/gtest.h>

#include <latch>

using host::schedule::WorkerPool;

namespace {

std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(30);
}

}  // namespace

TEST(WorkerPool, runsEverythingItTook) {
    std::atomic<int> done{0};
    WorkerPool pool(3, 100);

    for (int i = 0; i < 50; ++i) EXPECT_TRUE(pool.submit([&] { ++done; }));

    EXPECT_TRUE(pool.waitIdle(soon()));
    EXPECT_EQ(done, 50);
}

TEST(WorkerPool, refusesWhatItsThreadsAndQueueCantHold) {
    std::latch release(1);
    WorkerPool pool(2, 1);

    int taken = 0;
    for (int i = 0; i < 10; ++i) taken += pool.submit([&] { release.wait(); }) ? 1 : 0;

    EXPECT_EQ(taken, 3);
    EXPECT_FALSE(pool.waitIdle(std::chrono::steady_clock::now()));
    release.count_down();
    EXPECT_TRUE(pool.waitIdle(soon()));
    EXPECT_TRUE(pool.submit([] {}));
}

TEST(WorkerPool, runsAtOnceOnAsManyThreadsAsItHas) {
    std::latch together(3);
    WorkerPool pool(3, 0);

    for (int i = 0; i < 3; ++i) EXPECT_TRUE(pool.submit([&] { together.arrive_and_wait(); }));

    EXPECT_TRUE(pool.waitIdle(soon()));
}

TEST(WorkerPool, endsWhatItTookBeforeItGoes) {
    std::atomic<int> done{0};
    {
        WorkerPool pool(1, 100);
        for (int i = 0; i < 20; ++i) pool.submit([&] { ++done; });
    }
    EXPECT_EQ(done, 20);
}
