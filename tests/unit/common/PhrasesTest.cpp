#include "common/Phrases.h"

#include <gtest/gtest.h>

using common::Phrasebook;
using host::sdk::AppError;

namespace {

const Phrasebook kBook({{"is missing", "не заполнено"},
                        {"The run is late", "Запуск опаздывает"},
                        {"The filter fits {} statements now, and {} were expected.", "Подходит {}, ожидалось {}."},
                        {"The {} '{}' is gone.", "'{1}' больше нет."},
                        {"{}: {} fields are wrong.", "{}: полей с ошибкой: {}."}});

TEST(Phrases, areTranslatedWhole) {
    EXPECT_EQ(kBook.russian("is missing"), "не заполнено");
    EXPECT_EQ(kBook.russian("is missing today"), std::nullopt);
    EXPECT_EQ(kBook.text("is missing today"), "is missing today");
    EXPECT_EQ(kBook.text(""), "");
}

TEST(Phrases, keepWhatDiffers) {
    EXPECT_EQ(kBook.text("The filter fits 12 statements now, and 9 were expected."), "Подходит 12, ожидалось 9.");
    EXPECT_EQ(kBook.text("The project 'bas' is gone."), "'bas' больше нет.");
    EXPECT_EQ(kBook.text("The filter fits 12 statements now."), "The filter fits 12 statements now.");
}

TEST(Phrases, translateAPhraseInsideAnother) {
    EXPECT_EQ(kBook.text("The run is late: 2 fields are wrong."), "Запуск опаздывает: полей с ошибкой: 2.");
}

TEST(Phrases, translatePhrasesOfPhrasesAndLeaveWhatPeopleWrote) {
    const Phrasebook book({{"Line {}: {}. {}", "Строка {}: {}. {}"},
                           {"is longer than {} bytes", "длиннее {} байт"},
                           {"{} is late", "{} опаздывает"},
                           {"Shorten it.", "Сократите."}});

    EXPECT_EQ(book.text("Line 4: is longer than 9 bytes. Shorten it."), "Строка 4: длиннее 9 байт. Сократите.");
    EXPECT_EQ(book.text("Line 4: train is late. Shorten it."), "Строка 4: train is late. Сократите.")
        << "a phrase that begins with what differs would fit anything";
}

TEST(Phrases, areKnownOfFilesThatPeopleBring) {
    const auto book = common::phrasebook({});

    EXPECT_EQ(
        book.text("The .xlsx file can't be read: sheet 'Лист1', cell B7: it is no number: 'x'. Open it in Excel or "
                  "LibreOffice, save it as .xlsx and give that file."),
        "Файл .xlsx не читается: лист 'Лист1', ячейка B7: это не число: 'x'. Откройте его в Excel или LibreOffice, "
        "сохраните как .xlsx и выберите новый файл.");
}

TEST(Phrases, ofAnErrorLeaveItsCodeAndState) {
    AppError error(409, "late", "The run is late", {{"/a", "is missing", "ask"}});
    error.withCurrent("{}");

    const auto told = kBook.error(error);

    EXPECT_EQ(told.status(), 409);
    EXPECT_EQ(told.code(), "late");
    EXPECT_STREQ(told.what(), "Запуск опаздывает");
    EXPECT_EQ(told.errors().at(0).pointer, "/a");
    EXPECT_EQ(told.errors().at(0).reason, "не заполнено");
    EXPECT_EQ(told.errors().at(0).fix, "ask");
    EXPECT_EQ(told.current(), "{}");
}

}  // namespace
