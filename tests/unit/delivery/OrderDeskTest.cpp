#include "plugin/delivery/OrderDesk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>

using namespace plugin::delivery;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

namespace {

NightOrder orderOf(const std::string& organization) {
    return {organization, {}, "schedule", "", false};
}

TEST(OrderDesk, worksEveryOrderOffInTheCallersThreadWhenOneAtATime) {
    OrderDesk desk;
    std::vector<std::string> done;

    desk.work({orderOf("a"), orderOf("b"), orderOf("c")}, 1, [&](const NightOrder& order, bool) {
        done.push_back(order.organization);
        return true;
    });

    EXPECT_THAT(done, ElementsAre("a", "b", "c"));
}

TEST(OrderDesk, anOrderThatWaitsHoldsUpNobodyElse) {
    OrderDesk desk;
    std::latch others(3);
    std::atomic<int> done{0};

    // "slow" ends only when the three others have.
    desk.work({orderOf("slow"), orderOf("a"), orderOf("b"), orderOf("c")}, 2, [&](const NightOrder& order, bool) {
        if (order.organization == "slow")
            others.wait();
        else
            others.count_down();
        ++done;
        return true;
    });

    EXPECT_EQ(done, 4);
}

TEST(OrderDesk, takesAnOrderInWhileWorkGoesOn) {
    OrderDesk desk;
    std::mutex mutex;
    std::vector<std::string> done;
    std::latch handed(1);

    desk.work({orderOf("first")}, 2, [&](const NightOrder& order, bool) {
        if (order.organization == "first") {
            EXPECT_TRUE(desk.hand(orderOf("second")));
            handed.wait();  // the second is worked on beside the first
        } else {
            handed.count_down();
        }
        std::lock_guard lock(mutex);
        done.push_back(order.organization);
        return true;
    });

    EXPECT_THAT(done, UnorderedElementsAre("first", "second"));
    EXPECT_FALSE(desk.hand(orderOf("late"))) << "nobody would work it off";
}

TEST(OrderDesk, aBusyOrganizationStandsBackForTheOthers) {
    OrderDesk desk;
    std::vector<std::string> done;

    desk.work({orderOf("busy"), orderOf("a"), orderOf("b")}, 1, [&](const NightOrder& order, bool mayWait) {
        if (order.organization == "busy" && !mayWait) return false;
        done.push_back(order.organization);
        return true;
    });

    EXPECT_THAT(done, ElementsAre("a", "b", "busy"));
}

TEST(OrderDesk, closesWithoutOrders) {
    OrderDesk desk;
    desk.work({}, 4, [](const NightOrder&, bool) {
        ADD_FAILURE();
        return true;
    });
    EXPECT_FALSE(desk.hand(orderOf("late")));
}

TEST(Turns, oneOrganizationIsEnteredByOneAtATime) {
    Turns turns;
    ASSERT_TRUE(turns.enter("a", {}));
    EXPECT_TRUE(turns.enter("b", {}));
    EXPECT_TRUE(turns.isBusy("a"));
    std::jthread second([&] {
        EXPECT_TRUE(turns.enter("a", {}));
        turns.leave("a");
    });
    turns.leave("a");
    second.join();
    EXPECT_FALSE(turns.isBusy("a"));
}

TEST(Turns, whoWaitsGivesUpWhenAskedToEnd) {
    Turns turns;
    ASSERT_TRUE(turns.enter("a", {}));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(turns.enter("a", stop.get_token()));
}

}  // namespace
