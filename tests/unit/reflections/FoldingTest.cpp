#include "plugin/reflections/Folding.h"
#include "tests/unit/reflections/TextSet.h"

#include <gtest/gtest.h>

#include <random>

using namespace plugin::reflections;

TEST(Folding, leavesWordsAlone) {
    EXPECT_EQ(fold("Курс — «очень» ПОНРАВИЛСЯ,\n\tспасибо!").text, "курс очень понравился спасибо");
}

TEST(Folding, readsLatinLettersInACyrillicWordAsCyrillic) {
    EXPECT_EQ(fold("Cпacибo зa Kуpc").text, fold("Спасибо за Курс").text);
}

TEST(Folding, readsCyrillicLettersInALatinWordAsLatin) {
    EXPECT_EQ(fold("рython").text, "python");
}

TEST(Folding, readsDigitsInsideACyrillicWordAsLetters) {
    EXPECT_EQ(fold("к0манда 3адание").text, "команда задание");
    EXPECT_EQ(fold("в 2024 году, 3D, 10кг").text, "в 2024 году 3d 10кг");
}

TEST(Folding, dropsWhatNobodySees) {
    EXPECT_EQ(fold("по\u00ADле\u200Bз\u2060н\uFEFFо очен\u0301ь").text, "полезно очень");
}

TEST(Folding, joinsDecomposedLettersAndForgetsDots) {
    EXPECT_EQ(fold("мои\u0306 еще").text, fold("мой ещё").text);
}

TEST(Folding, knowsWhereAWordStoodInTheOriginal) {
    const std::string text = "«Ещё» ра\u00ADз!";
    const auto folded = fold(text);
    ASSERT_EQ(folded.words.size(), 2u);
    EXPECT_EQ(text.substr(folded.words[0].from, folded.words[0].to - folded.words[0].from), "Ещё");
    EXPECT_EQ(text.substr(folded.words[1].from, folded.words[1].to - folded.words[1].from), "ра\u00ADз");
}

TEST(Folding, ofAFoldedTextChangesNothing) {
    std::mt19937_64 random(5);
    const std::vector<std::pair<char32_t, char32_t>> ranges{
        {0x20, 0x7E},       {0x400, 0x52F}, {0xA0, 0x24F},    {0x370, 0x3FF},   {0x300, 0x36F},  {0x200B, 0x2064},
        {0x1F300, 0x1FAFF}, {0x5D0, 0x6FF}, {0xFF00, 0xFFEF}, {0x2100, 0x214F}, {0x1E00, 0x1EFF}};
    for (int round = 0; round < 3'000; ++round) {
        std::string text;
        for (int i = 0; i < 40; ++i) {
            const auto& [least, most] = ranges[i % 3 == 0 ? random() % ranges.size() : random() % 2];
            const auto c = least + static_cast<char32_t>(random() % (most - least + 1));
            if (c < 0x80) {
                text += static_cast<char>(c);
            } else if (c < 0x800) {
                text += static_cast<char>(0xC0 | c >> 6);
                text += static_cast<char>(0x80 | (c & 0x3F));
            } else {
                if (c >= 0x10000) {
                    text += static_cast<char>(0xF0 | c >> 18);
                    text += static_cast<char>(0x80 | (c >> 12 & 0x3F));
                } else {
                    text += static_cast<char>(0xE0 | c >> 12);
                }
                text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
                text += static_cast<char>(0x80 | (c & 0x3F));
            }
        }
        const auto once = fold(text).text;
        ASSERT_EQ(fold(once).text, once) << text;
    }
}

TEST(Folding, ofBytesThatAreNoTextEndsAllTheSame) {
    std::mt19937_64 random(9);
    for (int round = 0; round < 500; ++round) {
        std::string bytes;
        for (int i = 0; i < 300; ++i) bytes += static_cast<char>(random() % 256);
        const auto folded = fold(bytes);
        for (const auto& word : folded.words) ASSERT_LE(word.to, bytes.size());
    }
}

TEST(Folding, ofManyMarksOnOneLetterStaysQuick) {
    std::string text = "а";
    for (int i = 0; i < 300'000; ++i) text += "\u0301";
    EXPECT_EQ(fold(text + " б").words.size(), 2u);
}
