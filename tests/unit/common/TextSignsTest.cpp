#include "common/TextSigns.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using common::TextSigns;

bool looksRussian(std::string_view bytes) {
    TextSigns signs;
    for (const char c : bytes) signs.add({&c, 1});  // pieces end anywhere
    return signs.looksLikeRussianUtf8();
}

/// As windows-1251 has Russian letters, and what stands beside them.
std::string cp1251(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == 0xD0 || c == 0xD1) {
            const unsigned point = ((c & 0x1FU) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3FU);
            out += static_cast<char>(point == 0x401 ? 0xA8 : point == 0x451 ? 0xB8 : point - 0x410 + 0xC0);
        } else {
            out += text[i];
        }
    }
    return out;
}

TEST(TextSigns, russianOfUtf8IsToldHoweverShort) {
    for (const auto* text : {"id;Жуков", "1;м", "1;ж", "да", "ФИО", "Ёлкина", "РС"})
        EXPECT_TRUE(looksRussian(text)) << text;
    EXPECT_TRUE(looksRussian("id;unti;name\n1;2;Соколова;Анна\xFF\n")) << "a broken byte changes nothing";
}

TEST(TextSigns, russianOfWindows1251GoesOnHoweverShort) {
    for (const auto* text : {"Жуков", "м", "ж", "да", "ФИО", "РС", "СССР", "Ёлкина", "ЕЁ", "СЁ", "группа РС", "Р", "С"})
        EXPECT_FALSE(looksRussian(cp1251(text))) << text;
    for (const auto* text : {"\xD0\xB9 5",
                             "\xD1\xB9"
                             "1",
                             "\xAB\xD0\xBB", "\xD0\x97 1", "\xD1\xA0", "\xD0\xA8"})
        EXPECT_FALSE(looksRussian(text)) << "No., a quote, a dash, a blank, a letter behind a capital";
    EXPECT_FALSE(looksRussian("\xC3\xEE\xF0\xEE\xE4 \xD0\xB3\xE2\xED\xE5")) << "«Город Рівне»";
}

TEST(TextSigns, asciiAloneSaysNothing) {
    EXPECT_FALSE(looksRussian("id;unti;name\n1;2;Ivanov\n"));
    EXPECT_FALSE(looksRussian(""));
}

TEST(TextSigns, marksAreKnown) {
    EXPECT_EQ(TextSigns::markOf("\xEF\xBB\xBFid"), "UTF-8");
    EXPECT_EQ(TextSigns::markOf("\xFF\xFEi"), "UTF-16");
    EXPECT_EQ(TextSigns::markOf("id"), "");
}

}  // namespace
