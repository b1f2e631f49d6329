#include "plugin/identities/Fold.h"

#include <gtest/gtest.h>

using plugin::identities::foldName;
using plugin::identities::foldTitle;

TEST(FoldName, ignoresCaseYoSpacesAndHyphens) {
    EXPECT_EQ(foldName("СЕМЁНОВ"), foldName("Семенов"));
    EXPECT_EQ(foldName("  Анна \xC2\xA0 Мария "), foldName("анна-мария"));
    EXPECT_EQ(foldName("Римский–Корсаков"), foldName("римский - корсаков"));
}

TEST(FoldName, takesDecomposedLettersForTheSame) {
    EXPECT_EQ(foldName("Андреи\xCC\x86"), foldName("Андрей"));
    EXPECT_EQ(foldName("Семе\xCC\x88нов"), foldName("Семёнов"));
}

TEST(FoldName, keepsDifferentNamesApart) {
    EXPECT_NE(foldName("Иванов"), foldName("Иванова"));
    EXPECT_NE(foldName("Наталья"), foldName("Наталия"));
    EXPECT_NE(foldName("Андрей"), foldName("Андреи"));
    EXPECT_NE(foldName("Анна Мария"), foldName("Аннамария"));
}

TEST(FoldName, leavesNothingOfSpacesAlone) {
    EXPECT_EQ(foldName(" - \t"), "");
}

TEST(FoldTitle, takesEveryWritingOfATitle) {
    for (const char* title : {"Unti ID", "unti_id", "UNTI-ID", "UntiId", "\xEF\xBB\xBFUnti ID:"})
        EXPECT_EQ(foldTitle(title), "untiid") << title;
}
