#include "common/Rfc3339.h"
#include "host/schedule/CronExpression.h"
#include "host/sdk/Error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using common::Rfc3339;
using common::TimeZone;
using host::schedule::CronExpression;

namespace {

std::string next(const char* expression, const std::string& after, const char* zone = "UTC") {
    auto at = CronExpression::parse(expression).next(*Rfc3339::parse(after), TimeZone::require(zone));
    return at ? Rfc3339::zoned(*at, TimeZone::require(zone)) : "never";
}

std::vector<std::string> nextTimes(const char* expression, const std::string& after, const char* zone, int count) {
    std::vector<std::string> out{next(expression, after, zone)};
    while (static_cast<int>(out.size()) < count) out.push_back(next(expression, out.back(), zone));
    return out;
}

std::string last(const char* expression, const std::string& after, const std::string& until, const char* zone = "UTC") {
    auto at =
        CronExpression::parse(expression).last(*Rfc3339::parse(after), *Rfc3339::parse(until), TimeZone::require(zone));
    return at ? Rfc3339::zoned(*at, TimeZone::require(zone)) : "never";
}

}  // namespace

// 2026-03-01 is a Sunday.
TEST(CronExpression, findsTheNextTime) {
    struct Case {
        const char* expression;
        const char* after;
        const char* expected;
    } cases[] = {
        {"* * * * *", "2026-03-01T00:00:00Z", "2026-03-01T00:01:00+00:00"},
        {"* * * * *", "2026-03-01T00:00:59.999999Z", "2026-03-01T00:01:00+00:00"},
        {"0 2 * * *", "2026-03-01T01:59:59Z", "2026-03-01T02:00:00+00:00"},
        {"0 2 * * *", "2026-03-01T02:00:00Z", "2026-03-02T02:00:00+00:00"},
        {"*/15 * * * *", "2026-03-01T00:46:00Z", "2026-03-01T01:00:00+00:00"},
        {"5-10/2 8-18/5 * * *", "2026-03-01T08:09:00Z", "2026-03-01T13:05:00+00:00"},
        {"0,30 9 * * *", "2026-03-01T09:00:00Z", "2026-03-01T09:30:00+00:00"},
        {"0 0 1 JAN *", "2026-03-01T00:00:00Z", "2027-01-01T00:00:00+00:00"},
        {"0 0 1 feb,Dec *", "2026-03-01T00:00:00Z", "2026-12-01T00:00:00+00:00"},
        {"0 0 * * MON", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00+00:00"},
        {"0 0 * * 0", "2026-03-01T00:00:00Z", "2026-03-08T00:00:00+00:00"},
        {"0 0 * * 7", "2026-03-01T00:00:00Z", "2026-03-08T00:00:00+00:00"},
        {"0 0 * * 5-7", "2026-03-01T00:00:00Z", "2026-03-06T00:00:00+00:00"},
        {"0 0 * * mon-fri", "2026-03-06T00:00:00Z", "2026-03-09T00:00:00+00:00"},
        {"0 0 31 * *", "2026-03-31T00:00:00Z", "2026-05-31T00:00:00+00:00"},
        {"0 0 29 2 *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00+00:00"},
        {"0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00+00:00"},
        {"0 0 30 2 *", "2026-03-01T00:00:00Z", "never"},
        {"  0   2\t*  *  * ", "2026-03-01T00:00:00Z", "2026-03-01T02:00:00+00:00"},
        {"59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00+00:00"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(next(c.expression, c.after), c.expected) << c.expression << " after " << c.after;
}

TEST(CronExpression, takesADayThatFitsEitherFieldWhenBothAreRestricted) {
    EXPECT_EQ(next("0 0 15 * MON", "2026-03-09T00:00:00Z"), "2026-03-15T00:00:00+00:00");
    EXPECT_EQ(next("0 0 15 * MON", "2026-03-15T00:00:00Z"), "2026-03-16T00:00:00+00:00");
}

TEST(CronExpression, takesADayThatFitsBothFieldsWhenOneBeginsWithAStar) {
    EXPECT_EQ(next("0 0 */2 * MON", "2026-03-01T00:00:00Z"), "2026-03-09T00:00:00+00:00");
    EXPECT_EQ(next("0 0 15 * *", "2026-03-01T00:00:00Z"), "2026-03-15T00:00:00+00:00");
}

TEST(CronExpression, goesByTheZonesOwnClock) {
    EXPECT_EQ(next("0 2 * * *", "2026-03-01T00:00:00Z", "Europe/Moscow"), "2026-03-02T02:00:00+03:00");
    EXPECT_EQ(next("0 2 * * *", "2026-02-28T22:59:59Z", "Europe/Moscow"), "2026-03-01T02:00:00+03:00");
}

TEST(CronExpression, runsASkippedTimeOnceRightAfterTheJump) {
    EXPECT_THAT(nextTimes("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", 2),
                testing::ElementsAre("2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"));
    EXPECT_THAT(nextTimes("0,15,30 2 * * *", "2026-03-07T12:00:00Z", "America/New_York", 2),
                testing::ElementsAre("2026-03-08T03:00:00-04:00", "2026-03-09T02:00:00-04:00"));
}

TEST(CronExpression, runsATimeThatFallsOnTheJumpItselfOnce) {
    EXPECT_THAT(nextTimes("0 2,3 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", 2),
                testing::ElementsAre("2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00"));
}

TEST(CronExpression, runsARepeatedTimeOnceAtTheFirst) {
    EXPECT_THAT(nextTimes("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin", 2),
                testing::ElementsAre("2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"));
    EXPECT_THAT(nextTimes("30 1 * * *", "2026-10-31T12:00:00Z", "America/New_York", 2),
                testing::ElementsAre("2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"));
}

TEST(CronExpression, goesOnThroughBothHoursWhenItRunsEveryHour) {
    EXPECT_THAT(nextTimes("0,30 * * * *", "2026-10-25T00:00:00Z", "Europe/Berlin", 4),
                testing::ElementsAre("2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00",
                                     "2026-10-25T02:30:00+01:00", "2026-10-25T03:00:00+01:00"));
    EXPECT_THAT(nextTimes("30 * * * *", "2026-03-29T00:00:00Z", "Europe/Berlin", 2),
                testing::ElementsAre("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"));
}

TEST(CronExpression, survivesADayThatAZoneSkipped) {
    EXPECT_THAT(
        nextTimes("0 12 * * *", "2011-12-29T00:00:00Z", "Pacific/Apia", 3),
        testing::ElementsAre("2011-12-29T12:00:00-10:00", "2011-12-31T00:00:00+14:00", "2011-12-31T12:00:00+14:00"));
}

TEST(CronExpression, findsTheLastTimeInAnInterval) {
    struct Case {
        const char* expression;
        const char* after;
        const char* until;
        const char* expected;
    } cases[] = {
        {"0 2 * * *", "2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z", "2026-03-01T02:00:00+00:00"},
        {"0 2 * * *", "2026-03-01T02:00:00Z", "2026-03-01T12:00:00Z", "never"},
        {"0 2 * * *", "2026-03-01T01:00:00Z", "2026-03-01T02:00:00Z", "2026-03-01T02:00:00+00:00"},
        {"* * * * *", "2026-02-01T00:00:00Z", "2026-03-01T12:00:30Z", "2026-03-01T12:00:00+00:00"},
        {"0 0 1 1 *", "2025-06-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-01-01T00:00:00+00:00"},
        {"0 0 1 1 *", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "never"},
    };
    for (const auto& c : cases) EXPECT_EQ(last(c.expression, c.after, c.until), c.expected) << c.expression << c.until;
}

TEST(CronExpression, findsAsLastWhatItFoundAsNext) {
    for (const char* zone : {"Europe/Berlin", "America/New_York", "Europe/Moscow"})
        for (const char* expression : {"30 2 * * *", "17 1 * * *", "*/7 * * * *", "0 3 * * SUN"}) {
            std::string at = "2026-03-01T00:00:00Z";
            for (int i = 0; i < 40; ++i) {
                std::string following = next(expression, at, zone);
                EXPECT_EQ(last(expression, at, following, zone), following) << expression << " " << zone;
                at = Rfc3339::utc(*Rfc3339::parse(following) + 86'400'000'000 * (i % 2));
            }
        }
}

TEST(CronExpression, refusesWhatItCantKeepNamingTheField) {
    struct Case {
        const char* expression;
        const char* word;
    } cases[] = {{"", "0 fields"},
                 {"0 2 * *", "4 fields"},
                 {"0 2 * * * *", "6 fields"},
                 {"60 * * * *", "minute"},
                 {"* 24 * * *", "hour"},
                 {"* * 0 * *", "day of month"},
                 {"* * 32 * *", "day of month"},
                 {"* * * 13 *", "month"},
                 {"* * * 0 *", "month"},
                 {"* * * * 8", "day of week"},
                 {"* * * FOO *", "month"},
                 {"* * * * JAN", "day of week"},
                 {"5-1 * * * *", "minute"},
                 {"*/0 * * * *", "step"},
                 {"5/10 * * * *", "step without a range"},
                 {"1,,2 * * * *", "minute"},
                 {"1- * * * *", "minute"},
                 {"-1 * * * *", "minute"},
                 {"a * * * *", "minute"},
                 {"1.5 * * * *", "minute"},
                 {"@daily", "1 fields"},
                 {"*/99 * * * *", "step"}};
    for (const auto& c : cases) {
        try {
            CronExpression::parse(c.expression);
            ADD_FAILURE() << c.expression << " was taken";
        } catch (const host::sdk::AppError& e) {
            EXPECT_EQ(e.code(), "schedule.expression");
            EXPECT_THAT(e.what(), testing::HasSubstr(c.word)) << c.expression;
        }
    }
}
