#include "common/Rfc3339.h"

#include <gtest/gtest.h>

#include <stdexcept>

using common::Rfc3339;
using common::TimeZone;

TEST(Rfc3339, readsWhatTheStandardAllows) {
    struct Case {
        const char* text;
        std::int64_t micros;
    } cases[] = {{"1970-01-01T00:00:00Z", 0},
                 {"2026-03-01T12:30:00+03:00", 1'772'357'400'000'000},
                 {"2026-03-01T09:30:00.5Z", 1'772'357'400'500'000},
                 {"2026-03-01T09:30:00.123456789Z", 1'772'357'400'123'456},
                 {"1969-12-31T23:59:59.999999Z", -1},
                 {"2024-02-29T00:00:00-00:00", 1'709'164'800'000'000},
                 {"0001-01-01T00:00:00Z", -62'135'596'800'000'000},
                 {"9999-12-31T23:59:59Z", 253'402'300'799'000'000}};
    for (const auto& c : cases) EXPECT_EQ(Rfc3339::parse(c.text), c.micros) << c.text;
}

TEST(Rfc3339, refusesEverythingElse) {
    for (const char* text : {"",
                             "garbage",
                             "2026-03-01",
                             "2026-03-01T09:30:00",
                             "2026-03-01 09:30:00Z",
                             "2026-3-1T09:30:00Z",
                             "2026-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-01-01T24:00:00Z",
                             "2026-01-01T00:60:00Z",
                             "2026-01-01T00:00:60Z",
                             "2026-01-01T00:00:00.Z",
                             "2026-01-01T00:00:00.1234567890Z",
                             "2026-01-01T00:00:00+0300",
                             "2026-01-01T00:00:00+24:00",
                             "2026-01-01T00:00:00ZZ",
                             "0000-01-01T00:00:00Z",
                             " 2026-01-01T00:00:00Z",
                             "2026-01-01t00:00:00z",
                             "+2026-01-01T00:00:00Z",
                             "2026-01-01T00:00:00+03:60",
                             "0001-01-01T00:00:00+00:01",
                             "9999-12-31T23:59:59-00:01"})
        EXPECT_FALSE(Rfc3339::parse(text)) << text;
}

TEST(Rfc3339, writesTheFractionOnlyWhenThereIsOne) {
    EXPECT_EQ(Rfc3339::utc(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(Rfc3339::utc(1'500'000), "1970-01-01T00:00:01.500Z");
    EXPECT_EQ(Rfc3339::utc(-1), "1969-12-31T23:59:59.999999Z");
}

TEST(Rfc3339, writesTheOffsetThatHeldAtThatMoment) {
    auto berlin = TimeZone::require("Europe/Berlin");

    EXPECT_EQ(Rfc3339::zoned(*Rfc3339::parse("2026-01-15T12:00:00Z"), berlin), "2026-01-15T13:00:00+01:00");
    EXPECT_EQ(Rfc3339::zoned(*Rfc3339::parse("2026-07-15T12:00:00Z"), berlin), "2026-07-15T14:00:00+02:00");
    EXPECT_EQ(Rfc3339::zoned(0, TimeZone::require("America/New_York")), "1969-12-31T19:00:00-05:00");
}

TEST(Rfc3339, comesBackTheSameInEveryZone) {
    for (const char* name : {"Europe/Moscow", "Asia/Kathmandu", "America/St_Johns", "UTC"})
        for (std::int64_t micros :
             {std::int64_t{1'772'357'400'123'456}, std::int64_t{0}, std::int64_t{951'782'400'000'000}})
            EXPECT_EQ(Rfc3339::parse(Rfc3339::zoned(micros, TimeZone::require(name))), micros) << name;
}

TEST(Rfc3339, readsDatesAndLocalTimes) {
    EXPECT_EQ(Rfc3339::parseDate("1970-01-02"), 86'400'000'000);
    EXPECT_FALSE(Rfc3339::parseDate("1970-01-02T00:00:00"));
    EXPECT_EQ(Rfc3339::parseLocal("1970-01-01 01:02"), 3'720'000'000);
    EXPECT_EQ(Rfc3339::parseLocal("1970-01-01T01:02:03.5"), 3'723'500'000);
    EXPECT_FALSE(Rfc3339::parseLocal("1970-01-01T01:02Z"));
}

TEST(Rfc3339, tellsTheDateOfTheZone) {
    EXPECT_EQ(Rfc3339::date(*Rfc3339::parse("2026-02-28T21:30:00Z"), TimeZone::require("Europe/Moscow")), "2026-03-01");
}

TEST(TimeZone, isNotFoundOutsideTzdata) {
    for (const char* name : {"", "Moscow", "Europe/Nowhere", "../../etc/passwd", "/etc/localtime"})
        EXPECT_FALSE(TimeZone::find(name)) << name;
    EXPECT_THROW(TimeZone::require("Europe/Nowhere"), std::invalid_argument);
}

TEST(TimeZone, takesTheFirstOfARepeatedTimeAndTheJumpOfASkippedOne) {
    auto berlin = TimeZone::require("Europe/Berlin");
    auto local = [&](const char* text) { return Rfc3339::utc(berlin.fromLocal(*Rfc3339::parseLocal(text))); };

    EXPECT_EQ(local("2026-03-01T12:00"), "2026-03-01T11:00:00Z");
    EXPECT_EQ(local("2026-10-25T02:30"), "2026-10-25T00:30:00Z");
    EXPECT_EQ(local("2026-03-29T02:30"), "2026-03-29T01:00:00Z");
}
