// A source of which one run can't prove to have seen every row: it takes two to delete and to move the watermark.
#include "host/connections/ReadInsight.h"
#include "tests/unit/connections/RouteRunFixture.h"

#include <gmock/gmock.h>

namespace {

using namespace tests;
using namespace host::connections;
using testing::ElementsAre;
using testing::HasSubstr;

/// Says of itself what readers of pages by number say.
class PagesReader : public ScriptedReader, public ReadInsight {
public:
    using ScriptedReader::ScriptedReader;
    std::vector<std::string> absentColumns() const override { return {}; }
    const std::vector<std::string>& itemNames() const override { return columns(); }
    const std::string& listInItem() const override { return none_; }
    bool isProvenWhole() const override { return proven; }
    bool proven = false;

private:
    std::string none_;
};

class TwoRunsTest : public RouteRunFixture {
protected:
    TwoRunsTest() {
        rules.followDeletions = true;
        rules.maxDeletedPercent = 100;
    }
    Outcome bring(std::vector<Cells> rows, bool proven = false) {
        PagesReader reader(columns, std::move(rows));
        reader.proven = proven;
        return run(reader);
    }
};

TEST_F(TwoRunsTest, aRecordIsDeletedWhenTwoFullRunsMissItOneAfterAnother) {
    bring(many(0, 5));
    EXPECT_EQ(bring(many(1, 5)).counts.deleted, 0);
    EXPECT_THAT(notes, ElementsAre(HasSubstr("1 records are missing for the first time")));
    EXPECT_EQ(bring(many(1, 5)).counts.deleted, 1);
    EXPECT_EQ(learners(), 4);
}

TEST_F(TwoRunsTest, aRowThatAShiftHidOnceIsNotDeleted) {
    bring(many(0, 5));
    bring(many(1, 5));
    EXPECT_EQ(bring(many(0, 5)).counts.deleted, 0);
    auto others = many(0, 4);
    EXPECT_EQ(bring(others).counts.deleted, 0);
    EXPECT_EQ(learners(), 5);
}

TEST_F(TwoRunsTest, aRunThatBrokeOffIsNoneOfTheTwo) {
    bring(many(0, 5));
    PagesReader broken(columns, many(1, 5));
    broken.breaksAfter(2);
    run(broken);
    EXPECT_EQ(bring(many(1, 5)).counts.deleted, 0);
    EXPECT_EQ(bring(many(1, 5)).counts.deleted, 1);
}

TEST_F(TwoRunsTest, aRunThatProvesToBeWholeDeletesAtOnce) {
    bring(many(0, 5));
    EXPECT_EQ(bring(many(1, 5), true).counts.deleted, 1);
}

TEST_F(TwoRunsTest, theWatermarkFollowsOneRunBehind) {
    watermark();
    bring(many(1, 5));
    EXPECT_EQ(savedMark(), "-");
    bring(many(1, 8));
    EXPECT_EQ(savedMark(), "4");
    bring(many(4, 8));
    EXPECT_EQ(asked, "4");
    EXPECT_EQ(savedMark(), "7");
    bring(many(7, 9), true);
    EXPECT_EQ(savedMark(), "8");
}

TEST_F(TwoRunsTest, aRefusedRowHoldsItAllTheSame) {
    watermark();
    bring(many(1, 5));
    auto rows = many(1, 8);
    rows[1][1] = "05";
    bring(rows);
    EXPECT_EQ(savedMark(), "2");
}

}  // namespace
