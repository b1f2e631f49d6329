#include "common/Rfc3339.h"
#include "host/connections/Watermark.h"

#include <gtest/gtest.h>

namespace {

using namespace host::connections;

Mark mark(WatermarkType type, const char* text) {
    const auto one = Mark::of(type, text);
    EXPECT_TRUE(one) << text;
    return *one;
}

TEST(Watermark, numbersAreComparedAsNumbers) {
    EXPECT_LT(mark(WatermarkType::Number, "9"), mark(WatermarkType::Number, "10"));
    EXPECT_LT(mark(WatermarkType::Number, "9223372036854775806"), mark(WatermarkType::Number, "9223372036854775807"));
    EXPECT_FALSE(Mark::of(WatermarkType::Number, "12a"));
    EXPECT_FALSE(Mark::of(WatermarkType::Number, ""));
    EXPECT_FALSE(Mark::of(WatermarkType::Number, "inf"));
}

TEST(Watermark, timesAreComparedAsMoments) {
    EXPECT_LT(mark(WatermarkType::Time, "2026-01-01T10:00:00+03:00"),
              mark(WatermarkType::Time, "2026-01-01T08:00:00Z"));
    EXPECT_LT(mark(WatermarkType::Time, "2026-01-01 09:00:00"), mark(WatermarkType::Time, "2026-01-01 10:00:00.5"));
    EXPECT_FALSE(Mark::of(WatermarkType::Time, "yesterday"));
}

TEST(Watermark, anOverlapIsAskedForInTheFormOfTheSource) {
    EXPECT_EQ(mark(WatermarkType::Time, "2026-01-01T10:00:00+03:00").minus(60), "2026-01-01T06:59:00Z");
    EXPECT_EQ(mark(WatermarkType::Time, "2026-01-01 10:00:00").minus(60), "2026-01-01 09:59:00");
    EXPECT_EQ(mark(WatermarkType::Time, "2026-01-01").minus(60), "2025-12-31");
    EXPECT_EQ(mark(WatermarkType::Number, "1700000000").minus(60), "1699999940");
    EXPECT_EQ(mark(WatermarkType::Text, "abc").minus(60), "abc");
    EXPECT_EQ(mark(WatermarkType::Number, "007").minus(0), "007") << "as the source wrote it";
}

TEST(Watermark, aTimeIsAheadBeyondWhatClocksDiffer) {
    const auto now = *common::Rfc3339::parse("2026-03-01T10:00:00Z");
    EXPECT_FALSE(mark(WatermarkType::Time, "2026-03-01T13:05:00+03:00").isAhead(now));
    EXPECT_TRUE(mark(WatermarkType::Time, "2026-03-01T10:05:01Z").isAhead(now));
    EXPECT_FALSE(mark(WatermarkType::Time, "2026-03-02 00:05:00").isAhead(now)) << "noon in Kamchatka is no typo";
    EXPECT_TRUE(mark(WatermarkType::Time, "2026-03-02 00:05:01").isAhead(now));
    EXPECT_FALSE(mark(WatermarkType::Time, "2026-03-02").isAhead(now));
    EXPECT_TRUE(mark(WatermarkType::Time, "2026-03-03").isAhead(now));
    EXPECT_FALSE(mark(WatermarkType::Number, "99999999999").isAhead(now));
}

}  // namespace
