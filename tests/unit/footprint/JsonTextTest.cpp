#include "host/sdk/Error.h"
#include "plugin/footprint/JsonText.h"

#include <gtest/gtest.h>

namespace {

using namespace plugin::footprint;

std::string escaped(std::string_view text) {
    std::string out;
    EXPECT_TRUE(appendJsonText(out, text));
    return out;
}
std::string number(double value) {
    std::string out;
    appendNumber(out, value);
    return out;
}
std::string duration(std::int64_t seconds) {
    std::string out;
    appendDuration(out, seconds);
    return out;
}

TEST(JsonText, writesCyrillicAsAsciiEscapes) {
    EXPECT_EQ(escaped("БАС"), "\\u0411\\u0410\\u0421");
}

TEST(JsonText, writesEmojiAsSurrogatePair) {
    EXPECT_EQ(escaped("😀"), "\\ud83d\\ude00");
}

TEST(JsonText, escapesQuotesBackslashesAndControls) {
    EXPECT_EQ(escaped("a\"b\\c\n\t\x01"), "a\\\"b\\\\c\\n\\t\\u0001");
}

TEST(JsonText, refusesWhatIsNotUtf8AndAppendsNothing) {
    for (const char* bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xd0"}) {
        std::string out = "kept";
        EXPECT_FALSE(appendJsonText(out, bad));
        EXPECT_EQ(out, "kept");
    }
}

TEST(JsonText, writesNumbersInOneForm) {
    EXPECT_EQ(number(10), "10");
    EXPECT_EQ(number(100000), "100000");
    EXPECT_EQ(number(-0.0), "0");
    EXPECT_EQ(number(8.5), "8.5");
    EXPECT_EQ(number(0.1), "0.1");
    EXPECT_EQ(number(1.0 / 3), "0.3333333333333333");
    EXPECT_EQ(number(-2.25), "-2.25");
}

TEST(JsonText, writesDurationsInOneForm) {
    EXPECT_EQ(duration(0), "PT0S");
    EXPECT_EQ(duration(40), "PT40S");
    EXPECT_EQ(duration(848), "PT14M8S");
    EXPECT_EQ(duration(5160), "PT1H26M");
    EXPECT_EQ(duration(120), "PT2M");
    EXPECT_EQ(duration(90000), "PT25H");
}

TEST(ZoneTime, writesTheZonesOffset) {
    EXPECT_EQ(ZoneTime("Europe/Moscow").text(1'744'709'653'000'000), "2025-04-15T12:34:13+03:00");
    EXPECT_EQ(ZoneTime("America/St_Johns").text(1'744'709'653'000'000), "2025-04-15T07:04:13-02:30");
}

TEST(ZoneTime, followsDaylightSavingOnBothSidesOfTheJump) {
    const ZoneTime berlin("Europe/Berlin");
    EXPECT_EQ(berlin.text(1'743'296'399'000'000), "2025-03-30T01:59:59+01:00");
    EXPECT_EQ(berlin.text(1'743'296'400'000'000), "2025-03-30T03:00:00+02:00");
}

TEST(ZoneTime, writesAFractionOnlyWhereThereIsOne) {
    const ZoneTime moscow("Europe/Moscow");
    EXPECT_EQ(moscow.text(1'744'709'653'250'000), "2025-04-15T12:34:13.250+03:00");
    EXPECT_EQ(moscow.text(1'744'709'653'000'007), "2025-04-15T12:34:13.000007+03:00");
}

TEST(ZoneTime, writesTimesBefore1970) {
    EXPECT_EQ(ZoneTime("Etc/UTC").text(-1'000'000), "1969-12-31T23:59:59+00:00");
}

TEST(ZoneTime, refusesAnUnknownZone) {
    EXPECT_THROW(ZoneTime("Europe/Atlantis"), host::sdk::AppError);
}

}  // namespace
