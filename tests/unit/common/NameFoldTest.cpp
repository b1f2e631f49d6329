#include "common/NameFold.h"

#include <gtest/gtest.h>

using common::foldName;

namespace {

TEST(NameFold, findsANameHoweverItIsWritten) {
    EXPECT_EQ(foldName("СЕМЁНОВА Анна"), foldName("семенова АННА"));
    EXPECT_EQ(foldName("Ёлкин"), "елкин");
    EXPECT_EQ(foldName("ЯЪЩА"), "яъща");
    EXPECT_EQ(foldName("Smith-42"), "smith-42");
}

TEST(NameFold, foldingTwiceChangesNothing) {
    for (const char* text : {"Ђорђевић", "ÅNGSTRÖM", "\xd0", "\xd0\x41", "\xff\xfe", "😀Я", ""})
        EXPECT_EQ(foldName(foldName(text)), foldName(text)) << text;
}

TEST(NameFold, leavesBrokenBytesAlone) {
    EXPECT_EQ(foldName("\xd0"), "\xd0");
    EXPECT_EQ(foldName(std::string("\xd0") + "A"), std::string("\xd0") + "a");
}

}  // namespace
