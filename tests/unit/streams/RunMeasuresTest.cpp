#include "plugin/store/RunMeasures.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using plugin::store::RunMeasures;

namespace {

struct Measures : testing::Test {
    tests::FakeClock clock;
    RunMeasures measures{clock};
};

TEST_F(Measures, ofAStepWithoutOneThereIsNone) {
    EXPECT_FALSE(measures.advance(1, 5));
    EXPECT_FALSE(measures.of(1));

    measures.expect(1, 0);
    EXPECT_FALSE(measures.of(1)) << "nothing to do is no measure";
}

TEST_F(Measures, theRestIsToldByThePaceSoFar) {
    measures.expect(1, 100);
    EXPECT_EQ(measures.of(1)->remainingSeconds, std::nullopt);

    clock.advance(10s);
    measures.advance(1, 25);

    const auto measure = measures.of(1).value();
    EXPECT_EQ(measure.done, 25);
    EXPECT_EQ(measure.total, 100);
    EXPECT_EQ(measure.remainingSeconds, 30);
}

TEST_F(Measures, nobodyIsShownMoreThanAll) {
    measures.expect(1, 10);
    measures.advance(1, 12);

    EXPECT_EQ(measures.of(1)->done, 12);
    EXPECT_EQ(measures.of(1)->total, 12);
    EXPECT_EQ(measures.of(1)->remainingSeconds, 0);
}

TEST_F(Measures, whatGoesQuicklyIsToldOnceASecond) {
    measures.expect(1, 1'000);

    EXPECT_FALSE(measures.advance(1, 1));
    clock.advance(1s);
    EXPECT_TRUE(measures.advance(1, 1));
    EXPECT_FALSE(measures.advance(1, 1));
    EXPECT_TRUE(measures.advance(1, 997)) << "the end is told at once";
}

TEST_F(Measures, eachRunHasItsOwn) {
    measures.expect(1, 10);
    measures.expect(2, 20);
    measures.forget(1);

    EXPECT_FALSE(measures.of(1));
    EXPECT_EQ(measures.of(2)->total, 20);
}

}  // namespace
