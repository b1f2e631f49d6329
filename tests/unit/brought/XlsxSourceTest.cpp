#include "host/connectors/files/XlsxSource.h"
#include "tests/support/XlsxFile.h"

#include <gmock/gmock.h>

#include <sstream>
#include <string>

namespace {

using host::connectors::XlsxSource;
using host::sdk::SourceError;
using host::sdk::SourceRow;
using testing::ElementsAre;
using Cells = std::vector<std::optional<std::string>>;

std::string cell(const std::string& at, const std::string& text) {
    return "<c r='" + at + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
}

std::unique_ptr<std::istream> file(const std::string& rows) {
    return std::make_unique<std::istringstream>(tests::XlsxFile().rows(rows).bytes());
}

const std::string kHeader = "<row r='1'>" + cell("A1", " id ") + cell("B1", "name") + "</row>";

TEST(XlsxSource, namesColumnsByTheHeaderAndRowsAsTheSpreadsheetDoes) {
    XlsxSource source(file(kHeader + "<row r='3'>" + cell("B3", "x") + "</row>"), {});
    SourceRow row;

    ASSERT_TRUE(source.next(row));
    EXPECT_THAT(source.columns(), ElementsAre("id", "name"));
    EXPECT_EQ(row.cells, (Cells{std::nullopt, "x"}));
    EXPECT_EQ(row.place, "row 3");
    EXPECT_FALSE(source.next(row));
    EXPECT_FALSE(source.next(row));
}

TEST(XlsxSource, streamsMoreRowsThanItReadsAhead) {
    std::string rows = kHeader;
    for (int i = 2; i < 3002; ++i)
        rows += "<row r='" + std::to_string(i) + "'>" + cell("A" + std::to_string(i), std::to_string(i)) + "</row>";
    XlsxSource source(file(rows), {});
    SourceRow row;
    int count = 1;

    while (source.next(row)) EXPECT_EQ(row.cells[0], std::to_string(++count));

    EXPECT_EQ(count, 3001);
}

TEST(XlsxSource, canBeLeftInTheMiddle) {
    std::string rows = kHeader;
    for (int i = 2; i < 2000; ++i)
        rows += "<row r='" + std::to_string(i) + "'>" + cell("A" + std::to_string(i), "x") + "</row>";
    XlsxSource source(file(rows), {});
    SourceRow row;
    EXPECT_TRUE(source.next(row));
}

TEST(XlsxSource, refusesToGuessAnIdentifierOfWhichDigitsAreLost) {
    XlsxSource source(file(kHeader + "<row r='2'><c r='A2'><v>1234567890123456789</v></c></row><row r='3'>" +
                           cell("A3", "7") + "</row>"),
                      {});
    SourceRow row;

    ASSERT_TRUE(source.next(row));
    ASSERT_TRUE(row.problem);
    EXPECT_EQ(row.problem->column, "id");
    row.problem.reset();
    ASSERT_TRUE(source.next(row));
    EXPECT_FALSE(row.problem);
}

TEST(XlsxSource, takesNoErrorOfAFormulaForAValue) {
    for (const auto* bad : {"<c r='B2' t='e'><v>#N/A</v></c>", "<c r='B2' t='e'><f>A1/0</f><v>#DIV/0!</v></c>",
                            "<c r='B2'><f>A1</f></c>", "<c r='B2' t='str'><f>A1</f></c>"}) {
        const auto rows =
            kHeader + "<row r='2'>" + cell("A2", "7") + bad + "</row><row r='3'>" + cell("A3", "8") + "</row>";
        SourceRow row;
        XlsxSource source(file(rows), {});
        ASSERT_TRUE(source.next(row));
        ASSERT_TRUE(row.problem) << bad;
        EXPECT_EQ(row.problem->column, "name");
        EXPECT_NE(row.problem->reason.find("cell B2"), std::string::npos) << row.problem->reason;
        row.problem.reset();
        ASSERT_TRUE(source.next(row));
        EXPECT_FALSE(row.problem);

        XlsxSource besides(file(rows), {"", 1, {"id"}});
        ASSERT_TRUE(besides.next(row));
        EXPECT_FALSE(row.problem) << "the mapping does not take that column";
    }
}

TEST(XlsxSource, saysWhatIsMissing) {
    EXPECT_THROW(XlsxSource(file(kHeader), {"Другой", 1}), SourceError);
    EXPECT_THROW(XlsxSource(file(""), {}), SourceError);
    EXPECT_THROW(XlsxSource(std::make_unique<std::istringstream>("PK no zip"), {}), SourceError);
    XlsxSource below(file("<row r='1'>" + cell("A1", "Отчёт") + "</row><row r='2'>" + cell("A2", "id") + "</row>"),
                     {"", 2});
    EXPECT_THAT(below.columns(), ElementsAre("id"));
}

}  // namespace
