#include "common/Text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace common;
using testing::ElementsAre;

TEST(IsUtf8, takesWellFormedTextOnly) {
    for (std::string_view good : {"", "ascii", "Ёжик", "€", "😀", "\xf4\x8f\xbf\xbf"}) EXPECT_TRUE(isUtf8(good)) << good;
    for (std::string_view bad : {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xe0\x80\x80", "\xf4\x90\x80\x80",
                                 "\xf5\x80\x80\x80", "a\x80", "\xf0\x9f\x98"})
        EXPECT_FALSE(isUtf8(bad));
    // Eight plain bytes are looked at together: the wrong one stands on each side of such a step.
    for (std::size_t at = 0; at < 24; ++at) {
        std::string text(24, 'a');
        text[at] = '\xff';
        EXPECT_FALSE(isUtf8(text)) << at;
        text.replace(at, 1, "ж");
        EXPECT_TRUE(isUtf8(text)) << at;
    }
}

TEST(CountCodePoints, countsCharactersOfAnyLength) {
    EXPECT_EQ(countCodePoints("aЯ€😀"), 4U);
}

TEST(Beginning, cutsBetweenCharacters) {
    EXPECT_EQ(beginning("ёж", 9), "ёж");
    EXPECT_EQ(beginning("ёж", 3), "ё");
    EXPECT_EQ(beginning("ёж", 1), "");
}

TEST(Trim, takesWhiteSpaceAtTheEndsOnly) {
    EXPECT_EQ(trim(" \t a b\r\n"), "a b");
    EXPECT_EQ(trim("  "), "");
}

TEST(Split, keepsEmptyParts) {
    EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
    EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(IsOneLine, knowsLineBreaksAndControlCharacters) {
    EXPECT_TRUE(isOneLine("АНО «Школа № 1»"));
    EXPECT_TRUE(isOneLine(""));
    for (auto text : {"a\nb", "a\r\nBcc: b", "\tа", "a\x7f", "\x1f"}) EXPECT_FALSE(isOneLine(text)) << text;
}

TEST(EditDistance, countsChanges) {
    EXPECT_EQ(editDistance("kitten", "sitting"), 3U);
    EXPECT_EQ(editDistance("", "abc"), 3U);
    EXPECT_EQ(editDistance("same", "same"), 0U);
}

TEST(Nearest, suggestsWhatWasMeantAndNothingElse) {
    std::vector<std::string> keys{"http.port", "http.host", "log.level"};

    EXPECT_EQ(nearest("http.prot", keys), "http.port");
    EXPECT_EQ(nearest("log.levle", keys), "log.level");
    EXPECT_EQ(nearest("completely.else", keys), "");
}

TEST(Shortened, cutsBetweenCharactersAndMendsWhatIsNoUtf8) {
    EXPECT_EQ(shortened("Тревога", 7), "Тревога");
    EXPECT_EQ(shortened("Тревога", 4), "Тре…");
    EXPECT_EQ(shortened("a\xff"
                        "b",
                        10),
              "a\uFFFDb");
    EXPECT_EQ(shortened("a\nb", 10), "a\nb");
}

TEST(OneLine, hasNoBreakLeft) {
    EXPECT_EQ(oneLine(" Да\r\nBcc: all@example.org\t", 100), "Да  Bcc: all@example.org");
    EXPECT_EQ(oneLine("один\nдва", 5), "один…");
}
