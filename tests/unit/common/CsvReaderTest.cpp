#include "common/CsvReader.h"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace common;
using Cells = std::vector<std::string>;

/// Every row's cells; a row with a problem is {"!" + its reason}.
std::vector<Cells> rowsOf(const std::string& text, CsvOptions options = {}) {
    std::istringstream in(text);
    CsvReader reader(in, options);
    std::vector<Cells> rows;
    CsvRow row;
    while (reader.next(row)) rows.push_back(row.problem ? Cells{"!" + row.problem->reason} : row.cells);
    return rows;
}

TEST(CsvReader, readsQuotedAndPlainCells) {
    EXPECT_EQ(rowsOf("a,\"b\",\"c \"\"d\"\", e\"\n1,,3\n"),
              (std::vector<Cells>{{"a", "b", "c \"d\", e"}, {"1", "", "3"}}));
}

TEST(CsvReader, takesLfCrlfAndALastLineWithoutEnd) {
    EXPECT_EQ(rowsOf("a,b\r\nc,d\ne,f"), (std::vector<Cells>{{"a", "b"}, {"c", "d"}, {"e", "f"}}));
    EXPECT_EQ(rowsOf("a,\r\n"), (std::vector<Cells>{{"a", ""}}));
}

TEST(CsvReader, keepsLineBreaksWithinQuotes) {
    EXPECT_EQ(rowsOf("\"one\ntwo\r\nthree\",x\ny,z"), (std::vector<Cells>{{"one\ntwo\r\nthree", "x"}, {"y", "z"}}));
}

TEST(CsvReader, namesTheLineOnWhichARowBegins) {
    std::istringstream in("h\n\"a\nb\"\n\nlast\n");
    CsvReader reader(in, {});
    CsvRow row;
    std::vector<std::int64_t> lines;
    while (reader.next(row)) lines.push_back(row.line);
    EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 2, 5}));
}

TEST(CsvReader, leavesOutAByteOrderMarkAndEmptyLines) {
    EXPECT_EQ(rowsOf("\xEF\xBB\xBF"
                     "a,b\n\n\r\nc,d\n"),
              (std::vector<Cells>{{"a", "b"}, {"c", "d"}}));
    EXPECT_TRUE(rowsOf("").empty());
    EXPECT_TRUE(rowsOf("\n\n").empty());
}

TEST(CsvReader, raggedRowsAreGivenAsTheyAre) {
    EXPECT_EQ(rowsOf("a,b,c\n1\n1,2,3,4\n5,6,7\n"),
              (std::vector<Cells>{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}, {"5", "6", "7"}}));
}

TEST(CsvReader, aBadRowNeverStopsTheOthers) {
    EXPECT_EQ(rowsOf("a\n\xff\nb\nc\"d\ne\n\"f\" g\nh\n"), (std::vector<Cells>{{"a"},
                                                                               {"!is not valid UTF-8"},
                                                                               {"b"},
                                                                               {"!has a quote in the middle"},
                                                                               {"e"},
                                                                               {"!has text after its closing quote"},
                                                                               {"h"}}));
}

TEST(CsvReader, anUnclosedQuoteIsToldAndTheFileGoesOn) {
    EXPECT_EQ(rowsOf("a\n\"b"), (std::vector<Cells>{{"a"}, {"!begins with a quote that is never closed"}}));
    CsvOptions small;
    small.maxField = 10;
    const auto rows = rowsOf("\"never closed\nnext,row\nmore\n", small);
    EXPECT_EQ(rows.front().front().substr(0, 16), "!is longer than ");
    EXPECT_EQ(rows.back(), Cells{"more"});
}

TEST(CsvReader, hasLimits) {
    CsvOptions small;
    small.maxField = 3;
    small.maxColumns = 2;
    EXPECT_EQ(rowsOf("abc,d\nabcd,e\nf,g,h\ni,j\n", small),
              (std::vector<Cells>{{"abc", "d"}, {"!is longer than 3 bytes"}, {"!is one column too many"}, {"i", "j"}}));
}

TEST(CsvReader, readsWindows1251AndAnotherDelimiter) {
    CsvOptions options;
    options.encoding = CsvEncoding::Windows1251;
    options.delimiter = ';';
    EXPECT_EQ(rowsOf("\xdf\xe1\xeb\xee\xea\xee;\xb9 \xa8\xb8\n", options), (std::vector<Cells>{{"Яблоко", "№ Ёё"}}));
    EXPECT_FALSE(fromWindows1251("\x98"));
}

TEST(CsvReader, readsCellsAcrossItsBuffer) {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += std::to_string(i) + ",\"слово \"\"" + std::to_string(i) + "\"\"\"\r\n";
    const auto rows = rowsOf(text);
    ASSERT_EQ(rows.size(), 20000U);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i][0], std::to_string(i));
        ASSERT_EQ(rows[i][1], "слово \"" + std::to_string(i) + "\"");
    }
}

}  // namespace
