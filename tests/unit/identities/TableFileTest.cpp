#include "host/sdk/Error.h"
#include "plugin/identities/TableFile.h"
#include "tests/support/XlsxFile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::identities;
using host::sdk::AppError;
using testing::ElementsAre;

namespace {

std::vector<std::string> rowsOf(const std::string& bytes, const std::string& sheet = "") {
    TableFile table(bytes, sheet);
    std::vector<std::string> rows;
    table.read([&](std::size_t number, std::span<const TableCell> cells) {
        std::string row = std::to_string(number);
        for (const auto& cell : cells) row += "|" + cell.text + (cell.lostDigits ? "!" : "");
        rows.push_back(row);
    });
    return rows;
}

std::string codeOf(const std::string& bytes, const std::string& sheet = "") {
    try {
        rowsOf(bytes, sheet);
    } catch (const AppError& e) {
        return e.code();
    }
    return "";
}

}  // namespace

TEST(TableFile, readsXlsxBelowItsTitlesWhereverTheyStand) {
    tests::XlsxFile file;
    file.rows(
        "<row r='1'><c t='str'><v>Слушатели</v></c></row>"
        "<row r='3'><c t='str'><v>Unti ID</v></c><c t='str'><v>Курс</v></c></row>"
        "<row r='4'><c><v>100001</v></c></row><row r='6'><c><v>1.5E16</v></c><c t='str'><v>a</v></c></row>");
    const auto bytes = file.bytes();

    EXPECT_EQ(TableFile(bytes, "").titleRow(), 3U);
    EXPECT_EQ(TableFile(bytes, "").sheet(), "Лист1");
    EXPECT_THAT(rowsOf(bytes), ElementsAre("4|100001|", "6|15000000000000000!|a"));
}

TEST(TableFile, readsCsvOfEveryDelimiterAndEncoding) {
    EXPECT_THAT(rowsOf("Unti ID;Курс\r\n1;\"a;b\"\r\n\r\n2;c\r\n"), ElementsAre("2|1|a;b", "4|2|c"));
    EXPECT_THAT(rowsOf("\xEF\xBB\xBFUnti ID,x\n1,2\n"), ElementsAre("2|1|2"));
    EXPECT_THAT(rowsOf("Unti ID\t\xCA\xF3\xF0\xF1\n1\t\xFF\n"), ElementsAre("2|1|я"));
}

TEST(TableFile, refusesWhatHoldsNoTable) {
    EXPECT_EQ(codeOf(""), "table.empty");
    EXPECT_EQ(codeOf(" \r\n "), "table.empty");
    EXPECT_EQ(codeOf(tests::XlsxFile().bytes()), "table.empty");
    EXPECT_EQ(codeOf("PK\x03\x04"), "xlsx.invalid");
    EXPECT_EQ(codeOf("a,b\n1,\"2\n"), "csv.invalid");
    EXPECT_EQ(codeOf("a,b\n", "Лист1"), "table.no-sheet");
    EXPECT_EQ(codeOf(tests::XlsxFile().rows("<row><c><v>1</v></c></row>").bytes(), "Лист2"), "table.no-sheet");
}

TEST(TableFile, refusesMoreRowsThanItKeeps) {
    std::string csv = "Unti ID\n";
    for (std::size_t i = 0; i <= TableFile::kMaxRows; ++i) csv += "1\n";

    EXPECT_EQ(codeOf(csv), "table.too-long");
}
