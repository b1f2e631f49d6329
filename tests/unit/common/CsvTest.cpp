#include "common/Csv.h"
#include "tests/unit/tables/CsvReader.h"

#include <gtest/gtest.h>

#include <random>

namespace {

using common::appendCheckedCsvText;
using common::appendCsvText;

std::string cell(std::string_view text) {
    std::string out;
    EXPECT_TRUE(appendCheckedCsvText(out, text));
    return out;
}

TEST(Csv, leavesPlainTextAsItIs) {
    EXPECT_EQ(cell("Тест по теме 1"), "Тест по теме 1");
}

TEST(Csv, quotesWhatWouldBreakARow) {
    EXPECT_EQ(cell("a,b"), "\"a,b\"");
    EXPECT_EQ(cell("say \"yes\""), "\"say \"\"yes\"\"\"");
    EXPECT_EQ(cell("two\r\nlines"), "\"two\r\nlines\"");
}

TEST(Csv, guardsWhatASpreadsheetWouldRun) {
    EXPECT_EQ(cell("=1+1"), "'=1+1");
    EXPECT_EQ(cell("+7"), "'+7");
    EXPECT_EQ(cell("-5"), "'-5");
    EXPECT_EQ(cell("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(cell("\tx"), "'\tx");
    EXPECT_EQ(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    EXPECT_EQ(cell("a=b"), "a=b");
}

TEST(Csv, refusesWhatIsNotUtf8) {
    std::string out = "kept";
    EXPECT_FALSE(appendCheckedCsvText(out, "\xff"));
    EXPECT_EQ(out, "kept");
}

TEST(Csv, readsBackEqualWhateverItSays) {
    std::mt19937 random(7);
    const std::vector<std::string> parts{"\"", ",", "\r\n", "\n", "=", "+", "@", "-", "'", "ё", "😀", "a", "\t", " "};
    std::vector<std::string> fields;
    std::string csv;
    for (int i = 0; i < 2000; ++i) {
        std::string field;
        for (unsigned n = random() % 8; n > 0; --n) field += parts[random() % parts.size()];
        // What begins with an apostrophe and a formula sign can't be told from a guard; people do not write that.
        if (kit::withoutGuard(field) != field) field.insert(0, "a");
        appendCsvText(csv, field);
        csv += i % 5 == 4 ? "\r\n" : ",";
        fields.push_back(field);
    }
    std::vector<std::string> read;
    for (const auto& row : kit::readCsv(csv))
        for (const auto& field : row) read.push_back(kit::withoutGuard(field));

    EXPECT_EQ(read, fields);
}

TEST(Csv, isPreferredWhereTheClientNamesItFirst) {
    EXPECT_TRUE(common::prefersCsv("text/csv"));
    EXPECT_TRUE(common::prefersCsv("text/csv, application/json;q=0.5"));
    EXPECT_FALSE(common::prefersCsv("application/json, text/csv"));
    EXPECT_FALSE(common::prefersCsv("*/*"));
    EXPECT_FALSE(common::prefersCsv(""));
}

}  // namespace
