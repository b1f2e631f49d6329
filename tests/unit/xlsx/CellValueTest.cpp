#include "common/xlsx/CellValue.h"

#include <gtest/gtest.h>

using namespace common::xlsx;

namespace {

std::string numberText(std::string_view text) {
    Cell cell;
    return setNumber(cell, text) ? cell.text : "no number";
}

std::string dateText(double serial, NumberFormat format = NumberFormat::Date, bool from1904 = false) {
    Cell cell;
    cell.type = Cell::Type::Number;
    cell.number = serial;
    cell.text = "number";
    setDate(cell, format, from1904);
    return cell.text;
}

}  // namespace

TEST(CellValue, readsReferences) {
    EXPECT_EQ(parseRef("A1")->column, 0U);
    EXPECT_EQ(parseRef("XFD1048576")->column, 16'383U);
    EXPECT_EQ(parseRef("XFD1048576")->row, 1'048'575U);
    EXPECT_EQ(parseRef("aa10")->column, 26U);
    for (const char* bad : {"", "A", "1", "A0", "A-1", "A1B", "AAAAAAA1", "A1000000000", "A99999999999999999999", "А1"})
        EXPECT_FALSE(parseRef(bad)) << bad;
}

TEST(CellValue, namesColumnsAsReferencesDo) {
    for (const std::size_t column : {0U, 25U, 26U, 51U, 701U, 702U, 16'383U})
        EXPECT_EQ(parseRef(columnName(column) + "1")->column, column);
}

TEST(CellValue, writesNumbersWithoutExponent) {
    EXPECT_EQ(numberText("100001"), "100001");
    EXPECT_EQ(numberText("100001.0"), "100001");
    EXPECT_EQ(numberText("1.0E5"), "100000");
    EXPECT_EQ(numberText("1.2345678901234567E+19"), "12345678901234567000");
    EXPECT_EQ(numberText("-2.5"), "-2.5");
    EXPECT_EQ(numberText("1E-7"), "0.0000001");
    EXPECT_EQ(numberText("12.75"), "12.75");
    EXPECT_EQ(numberText("0"), "0");
    EXPECT_EQ(numberText("-0"), "0");
}

TEST(CellValue, keepsTheDigitsThatTheFileHas) {
    EXPECT_EQ(numberText("12345678901234567891"), "12345678901234567891");
}

TEST(CellValue, refusesWhatIsNoNumber) {
    for (const char* bad : {"", "1,5", "1 000", "0x10", "nan", "inf", "1e999", "+", "1e"})
        EXPECT_EQ(numberText(bad), "no number") << bad;
}

TEST(CellValue, tellsThatALongIdentifierHasLostDigits) {
    Cell cell;
    setNumber(cell, "123456789012345");
    EXPECT_EQ(cell.doubt, Cell::Doubt::None);
    setNumber(cell, "1.23456789012345E+19");
    EXPECT_EQ(cell.doubt, Cell::Doubt::LostDigits);
}

TEST(CellValue, writesDatesOfBothSystems) {
    EXPECT_EQ(dateText(45'966), "2025-11-05");
    EXPECT_EQ(dateText(45'966.4375), "2025-11-05T10:30:00");
    EXPECT_EQ(dateText(44'504, NumberFormat::Date, true), "2025-11-05");
    EXPECT_EQ(dateText(1), "1900-01-01");
    EXPECT_EQ(dateText(59), "1900-02-28");
    EXPECT_EQ(dateText(60), "1900-02-29");
    EXPECT_EQ(dateText(61), "1900-03-01");
    EXPECT_EQ(dateText(0.4375, NumberFormat::Time), "10:30:00");
    EXPECT_EQ(dateText(2'958'465), "9999-12-31");
}

TEST(CellValue, leavesANumberThatIsNoDate) {
    for (const double serial : {-1.0, 2'958'465.999'999, 2'958'466.0, 1e300})
        EXPECT_EQ(dateText(serial), "number") << serial;
}

TEST(CellValue, knowsADateByItsFormat) {
    for (const char* date : {"dd\\.mm\\.yyyy", "yyyy-mm-dd", "[$-419]d\\ mmmm\\ yyyy;@", "mmm", "dd/mm/yy h:mm"})
        EXPECT_EQ(formatOfCode(date), NumberFormat::Date) << date;
    for (const char* time : {"h:mm", "mm:ss", "[Red]h:mm AM/PM"})
        EXPECT_EQ(formatOfCode(time), NumberFormat::Time) << time;
    for (const char* number :
         {"General", "0.00", "#,##0\\ \"дней\"", "0\"d\"", "[h]:mm:ss", "[Red]0", "_-* #,##0_d", "\\d0", "@"})
        EXPECT_EQ(formatOfCode(number), NumberFormat::Number) << number;
    EXPECT_EQ(formatOfId(14), NumberFormat::Date);
    EXPECT_EQ(formatOfId(20), NumberFormat::Time);
    EXPECT_EQ(formatOfId(46), NumberFormat::Number);
    EXPECT_EQ(formatOfId(2), NumberFormat::Number);
}

TEST(CellValue, undoesTheEscapesOfTexts) {
    EXPECT_EQ(unescape("a_x000A_b"), "a\nb");
    EXPECT_EQ(unescape("_x005F_x000A_"), "_x000A_");
    EXPECT_EQ(unescape("_x0416_"), "Ж");
    EXPECT_EQ(unescape("_xD83D__xDE00_"), "😀");
    for (const char* same : {"_xD83D_", "_xDE00_", "_x0000_", "_x00_", "_x00ZZ_", "_x000A", "snake_xor_"})
        EXPECT_EQ(unescape(same), same);
}
