#include "tests/unit/connections/RouteRunFixture.h"

#include <gmock/gmock.h>

namespace {

using namespace tests;

class AllOrNothing : public RouteRunFixture {
protected:
    AllOrNothing() { rules.allOrNothing = true; }
};

TEST_F(AllOrNothing, writesAllOfManyBatchesAtOnce) {
    const auto outcome = run(many(0, 2500));

    EXPECT_EQ(outcome.end, End::Done);
    EXPECT_EQ(outcome.counts.created, 2500);
    EXPECT_EQ(learners(), 2500);
}

TEST_F(AllOrNothing, writesNothingWhenTheLastRowIsRefused) {
    auto rows = many(0, 2500);
    rows.push_back({"bad", "05", "Name", "1"});

    const auto outcome = run(rows);

    EXPECT_EQ(outcome.end, End::Refused);
    EXPECT_EQ(learners(), 0);
    EXPECT_EQ(outcome.counts.withheld, 2500);
    EXPECT_EQ(outcome.counts.created, 0);
    EXPECT_EQ(outcome.counts.rows, 2501);
    EXPECT_EQ(errors.size(), 1U);
}

TEST_F(AllOrNothing, namesEveryBadRowAndNotTheFirstOnly) {
    rules.stopOnError = true;

    const auto outcome = run({{"1", "05", "A", "1"}, {"2", "502", "B", "1"}, {"3", "07", "C", "1"}});

    EXPECT_EQ(outcome.counts.rejected, 2);
    EXPECT_EQ(errors.size(), 2U);
}

TEST_F(AllOrNothing, refusesRowsThatContradictEachOther) {
    const auto outcome = run({{"1", "501", "A", "1"}, {"1", "501", "B", "1"}});

    EXPECT_EQ(outcome.end, End::Refused);
    EXPECT_EQ(learners(), 0);
}

TEST_F(AllOrNothing, takesTheSameRowTwiceAsOne) {
    const auto outcome = run({{"1", "501", "A", "1"}, {"1", "501", "A", "1"}});

    EXPECT_EQ(outcome.end, End::Done);
    EXPECT_EQ(outcome.counts.repeated, 1);
    EXPECT_EQ(learners(), 1);
}

TEST_F(AllOrNothing, writesNothingOfWhatBreaksInTheMiddle) {
    ScriptedReader reader(columns, many(0, 10));
    reader.breaksAfter(5);

    EXPECT_EQ(run(reader).end, End::Broken);
    EXPECT_EQ(learners(), 0);
}

}  // namespace
